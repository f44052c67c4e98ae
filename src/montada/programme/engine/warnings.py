"""
What a plan should not have, one by one: whatever the soft constraints count.

The solver needs the counts alone (`timetable.costs`); who places sessions by hand needs
to read which, whose and where.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from montada.programme.engine.timetable.costs import (
    Placed,
    even_share,
    is_social,
    placed_of,
)
from montada.programme.engine.timetable.intervals import meeting_pairs
from montada.programme.engine.timetable.plan import Finding, written
from montada.programme.engine.timetable.problem import (
    COUNT_UNIT,
    NOON,
    Placement,
    Problem,
)

LEAST_WANTED_TOGETHER = COUNT_UNIT // 100
"""Two popularities multiplied: overlaps that fewer people mind are not named."""

LABELS = {"wrong_half": "wrong_day"}
"""Under which label a finding is counted, where it has a name of its own."""


def warnings_of(problem: Problem, placements: Sequence[Placement]) -> Iterator[Finding]:
    """Yield each miss of a soft constraint that weighs something."""
    placed = placed_of(problem, placements)
    for finding in chain(
        _seats_over(problem, placed),
        _wishes(placed),
        _same_track_parallel(placed),
        _popular_parallel(placed),
        _unsocial_hours(problem, placed),
        _track_spread(problem, placed),
        _room_change(placed),
        _changed_since_release(problem, placed),
    ):
        if problem.weights[LABELS.get(finding.rule, finding.rule)]:
            yield finding


def _seats_over(problem: Problem, placed: Sequence[Placed]) -> Iterator[Finding]:
    seats = {room.id: room.seats for room in problem.rooms}
    for one in placed:
        limit = seats.get(one.placement.room)
        if limit is not None and one.session.audience > limit:
            yield Finding(
                "seats_over",
                (one.session.id,),
                {
                    "room": one.placement.room,
                    "seats": limit,
                    "audience": one.session.audience,
                },
            )


def _wishes(placed: Sequence[Placed]) -> Iterator[Finding]:
    for one in placed:
        wanted = one.session.wanted_days
        if wanted and one.on not in wanted:
            days = tuple(f"{day}" for day in sorted(wanted))
            yield Finding("wrong_day", (one.session.id,), {"days": days})
        half = one.session.wanted_half
        is_morning = one.placement.start.hour < NOON
        if half is not None and (half == "morning") != is_morning:
            yield Finding("wrong_half", (one.session.id,), {"half": half})


def _same_track_parallel(placed: Sequence[Placed]) -> Iterator[Finding]:
    pairs = meeting_pairs(
        (track, one.interval, one) for one in placed for track in one.session.tracks
    )
    tracks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for track, one, other in pairs:
        tracks[one.session.id, other.session.id].append(track)
    for ids, shared in tracks.items():
        yield Finding("same_track_parallel", ids, {"tracks": tuple(shared)})


def _popular_parallel(placed: Sequence[Placed]) -> Iterator[Finding]:
    popular = [one for one in placed if one.session.popular]
    for _key, one, other in meeting_pairs(("", one.interval, one) for one in popular):
        if one.session.popular * other.session.popular >= LEAST_WANTED_TOGETHER:
            yield Finding("popular_parallel", (one.session.id, other.session.id), {})


def _unsocial_hours(problem: Problem, placed: Sequence[Placed]) -> Iterator[Finding]:
    remote = {person.id: person for person in problem.people if person.remote}
    for one in placed:
        for name in one.session.people:
            person = remote.get(name)
            if person is None or is_social(one.interval, person, problem.zone):
                continue
            start, end = (
                written(
                    moment.replace(tzinfo=problem.zone)
                    .astimezone(person.zone)
                    .replace(tzinfo=None)
                )
                for moment in one.interval
            )
            details = {"person": name, "start": start, "end": end}
            yield Finding("unsocial_hours", (one.session.id,), details)


def _track_spread(problem: Problem, placed: Sequence[Placed]) -> Iterator[Finding]:
    whole = Counter(chain.from_iterable(s.tracks for s in problem.sessions))
    for (track, day), ones in _on_days(placed).items():
        share = even_share(whole[track], len(problem.days))
        if len(ones) > share:
            details = {"track": track, "day": day, "n": len(ones), "share": share}
            ids = tuple(one.session.id for one in ones)
            yield Finding("track_spread", ids, details)


def _room_change(placed: Sequence[Placed]) -> Iterator[Finding]:
    for (track, day), ones in _on_days(placed).items():
        rooms = tuple(dict.fromkeys(one.placement.room for one in ones))
        if len(rooms) > 1:
            details = {"track": track, "day": day, "rooms": rooms}
            yield Finding("room_change", tuple(o.session.id for o in ones), details)


def _on_days(placed: Sequence[Placed]) -> dict[tuple[str, str], list[Placed]]:
    by_day: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in placed:
        for track in sorted(one.session.tracks):
            by_day[track, f"{one.on}"].append(one)
    return by_day


def _changed_since_release(
    problem: Problem, placed: Sequence[Placed]
) -> Iterator[Finding]:
    released = {placement.session: placement for placement in problem.released}
    for one in placed:
        before = released.get(one.session.id, one.placement)
        if before != one.placement:
            details = {"room": before.room, "start": written(before.start)}
            yield Finding("changed_since_release", (one.session.id,), details)
