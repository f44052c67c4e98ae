"""
How many projects have an action line, a goal, or both: stated, and only suggested.

A project states a label if a source names it or somebody confirmed it. It is suggested
for a cell of the matrix if its title is needed for at least one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from montada.audit import queries as audit
from montada.stocktaking.choices import PUBLIC
from montada.stocktaking.engine.facets import FacetIndex, facet_index
from montada.stocktaking.models import Project
from montada.stocktaking.queries.suggestions import open_suggestions
from montada.stocktaking.queries.words import ABOUT

STATED = ("action_line", "goal", "group")
SUGGESTED = ("suggested_action_line", "suggested_goal")


class Tally(NamedTuple):
    n_stated: int = 0
    n_suggested: int = 0
    """Of further projects, which do not state it."""

    @property
    def n_all(self) -> int:
        return self.n_stated + self.n_suggested


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counts of one group of countries, or of all; `within` has a bit a project."""

    index: FacetIndex
    within: int

    def of_line(self, code: str) -> Tally:
        return self._tally(*self._bits("action_line", code))

    def of_goal(self, number: int) -> Tally:
        return self._tally(*self._bits("goal", str(number)))

    def of_cell(self, code: str, number: int) -> Tally:
        line, line_too = self._bits("action_line", code)
        goal, goal_too = self._bits("goal", str(number))
        return self._tally(line & goal, line_too & goal_too)

    def _bits(self, axis: str, code: str) -> tuple[int, int]:
        """Return the projects that state a label, and these with the suggested."""
        stated = self.index.bits[axis].get(code, 0)
        return stated, stated | self.index.bits[f"suggested_{axis}"].get(code, 0)

    def _tally(self, stated: int, all_: int) -> Tally:
        n_stated = (stated & self.within).bit_count()
        return Tally(n_stated, (all_ & self.within).bit_count() - n_stated)


def tallies(group_code: str | None = None) -> Tallies:
    """
    Return the counts of a group of countries, or of all without one. One query.

    An unknown group has no project.
    """
    index = _index()
    within = index.bits["group"].get(group_code, 0) if group_code else index.everything
    return Tallies(index, within)


@audit.remembered(*ABOUT)
def _index() -> FacetIndex:
    item_of: dict[int, int] = {}
    pairs: dict[str, list[tuple[int, str]]] = {n: [] for n in (*STATED, *SUGGESTED)}
    for pk, facet, value in _links():
        pairs[facet].append((item_of.setdefault(pk, len(item_of)), value))
    return facet_index(len(item_of), pairs)


def _links() -> Iterator[tuple[int, str, str]]:
    """Yield project, facet and value of everything that is counted. One query."""
    seen = {"project__visibility__in": PUBLIC}
    lines = Project.action_lines.through.objects.filter(**seen).values_list(
        "project_id", Value("action_line"), "actionline_id"
    )
    goals = Project.goals.through.objects.filter(**seen).values_list(
        "project_id", Value("goal"), Cast("goal_id", CharField())
    )
    public = Project.objects.public().order_by()
    groups = public.filter(country__groups__isnull=False)
    suggested = open_suggestions().order_by()
    yield from lines.union(
        goals,
        groups.values_list("pk", Value("group"), "country__groups__code"),
        suggested.values_list(
            F("subject_pk"), Concat(Value("suggested_"), "axis"), "code"
        ),
        all=True,
    )
