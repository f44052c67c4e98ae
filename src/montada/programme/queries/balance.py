"""The balance of a panel, in words: an indicator that refuses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from montada.consultation.queries.calls import seat_regions
from montada.framework import queries as framework
from montada.participation.fields import Gender
from montada.programme.choices import SeatState
from montada.programme.engine.balance import (
    FEWEST_SHOWN,
    YOUNG,
    AxisBalance,
    Balance,
    Panellist,
    balance_of,
)
from montada.programme.models import Seat

VOLUNTARY = frozenset({"gender", "youth"})


@dataclass(frozen=True, slots=True)
class SideShown:
    name: str
    n: int


@dataclass(frozen=True, slots=True)
class AxisShown:
    """One axis of a panel as its reader sees it; empty sides where too few told."""

    axis: str
    name: str
    sides: tuple[SideShown, ...]
    n_untold: int
    warning: str
    is_kept_back: bool
    """Whether what was told voluntarily is not shown: it would name people."""


def panel_balance(
    seats: Iterable[Seat], reader: str, *, is_inside: bool
) -> list[AxisShown]:
    """
    Return how a panel is made up, for a reader; who declined is not counted.

    Those inside see everything; others see voluntary answers only from three on. No
    query beyond the framework's remembered ones, given seats with their speakers.
    """
    found = _balance(seats, seat_regions())
    names = _names(reader)
    return [_shown(axis, names, is_inside=is_inside) for axis in found.axes]


def panel_warnings(
    panels: Iterable[Iterable[Seat]],
) -> list[tuple[str, ...]]:
    """Return what is one-sided in each of many panels, in words, for those inside."""
    regions = seat_regions()
    found = [_balance(seats, regions) for seats in panels]
    return [tuple(map(_sentence, one.warnings)) for one in found]


def _balance(seats: Iterable[Seat], regions: Mapping[str, str]) -> Balance:
    panel = [seat for seat in seats if seat.state != SeatState.DECLINED]
    return balance_of(
        [
            Panellist(
                gender=seat.speaker.gender,
                group=seat.speaker.stakeholder_group_id or "",
                region=regions.get(seat.speaker.country_id or "", ""),
                is_young=seat.speaker.is_young,
            )
            for seat in panel
        ]
    )


def _shown(
    of: AxisBalance, names: Mapping[str, Mapping[str, str]], *, is_inside: bool
) -> AxisShown:
    kept = of.axis in VOLUNTARY and not is_inside and of.n_told < FEWEST_SHOWN
    title = {
        "gender": _("Gender (voluntary)"),
        "group": _("Stakeholder groups"),
        "region": _("Regions"),
        "youth": _("Youth (voluntary)"),
    }[of.axis]
    if kept:
        return AxisShown(of.axis, title, (), 0, "", is_kept_back=True)
    sides = tuple(
        SideShown(names[of.axis].get(side.value, side.value), side.n)
        for side in of.sides
    )
    warning = _sentence(of) if of.warning else ""
    return AxisShown(of.axis, title, sides, of.n_untold, warning, is_kept_back=False)


def _sentence(of: AxisBalance) -> str:
    n = of.n_told
    if of.axis == "gender":
        words = ngettext(
            "The %(n)s person who told is of one gender.",
            "All %(n)s people who told are of one gender.",
            n,
        )
    elif of.axis == "group":
        words = ngettext(
            "The %(n)s person whose group is known is of one stakeholder group.",
            "All %(n)s people whose group is known are of one stakeholder group.",
            n,
        )
    elif of.axis == "region":
        words = ngettext(
            "The %(n)s person whose country is known is of one region.",
            "All %(n)s people whose countries are known are of one region.",
            n,
        )
    else:
        words = ngettext(
            "The %(n)s person who told is not under 30.",
            "None of the %(n)s people who told is under 30.",
            n,
        )
    return words % {"n": n}


def _names(reader: str) -> dict[str, dict[str, str]]:
    return {
        "gender": {value: str(label) for value, label in Gender.choices},
        "group": {
            row.code: row.name.shown_to(reader).text
            for row in framework.stakeholder_groups()
        },
        "region": {
            row.code: row.name.shown_to(reader).text
            for row in framework.country_groups()
        },
        "youth": {
            YOUNG: pgettext("youth", "under 30"),
            "older": pgettext("youth", "30 and older"),
        },
    }
