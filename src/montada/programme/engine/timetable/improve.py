"""
Ruin and recreate: take some related sessions out, put them back better.

After Schrimpf, Schneider, Stamm-Wilbrandt & Dueck (2000), "Record breaking optimization
results using the ruin and recreate principle", with simulated annealing as the rule of
acceptance. The search has no end and no clock: whoever runs it takes as many iterations
as there is time for, and the best plan so far is always there. The course of iterations
depends on problem and seed alone, so that more of them never give a worse plan:
annealing goes in rounds, each three times as long as the one before and begun from the
best: the longest that has come to its end took a quarter to two thirds of all the time.

A plan with more sessions placed is always better, whatever they cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf, log

from montada.programme.engine.timetable.board import Board
from montada.programme.engine.timetable.chance import Chance
from montada.programme.engine.timetable.ejection import Pool
from montada.programme.engine.timetable.grid import Grid, Slot
from montada.programme.engine.timetable.ruin import Ruin

FIRST_ROUND = 10
"""Iterations of the first round, for each session."""
SHORTEST_ROUND = 200
"""Iterations."""
HOT, COLD = 0.5, 0.025
"""Temperature at the start of the first round and at the end of each, in usual
prices."""
COOLER, COOLEST = 0.75, 0.2
"""Each round starts so much cooler than the one before, down to a part of the first:
the better a plan is already, the less of it is thrown away."""
WISHING = 0.4
"""Share of iterations in which one session goes where it costs least."""
STEPS = 50
"""Times the temperature falls in a round."""
EJECTING = 0.5
"""Share of iterations that fight for unplaced sessions, while there are any."""


class Search:
    """
    Attributes
    ----------
    slots : of the best plan so far
    key : sessions without a place that had a chance of one, and price, of that plan
    """

    def __init__(self, board: Board, chance: Chance) -> None:
        self.board, self.chance = board, chance
        self.pool = Pool(board, chance)
        self.ruin = Ruin(board, chance)
        self.slots: list[Slot | None] = list(board.slots)
        self.key = len(self.pool.waiting), board.price_now

    @property
    def can_change(self) -> bool:
        """Whether any session has a choice at all."""
        return self.ruin.has_movable or bool(self.pool.waiting)

    def rounds(self) -> Iterator[Iterator[tuple[int, int]]]:
        """Yield rounds for ever: each yields the best plan's key after an iteration."""
        for length, heat in lengthening(len(self.board.tasks)):
            yield self.round(length, heat)

    def round(self, length: int, heat: float) -> Iterator[tuple[int, int]]:
        """Yield the best plan's key after each of so many iterations, from the best."""
        usual = usual_price(self.board.grid)
        self._restore_best()
        for temperature in cooling(length, HOT * heat * usual, COLD * usual):
            self._iterate(temperature)
            yield self.key

    def take_over(self, key: tuple[int, int], slots: Sequence[Slot | None]) -> None:
        """Have a plan that was found elsewhere for the best."""
        self.key, self.slots = key, list(slots)

    def _iterate(self, temperature: float) -> None:
        if self.pool.waiting and self.chance.draw() < EJECTING:
            self.pool.fight()
        elif not self.pool.waiting and self.chance.draw() < WISHING:
            self._go_where_wished(temperature)
        else:
            self._ruin_and_recreate(temperature)
        key = len(self.pool.waiting), self.board.price_now
        if key < self.key:
            self.key, self.slots = key, list(self.board.slots)

    def _ruin_and_recreate(self, temperature: float) -> None:
        board = self.board
        before = board.price_now
        numbers = self.ruin.chosen()
        out = [(number, board.take(number)) for number in numbers]
        if self.pool.waiting:
            numbers.append(self.pool.any_waiting())
        self._order(numbers)
        self._recreate(out, numbers, [], before, temperature)

    def _go_where_wished(self, temperature: float) -> None:
        """Put a session where it would be if it were alone, others out of its way."""
        board = self.board
        first = self.ruin.first()
        if first is None:
            return
        before = board.price_now
        out = [(first, board.take(first))]
        slot = board.wish(first, self.chance)
        if slot is None or slot == out[0][1]:
            board.put(*out[0])
            return
        others = list(dict.fromkeys(self.ruin.in_the_way(first, slot)))
        out += [(number, board.take(number)) for number in others]
        self.chance.shuffle(others)
        done = []
        if board.is_free(first, slot):
            board.put(first, slot)
            done.append(first)
        else:
            others.insert(0, first)
        self._recreate(out, others, done, before, temperature)

    def _recreate(
        self,
        out: list[tuple[int, Slot]],
        numbers: list[int],
        done: list[int],
        before: int,
        temperature: float,
    ) -> None:
        """
        Place sessions again; undo it all where the plan gets worse than it may.

        Parameters
        ----------
        out : who was taken out, and from where
        numbers : who is to be placed, in this order
        done : who has been placed anew already
        before : price of the plan with all where they were
        """
        board = self.board
        most = before + self._allowance(temperature)
        n_spare = len(numbers) + len(done) - len(out)
        must_rise = board.only_adds and not self.pool.waiting
        hopeless_above = most if must_rise else inf
        for number in numbers:
            found = board.best(number, self.chance)
            if found is not None:
                board.put(number, found[1])
                done.append(number)
                if hopeless_above < board.price_now:
                    break
            elif not n_spare:
                break
            else:
                n_spare -= 1
        n_more = len(done) - len(out)
        if n_more > 0 or (n_more == 0 and board.price_now <= most):
            self.pool.settle(numbers)
            return
        for number in done:
            board.remove(number)
        for number, slot in out:
            board.insert(number, slot)
        board.price_now = before

    def _allowance(self, temperature: float) -> float:
        """Return how much dearer a plan may be: Metropolis' rule, drawn beforehand."""
        return -temperature * log(1 - self.chance.draw())

    def _order(self, numbers: list[int]) -> None:
        """Put the sessions into the order in which they are placed again."""
        tasks = self.board.tasks
        self.chance.shuffle(numbers)
        luck = self.chance.draw()
        if luck < 0.3:
            numbers.sort(key=lambda n: tasks[n].n_choices)
        elif luck < 0.5:
            numbers.sort(key=lambda n: -tasks[n].n_units)

    def _restore_best(self) -> None:
        board = self.board
        for number, slot in enumerate(board.slots):
            if slot is not None:
                board.remove(number)
        board.price_now = 0
        for number, slot in enumerate(self.slots):
            if slot is not None:
                board.put(number, slot)
        self.pool.settle(range(len(self.slots)))


def lengthening(n_sessions: int) -> Iterator[tuple[int, float]]:
    """Yield how long each round is, and how hot beside the first, for ever."""
    length, heat = max(SHORTEST_ROUND, FIRST_ROUND * n_sessions), 1.0
    while True:
        yield length, max(COOLEST, heat)
        length *= 3
        heat *= COOLER


def cooling(length: int, hot: float, cold: float) -> Iterator[float]:
    """Yield the temperature of each iteration of a round: it falls in steps."""
    for n in range(length):
        past = n * STEPS // length / STEPS
        yield hot * (cold / hot) ** past if hot else 0.0


def usual_price(grid: Grid) -> float:
    """Return the mean price of what is missed in a plan: a usual step up or down."""
    prices = [
        price
        for label, price in grid.prices.items()
        if price and label not in {"unplaced", "changed_since_release", "seats_over"}
    ]
    return sum(prices) / len(prices) if prices else 0.0
