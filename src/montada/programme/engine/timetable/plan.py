"""A timetable as it is handed out and read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from montada.programme.engine.timetable.costs import PRICE_UNIT
from montada.programme.engine.timetable.fields import Fault, entry_of
from montada.programme.engine.timetable.problem import COUNT_UNIT, Placement
from montada.programme.engine.timetable.reading import placements_of


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing that is wrong with a plan, or stands in a session's way.

    Attributes
    ----------
    rule : which; doors have a sentence for each
    sessions : ids of the sessions it is about
    details : what the sentence shows
    """

    rule: str
    sessions: tuple[str, ...]
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What the solver found.

    Attributes
    ----------
    placements : in the order of time, then of rooms
    unplaced : id of each session left out -> the fewest things that keep it out
    price, bound : in `costs.PRICE_UNIT`; no plan that places as many costs less than
        `bound`
    soft : label -> count, in `problem.COUNT_UNIT`; those missed only
    """

    placements: tuple[Placement, ...]
    unplaced: Mapping[str, Sequence[Finding]]
    price: int
    bound: int
    soft: Mapping[str, int]
    seed: int
    iterations: int


def written(moment: datetime) -> str:
    """Return a local moment as files write it."""
    return moment.isoformat(timespec="minutes")


def plain(amount: int, unit: int) -> int | float:
    """Return an amount kept in parts of one: whole where it is."""
    return amount // unit if amount % unit == 0 else round(amount / unit, 6)


def plain_cost(price: int) -> int | float:
    """Return a price as files show it."""
    return plain(price, PRICE_UNIT)


def plain_counts(counts: Mapping[str, int]) -> dict[str, int | float]:
    """Return counts as files show them."""
    return {label: plain(count, COUNT_UNIT) for label, count in counts.items()}


def placement_as_json(placement: Placement) -> dict[str, str]:
    """Return one placement as files write it."""
    return {
        "session": placement.session,
        "room": placement.room,
        "start": written(placement.start),
    }


def placements_from(value: Any) -> tuple[Placement, ...]:
    """
    Return the placements of a parsed plan file.

    Raises
    ------
    Fault
        Naming the path of the first field that is wrong or missing.
    """
    file = entry_of(value, "")
    if not file.has("placements"):
        # Some other file, not an empty plan.
        raise Fault("placements", "not_a_list", found="nothing")
    return placements_of(file, "placements")
