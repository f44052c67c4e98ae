"""A plan as it stands, read once for everything that is asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from montada.programme.choices import Level
from montada.programme.engine.timetable.problem import Placement, Problem
from montada.programme.models import Placement as PlacementRow
from montada.programme.models import Plan
from montada.programme.queries.plan_words import Names, names_of
from montada.programme.queries.planning import edition_problem, engine_placements
from montada.programme.queries.rules import rules_of

LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "fixed_moved": Level.CANNOT,
        "outside_day": Level.CANNOT,
        "room_closed": Level.CANNOT,
        "room_twice": Level.CANNOT,
        "not_with": Level.NOT_RELEASED,
        "order": Level.NOT_RELEASED,
        "person_away": Level.NOT_RELEASED,
        "person_twice": Level.NOT_RELEASED,
        "room_lacks": Level.NOT_RELEASED,
        "changed_since_release": Level.WARNING,
        "popular_parallel": Level.WARNING,
        "room_change": Level.WARNING,
        "same_track_parallel": Level.WARNING,
        "seats_over": Level.WARNING,
        "track_spread": Level.WARNING,
        "unsocial_hours": Level.WARNING,
        "wrong_day": Level.WARNING,
    }
)
"""How much each conflict weighs where an edition says nothing of it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A plan with all it is measured by.

    Attributes
    ----------
    problem : without what is locked
    levels : how much each rule weighs, a `Level`
    rows : where its sessions are, as the table has it; `placements`, as the engine
    """

    plan: Plan
    problem: Problem
    names: Names
    levels: Mapping[str, str]
    rows: Sequence[PlacementRow]
    placements: Sequence[Placement]


def standing_of(plan: Plan) -> Standing:
    """
    Return a plan as it stands. Three queries, about twenty where facts have changed.

    Raises
    ------
    NoDays
    """
    problem = edition_problem(plan.edition)
    rows = list(PlacementRow.objects.filter(plan=plan).select_related("session"))
    return Standing(
        plan=plan,
        problem=problem,
        names=names_of(plan.edition),
        levels=levels_of(plan.edition),
        rows=rows,
        placements=tuple(engine_placements(rows, problem)),
    )


def levels_of(edition: Any) -> dict[str, str]:
    """Return how much each rule weighs in an edition: a `Level` by rule. One query."""
    return dict(LEVELS) | {
        rule: level
        for rule, level in rules_of(edition).levels.items()
        if rule in LEVELS and level in Level.values
    }
