"""The list of sessions as a page needs it: narrowed, counted by facet, by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q

from montada.framework import queries as framework
from montada.language.engine.folding import sort_key
from montada.participation import queries as participation
from montada.programme.models import Session
from montada.programme.queries.sessions import sessions
from montada.stocktaking.engine.facets import (
    NOT_STATED,
    FacetIndex,
    bits_of,
    facet_index,
    items_in,
)

Label = tuple[str, str]
"""Facet ("line" or "goal") and value."""

Row = tuple[int | None, str]
"""Year and types."""

FACETS = ("year", "line", "goal", "type")
LONGEST_SEARCH = 200
"""Characters of a search that are read."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet; `n` sessions have it under the other facets' choice."""

    facet: str
    value: str
    n: int
    is_chosen: bool
    row: Any = None
    """The action line or goal; empty for years and types, and for "not stated"."""

    @property
    def toggled(self) -> dict[str, str | None]:
        """What changes in the address when somebody takes or leaves this value."""
        return {self.facet: None if self.is_chosen else self.value}

    @property
    def is_stated(self) -> bool:
        return self.value != NOT_STATED


@dataclass(frozen=True, slots=True)
class Listed:
    """A session as a list shows it."""

    session: Session
    lines: Sequence[Any]
    goals: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of one day; `day` is empty for those whose day nobody stated."""

    day: date | None
    sessions: Sequence[Listed]


@dataclass(frozen=True, slots=True)
class Year:
    year: int | None
    edition: Any
    """The edition of that year; empty before the first."""
    days: Sequence[Day]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A chosen value that no session, action line or goal has: nothing is left then."""

    facet: str
    value: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a choice and a search leave of all sessions."""

    ids: list[int]
    """In the order of the list."""
    facets: Mapping[str, Sequence[Option]]
    unknown: Sequence[Unknown]
    labels: Mapping[int, Sequence[Any]]
    """Action lines and goals of every session that has any, in their order."""


def narrowed_sessions(*, choice: Mapping[str, str], text: str = "") -> Narrowed:
    """
    Return the sessions that a choice and a search leave. Three queries, four to search.

    `choice` maps facets to values; empty values choose nothing.
    """
    rows, labels = _rows()
    known = _known_labels()
    index = _index(rows, labels)
    chosen = {facet: choice[facet] for facet in FACETS if choice.get(facet)}
    choices = {facet: [value] for facet, value in chosen.items()}
    ids = list(rows)
    within = _found(ids, text[:LONGEST_SEARCH])
    return Narrowed(
        ids=[ids[i] for i in items_in(index.chosen(choices) & within)],
        facets={
            facet: _options(
                facet,
                index.counts(facet, choices, within),
                chosen.get(facet),
                known,
            )
            for facet in FACETS
        },
        unknown=[
            Unknown(facet, value)
            for facet, value in chosen.items()
            if value not in index.bits[facet] and (facet, value) not in known
        ],
        labels={
            pk: [known[label] for label in known if label in having]
            for pk, having in labels.items()
        },
    )


def by_day(narrowed: Narrowed, ids: Sequence[int]) -> list[Year]:
    """Return some of the sessions by year and day, with organisers. Two queries."""
    rows = sessions().prefetch_related("organisers").in_bulk(ids)
    listed = [_listed(rows[pk], narrowed.labels.get(pk, ())) for pk in ids]
    return [
        Year(year, of_year[0].session.edition, _days(of_year))
        for year, group in groupby(listed, key=lambda row: row.session.year)
        if (of_year := list(group))
    ]


def types_in(session_type: str) -> list[str]:
    """Return the types that a source gives to one session, apart by semicolons."""
    return [part.strip() for part in session_type.split(";") if part.strip()]


def _listed(session: Session, labels: Sequence[Any]) -> Listed:
    lines = [label for label in labels if hasattr(label, "code")]
    return Listed(session, lines, [label for label in labels if label not in lines])


def _days(listed: Sequence[Listed]) -> list[Day]:
    days = groupby(listed, key=lambda row: row.session.held_on)
    return [Day(day, list(group)) for day, group in days]


def _known_labels() -> dict[Label, Any]:
    """Return every action line and goal, in their order. Two queries."""
    lines = {("line", line.code): line for line in framework.action_lines()}
    return lines | {("goal", str(goal.number)): goal for goal in framework.goals()}


def _rows() -> tuple[dict[int, Row], dict[int, set[Label]]]:
    """
    Return every session in the order of the list, and the labels of those with any.

    One query: a session comes once for each pair of its lines and goals.
    """
    rows: dict[int, Row] = {}
    having: dict[int, set[Label]] = defaultdict(set)
    columns = ("pk", "year", "session_type", "action_lines", "goals")
    for pk, year, types, line, goal in sessions().values_list(*columns):
        rows[pk] = (year, types)
        if line is not None:
            having[pk].add(("line", line))
        if goal is not None:
            having[pk].add(("goal", str(goal)))
    return rows, having


def _index(rows: Mapping[int, Row], labels: Mapping[int, set[Label]]) -> FacetIndex:
    pairs: dict[str, list[tuple[int, str]]] = {facet: [] for facet in FACETS}
    for i, (pk, (year, types)) in enumerate(rows.items()):
        pairs["year"] += [(i, str(year))] if year is not None else []
        pairs["type"] += [(i, value) for value in types_in(types)]
        for facet, value in labels.get(pk, ()):
            pairs[facet].append((i, value))
    return facet_index(len(rows), pairs)


def _found(ids: Sequence[int], text: str) -> int:
    """Return, as bits, the sessions that a search finds; all of them without words."""
    keys = [key for word in text.split() if (key := sort_key(word))]
    if not keys:
        return bits_of(range(len(ids)), len(ids))
    matching = Session.objects.public()
    for key in keys:
        matching = matching.filter(Q(sort_key__contains=key) | Q(number=key) | _by(key))
    found = set(matching.order_by().values_list("pk", flat=True))
    return bits_of((i for i, pk in enumerate(ids) if pk in found), len(ids))


def _by(key: str) -> Q:
    """Return the condition that an organiser is found under a key."""
    organisers = Session.organisers.through._base_manager.filter(
        session=OuterRef("pk"), organisation__in=participation.organisations_like(key)
    )
    return Q(Exists(organisers))


def _options(
    facet: str,
    counts: Mapping[str, int],
    chosen: str | None,
    known: Mapping[Label, Any],
) -> list[Option]:
    """Return a facet's values: years newest first, types by use, others as ordered."""
    order = {value: i for i, (of, value) in enumerate(known) if of == facet}
    options = [
        Option(facet, value, n, value == chosen, known.get((facet, value)))
        for value, n in counts.items()
    ]
    if facet == "year":
        return sorted(options, key=lambda o: (o.is_stated, o.value), reverse=True)
    return sorted(
        options, key=lambda o: (not o.is_stated, order.get(o.value, 0), -o.n, o.value)
    )
