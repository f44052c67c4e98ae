"""
A track's day as a whole: which of its sessions it takes, and in how many rooms.

For `relaxed`. Each session is promised something for its place, whatever the place.
Each track takes, on each day, those that cost less there than they bring, and pays for
every room after the first and for every session beyond its even share: a track whose
sessions are not all at their best in one room pays for two, or does without some.
What is promised, and what the tracks make of it, is below the cost of every plan.

Which sets of rooms are tried, `room_sets` says. A session of several tracks has a place
in each: what it costs by itself counts in the largest of them alone, and the others may
take it on another day. The order of a series is given up: without it a day with fewer
sessions is never dearer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montada.programme.engine.timetable.grid import Grid
from montada.programme.engine.timetable.room_sets import RoomSets

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Groups = Mapping[int, Sequence[int]]
"""Members of each track."""


@dataclass(frozen=True, slots=True)
class Taken:
    """
    What the tracks take: a session may be taken on several days, or on none.

    Attributes
    ----------
    members, days, rooms : of each that is taken its place, its day, its class of rooms
    """

    members: Ints
    days: Ints
    rooms: Ints


@dataclass(frozen=True, slots=True)
class Tracks:
    """
    Tracks of about one size.

    Attributes
    ----------
    numbers : of the tracks
    members : places in them (n_tracks, most); where a track has fewer, the one after
        the last of all, which nobody takes
    dearer : what the next session taken costs beside its own price (n_tracks, most)
    """

    numbers: Ints
    members: Ints
    dearer: Floats


@dataclass(frozen=True, slots=True)
class _Choice:
    """
    Attributes
    ----------
    total : what the days of some tracks cost
    rows, members, days, sets : of each session taken
    n_rooms : of each track, day and class of rooms
    """

    total: float
    rows: Ints
    members: Ints
    days: Ints
    sets: Ints
    n_rooms: Floats


class TrackDays:
    """
    Attributes
    ----------
    sessions : numbers of those that go with a track; their first places come first
    track_of : of each session of the grid the track of its first place, one more than
        the last for none
    session_of : of each place, of all sessions in all their tracks, its first place
    n_places : how many these are
    tracks : with their places, those of about one size together
    sets : of rooms that a day may have
    most : that may be promised for each place
    size : how many numbers one choice looks at
    """

    def __init__(self, grid: Grid, groups: Groups, n_rooms: Floats) -> None:
        self._per_room = float(grid.prices["room_change"])
        self.sessions = np.array(sorted(set().union(*groups.values())), np.int64)
        self._lay_out_places(grid, groups)
        self.n_places = len(self.session_of)
        self.sets = RoomSets(n_rooms, self._per_room)
        self.size = self.n_places * len(grid.problem.days) * len(self.sets.classes)

    def within(self, places: Floats) -> Floats:
        """Return the nearest that are allowed."""
        # What all places of a session bring is no more than leaving it out costs.
        allowed: Floats = np.minimum(places, self.most)
        return allowed

    def modest(self, cheapest: Floats) -> Floats:
        """Return what is promised so that no track gains by taking anybody."""
        costs = self._costs(cheapest).min(axis=(1, 2), initial=np.inf)
        least: Floats = np.minimum(costs, self.most)
        return least

    def value(
        self, cheapest: Floats, places: Floats, brought: Floats
    ) -> tuple[float, Taken, Floats, Floats]:
        """
        Return what days cost, what they take, who has no place, and who has what rooms.

        Parameters
        ----------
        cheapest : least cost of each session (n_sessions, n_days, n_classes)
        places : what is promised for each
        brought : what a room brings, by track, day and class; no more than it costs
        """
        left = self.left(cheapest, places)
        untaken, n_rooms = np.ones(len(places) + 1), np.zeros_like(brought)
        total, none = float(places.sum()), np.zeros(0, np.int64)
        found: list[tuple[Ints, ...]] = [(none, none, none)]
        for tracks in self.tracks:
            choice = self._chosen(tracks, left, brought[tracks.numbers])
            total += choice.total
            np.subtract.at(untaken, choice.members, 1)
            n_rooms[tracks.numbers] = choice.n_rooms
            costs = left[choice.members, choice.days]
            is_in = self.sets.is_in[choice.sets]
            rooms = np.where(is_in, costs, np.inf).argmin(axis=1)
            is_first = choice.members < len(self.sessions)
            every = choice.members, choice.days, rooms
            found.append(tuple(part[is_first] for part in every))
        taken = Taken(*(np.concatenate(part) for part in zip(*found, strict=True)))
        return total, taken, untaken[:-1], n_rooms

    def left(self, cheapest: Floats, places: Floats) -> Floats:
        """
        Return what each place costs beyond what is promised for it; last, nobody.

        Shaped as `cheapest`, which is by session and whatever else.
        """
        left = np.full((len(places) + 1, *cheapest.shape[1:]), np.inf)
        left[:-1] = self._costs(cheapest) - places[:, np.newaxis, np.newaxis]
        return left

    def _costs(self, cheapest: Floats) -> Floats:
        """Return what each place costs: nothing beyond the first of a session."""
        costs: Floats = cheapest[self.session_of]
        others = costs[len(self.sessions) :]
        others[np.isfinite(others)] = 0
        return costs

    def _chosen(self, tracks: Tracks, left: Floats, brought: Floats) -> _Choice:
        """Return the cheapest set of rooms of each track and day, or none."""
        each = left[tracks.members]
        sets = [each[..., rooms].min(axis=-1) for rooms in self.sets.classes]
        by_set = np.stack(sets, axis=-1)
        # What the cheapest costs, the next, and so on: not who, the rank counts.
        ranked = np.sort(by_set, axis=1) + tracks.dearer[..., np.newaxis, np.newaxis]
        costs = np.minimum(ranked, 0).sum(axis=1) + self.sets.fees(brought)
        best = costs.argmin(axis=-1)
        least = np.take_along_axis(costs, best[..., np.newaxis], axis=-1)[..., 0]
        is_used = least < 0
        at = best[:, np.newaxis, :, np.newaxis]
        order = np.take_along_axis(by_set, at, axis=-1)[..., 0].argsort(axis=1)
        ranked = np.take_along_axis(ranked, at, axis=-1)[..., 0]
        rows, ranks, days = np.nonzero((ranked < 0) & is_used[:, np.newaxis])
        return _Choice(
            total=float(least[is_used].sum()),
            rows=rows,
            members=tracks.members[rows, order[rows, ranks, days]],
            days=days,
            sets=best[rows, days],
            n_rooms=self.sets.rooms_of(best, brought) * is_used[..., np.newaxis],
        )

    def _lay_out_places(self, grid: Grid, groups: Groups) -> None:
        first = {number: place for place, number in enumerate(self.sessions.tolist())}
        session_of, seen = list(first.values()), set[int]()
        in_tracks: dict[int, list[int]] = {}
        self.track_of = np.full(len(grid.tasks), len(grid.shares))
        for track in sorted(groups, key=lambda track: (-len(groups[track]), track)):
            in_tracks[track] = [first[number] for number in groups[track]]
            for rank, place in enumerate(in_tracks[track]):
                if place in seen:
                    in_tracks[track][rank] = len(session_of)
                    session_of.append(place)
                else:
                    self.track_of[self.sessions[place]] = track
                seen.add(place)
        self.session_of = np.array(session_of, np.int64)
        self.tracks = list(_tracks(grid, in_tracks, len(session_of)))
        n_each = np.bincount(self.session_of, minlength=len(first))
        usual = self._per_room + grid.prices["track_spread"]
        out = float(grid.prices["unplaced"])
        other = min(usual, out / max(1, n_each.max(initial=1)))
        self.most = np.full(len(session_of), other)
        self.most[: len(first)] = out - (n_each - 1) * other


def groups_of(grid: Grid) -> Groups:
    """Return the sessions of each track, where which they are can cost anything."""
    labels = "room_change", "track_spread", "same_track_parallel"
    if not any(grid.prices[label] for label in labels):
        return {}
    groups: dict[int, list[int]] = defaultdict(list)
    for number, task in enumerate(grid.tasks):
        for track in task.tracks if task.n_choices else ():
            groups[track].append(number)
    return {track: numbers for track, numbers in groups.items() if len(numbers) > 1}


def _tracks(grid: Grid, places: Groups, n_places: int) -> Iterator[Tracks]:
    """Yield the tracks, those together of which none is twice as large as another."""
    alike: dict[int, list[int]] = defaultdict(list)
    for track, own in places.items():
        alike[len(own).bit_length()].append(track)
    for tracks in alike.values():
        shape = len(tracks), max(len(places[track]) for track in tracks)
        members, dearer = np.full(shape, n_places), np.zeros(shape)
        for row, track in enumerate(tracks):
            members[row, : len(places[track])] = places[track]
            dearer[row, grid.shares[track] :] = grid.prices["track_spread"]
        yield Tracks(np.array(tracks, np.int64), members, dearer)
