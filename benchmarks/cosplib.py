"""
Our search on conferences of CoSPLib, priced by its published objective.

    python -m benchmarks.cosplib FOLDER [--seconds 60] [--seeds 5] [--only N2OR]

FOLDER holds `Dataset/*.xlsx` and `published_objectives.csv` (Pylyavskyy, Jacko & Kheiri
2024, "A generic approach to conference scheduling with integer programming", European
Journal of Operational Research 317(2), 487-499). Prints JSON; seconds are of this
process's processor, per seed.

What is whose. The model is theirs: a session of theirs is a row of time slots in all
rooms; a room of a session belongs to one track, and holds submissions of that track.
Our problem files cannot say so: a room there belongs to nobody, and a penalty for each
submission and session has no place in them. So `Cells` prices that model, in place of
the engine's board, and the engine's own search runs on it unchanged: ruin, recreate,
ejection, annealing. The objective is counted anew from the finished plan by `counted`,
which shares nothing with the search, as their own checker counts it: a submission of
several time slots pays its penalties for each.

The published values were reached with the weights of their solution files, which are
not always those of the workbooks here: compare the parts, too.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from benchmarks.cosplib_instance import (
    Conference,
    conference_in,
    counted,
    is_parallel,
    price_of,
)
from montada.programme.engine.timetable.board import BLINK, TIE, Board, Candidate
from montada.programme.engine.timetable.chance import Chance
from montada.programme.engine.timetable.grid import Slot, Task
from montada.programme.engine.timetable.improve import Search
from montada.programme.engine.timetable.series import series_of

HARD = 1000
"""Least weight, in the search alone, of what their integer programs forbid."""
FORBIDDEN = ("presenters", "chairs")
USUAL = ("rooms", "parallel", "consecutive", "timezones", "submissions|sessions")
"""Parts whose weights make a usual step of the search."""


class Cells:
    """
    Their model while it is being solved: what the engine's search asks of a board.

    A slot is a session and a room; what it costs to be there depends on who else is.
    """

    only_adds = False  # Who comes between two sessions of a track joins them.

    def __init__(self, conference: Conference) -> None:
        self.conference = c = conference
        self._weights = c.weights | {
            part: max(HARD, c.weights[part]) for part in FORBIDDEN if c.weights[part]
        }
        n_sessions, n_tracks = len(c.n_slots), len(c.chairs)
        rivals = [
            tuple(m for m, other in enumerate(c.track_of) if other == track and m != n)
            for n, track in enumerate(c.track_of)
        ]
        people: list[list[int]] = [[] for _length in c.length]
        by_person: list[list[int]] = []
        for one, others in enumerate(c.presenters):
            for other in (o for o in others if o > one):
                people[one].append(len(by_person))
                people[other].append(len(by_person))
                by_person.append([one, other])
        starts = [
            sum(1 << s for s, most in enumerate(c.n_slots) if length <= most)
            for length in c.length
        ]
        self.tasks = tuple(
            Task(
                n_units=1,
                starts=starts[n],
                rooms=tuple((0, room) for room in range(c.n_rooms)),
                levels=[(0, starts[n])],
                people=tuple(people[n]),
                tracks=(track,),
                rivals=rivals[n],
                popular=0,
                released=None,
                moved=0,
            )
            for n, track in enumerate(c.track_of)
        )
        ids = [str(n) for n in range(len(c.length))]
        self.grid = SimpleNamespace(
            by_person=by_person,
            series=series_of([[] for _n in ids], ids, c.length),
            prices={part: c.weights[part] for part in USUAL if c.weights[part]},
        )
        self.slots: list[Slot | None] = [None] * len(ids)
        self.price_now = 0
        self.in_room: list[dict[int, None]] = [{} for _room in range(c.n_rooms)]
        self._held: list[list[int]] = [[-1] * c.n_rooms for _s in range(n_sessions)]
        self._n_held = [[0] * c.n_rooms for _s in range(n_sessions)]
        self._used = [[0] * c.n_rooms for _s in range(n_sessions)]
        self._cells = [[0] * n_tracks for _s in range(n_sessions)]
        self._rooms: list[Counter[int]] = [Counter() for _t in range(n_tracks)]
        self._lay_out_prices()

    def _lay_out_prices(self) -> None:
        """Weigh what does not depend on who else is where."""
        c, weight = self.conference, self._weights
        n_sessions, n_tracks = len(c.n_slots), len(c.chairs)
        self._alone = [
            [
                c.length[n]
                * sum(
                    c.weights[part] * c.penalties[part][n][session]
                    for part in ("timezones", "submissions|sessions")
                )
                for session in range(n_sessions)
            ]
            for n in range(len(c.length))
        ]
        self._cell = [
            [
                [
                    weight["tracks|sessions"] * c.penalties["tracks|sessions"][t][s]
                    + weight["tracks|rooms"] * c.penalties["tracks|rooms"][t][r]
                    + weight["sessions|rooms"] * c.penalties["sessions|rooms"][s][r]
                    for r in range(c.n_rooms)
                ]
                for s in range(n_sessions)
            ]
            for t in range(n_tracks)
        ]
        self._beside = [
            [
                weight["parallel"]
                if a == b
                else weight["similar"] * c.penalties["similar"][a][b]
                + weight["chairs"] * (b in c.chairs[a])
                for b in range(n_tracks)
            ]
            for a in range(n_tracks)
        ]

    def day_at(self, start: int) -> Any:
        return self.conference.dates[start]

    def day_of(self, number: int) -> Any:
        slot = self.slots[number]
        return None if slot is None else self.day_at(slot[0])

    def put(self, number: int, slot: Slot) -> None:
        self.price_now += self.price(number, slot)
        self.insert(number, slot)

    def take(self, number: int) -> Slot:
        slot = self.remove(number)
        self.price_now -= self.price(number, slot)
        return slot

    def insert(self, number: int, slot: Slot) -> None:
        session, room = slot
        track = self.conference.track_of[number]
        self.slots[number] = slot
        self.in_room[room][number] = None
        if not self._n_held[session][room]:
            self._held[session][room] = track
            self._cells[session][track] += 1
            self._rooms[track][room] += 1
        self._n_held[session][room] += 1
        self._used[session][room] += self.conference.length[number]

    def remove(self, number: int) -> Slot:
        slot = self.slots[number]
        if slot is None:
            raise ValueError(f"submission {number} is not placed")
        session, room = slot
        track = self.conference.track_of[number]
        self.slots[number] = None
        del self.in_room[room][number]
        self._n_held[session][room] -= 1
        self._used[session][room] -= self.conference.length[number]
        if not self._n_held[session][room]:
            self._held[session][room] = -1
            self._cells[session][track] -= 1
            self._rooms[track][room] -= 1
        return slot

    def is_free(self, number: int, slot: Slot) -> bool:
        session, room = slot
        held = self._held[session][room]
        left = self.conference.n_slots[session] - self._used[session][room]
        mine = held in (-1, self.conference.track_of[number])
        return mine and self.conference.length[number] <= left

    def price(self, number: int, slot: Slot) -> int:
        session, room = slot
        total = self._in_session(number, session) + self._in_place(number, slot)
        if not self._n_held[session][room]:
            total += self._opening(self.conference.track_of[number], session)
            total += self._opening_in(self.conference.track_of[number], slot)
        return total

    def price_there(self, number: int) -> int:
        if self.slots[number] is None:
            return 0
        slot = self.remove(number)
        price = self.price(number, slot)
        self.insert(number, slot)
        return price

    def best(self, number: int, chance: Chance) -> Candidate | None:
        c = self.conference
        length = c.length[number]
        found: Candidate | None = None
        for session, most in enumerate(c.n_slots):
            if length > most:
                continue
            alone = self._in_session(number, session)
            for room, base in self._open_rooms(number, session, alone):
                if found is not None and base > found[0]:
                    continue
                price = base + self._in_place(number, (session, room))
                if found is not None and (
                    price > found[0] or (price == found[0] and chance.draw() > TIE)
                ):
                    continue
                if chance.draw() >= BLINK:
                    found = price, (session, room)
        return found

    def wish(self, number: int, chance: Chance) -> Slot:
        """Return any place: which is best depends on who is there."""
        c = self.conference
        fits = [s for s, most in enumerate(c.n_slots) if c.length[number] <= most]
        return fits[chance.below(len(fits))], chance.below(c.n_rooms)

    def _open_rooms(
        self, number: int, session: int, alone: int
    ) -> Iterator[tuple[int, int]]:
        """Yield the rooms that could take a submission, and most of what they cost."""
        track = self.conference.track_of[number]
        opening = alone + self._opening(track, session)
        left = self.conference.n_slots[session] - self.conference.length[number]
        for room, held in enumerate(self._held[session]):
            if held == track and self._used[session][room] <= left:
                yield room, alone
            elif held == -1:
                yield room, opening + self._opening_in(track, (session, room))

    def _in_session(self, number: int, session: int) -> int:
        """Return what a submission costs in a session by itself, and out of order."""
        c = self.conference
        total = self._alone[number][session]
        weight, order = c.weights["order"], c.order[number]
        if weight and order:
            for other in self.tasks[number].rivals:
                where = self.slots[other]
                if where is not None and c.order[other]:
                    early = (where[0] < session) if order < c.order[other] else False
                    late = (where[0] > session) if order > c.order[other] else False
                    total += weight * (early or late)
        return total

    def _in_place(self, number: int, slot: Slot) -> int:
        """Return what a submission costs in a room, and beside those in conflict."""
        c = self.conference
        weight = c.weights["submissions|rooms"]
        total = 0
        if weight:
            penalty = c.penalties["submissions|rooms"][number][slot[1]]
            total = weight * penalty * c.length[number]
        for part, conflicts in (
            ("presenters", c.presenters[number]),
            ("attendees", c.attendees[number]),
        ):
            for other in conflicts:
                total += self._weights[part] * is_parallel(slot, self.slots[other])
        return total

    def _opening(self, track: int, session: int) -> int:
        """Return what a track's first submission in a session costs, in any room."""
        beside = self._beside[track]
        total = sum(beside[other] for other in self._held[session] if other >= 0)
        if not self._cells[session][track]:
            now = [s for s, cells in enumerate(self._cells) if cells[track]]
            then = sorted([*now, session])
            gap = (then[-1] - then[0] + 1 != len(then)) - (
                bool(now) and now[-1] - now[0] + 1 != len(now)
            )
            total += self.conference.weights["consecutive"] * gap
        return total

    def _opening_in(self, track: int, slot: Slot) -> int:
        session, room = slot
        rooms = self._rooms[track]
        more = not rooms[room] and any(rooms.values())
        return self._cell[track][session][room] + (
            self.conference.weights["rooms"] if more else 0
        )


def solved(conference: Conference, seed: int, seconds: float) -> Iterator[Search]:
    """Yield the search after each iteration, while there is processor time."""
    end = time.process_time() + seconds
    chance = Chance(seed)
    cells = cast(Board, Cells(conference))
    order = sorted(
        range(len(cells.tasks)),
        key=lambda n: (-conference.length[n], conference.track_of[n]),
    )
    for number in order:
        found = cells.best(number, chance)
        if found is not None:
            cells.put(number, found[1])
    search = Search(cells, chance)
    yield search
    for iterations in search.rounds():
        for _key in iterations:
            yield search
            if time.process_time() > end:
                return


def measured(conference: Conference, seed: int, seconds: float) -> dict[str, Any]:
    """Return what is reached on one instance."""
    began = time.process_time()
    marks: list[tuple[float, int, int]] = []
    n_iterations = -1
    for search in solved(conference, seed, seconds):
        n_iterations += 1
        if not marks or search.key < marks[-1][1:]:
            marks.append((round(time.process_time() - began, 1), *search.key))
    parts = counted(conference, search.slots)
    return {
        "seed": seed,
        "objective": price_of(conference, parts),
        "unplaced": search.slots.count(None),
        "reached_after_s": marks[-1][0],
        "first": marks[0][1:],
        "iterations": n_iterations,
        "parts": {name: n for name, n in parts.items() if n},
    }


def published_in(path: Path) -> dict[str, dict[str, Any]]:
    """Return the published values, by instance and model."""
    values: dict[str, dict[str, Any]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            parts = {name: int(n) for name, n in list(row.items())[3:] if n != "0"}
            values[row["instance"]][row["model"]] = {
                "objective": int(row["objective"]),
                "parts_with_weights": parts,
            }
    return values


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", nargs="*")
    asked = parser.parse_args()
    published = published_in(asked.folder / "published_objectives.csv")
    results = {}
    for path in sorted((asked.folder / "Dataset").glob("*.xlsx")):
        if asked.only and path.stem not in asked.only:
            continue
        conference = conference_in(path)
        results[path.stem] = {
            "published": published.get(path.stem),
            "weights": {part: w for part, w in conference.weights.items() if w},
            "ours": [
                measured(conference, seed, asked.seconds)
                for seed in range(1, asked.seeds + 1)
            ],
        }
    json.dump(results, sys.stdout)
    print()


if __name__ == "__main__":
    main()
