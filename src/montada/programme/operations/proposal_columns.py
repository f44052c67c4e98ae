"""What is stored of what a proposal says, checked against what its edition has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import listed
from montada.djangokit.refusals import Refusal
from montada.framework import queries as framework
from montada.language.engine.text import LocalizedText
from montada.programme.choices import Feature, HalfDay, SessionMode
from montada.programme.engine.values import ProposalFacts
from montada.programme.models import Proposal, SessionKind
from montada.programme.operations.kinds import MOST_AUDIENCE, AudienceOutOfRange
from montada.programme.operations.words import LONGEST_LINE, kept_text, kept_words
from montada.programme.queries.rules import days_of


class TitleMissing(Refusal):
    code = "programme.title_missing"
    message = _("Give it a title.")


class KindUnknown(Refusal):
    code = "programme.kind_unknown"
    message = _("This edition has no such kind of session.")


class LengthNotOffered(Refusal):
    code = "programme.length_not_offered"
    message = _("A session of this kind takes %(lengths)s minutes.")


class WishUnknown(Refusal):
    code = "programme.wish_unknown"
    message = _("Wishes name days of the edition, morning or afternoon.")


class NeedsUnknown(Refusal):
    code = "programme.needs_unknown"
    message = _("This cannot be asked for.")


def columns_of(edition: Any, facts: ProposalFacts) -> dict[str, Any]:
    """Return what is stored of a proposal's facts, checked."""
    kind = SessionKind.objects.filter(edition=edition, code=facts.kind).first()
    if kind is None:
        raise KindUnknown
    minutes = kind.minutes if facts.minutes is None else facts.minutes
    if minutes not in {kind.minutes, *kind.choice_of_minutes}:
        raise LengthNotOffered(lengths=listed(map(str, kind.choice_of_minutes)))
    if not set(facts.needs) <= set(Feature.values) or facts.mode not in {
        "",
        *SessionMode.values,
    }:
        raise NeedsUnknown
    if not 0 <= facts.audience <= MOST_AUDIENCE:
        raise AudienceOutOfRange
    return words_of(facts) | {
        "kind": kind,
        "minutes": minutes,
        "mode": facts.mode,
        "needs": list(facts.needs),
        "wishes": _wishes(edition, facts.wishes),
        "audience": facts.audience,
    }


def words_of(facts: ProposalFacts) -> dict[str, Any]:
    """Return the columns that are words alone: they change after acceptance too."""
    return {
        "title": _title(facts.title),
        "summary": kept_text(facts.summary),
        "outcomes": kept_text(facts.outcomes),
        "balance_note": kept_words(facts.balance_note),
    }


def _title(words: LocalizedText) -> LocalizedText:
    title = kept_text(words, longest=LONGEST_LINE)
    if not title:
        raise TitleMissing
    return title


def _wishes(edition: Any, wishes: Mapping[str, Any]) -> dict[str, Any]:
    known = {day.isoformat() for day in days_of(edition)}
    days = [_day(day) for day in wishes.get("days", ())]
    half = wishes.get("half", "")
    if not set(days) <= known or half not in {"", *HalfDay.values}:
        raise WishUnknown
    found: dict[str, Any] = {}
    if days:
        found["days"] = sorted(set(days))
    if half:
        found["half"] = half
    return found


def _day(day: Any) -> str:
    return day.isoformat() if isinstance(day, date) else str(day)


def set_labels(row: Proposal, facts: ProposalFacts) -> None:
    """Set lines and goals; codes that the framework does not know are left out."""
    # Any: the stubs know of no key that is text.
    lines: set[Any] = set(facts.lines).intersection(framework.line_codes())
    row.action_lines.set(lines)
    row.goals.set(set(facts.goals).intersection(framework.goal_numbers()))
