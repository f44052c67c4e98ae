"""CP-SAT at work: in a thread of its own, so that it can be watched and stopped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Thread

from ortools.sat.python import cp_model

LOOK = 0.02
"""Seconds between two looks at it."""
LONGEST_DETERMINISTIC = 1e9
"""CP-SAT's own units of work; without a limit."""


@dataclass(slots=True)
class Answer:
    """
    What is known so far.

    Attributes
    ----------
    values : of each variable in the best solution; empty where there is none
    price : of that solution; None without one
    bound : nothing is cheaper
    is_closed : whether it has ended with a proof: the best solution, or that none is
    core : indices of assumptions that cannot all hold
    """

    values: Mapping[int, bool] = field(default_factory=dict)
    price: int | None = None
    bound: int = 0
    is_closed: bool = False
    core: tuple[int, ...] = ()


def answers(
    rows: cp_model.CpModel, *, seed: int, work: float | None = None
) -> Iterator[Answer]:
    """
    Yield what is known, many times a second, until it is all.

    Parameters
    ----------
    work : units of CP-SAT's own measure at which it ends, the same on every machine;
        to end earlier, take no more answers
    """
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed % 2**31
    # Strategies take turns on one thread: the same course on every machine. Assumptions
    # are explained by a single one alone.
    solver.parameters.num_workers = 1
    solver.parameters.interleave_search = not rows.proto.assumptions
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_deterministic_time = work or LONGEST_DETERMINISTIC
    watch = _Watch(rows, solver)
    thread = Thread(target=watch.run, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(LOOK)
            yield watch.answer
        if watch.failure is not None:
            raise watch.failure
        yield watch.answer
    finally:
        solver.stop_search()
        thread.join()


class _Watch(cp_model.CpSolverSolutionCallback):
    """Writes down what the solver finds while it runs."""

    def __init__(self, rows: cp_model.CpModel, solver: cp_model.CpSolver) -> None:
        super().__init__()
        self._rows, self._solver = rows, solver
        self._n_variables = len(rows.proto.variables)
        self.answer = Answer()
        self.failure: Exception | None = None
        solver.best_bound_callback = self._at_bound

    def run(self) -> None:
        try:
            status = self._solver.solve(self._rows, self)
        except Exception as failure:  # noqa: BLE001 - raised again by who waits for it
            self.failure = failure
            return
        if status == cp_model.OPTIMAL:
            self.answer.is_closed = True
            self.answer.bound = self.answer.price or 0
        elif status == cp_model.INFEASIBLE:
            self.answer.is_closed = True
            core = self._solver.sufficient_assumptions_for_infeasibility()
            self.answer.core = tuple(core)

    def on_solution_callback(self) -> None:
        values = self.response_proto.solution
        self.answer.values = dict(enumerate(map(bool, values)))
        self.answer.price = round(self.objective_value)

    def _at_bound(self, bound: float) -> None:
        self.answer.bound = max(self.answer.bound, round(bound))
