"""
The index of the project list: which project has which value of which facet.

Some statements, whatever the number of projects; kept until the next decision.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast, Concat

from montada.audit import queries as audit
from montada.framework import queries as framework
from montada.language.engine.folding import sort_key
from montada.language.engine.text import UNDETERMINED
from montada.stocktaking.choices import Visibility
from montada.stocktaking.engine.facets import FacetIndex, bits_of, facet_index
from montada.stocktaking.engine.freshness import FreshnessBounds
from montada.stocktaking.models import Project, ProjectDistinction
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
    current_on: list[date | None]
    archived: frozenset[int]
    """Positions."""


_ROW = (
    "pk",
    "sort_key",
    "organisation",
    "country",
    "stakeholder_group",
    "entry_type",
    "status",
    "written_in",
    "has_evidence",
    "has_gap",
    "first_year",
    "last_year",
    "current_on",
    "visibility",
)

Pairs = dict[str, list[tuple[int, str]]]


@audit.remembered(*ABOUT)
def _built() -> _Built:
    built = _Built(array("q"), FacetIndex(0, {}), [], frozenset())
    pairs: Pairs = {name: [] for name in (*FACETS, *STATED, *_LINKED)}
    archived = []
    rows = Project.objects.public().values_list(*_ROW)
    for item, row in enumerate(rows.iterator(chunk_size=5_000)):
        pk, *facts, first, last, current_on, visibility = row
        built.ids.append(pk)
        built.current_on.append(current_on)
        if visibility == Visibility.ARCHIVED:
            archived.append(item)
        _add_facts(pairs, item, facts)
        pairs["year"] += [(item, str(year)) for year in {first, last} - {None}]
    n = len(built.ids)
    _add_links(pairs, {pk: item for item, pk in enumerate(built.ids)})
    pairs[TOO] = [(item, YES) for item in range(n)]
    index = facet_index(n, pairs)
    memberships = framework.memberships()
    for group, member in _GATHERED.items():
        index = index.with_sums(group, member, memberships)
    return replace(built, facets=index, archived=frozenset(archived))


def _add_facts(pairs: Pairs, item: int, facts: list[str | bool | None]) -> None:
    title, organisation, country, group, kind, status, language, evidence, gap = facts
    if title:
        pairs["title"].append((item, STATED_VALUE))
    if organisation:
        pairs["organisation"].append((item, STATED_VALUE))
    if evidence:
        pairs["evidence"].append((item, YES))
    if gap:
        pairs["gap"].append((item, YES))
    if language and language != UNDETERMINED:
        pairs["language"].append((item, str(language)))
    for facet, value in (
        ("country", country),
        ("stakeholder", group),
        ("type", kind),
        ("status", status),
    ):
        if value:
            pairs[facet].append((item, str(value)))


def _add_links(pairs: Pairs, item_of: dict[int, int]) -> None:
    for pk, facet, value, year in _links():
        item = item_of.get(pk)
        if item is None:
            continue
        pairs[facet].append((item, value))
        if facet == "distinction":
            pairs[REACHED].append((item, f"{value} {year or ''}"))
            if year:
                pairs["year"].append((item, str(year)))


def _links() -> Iterator[tuple[int, str, str, int | None]]:
    """Yield project, facet, value and year of everything that hangs on projects."""
    no_year = Cast(Value(None), IntegerField())
    lines = Project.action_lines.through.objects.values_list(
        "project_id", Value("line"), "actionline_id", no_year
    )
    goals = Project.goals.through.objects.values_list(
        "project_id", Value("goal"), Cast("goal_id", CharField()), no_year
    )
    places = Project.countries_of_work.through.objects.values_list(
        "project_id", Value("work"), "country_id", no_year
    )
    distinctions = ProjectDistinction.objects.order_by().values_list(
        "project_id", Value("distinction"), "kind", "year"
    )
    suggested = (
        open_suggestions()
        .order_by()
        .values_list(
            F("subject_pk"), Concat(Value("suggested_"), "axis"), "code", no_year
        )
    )
    yield from lines.union(goals, places, distinctions, suggested, all=True)


@audit.remembered(*ABOUT)
def _dated(bounds: FreshnessBounds) -> _Built:
    """Return the index with the facet that changes from day to day."""
    built = _built()
    pairs = []
    for item, current_on in enumerate(built.current_on):
        freshness = bounds.freshness_of(current_on)
        if item in built.archived:
            pairs.append((item, ARCHIVED))
        elif freshness != "unknown":
            pairs.append((item, freshness))
    dated = facet_index(len(built.ids), {"freshness": pairs})
    bits = {**built.facets.bits, **dated.bits}
    return replace(built, facets=replace(built.facets, bits=bits))
