"""Lines, goals and targets, and the shorter lists beside them."""

from __future__ import annotations

from collections.abc import Iterable

from montada.audit import queries as audit
from montada.framework.models import (
    ActionLine,
    GdcObjective,
    GenevaTarget,
    Goal,
    StakeholderGroup,
    Target,
)


@audit.remembered("framework.reference", "framework.targets")
def action_lines() -> list[ActionLine]:
    return list(ActionLine.objects.all())


@audit.remembered("framework.reference", "framework.targets")
def line_codes() -> tuple[str, ...]:
    """Return the codes alone: less to read than the lines with their titles."""
    return tuple(ActionLine.objects.values_list("code", flat=True))


def action_line(code: str) -> ActionLine | None:
    return ActionLine.objects.filter(code=code).first()


@audit.remembered("framework.reference", "framework.targets")
def goals() -> list[Goal]:
    return list(Goal.objects.all())


@audit.remembered("framework.reference", "framework.targets")
def goal_numbers() -> tuple[int, ...]:
    return tuple(Goal.objects.values_list("number", flat=True))


def goal(number: int) -> Goal | None:
    # Larger numbers than any goal has would overflow the column.
    return Goal.objects.filter(number=number).first() if 0 < number < 100 else None


def targets_of(goal: Goal | int) -> list[Target]:
    number = goal.number if isinstance(goal, Goal) else goal
    return list(Target.objects.filter(goal_id=number))


def targets_by_code(codes: Iterable[str]) -> dict[str, Target]:
    return Target.objects.in_bulk(list(codes))


@audit.remembered("framework.reference", "framework.targets")
def stakeholder_groups() -> list[StakeholderGroup]:
    return list(StakeholderGroup.objects.all())


@audit.remembered("framework.reference", "framework.targets")
def group_codes() -> tuple[str, ...]:
    return tuple(StakeholderGroup.objects.values_list("code", flat=True))


def geneva_targets() -> list[GenevaTarget]:
    """Return the ten targets with `action_lines.all()` read. Two queries."""
    return list(GenevaTarget.objects.prefetch_related("action_lines"))


def geneva_target(letter: str) -> GenevaTarget | None:
    return GenevaTarget.objects.filter(letter=letter).first()


def gdc_objectives() -> list[GdcObjective]:
    return list(GdcObjective.objects.all())
