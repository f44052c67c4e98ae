"""The trace of a contribution: what happened to it, in order, with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext

from montada.audit.queries import name_of
from montada.consultation.choices import ContributionState, DeclineReason, SignedAs
from montada.consultation.engine.questions import PERSON_PARTS
from montada.consultation.models import Contribution, ContributionStep, Question
from montada.consultation.queries.appeals import is_appeal
from montada.consultation.queries.calls import YES_NO, label_in
from montada.consultation.queries.contributions import answered, may_read
from montada.consultation.queries.labels import Understood, drawn_labels
from montada.framework import queries as framework
from montada.language.engine.text import UNDETERMINED, LocalizedText, direction_of

NOBODY = AnonymousUser()

MOST_READ = 4000
"""Characters read for labels."""


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step; `at` carries the edition's zone."""

    state: str
    name: str
    at: datetime
    reason: str
    words: str
    language: str
    into: Contribution | None
    may_read_into: bool
    """By the reader of the trace."""

    @property
    def direction(self) -> str:
        return direction_of(self.language)


def trace(of: Contribution, reader: Any = NOBODY) -> list[TraceStep]:
    """Return what happened to a contribution, the first step first. One query."""
    zone = of.call.edition.zone
    rows = ContributionStep.objects.filter(contribution=of)
    return [
        TraceStep(
            state=row.state,
            name=_name_of(row),
            at=row.happened_at.astimezone(zone),
            reason=str(DeclineReason(row.reason).label) if row.reason else "",
            words=row.words,
            language=row.language or UNDETERMINED,
            into=row.into,
            may_read_into=row.into is not None and may_read(reader, row.into),
        )
        for row in rows.select_related("into__call__edition")
    ]


def _name_of(step: ContributionStep) -> str:
    if is_appeal(step):
        return gettext("Appeal of its author")
    if step.state == ContributionState.RESUBMITTED and step.into_id:
        return gettext("On its own again: what it was part of was withdrawn")
    return str(ContributionState(step.state).label)


def merged_below(of: Contribution) -> list[Contribution]:
    """Return what was merged into a contribution, and into those, level by level."""
    found: list[Contribution] = []
    level = [of.pk]
    while level:
        rows = Contribution.objects.filter(merged_into__in=level)
        parts = list(rows.select_related("author", "call__edition"))
        found += parts
        level = [part.pk for part in parts]
    return found


def merged_root(of: Contribution) -> Contribution:
    """Return the contribution as a part of which this one goes on; else itself."""
    while of.merged_into_id is not None:
        of = Contribution.objects.select_related("call__edition").get(
            pk=of.merged_into_id
        )
    return of


def text_to_label(of: Contribution) -> framework.TextToLabel:
    """Return what of a contribution is read for labels: its title and long texts."""
    texts = [str(of.title)] + [
        row.value for row in answered(of) if row.question.kind == "long_text"
    ]
    words = "\n".join(filter(None, texts))[:MOST_READ]
    return framework.TextToLabel(name_of(of), words, of.language)


def understood(of: Contribution) -> list[Understood]:
    """
    Return lines, then goals: those its author states, then what its words suggest.

    What the author declined is left out. Five queries at most.
    """
    stated = [
        (axis, code)
        for row in answered(of)
        if (axis := _AXES.get(row.question.kind))
        for code in row.value
    ]
    return drawn_labels(framework.label_record(of), stated)


_AXES = {"action_lines": "action_line", "goals": "goal"}


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """A question as its author read it, and what they answered, in words."""

    label: LocalizedText
    kind: str
    lines: tuple[str, ...]
    is_theirs: bool
    """In the author's words and language; otherwise in the reader's."""
    has_newer_question: bool


def answers_in_words(
    of: Contribution, reader: str, *, is_inside: bool
) -> list[AnswerShown]:
    """Return the answers for a reader; who is not inside sees the public ones."""
    names = {row.iso3: row.name.shown_to(reader).text for row in framework.countries()}
    return [
        AnswerShown(
            label=row.question.label,
            kind=row.question.kind,
            lines=tuple(_lines(row.question, row.value, reader, names)),
            is_theirs=row.question.kind in _THEIRS,
            has_newer_question=row.question.replaced_at is not None,
        )
        for row in answered(of)
        if (is_inside or row.question.is_public)
        and row.question.key != "title"
        and row.question.kind not in _AXES
    ]


_THEIRS = frozenset({"short_text", "long_text", "people", "number", "date"})


def _lines(
    question: Question, value: Any, reader: str, countries: dict[str, str]
) -> Iterable[str]:
    if question.kind == "people":
        return [_person(row, countries) for row in value]
    if question.kind == "country":
        return [countries.get(value, value)]
    if question.kind == "yes_no":
        return [yes_no_in_words(value)]
    if question.kind in ("choice", "choices"):
        chosen = value if isinstance(value, list) else [value]
        return [
            label_in(choice["label"], reader)
            for choice in question.choices
            if choice["value"] in chosen
        ]
    return [str(value)]


def _person(row: dict[str, str], countries: dict[str, str]) -> str:
    told = [row.get(part, "") for part in PERSON_PARTS[:3]]
    told.append(countries.get(row.get("country_id", ""), ""))
    return " · ".join(filter(None, told))


def yes_no_in_words(value: str) -> str:
    return gettext("yes") if value == YES_NO[0] else gettext("no")


def signed_in_words(of: Contribution, reader: str) -> str:
    """Return in whose name a contribution speaks, as it is shown to everybody."""
    if of.signed_as == SignedAs.STATE and of.country is not None:
        return str(of.country.name.shown_to(reader).text)
    if of.signed_as == SignedAs.ORGANISATION:
        return of.organisation_name
    return of.author_name
