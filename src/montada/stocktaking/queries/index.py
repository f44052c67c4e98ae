"""
The index of the project list: which project has which value of which facet.

Three statements, whatever the number of projects; kept until the next decision.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Case, CharField, F, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from montada.audit import queries as audit
from montada.framework import queries as framework
from montada.language.engine.folding import sort_key
from montada.language.engine.text import UNDETERMINED
from montada.stocktaking.choices import Visibility
from montada.stocktaking.engine.facets import (
    FacetIndex,
    bits_of,
    index_of_bits,
    items_by_value,
)
from montada.stocktaking.engine.freshness import FreshnessBounds
from montada.stocktaking.models import Project, ProjectDistinction
from montada.stocktaking.queries.aggregates import Joined
from montada.stocktaking.queries.facet_labels import Label, facet_labels
from montada.stocktaking.queries.suggestions import open_suggestions
from montada.stocktaking.queries.words import ABOUT, words_of_projects

FACETS = (
    "group",
    "country",
    "line",
    "goal",
    "year",
    "stakeholder",
    "distinction",
    "type",
    "status",
    "region",
    "work",
    "language",
    "freshness",
    "evidence",
    "gap",
)
STATED = ("title", "organisation")
"""Facets that only tell whether a source states it; reached from the list of gaps."""
REACHED = "reached"
"""A facet for cards alone: kind and year of a distinction, as "winner 2018"."""

SUGGESTED = {"line": "suggested_action_line", "goal": "suggested_goal"}
"""Facets of what titles suggest beside what is stated in a facet."""
TOO = "suggested"
"""A facet of one value, for lists that take in what is only suggested."""
YES = "1"
STATED_VALUE = "stated"

ARCHIVED = "archived"
"""Of freshness: what nobody called true for so long that it was put away."""

_GATHERED = {"group": "country", "region": "work"}
"""Facets of groups of countries, each with the facet of their members."""

_LINKED = (REACHED, *SUGGESTED.values())


@dataclass(frozen=True, slots=True)
class ProjectIndex:
    """Public projects by position, newest first; labels for one reader."""

    ids: array[int]
    facets: FacetIndex
    labels: dict[str, dict[str, Label]]

    def taking_in(self, with_suggested: bool) -> FacetIndex:
        """Return the facets, suggested lines and goals among the stated if asked."""
        index = self.facets
        for facet, suggested in SUGGESTED.items() if with_suggested else ():
            index = index.with_also(facet, suggested)
        return index

    def found(self, query: str) -> int:
        """
        Return the projects that hold all words asked for, in any of their languages.

        In the title, the organisation's name, or the summary.
        """
        wanted = [sort_key(word) for word in query.split()]
        wanted = [word for word in wanted if word]
        if not wanted:
            return self.facets.everything
        words = words_of_projects()
        hits = (
            item
            for item, pk in enumerate(self.ids)
            if all(word in words.get(pk, "") for word in wanted)
        )
        return bits_of(hits, len(self.ids))


def project_index(language: str, bounds: FreshnessBounds | None = None) -> ProjectIndex:
    """
    Return the index of this moment, with labels for readers of `language`.

    Without bounds every project's freshness counts as not stated.
    """
    built = _dated(bounds) if bounds else _built()
    return ProjectIndex(built.ids, built.facets, facet_labels(language))


@dataclass(frozen=True, slots=True)
class _Built:
    ids: array[int]
    facets: FacetIndex
    current_on: dict[str | None, list[int]]
    """Positions by the day on which their word was last good, in ISO 8601."""
    archived: list[int]
    """Positions."""


_ROW: dict[str, Combinable] = {
    "pk": F("pk"),
    "country": F("country"),
    "stakeholder": F("stakeholder_group"),
    "type": F("entry_type"),
    "status": F("status"),
    "language": F("written_in"),
    "title": F("sort_key"),
    "evidence": Case(When(has_evidence=True, then=Value(YES))),
    "gap": Case(When(has_gap=True, then=Value(YES))),
    "organisation": F("organisation"),
    "first_year": F("first_year"),
    "last_year": F("last_year"),
    "visibility": F("visibility"),
    "current_on": Cast("current_on", CharField()),
}
"""
Columns by name, facets among them.

As the database stores them: one column that Django translates costs as much as all.
"""

_COLUMNS = ("country", "stakeholder", "type", "status", "language", "evidence", "gap")
"""Facets whose value the column says."""

Columns = dict[str, tuple[Any, ...]]
Bits = dict[str, dict[str, int]]
"""Projects by facet and value, as the engine of facets has them."""
IntArray = npt.NDArray[np.int64]


@audit.remembered(*ABOUT)
def _built() -> _Built:
    rows = Project.objects.public().values_list(*_ROW.values()).iterator(5_000)
    # Without any row there are no columns either.
    columns: Columns = dict(zip(_ROW, zip(*rows, strict=True), strict=False))
    ids = columns.get("pk", ())
    bits: Bits = {facet: {} for facet in (*FACETS, *STATED, *_LINKED)}
    bits[TOO] = {YES: (1 << len(ids)) - 1}
    if ids:
        _add_columns(bits, columns)
        _add_links(bits, np.array(ids, np.int64))
    index = index_of_bits(len(ids), bits)
    memberships = framework.memberships()
    for group, member in _GATHERED.items():
        index = index.with_sums(group, member, memberships)
    archived = items_by_value(columns.get("visibility", ())).get(Visibility.ARCHIVED)
    days = items_by_value(columns.get("current_on", ()))
    return _Built(array("q", ids), index, days, archived or [])


def _add_columns(bits: Bits, columns: Columns) -> None:
    n = len(columns["pk"])
    for facet in _COLUMNS:
        for value, those in items_by_value(columns[facet]).items():
            if value:
                bits[facet][str(value)] = bits_of(those, n)
    bits["language"].pop(UNDETERMINED, None)
    for facet in STATED:
        stated = [item for item, held in enumerate(columns[facet]) if held]
        if stated:
            bits[facet][STATED_VALUE] = bits_of(stated, n)
    for name in ("first_year", "last_year"):
        for year, those in items_by_value(columns[name]).items():
            if year:
                _add(bits["year"], str(year), bits_of(those, n))


def _add_links(bits: Bits, ids: IntArray) -> None:
    position = np.full(ids.max() + 1, -1)
    position[ids] = np.arange(len(ids))
    for facet, value, keys in _links():
        found = np.fromstring(keys, np.int64, sep=",")
        those = position[found[found < len(position)]]
        public = those[those >= 0]
        if len(public):
            _add(bits[facet], value, bits_of(public, len(ids)))


def _add(bits: dict[str, int], value: str, more: int) -> None:
    bits[value] = bits.get(value, 0) | more


def _links() -> Iterator[tuple[str, str, str]]:
    """
    Yield facet, value and projects' keys of everything that hangs on projects.

    Keys come as one text a value: reading each link as a row takes four times as long.
    """
    kind_and_year = Concat("kind", Value(" "), _text("year"))
    of_links = Project.action_lines.through.objects
    yield from _grouped(of_links, "line", F("actionline_id")).union(
        _grouped(Project.goals.through.objects, "goal", _text("goal_id")),
        _grouped(Project.countries_of_work.through.objects, "work", F("country_id")),
        _grouped(ProjectDistinction.objects, "distinction", F("kind")),
        _grouped(ProjectDistinction.objects, REACHED, kind_and_year),
        _grouped(ProjectDistinction.objects.exclude(year=None), "year", _text("year")),
        _grouped(
            open_suggestions(),
            Concat(Value("suggested_"), "axis"),
            F("code"),
            "subject_pk",
        ),
        all=True,
    )


def _text(number: str) -> Cast:
    """Return a column of numbers as text, which one statement over all needs."""
    return Cast(number, CharField())


def _grouped(rows: Any, facet: Any, value: Any, key: str = "project_id") -> Any:
    """Return one row a value: the facet, the value, the projects' keys."""
    of_facet = Value(facet) if isinstance(facet, str) else facet
    return (
        rows.order_by()
        .annotate(of_facet=of_facet, said=value)
        .values("of_facet", "said")
        .annotate(keys=Joined(key))
        .values_list("of_facet", "said", "keys")
    )


@audit.remembered(*ABOUT)
def _dated(bounds: FreshnessBounds) -> _Built:
    """Return the index with the facet that changes from day to day."""
    built = _built()
    put_away = set(built.archived)
    items: dict[str, list[int]] = {ARCHIVED: built.archived} if put_away else {}
    for day, those in built.current_on.items():
        freshness = bounds.freshness_of(date.fromisoformat(day) if day else None)
        if freshness != "unknown":
            current = items.setdefault(freshness, [])
            current += [item for item in those if item not in put_away]
    n = len(built.ids)
    lights = {value: bits_of(those, n) for value, those in items.items() if those}
    dated = index_of_bits(n, {"freshness": lights})
    bits = {**built.facets.bits, **dated.bits}
    return replace(built, facets=replace(built.facets, bits=bits))
