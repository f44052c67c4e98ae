"""The rules, kinds of sessions and places by right that an edition has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from montada.audit import queries as audit
from montada.language.engine import dates
from montada.programme.engine.timetable.problem import WEIGHTS
from montada.programme.models import (
    PlaceByRight,
    ProgrammeRules,
    Series,
    Session,
    SessionKind,
)

RULE_BOUNDS = {"n_places": (0, 2000), "appeal_days": (0, 60), "unit_minutes": (5, 60)}
"""Least and most of each number among the rules."""

MOST_WEIGHT = 100_000
MOST_DAYS = 60
"""Of an edition without a last day, or with a mistaken one."""


def rules_of(edition: Any) -> ProgrammeRules:
    """Return an edition's rules; the defaults, unsaved, where none were set."""
    found = ProgrammeRules.objects.filter(edition=edition).first()
    return found or ProgrammeRules(edition=edition)


def last_decision_about_rules(edition: Any) -> int:
    """Return the number of the last decision about an edition's rules; 0 for none."""
    return _decisions(edition).values_list("pk", flat=True).first() or 0


def rules_changed_since(edition: Any, seen: int) -> set[str]:
    """Return which rules were set after the decision of that number."""
    later = _decisions(edition).filter(pk__gt=seen).values_list("details", flat=True)
    return {name for details in later for name in details.get("after", ())}


def _decisions(edition: Any) -> QuerySet[Any]:
    return audit.entries_about(edition).filter(action="programme.rules_set")


def weights_of(rules: ProgrammeRules) -> dict[str, float]:
    """Return the weight of every wish of the timetable, by its label."""
    return {label: rules.weights.get(label, n) for label, n in WEIGHTS.items()}


def kinds_of(edition: Any) -> list[SessionKind]:
    """Return the kinds of sessions of an edition, in its order. One query."""
    return list(SessionKind.objects.filter(edition=edition))


def kind_of(edition: Any, code: str) -> SessionKind | None:
    return SessionKind.objects.filter(edition=edition, code=code).first()


@dataclass(frozen=True, slots=True)
class RightRow:
    """Places by right, and how many proposals that have one."""

    right: PlaceByRight
    n_given: int

    @property
    def n_free(self) -> int:
        return max(self.right.n_places - self.n_given, 0)


def rights_of(edition: Any) -> list[RightRow]:
    """Return the places by right of an edition. One query."""
    living = Q(proposals__state__in=("received", "accepted"))
    rows = PlaceByRight.objects.filter(edition=edition).annotate(
        n_given=Count("proposals", filter=living)
    )
    rows = rows.select_related("organisation", "action_line")
    return [RightRow(row, row.n_given) for row in rows]


def right_of(edition: Any, pk: int) -> PlaceByRight | None:
    rows = PlaceByRight.objects.select_related("edition", "organisation", "action_line")
    return rows.filter(edition=edition, pk=pk).first()


def days_of(edition: Any) -> Sequence[date]:
    """Return the days of an edition; none where its first day is not known."""
    if edition.starts_on is None:
        return []
    last = edition.ends_on or edition.starts_on
    n_days = min((last - edition.starts_on).days + 1, MOST_DAYS)
    return [edition.starts_on + timedelta(days=n) for n in range(n_days)]


def days_in_words(edition: Any, reader: str) -> list[tuple[date, str]]:
    """Return each day of an edition with its name, in the reader's language."""
    return [
        (
            day,
            f"{dates.written_weekday(day, reader)} {dates.written_date(day, reader)}",
        )
        for day in days_of(edition)
    ]


def series_of(edition: Any) -> QuerySet[Series]:
    """Return the series of an edition with their parts. Three queries."""
    return Series.objects.filter(edition=edition).prefetch_related("sessions__proposal")


def one_series(edition: Any, pk: int) -> Series | None:
    return series_of(edition).filter(pk=pk).first()


def sessions_named(edition: Any, words: Sequence[str]) -> dict[str, Session]:
    """
    Return planned sessions by the number of their proposal or their own address.

    Those that were taken in from a file have no proposal; they are planned, too.
    """
    named = Q(proposal__reference__in=[word.upper() for word in words])
    rows = Session.objects.filter(edition=edition, kind__isnull=False)
    rows = rows.filter(named | Q(slug__in=[word.lower() for word in words]))
    found = {}
    for row in rows.select_related("proposal"):
        found[row.slug] = row
        if row.proposal is not None:
            found[row.proposal.reference.lower()] = row
    return found
