"""Evidence as a result with indicators, one for each measured row."""

from __future__ import annotations

from datetime import date

from lxml.etree import _Element as Element

from montada.stocktaking.engine.iati.building import (
    add,
    add_names,
    add_text,
    dated,
    is_address,
    plain,
)
from montada.stocktaking.engine.iati.codes import PERCENT
from montada.stocktaking.engine.iati.elements import STATED
from montada.stocktaking.engine.iati.evidence import UNIT
from montada.stocktaking.engine.record import Evidence, ProjectRecord
from montada.stocktaking.engine.values import is_public_address

_OTHER_RESULT, _NUMBER_OF = "9", "1"
_REPORT = "A08"
"""Category of a document: results, outcomes and outputs."""


def add_results(activity: Element, record: ProjectRecord, known_on: date) -> None:
    """Add what was measured; a row without a number is no evidence."""
    rows = [row for row in record.evidence if row.indicator and _has_number(row)]
    if not rows:
        return
    result = add(activity, "result", type=_OTHER_RESULT)
    add_text(add(result, "title"), record.title)
    for row in rows:
        _add_indicator(result, row, record.starts_on or known_on, known_on)


def _has_number(row: Evidence) -> bool:
    return row.baseline is not None or row.value is not None


def _add_indicator(
    result: Element, row: Evidence, starts_on: date, known_on: date
) -> None:
    is_percentage = row.unit == "%"
    measure = PERCENT if is_percentage else _NUMBER_OF
    indicator = add(result, "indicator", measure=measure)
    if row.unit and not is_percentage:
        indicator.set(UNIT, plain(row.unit))
    add_names(indicator, "title", row.indicator)
    if is_public_address(row.source) and is_address(row.source):
        link = add(indicator, "document-link", url=row.source, format="text/html")
        add_names(link, "title", row.source)
        add(link, "category", code=_REPORT)
    if row.baseline is not None:
        # The schema wants a year; a record says none of its baseline.
        year = str(starts_on.year)
        add(indicator, "baseline", year=year, value=f"{row.baseline:f}")
    if row.value is not None:
        measured_on = row.measured_on or known_on
        period = add(indicator, "period")
        dated(add(period, "period-start"), min(starts_on, measured_on))
        end = dated(add(period, "period-end"), measured_on)
        if not row.measured_on:
            end.set(STATED, "no")
        add(period, "actual", value=f"{row.value:f}")
