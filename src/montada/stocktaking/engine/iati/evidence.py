"""
What was measured: indicators with a baseline or an actual value that is a number.

Of several periods the latest with a number counts. A value by sex, age or place is a
part: parts are not added up, since they may overlap. Targets are plans, not evidence.
Where a period ends after the file was written the value is kept and the date is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from lxml.etree import _Element as Element

from montada.stocktaking.engine.iati.codes import PERCENT
from montada.stocktaking.engine.iati.dates import read_date
from montada.stocktaking.engine.iati.elements import attribute, children
from montada.stocktaking.engine.iati.money import as_number
from montada.stocktaking.engine.iati.texts import Texts
from montada.stocktaking.engine.iati.values import NAMESPACE, Finding, Remarks
from montada.stocktaking.engine.record import Evidence
from montada.stocktaking.engine.values import is_public_address

UNIT = f"{{{NAMESPACE}}}unit"
"""Our own files name a unit that is neither a number of things nor per cent."""


def read_evidence(
    results: Sequence[Element], texts: Texts, written_on: date | None, remarks: Remarks
) -> tuple[Evidence, ...]:
    """Return the measured rows; `written_on` is the day of the file, if it says."""
    rows = (
        _row(indicator, texts, written_on or date.max, remarks)
        for result in results
        for indicator in result.iterchildren("indicator")
    )
    return tuple(row for row in rows if row)


def _row(
    indicator: Element, texts: Texts, written_on: date, remarks: Remarks
) -> Evidence | None:
    baseline = _whole(indicator.iterchildren("baseline"), remarks)
    value, measured_on = _latest(children(indicator, "period"), remarks)
    name = texts.name(indicator.find("title"))
    if not name or (baseline is None and value is None):
        return None
    if measured_on and measured_on > written_on:
        remarks.add(Finding.NOT_YET, str(measured_on))
        measured_on = None
    unit = "%" if attribute(indicator, "measure") == PERCENT else ""
    return Evidence(
        indicator=name,
        baseline=baseline,
        value=value,
        unit=texts.on_one_line(attribute(indicator, UNIT)) or unit,
        measured_on=measured_on,
        source=_source(indicator),
    )


def _latest(
    periods: Iterable[Element], remarks: Remarks
) -> tuple[Decimal | None, date | None]:
    found: list[tuple[date, Decimal]] = []
    undated: Decimal | None = None
    for period in periods:
        value = _whole(period.iterchildren("actual"), remarks)
        if value is None:
            continue
        ends = children(period, "period-end")
        end = read_date(ends[0], remarks) if ends else None
        if end:
            found.append((end, value))
        else:
            undated = value
    if not found:
        return undated, None
    end, value = max(found)
    return value, end


def _whole(elements: Iterable[Element], remarks: Remarks) -> Decimal | None:
    """Return the first number that is not of a part."""
    stated = [(one, attribute(one, "value")) for one in elements]
    stated = [(one, words) for one, words in stated if words]
    whole = [words for one, words in stated if not _is_part(one)]
    numbers = [as_number(words.rstrip("% ")) for words in whole]
    number = next((number for number in numbers if number is not None), None)
    if stated and not whole:
        remarks.add(Finding.ONLY_PARTS, stated[0][1])
    elif whole and number is None:
        remarks.add(Finding.BROKEN_NUMBER, whole[0])
    return number


def _is_part(element: Element) -> bool:
    return element.find("dimension") is not None or element.find("location") is not None


def _source(indicator: Element) -> str:
    address = attribute(indicator.find(".//document-link"), "url")
    return address if is_public_address(address) else ""
