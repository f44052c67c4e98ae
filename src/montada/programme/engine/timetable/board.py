"""
The timetable while it is being made: who is where, and what a move would cost.

A session goes in by `best` and `put`, comes out by `take`; `price` is what a slot costs
it among those that are placed. One session's best slot is found by sets of starts: the
free starts of each room, and the starts by what they cost, both as bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from montada.programme.engine.timetable.chance import Chance
from montada.programme.engine.timetable.grid import Grid, Levels, Slot, Task, split
from montada.programme.engine.timetable.popular_load import PopularLoad
from montada.programme.engine.timetable.timeline import eroded, ones

Candidate = tuple[int, Slot]
"""A price, and the slot that has it."""

BLINK = 0.02
"""Share of rooms overlooked, so that the search does not always see the same ("blinks":
Christiaens & Vanden Berghe 2020, "Slack induction by string removals")."""
TIE = 0.3
"""Chance that a room as good as the best so far takes its place."""


class Board:
    """
    Attributes
    ----------
    slots : slot of each session; None where it is not placed
    price_now : of all placed sessions, without what unplaced ones cost
    in_room : numbers of the sessions in each room
    only_adds : whether no session makes a plan cheaper by coming in
    """

    only_adds = True

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.tasks = grid.tasks
        self.slots: list[Slot | None] = [None] * len(grid.tasks)
        self.price_now = 0
        self._free = list(grid.room_units)
        self._open: dict[tuple[int, int], int] = {}
        self._starts: list[dict[int, int]] = [{} for _room in grid.room_units]
        self._busy = [0] * grid.n_people
        self._days = [grid.timeline.day_mask(n) for n in range(len(grid.problem.days))]
        self._day_of_bit = grid.timeline.days_of_bits()
        self._step = grid.problem.unit_minutes // grid.timeline.unit
        self.in_room: list[dict[int, None]] = [{} for _room in grid.room_units]
        n_tracks, n_days = len(grid.shares), len(self._days)
        self._n_on_day = [[0] * n_days for _track in range(n_tracks)]
        self._rooms_on_day: list[list[dict[int, int]]] = [
            [{} for _day in range(n_days)] for _track in range(n_tracks)
        ]
        self._popular = PopularLoad(grid)
        prices = grid.prices
        self._per_rival = prices["same_track_parallel"]
        self._per_crowding = prices["track_spread"]
        self._per_room = prices["room_change"]
        self._per_popular = prices["popular_parallel"]

    def day_of(self, number: int) -> int | None:
        """Return the number of the day that a session is on; None if not placed."""
        slot = self.slots[number]
        return None if slot is None else self._day_of_bit[slot[0]]

    def day_at(self, start: int) -> int:
        """Return the number of the day that a bit lies in."""
        return self._day_of_bit[start]

    def put(self, number: int, slot: Slot) -> None:
        """Place a session that is not placed, in a slot that is free for it."""
        self.price_now += self.price(number, slot)
        self.insert(number, slot)

    def take(self, number: int) -> Slot:
        """Remove a placed session, and return where it was."""
        slot = self.remove(number)
        self.price_now -= self.price(number, slot)
        return slot

    def insert(self, number: int, slot: Slot) -> None:
        """As `put`, but the caller sees to the price."""
        task = self.tasks[number]
        start, room = slot
        units = ones(task.n_units) << start
        self.slots[number] = slot
        self.in_room[room][number] = None
        self._free[room] &= ~units
        self._starts[room] = {}
        for person in task.people:
            self._busy[person] |= units
        day = self._day_of_bit[start]
        for track in task.tracks:
            self._n_on_day[track][day] += 1
            rooms = self._rooms_on_day[track][day]
            rooms[room] = rooms.get(room, 0) + 1
        if task.popular:
            self._popular.add(start, task.n_units, task.popular)

    def remove(self, number: int) -> Slot:
        """As `take`, but the caller sees to the price."""
        slot = self.slots[number]
        if slot is None:
            raise ValueError(f"session {number} is not placed")
        task = self.tasks[number]
        start, room = slot
        units = ones(task.n_units) << start
        self.slots[number] = None
        del self.in_room[room][number]
        self._free[room] |= units
        self._starts[room] = {}
        for person in task.people:
            self._busy[person] &= ~units
        day = self._day_of_bit[start]
        for track in task.tracks:
            self._n_on_day[track][day] -= 1
            rooms = self._rooms_on_day[track][day]
            rooms[room] -= 1
            if not rooms[room]:
                del rooms[room]
        if task.popular:
            self._popular.add(start, task.n_units, -task.popular)
        return slot

    def price(self, number: int, slot: Slot) -> int:
        """Return what a session would cost in a slot beside those that are placed."""
        task = self.tasks[number]
        start, room = slot
        total = task.price_alone(slot)
        if self._per_rival and task.rivals:
            total += self._per_rival * self._n_rivals(task, start)
        day = self._day_of_bit[start]
        for track in task.tracks:
            if self._n_on_day[track][day] >= self.grid.shares[track]:
                total += self._per_crowding
            rooms = self._rooms_on_day[track][day]
            if rooms and room not in rooms:
                total += self._per_room
        if task.popular:
            beside = self._popular.beside(start, task.n_units)
            total += self._per_popular * task.popular * beside
        return total

    def price_there(self, number: int) -> int:
        """Return what would be saved if a placed session were not there."""
        slot = self.slots[number]
        if slot is None:
            return 0
        task = self.tasks[number]
        start, room = slot
        total = task.price_alone(slot)
        if self._per_rival and task.rivals:
            total += self._per_rival * self._n_rivals(task, start)
        day = self._day_of_bit[start]
        for track in task.tracks:
            if self._n_on_day[track][day] > self.grid.shares[track]:
                total += self._per_crowding
            rooms = self._rooms_on_day[track][day]
            if len(rooms) > 1 and rooms[room] == 1:
                total += self._per_room
        if task.popular:
            beside = self._popular.beside(start, task.n_units) - task.popular
            total += self._per_popular * task.popular * beside
        return total

    def _n_rivals(self, task: Task, start: int) -> int:
        slots, tasks = self.slots, self.tasks
        end = start + task.n_units
        n_rivals = 0
        for rival in task.rivals:
            where = slots[rival]
            if where is not None and where[0] < end:
                n_rivals += where[0] + tasks[rival].n_units > start
        return n_rivals

    def open_starts(self, number: int) -> int:
        """Return the starts that its people and its series leave a session."""
        task = self.tasks[number]
        starts = task.starts
        busy = 0
        for person in task.people:
            busy |= self._busy[person]
        if busy:
            starts &= eroded(~busy, task.n_units)
        series = self.grid.series
        for earlier, gap in series.before[number].items():
            where = self.slots[earlier]
            if where is not None:
                starts = starts >> (where[0] + gap) << (where[0] + gap)
        for later, gap in series.following[number].items():
            where = self.slots[later]
            if where is not None:
                starts &= ones(where[0] - gap + 1)
        return starts

    def free_starts(self, room: int, n_units: int) -> int:
        """Return the starts from which a room is free so long."""
        known = self._starts[room]
        starts = known.get(n_units)
        if starts is None:
            starts = known[n_units] = eroded(self._free[room], n_units)
        return starts

    def _open_starts(self, room: int, n_units: int) -> int:
        """Return the starts from which a room is open so long."""
        starts = self._open.get((room, n_units))
        if starts is None:
            starts = eroded(self.grid.room_units[room], n_units)
            self._open[room, n_units] = starts
        return starts

    def is_free(self, number: int, slot: Slot) -> bool:
        """Whether a session could be placed there as things stand."""
        starts = self.open_starts(number)
        start, room = slot
        suited = any(room == other for _over, other in self.tasks[number].rooms)
        free = self.free_starts(room, self.tasks[number].n_units)
        return suited and bool((starts & free) >> start & 1)

    def best(self, number: int, chance: Chance) -> Candidate | None:
        """
        Return a cheapest free slot of a session that is not placed.

        Some rooms are overlooked by chance, and among popular sessions prices are
        rough: near enough for a search that tries again.
        """
        starts = self.open_starts(number)
        if not starts:
            return None
        return self._cheapest_slot(
            number, starts, self.free_starts, self._where_released(number), chance
        )

    def wish(self, number: int, chance: Chance) -> Slot | None:
        """Return where a session would cost least, whoever is there now."""
        task = self.tasks[number]
        if task.released is not None:
            return task.released
        found = self._cheapest_slot(
            number, task.starts, self._open_starts, None, chance
        )
        return found and found[1]

    def _cheapest_slot(
        self,
        number: int,
        starts: int,
        starts_in: Callable[[int, int], int],
        found: Candidate | None,
        chance: Chance,
    ) -> Candidate | None:
        task = self.tasks[number]
        levels = self._levels(number, starts)
        changes = self._room_changes(number)
        blinked = int(chance.draw() / BLINK) if len(task.rooms) > 1 else -1
        for place, (over, room) in enumerate(task.rooms):
            least = over + task.moved + levels[0][0]
            # Later rooms are no cheaper; equal ones are looked at now and then.
            if found is not None and (
                least > found[0] or (least == found[0] and chance.draw() > TIE)
            ):
                break
            free = starts_in(room, task.n_units) & starts
            if not free or place == blinked:
                continue
            for extra, mask in self._by_room_price(free, room, changes):
                base = over + extra + task.moved
                price, fits = _cheapest(levels, mask)
                if not fits or (found is not None and base + price > found[0]):
                    continue
                if found is None or base + price < found[0] or chance.draw() < TIE:
                    slot = chance.edge_of(fits, self._step), room
                    found = base + price, slot
        return found

    def _where_released(self, number: int) -> Candidate | None:
        """Return the released slot of a session, if it is free."""
        released = self.tasks[number].released
        if released is None or not self.is_free(number, released):
            return None
        return self.price(number, released), released

    def _levels(self, number: int, starts: int) -> Levels:
        """Return free starts by what they cost, rooms aside."""
        task = self.tasks[number]
        levels = {}
        for price, mask in task.levels:
            if both := mask & starts:
                levels[price] = both
        if self._per_rival and task.rivals:
            for price, mask in self._rival_levels(number):
                levels = split(levels, price, mask)
        if self._per_crowding:
            for track in task.tracks:
                crowded = self._crowded_days(track)
                if crowded:
                    levels = split(levels, self._per_crowding, crowded)
        if task.popular:
            return self._with_popular(number, levels)
        return sorted(levels.items())

    def _rival_levels(self, number: int) -> Iterable[tuple[int, int]]:
        """
        Return starts at which rivals run: binary digits of how many, up to fifteen.

        Rivals are added bit by bit with carries, all starts at once.
        """
        n_units = self.tasks[number].n_units
        slots, tasks = self.slots, self.tasks
        one = two = four = eight = 0
        for rival in self.tasks[number].rivals:
            where = slots[rival]
            if where is None:
                continue
            beside = ((1 << (n_units + tasks[rival].n_units - 1)) - 1) << (
                where[0] - n_units + 1
            )
            carry = one & beside
            one ^= beside
            if carry:
                two, carry = two ^ carry, two & carry
                if carry:
                    eight |= four & carry
                    four ^= carry
        digits = ((1, one), (2, two), (4, four), (8, eight))
        return [(n * self._per_rival, mask) for n, mask in digits if mask]

    def _crowded_days(self, track: int) -> int:
        share = self.grid.shares[track]
        crowded = 0
        for mask, n in zip(self._days, self._n_on_day[track], strict=True):
            if n >= share:
                crowded |= mask
        return crowded

    def _room_changes(self, number: int) -> list[tuple[int, dict[int, int]]]:
        """Return, by track, days on which a new room costs, and of which rooms not."""
        changes: list[tuple[int, dict[int, int]]] = []
        if not self._per_room:
            return changes
        for track in self.tasks[number].tracks:
            days, rooms_there = 0, dict[int, int]()
            for mask, rooms in zip(self._days, self._rooms_on_day[track], strict=True):
                if rooms:
                    days |= mask
                    for room in rooms:
                        rooms_there[room] = rooms_there.get(room, 0) | mask
            if days:
                changes.append((days, rooms_there))
        return changes

    def _by_room_price(
        self, free: int, room: int, changes: Sequence[tuple[int, dict[int, int]]]
    ) -> Iterable[tuple[int, int]]:
        if not changes:
            return ((0, free),)
        if len(changes) == 1:
            ((days, rooms),) = changes
            paying = free & days & ~rooms.get(room, 0)
            return ((0, free & ~paying), (self._per_room, paying))
        levels = {0: free}
        for days, rooms in changes:
            levels = split(levels, self._per_room, days & ~rooms.get(room, 0))
        return sorted(levels.items())

    def _with_popular(self, number: int, levels: dict[int, int]) -> Levels:
        task = self.tasks[number]
        every = 0
        for mask in levels.values():
            every |= mask
        whole: dict[int, int] = {}
        for beside, mask in self._popular.levels(every, task.n_units):
            price = beside * self._per_popular * task.popular
            for cost, starts in levels.items():
                if both := starts & mask:
                    whole[cost + price] = whole.get(cost + price, 0) | both
        return sorted(whole.items())


def _cheapest(levels: Levels, mask: int) -> tuple[int, int]:
    """Return the least price in a set of starts, and the starts that have it."""
    for price, starts in levels:
        if fits := starts & mask:
            return price, fits
    return 0, 0
