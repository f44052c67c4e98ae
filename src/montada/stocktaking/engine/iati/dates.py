"""Dates: those of an activity, and what is taken for a date at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from lxml.etree import _Element as Element

from montada.stocktaking.engine.iati.codes import DATES
from montada.stocktaking.engine.iati.elements import all_text, attribute
from montada.stocktaking.engine.iati.values import Finding, Remarks

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[\d:.]*)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_YEARS = range(1900, 2201)


def read_date(element: Element | None, remarks: Remarks) -> date | None:
    """Return the date an element states, with a remark where what it states is none."""
    if element is None:
        return None
    stated = attribute(element, "iso-date") or all_text(element)
    found = as_date(stated)
    if found is None:
        remarks.add(Finding.BROKEN_DATE, stated)
    return found


def as_date(words: str) -> date | None:
    """Return the day of an ISO 8601 date or time; `None` for anything else."""
    match = _DATE.fullmatch(words)
    try:
        found = date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
    return found if found and found.year in _YEARS else None


def period(
    elements: Sequence[Element], remarks: Remarks
) -> tuple[date | None, date | None]:
    """Return start and end: the actual ones where stated, else the planned."""
    found: dict[str, date] = {}
    for element in elements:
        stated = attribute(element, "type")
        kind = DATES.get(stated, stated.lower())
        if kind not in DATES.values():
            remarks.add(Finding.UNKNOWN_DATE_TYPE, stated)
            continue
        day = read_date(element, remarks)
        if day:
            found.setdefault(kind, day)
    start = found.get("start-actual") or found.get("start-planned")
    end = found.get("end-actual") or found.get("end-planned")
    if not found:
        remarks.add(Finding.NO_DATES)
    if start and end and end < start:
        remarks.add(Finding.DATES_REVERSED, f"{start} / {end}")
        return start, None
    return start, end
