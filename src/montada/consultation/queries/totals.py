"""What became of all contributions to an edition: totals that anybody may check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from montada.audit import queries as audit
from montada.consultation.choices import (
    CallKind,
    ContributionState,
    SignedAs,
    TargetAxis,
)
from montada.consultation.engine.life import IN_PROGRAMME, WAITING
from montada.consultation.models import Contribution
from montada.consultation.queries.calls import seat_regions
from montada.framework import queries as framework
from montada.language.engine.text import OWN_NAMES
from montada.participation.fields import Gender

if TYPE_CHECKING:
    from montada.edition.models import Edition

NOT_STATED = ""
WORLD = "world"
"""The region of what is about all the world."""
INTERNATIONAL = "io"


@dataclass(frozen=True, slots=True)
class Counted:
    """One contribution, as it is counted."""

    state: str
    """Of the one it was merged into, where it was."""
    own_state: str
    is_merged: bool
    call: str
    signed_as: str
    group: str
    seat: str
    region: str
    language: str
    gender: str
    is_late: bool


@audit.remembered("consultation.", "edition.", "framework.reference")
def counted(edition_id: int) -> tuple[Counted, ...]:
    """Return every contribution that an edition received. Two queries."""
    rows: list[Any] = list(
        Contribution.objects.received()
        .filter(call__edition=edition_id)
        .order_by("pk")
        .values(
            "pk",
            "state",
            "merged_into_id",
            "call__kind",
            "signed_as",
            "stakeholder_group_id",
            "country_id",
            "region_id",
            "language",
            "gender",
            "is_late",
        )
    )
    by_pk = {row["pk"]: row for row in rows}
    seats = seat_regions()
    return tuple(
        Counted(
            state=_root(row, by_pk)["state"],
            own_state=row["state"],
            is_merged=row["merged_into_id"] is not None,
            call=row["call__kind"],
            signed_as=row["signed_as"],
            group=row["stakeholder_group_id"] or NOT_STATED,
            seat=seats.get(row["country_id"], NOT_STATED),
            region=row["region_id"] or WORLD,
            language=row["language"],
            gender=row["gender"],
            is_late=row["is_late"],
        )
        for row in rows
    )


def _root(row: dict[str, Any], by_pk: dict[int, dict[str, Any]]) -> dict[str, Any]:
    while row["merged_into_id"] in by_pk:
        row = by_pk[row["merged_into_id"]]
    return row


@dataclass(frozen=True, slots=True)
class Share:
    """How many contributions have one value, and their share of all, 0 to 100."""

    value: str
    name: str
    n: int
    percent: float
    n_in_programme: int

    @property
    def is_not_stated(self) -> bool:
        return self.value == NOT_STATED


@dataclass(frozen=True, slots=True)
class Breakdown:
    name: str
    title: str
    definition: str
    rows: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    n: int
    n_in_programme: int
    n_merged_in_programme: int
    """Of those, the ones that are there as part of another."""
    n_waiting: int
    n_declined: int
    n_late: int
    breakdowns: tuple[Breakdown, ...]


def totals(of: Edition, reader: str) -> Totals:
    """Return what became of an edition's contributions, with every breakdown."""
    rows = counted(of.pk)
    placed = [row for row in rows if row.state in IN_PROGRAMME]
    return Totals(
        n=len(rows),
        n_in_programme=len(placed),
        n_merged_in_programme=sum(row.is_merged for row in placed),
        n_waiting=sum(row.state in WAITING for row in rows),
        n_declined=sum(row.state == ContributionState.DECLINED for row in rows),
        n_late=sum(row.is_late for row in rows),
        breakdowns=tuple(_breakdowns(rows, reader)),
    )


def _breakdowns(rows: tuple[Counted, ...], reader: str) -> Iterator[Breakdown]:
    for name, title, definition in _described():
        yield Breakdown(
            name, title, definition, tuple(shares(rows, name, names_of(name, reader)))
        )


def _described() -> Iterator[tuple[str, str, str]]:
    yield (
        "state",
        _("By state"),
        _("Where each stands; one that was merged counts where the other stands."),
    )
    yield "call", _("By call"), _("What was handed in.")
    yield (
        "group",
        _("By stakeholder group"),
        _("As its author states it; the technical community is a group of its own."),
    )
    yield (
        "signed_as",
        _("By signature"),
        _("In whose name it speaks: a person's, an organisation's, a State's."),
    )
    yield (
        "seat",
        _("By region of seat"),
        _("ITU region of the country in which the organisation or person is at home."),
    )
    yield (
        "region",
        _("By region spoken of"),
        _("The region that the contribution is about, as its author states it."),
    )
    yield "language", _("By language"), _("In which it was written.")


def shares(
    rows: Iterable[Counted],
    axis: str,
    names: dict[str, str],
    *,
    with_none: bool = False,
) -> Iterator[Share]:
    """
    Yield the share of each value in the order of `names`; those not stated come last.

    Values that nobody has are left out unless `with_none`.
    """
    rows = list(rows)
    found = Counter(getattr(row, axis) for row in rows)
    placed = Counter(getattr(row, axis) for row in rows if row.state in IN_PROGRAMME)
    for value in [*names, *sorted(found.keys() - names.keys())]:
        if found[value] or with_none:
            percent = 100 * found[value] / len(rows) if rows else 0.0
            name = names.get(value, value)
            yield Share(value, name, found[value], percent, placed[value])


def names_of(axis: str, reader: str) -> dict[str, str]:
    """Return all values of a breakdown with their names, in the reader's language."""
    if axis == TargetAxis.GROUP:
        rows = framework.stakeholder_groups()
        return {row.code: row.name.shown_to(reader).text for row in rows}
    if axis in (TargetAxis.SEAT, TargetAxis.REGION):
        groups = framework.country_groups()
        named = {row.code: row.name.shown_to(reader).text for row in groups}
        if axis == TargetAxis.SEAT:
            return {c: name for c, name in named.items() if c.startswith("itu-")}
        return named | {WORLD: _("The whole world")}
    if axis == TargetAxis.LANGUAGE:
        return dict(OWN_NAMES)
    choices: dict[str, Any] = {
        "state": ContributionState,
        "call": CallKind,
        "signed_as": SignedAs,
        "gender": Gender,
    }
    return {value: str(label) for value, label in choices[axis].choices}


def states_counted(of: Edition, reader: str) -> list[tuple[str, str, int]]:
    """Return each state that contributions stand in, its name, and how many do."""
    found = Counter(row.own_state for row in counted(of.pk))
    named = names_of("state", reader)
    return [(value, named[value], found[value]) for value in named if found[value]]
