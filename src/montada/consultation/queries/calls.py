"""Calls of an edition, and the questions they ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from montada.consultation.engine.questions import Asked
from montada.consultation.models import Call, Question
from montada.edition import queries as edition
from montada.framework import queries as framework
from montada.language.engine.folding import sort_key
from montada.participation import queries as people

if TYPE_CHECKING:
    from montada.edition.models import Edition, Phase

CONSULTATION = "consultation"
YES_NO = ("yes", "no")


def calls_of(of: Edition) -> QuerySet[Call]:
    """Return an edition's calls in its order."""
    return Call.objects.filter(edition=of).select_related("edition")


def call(pk: int) -> Call | None:
    return Call.objects.select_related("edition").filter(pk=pk).first()


def consultation_phase(of: Edition) -> Phase | None:
    """Return the phase in which an edition's calls are open by default."""
    return edition.phases_of(of).filter(kind=CONSULTATION).first()


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call at a moment, for a page; its window by both clocks."""

    call: Call
    opens: people.TwoClocks
    closes: people.TwoClocks
    state: str
    """"open", "coming" or "over"."""

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def call_rows(of: Edition, moment: datetime, reader: Any) -> list[CallRow]:
    """Return an edition's calls as they stand. One query."""
    return [call_row(row, moment, reader) for row in calls_of(of)]


def call_row(row: Call, moment: datetime, reader: Any) -> CallRow:
    zone = row.edition.zone
    state = "coming" if moment < row.opens_at else "over"
    return CallRow(
        row,
        people.on_two_clocks(row.opens_at, zone=zone, reader=reader),
        people.on_two_clocks(row.closes_at, zone=zone, reader=reader),
        "open" if row.is_open_at(moment) else state,
    )


def call_windows() -> QuerySet[Call, tuple[datetime, datetime]]:
    """Return when each call of all editions opens and closes, in no order."""
    return Call.objects.order_by().values_list("opens_at", "closes_at")


def questions_of(of: Call) -> list[Question]:
    """Return the questions that a call asks now, in its order. One query."""
    return list(Question.objects.filter(call=of, replaced_at__isnull=True))


def question(pk: int) -> Question | None:
    """Return a question as it is asked now; None for a replaced version."""
    asked = Question.objects.select_related("call__edition")
    return asked.filter(pk=pk, replaced_at__isnull=True).first()


def asked(questions: Iterable[Question]) -> list[Asked]:
    """Return questions as the engine reads them, with all that may be chosen."""
    return [
        Asked(
            key=row.key,
            kind=row.kind,
            is_required=row.is_required,
            least_words=row.least_words,
            most_words=row.most_words,
            choices=tuple(_values(row)),
            shown_if=row.shown_if.get("question", ""),
            shown_values=tuple(row.shown_if.get("is", ())),
        )
        for row in questions
    ]


def _values(row: Question) -> Iterable[str]:
    if row.kind == "yes_no":
        return YES_NO
    if row.kind == "country":
        return framework.country_codes()
    if row.kind == "action_lines":
        return framework.line_codes()
    if row.kind == "goals":
        return map(str, framework.goal_numbers())
    return (choice["value"] for choice in row.choices)


def countries_to_choose(reader: str) -> list[tuple[str, str]]:
    named = [
        (row.iso3, row.name.shown_to(reader).text) for row in framework.countries()
    ]
    return sorted(named, key=lambda pair: sort_key(pair[1]))


def groups_to_choose(reader: str) -> list[tuple[str, str]]:
    rows = framework.stakeholder_groups()
    return [(row.code, row.name.shown_to(reader).text) for row in rows]


def regions_to_choose(reader: str) -> list[tuple[str, str]]:
    """Return every group of countries a proposal may be about."""
    rows = framework.country_groups()
    return [(row.code, row.name.shown_to(reader).text) for row in rows]


def label_in(words: dict[str, str], reader: str) -> str:
    """Return a choice's words in the reader's language, else in English."""
    return words.get(reader) or words.get("en") or next(iter(words.values()), "")


def seat_regions() -> dict[str, str]:
    """Return each country's ITU region: each belongs to one of six, or to none."""
    return {
        iso3: code for code, iso3 in framework.memberships() if code.startswith("itu-")
    }
