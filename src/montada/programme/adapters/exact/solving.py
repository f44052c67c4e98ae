"""
The best plan there is, with the proof that there is no better.

As in the engine, a plan with more sessions placed is always better: first as many are
placed as can be, then at the least price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from montada.programme.adapters.exact.model import (
    Domains,
    Literal,
    Model,
    domains_of,
)
from montada.programme.adapters.exact.prices import Prices
from montada.programme.adapters.exact.running import Answer, answers
from montada.programme.engine.timetable.board import Board
from montada.programme.engine.timetable.bound import Bound
from montada.programme.engine.timetable.grid import Grid, Slot
from montada.programme.engine.timetable.plan import Plan
from montada.programme.engine.timetable.solving import Progress, plan_of


class ExactSolver:
    """
    Proves one plan the best, or finds a better one, for as long as it is let.

    Parameters
    ----------
    slots : of a plan to begin with; where a session has none, None
    bound : what the search knows already of what no plan costs less than
    day : number of the only day that changes: on others, all are kept as they stand
    work : limit in CP-SAT's own units, the same on every machine; None for no limit
    """

    def __init__(
        self,
        grid: Grid,
        slots: Sequence[Slot | None],
        *,
        seed: int,
        bound: Bound | None = None,
        day: int | None = None,
        work: float | None = None,
    ) -> None:
        self.grid, self.seed, self._work = grid, seed, work
        within = -1 if day is None else grid.timeline.day_mask(day)
        self._kept = {
            number: slot
            for number, slot in enumerate(slots)
            if slot is not None and not within >> slot[0] & 1
        }
        self._domains = domains_of(grid, within, self._kept)
        self.slots = [
            slot if slot in set(domain) else None
            for slot, domain in zip(slots, self._domains, strict=True)
        ]
        self._known, self._bound = bound, bound.price if bound else 0
        self._price = priced(grid, self.slots)
        self.is_proved = False

    def steps(self) -> Iterator[Progress]:
        """Yield how far it is, many times a second; end with the proof."""
        yield self.progress()
        n_out = self._n_waiting()
        if n_out:
            self._model = self._model_within(self._domains)
            self._model.rows.minimize(sum(self._may_wait()))
            is_closed = False
            for answer in self._answers():
                is_closed = answer.is_closed
                yield self.progress()
            if not is_closed:
                return
            n_out = self._n_waiting()
        self._model = self._model_of_cheaper()
        self._model.rows.add(sum(self._may_wait()) <= n_out)
        for answer in self._answers():
            self._bound = max(self._bound, answer.bound)
            if answer.is_closed:
                self._bound = max(self._bound, self._price)
            self.is_proved = self._price <= self._bound
            yield self.progress()
            if self.is_proved:
                return

    def _model_of_cheaper(self) -> Model:
        """Ask for the cheapest plan; with a bound, for one cheaper than is known."""
        domains = self._domains
        if self._known:
            could = self._known.slots_within(self._price - 1)
            domains = [
                [slot for slot in domain if slot in slots]
                for domain, slots in zip(domains, could, strict=True)
            ]
        model = self._model_within(domains)
        total = Prices(model).total
        model.rows.minimize(total)
        model.rows.add(total >= self._bound)
        if self._known:
            model.rows.add(total < self._price)
        return model

    def _model_within(self, domains: Domains) -> Model:
        model = Model(self.grid, domains)
        for number in self._kept:
            model.rows.add(model.out[number] == 0)
        return model

    def progress(self) -> Progress:
        """Return how far it is."""
        return Progress(
            iterations=0,
            n_unplaced=sum(slot is None for slot in self.slots),
            price=self._price * self.grid.scale,
            bound=self._bound * self.grid.scale,
        )

    def plan(self) -> Plan:
        """Return the best plan so far."""
        return plan_of(
            self.grid,
            self.slots,
            bound=self._bound,
            seed=self.seed,
            iterations=0,
        )

    def _answers(self) -> Iterator[Answer]:
        """Yield what is known; `slots` are the best values so far."""
        self._model.hint(self.slots)
        known = None
        for answer in answers(self._model.rows, seed=self.seed, work=self._work):
            if answer.values is not known and answer.values:
                known = answer.values
                self._take_better(self._model.slots(known))
            yield answer

    def _take_better(self, slots: list[Slot | None]) -> None:
        """Keep a plan if it is better; the first that is found may not be."""
        price = priced(self.grid, slots)
        if (slots.count(None), price) < (self.slots.count(None), self._price):
            self.slots, self._price = slots, price

    def _may_wait(self) -> list[Literal]:
        """Return, of each session with any slot, whether it has no place."""
        return [
            out
            for out, domain in zip(self._model.out, self._domains, strict=True)
            if domain
        ]

    def _n_waiting(self) -> int:
        return sum(
            slot is None and bool(domain)
            for slot, domain in zip(self.slots, self._domains, strict=True)
        )


def priced(grid: Grid, slots: Sequence[Slot | None]) -> int:
    """Return the price of a plan, in prices of the grid."""
    board = Board(grid)
    for number, slot in enumerate(slots):
        if slot is not None:
            board.put(number, slot)
    n_unplaced = sum(slot is None for slot in slots)
    return board.price_now + n_unplaced * grid.prices["unplaced"]
