"""
What a plan costs, in the model: each label of `engine.timetable.costs`.

For pairs that overlap the sum is weak where half a session is here and half there. So a
second row stands beside each group: where k of it run in a unit, at least k - 1 pairs
overlap in it, and a pair overlaps for as long as its shorter session at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from ortools.sat.python import cp_model

from montada.programme.adapters.exact.model import Literal, Model


class Prices:
    """
    Prices on a model's variables.

    Attributes
    ----------
    terms : a price and what it is to be paid for; in prices of the grid
    """

    def __init__(self, model: Model) -> None:
        self.model, self.grid = model, model.grid
        self.terms: list[tuple[int, Literal]] = []
        self._pairs: dict[tuple[int, int], Literal] = {}
        self._of_track: dict[int, list[int]] = defaultdict(list)
        for number, task in enumerate(self.grid.tasks):
            for track in task.tracks:
                self._of_track[track].append(number)
        self._add_alone()
        self._add_pairs()
        self._add_spread()
        self._add_room_changes()

    @property
    def total(self) -> cp_model.LinearExpr:
        """The price of the whole plan."""
        return _weighted(self.terms)

    def _pay(self, price: int, literal: Literal) -> None:
        if price:
            self.terms.append((price, literal))

    def _add_alone(self) -> None:
        for task, at, out in zip(
            self.grid.tasks, self.model.at, self.model.out, strict=True
        ):
            self._pay(self.grid.prices["unplaced"], out)
            over = {room: price for price, room in task.rooms}
            for slot, literal in at.items():
                start, room = slot
                price = next(p for p, starts in task.levels if starts >> start & 1)
                moved = 0 if slot == task.released else task.moved
                self._pay(price + over[room] + moved, literal)

    def _add_pairs(self) -> None:
        tasks, prices = self.grid.tasks, self.grid.prices
        popular = [n for n, task in enumerate(tasks) if task.popular]
        asked: dict[tuple[int, int], int] = defaultdict(int)
        for number, task in enumerate(tasks):
            for rival in task.rivals:
                if number < rival:
                    asked[number, rival] += prices["same_track_parallel"]
        for one, other in combinations(popular, 2):
            asked[one, other] += (
                prices["popular_parallel"] * tasks[one].popular * tasks[other].popular
            )
        for pair, price in sorted(asked.items()):
            if price and self.model.can_meet(*pair):
                self._pairs[pair] = self._pair(*pair)
                self._pay(price, self._pairs[pair])
        if prices["same_track_parallel"]:
            for numbers in self._of_track.values():
                self._strengthen(numbers)
        self._strengthen(popular)

    def _pair(self, one: int, other: int) -> Literal:
        """Return a literal that is true where two sessions overlap."""
        model = self.model
        meet = model.rows.new_bool_var("")
        n_units = self.grid.tasks[one].n_units
        for start, literal in model.begins[one].items():
            beside = list(model.running(other, start, start + n_units - 1))
            if beside:
                model.rows.add(literal + sum(beside) <= 1 + meet)
        return meet

    def _strengthen(self, numbers: Sequence[int]) -> None:
        """Add what the times alone ask of a group's pairs."""
        model, tasks = self.model, self.grid.tasks
        pairs = [
            (min(tasks[one].n_units, tasks[other].n_units), self._pairs[one, other])
            for one, other in combinations(sorted(numbers), 2)
            if (one, other) in self._pairs
        ]
        if not pairs:
            return
        beside: list[tuple[int, Literal]] = []
        for first, end in self._parts(numbers):
            there = [b for n in numbers for b in model.running(n, first, first)]
            if len(there) > 1:
                more = model.rows.new_int_var(0, len(numbers) - 1, "")
                model.rows.add(sum(there) <= 1 + more)
                beside.append((end - first, more))
        if beside:
            model.rows.add(_weighted(beside) <= _weighted(pairs))

    def _parts(self, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield stretches of units in which none of a group can begin or end."""
        edges = {
            edge
            for n in numbers
            for start in self.model.begins[n]
            for edge in (start, start + self.grid.tasks[n].n_units)
        }
        return pairwise(sorted(edges))

    def _on_day(self, number: int, day: int) -> list[Literal]:
        mask = self.grid.timeline.day_mask(day)
        return [b for t, b in self.model.begins[number].items() if mask >> t & 1]

    def _add_spread(self) -> None:
        price, rows = self.grid.prices["track_spread"], self.model.rows
        if not price:
            return
        for track, numbers in self._of_track.items():
            share = self.grid.shares[track]
            for day in range(len(self.grid.problem.days)):
                there = [b for n in numbers for b in self._on_day(n, day)]
                most = sum(bool(self._on_day(n, day)) for n in numbers)
                if most > share:
                    more = rows.new_int_var(0, most - share, "")
                    rows.add(sum(there) <= share + more)
                    self._pay(price, more)

    def _add_room_changes(self) -> None:
        price, rows = self.grid.prices["room_change"], self.model.rows
        if not price:
            return
        for numbers in self._of_track.values():
            for day in range(len(self.grid.problem.days)):
                rooms = self._rooms_used(numbers, day) if len(numbers) > 1 else []
                if len(rooms) > 1:
                    more = rows.new_int_var(0, len(rooms) - 1, "")
                    rows.add(sum(rooms) <= 1 + more)
                    self._pay(price, more)

    def _rooms_used(self, numbers: Sequence[int], day: int) -> list[Literal]:
        """Return, for each room that a track could have on a day, whether it does."""
        model = self.model
        mask = self.grid.timeline.day_mask(day)
        used: dict[int, Literal] = {}
        for number in numbers:
            there: dict[int, list[Literal]] = defaultdict(list)
            for (start, room), literal in model.at[number].items():
                if mask >> start & 1:
                    there[room].append(literal)
            for room, literals in there.items():
                if room not in used:
                    used[room] = model.rows.new_bool_var("")
                model.rows.add_at_most_one([~used[room], *literals])
        return list(used.values())


def _weighted(terms: Sequence[tuple[int, Literal]]) -> cp_model.LinearExpr:
    weights = [weight for weight, _literal in terms]
    literals = [literal for _weight, literal in terms]
    return cp_model.LinearExpr.weighted_sum(literals, weights)
