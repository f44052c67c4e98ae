"""
What an activity tells of itself: texts, status, reach, period, page and evidence.

Descriptions by type: general → summary, objectives → aims, target groups → one more
paragraph of the summary, other → activities, or the summary where there is none. Our
own files name the text that each is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from lxml.etree import _Element as Element

from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.iati.codes import (
    GENERAL,
    OBJECTIVES,
    OTHER_DESCRIPTION,
    SCOPES,
    STATUSES,
    WEB_PAGE,
)
from montada.stocktaking.engine.iati.dates import period
from montada.stocktaking.engine.iati.elements import (
    Parts,
    all_text,
    attribute,
    code,
)
from montada.stocktaking.engine.iati.evidence import read_evidence
from montada.stocktaking.engine.iati.texts import Texts
from montada.stocktaking.engine.iati.values import NAMESPACE, Finding, Remarks
from montada.stocktaking.engine.record import ProjectRecord, TextName
from montada.stocktaking.engine.values import is_public_address

PART = f"{{{NAMESPACE}}}part"
"""Our own files name the text of the record that a description is."""

DESCRIPTIONS: Mapping[TextName, str] = {
    "summary": GENERAL,
    "aims": OBJECTIVES,
    "activities": OTHER_DESCRIPTION,
    "results": OTHER_DESCRIPTION,
    "challenges": OTHER_DESCRIPTION,
    "future": OTHER_DESCRIPTION,
}
"""Texts of a record that are descriptions of an activity, and their type."""

_TEXTS: Mapping[str, TextName] = {
    OBJECTIVES: "aims",
    "objectives": "aims",
    OTHER_DESCRIPTION: "activities",
}


def read_telling(
    activity: Parts,
    title: LocalizedText,
    written_on: date | None,
    texts: Texts,
    remarks: Remarks,
) -> ProjectRecord:
    """Return a record of all but who, where and money."""
    starts_on, ends_on = period(activity.get("activity-date", ()), remarks)
    status = _coded(activity, "activity-status", STATUSES, remarks)
    if not status and not activity.get("activity-status"):
        remarks.add(Finding.NO_STATUS)
    told: dict[str, Any] = _descriptions(activity.get("description", ()), texts)
    if not told:
        remarks.add(Finding.NO_DESCRIPTION)
    record = ProjectRecord(
        title=title,
        status=status,
        coverage=_coded(activity, "activity-scope", SCOPES, remarks),
        starts_on=starts_on,
        ends_on=ends_on,
        website=_page(activity),
        evidence=read_evidence(activity.get("result", ()), texts, written_on, remarks),
    )
    return replace(record, **told)


def _descriptions(
    elements: Sequence[Element], texts: Texts
) -> dict[str, LocalizedText]:
    told: dict[str, list[Element]] = {}
    is_ours = False
    for element in elements:
        marked = attribute(element, PART)
        name = next((name for name in DESCRIPTIONS if name == marked), None)
        is_ours = is_ours or name is not None
        kind = _TEXTS.get(attribute(element, "type").lower(), "summary")
        told.setdefault(name or kind, []).append(element)
    if "summary" not in told and "activities" in told and not is_ours:
        told["summary"] = told.pop("activities")
    read = {name: texts.prose(same) for name, same in told.items()}
    return {name: text for name, text in read.items() if text}


_UNKNOWN = {
    "activity-status": Finding.UNKNOWN_STATUS,
    "activity-scope": Finding.UNKNOWN_SCOPE,
}


def _coded(
    activity: Parts, name: str, meanings: Mapping[str, str], remarks: Remarks
) -> str:
    for element in activity.get(name, ()):
        if code(element) in meanings:
            return meanings[code(element)]
        remarks.add(_UNKNOWN[name], code(element))
    return ""


def _page(activity: Parts) -> str:
    return next((page for page in _pages(activity) if is_public_address(page)), "")


def _pages(activity: Parts) -> Iterator[str]:
    for element in activity.get("document-link", ()):
        if any(code(one) == WEB_PAGE for one in element.iterchildren("category")):
            yield attribute(element, "url")
    for element in activity.get("activity-website", ()):  # 1.0x
        yield all_text(element)
