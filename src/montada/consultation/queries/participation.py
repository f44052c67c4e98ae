"""Who took part, against what an edition wants, and whose voices are missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from montada.consultation.choices import TargetAxis
from montada.consultation.models import ParticipationTarget
from montada.consultation.queries.totals import (
    NOT_STATED,
    Counted,
    Share,
    counted,
    names_of,
    shares,
)

if TYPE_CHECKING:
    from montada.edition.models import Edition

EVEN_WITHOUT_TARGET = (TargetAxis.GROUP, TargetAxis.SEAT)
"""Axes on which a side that nobody spoke for is missing though no target names it."""
UNNAMED = frozenset({NOT_STATED, "other"})


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an axis: its share, and the least that the edition wants."""

    share: Share
    least_percent: int | None

    @property
    def is_met(self) -> bool:
        return self.least_percent is None or self.share.percent >= self.least_percent


@dataclass(frozen=True, slots=True)
class Missing:
    """A side that fewer spoke for than the edition wants; nobody, without a target."""

    axis: str
    axis_name: str
    value: str
    name: str
    percent: float
    least_percent: int | None


@dataclass(frozen=True, slots=True)
class Axis:
    name: str
    title: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    n: int
    axes: tuple[Axis, ...]
    missing: tuple[Missing, ...]


def participation(of: Edition, reader: str) -> Participation:
    """Return who took part in an edition's consultation. Three queries at most."""
    rows = counted(of.pk)
    wanted = {(t.axis, t.value): t.least_percent for t in targets_of(of)}
    axes = tuple(_axis(axis, rows, wanted, reader) for axis in TargetAxis)
    missing = [m for axis in axes for m in _missing_of(axis)]
    return Participation(len(rows), axes, tuple(missing))


def targets_of(of: Edition) -> list[ParticipationTarget]:
    return list(ParticipationTarget.objects.filter(edition=of))


def _axis(
    axis: TargetAxis,
    rows: tuple[Counted, ...],
    wanted: dict[tuple[str, str], int],
    reader: str,
) -> Axis:
    names = names_of(axis, reader)
    found = shares(rows, axis, names, with_none=True)
    is_seldom = axis in (TargetAxis.REGION, TargetAxis.LANGUAGE)
    sides = (Side(share, wanted.get((axis, share.value))) for share in found)
    # Of many regions and languages, those are shown that somebody speaks for or wants.
    shown = [s for s in sides if not is_seldom or s.share.n or s.least_percent]
    return Axis(axis.value, str(axis.label), tuple(shown))


def _missing_of(axis: Axis) -> list[Missing]:
    is_missed = axis.name in EVEN_WITHOUT_TARGET
    return [
        Missing(
            axis.name,
            axis.title,
            side.share.value,
            side.share.name,
            side.share.percent,
            side.least_percent,
        )
        for side in axis.sides
        if side.share.value not in UNNAMED
        and (not side.is_met or (is_missed and not side.share.n))
    ]


def value_in_words(axis: str, value: str, reader: str) -> str:
    """Return what a side is called; the axis alone where it has no such value."""
    if axis not in TargetAxis.values:
        return _("Voices that are missing")
    return names_of(axis, reader).get(value, str(TargetAxis(axis).label))
