"""One cell of the matrix: what it says, why, and what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from montada.framework import queries as framework
from montada.stocktaking import queries as stocktaking


@dataclass(frozen=True, slots=True)
class CellPage:
    """What a cell's page shows. `now` is None where nobody ever linked the two."""

    line: Any
    goal: Any
    now: Any | None
    targets: tuple[Any, ...]
    """The linked targets, with titles where these are loaded."""
    targets_of_goal: list[Any]
    history: list[Any]
    projects: stocktaking.Tally
    """Of all countries."""

    @property
    def is_linked(self) -> bool:
        return bool(self.now and self.now.is_linked)

    @property
    def has_titles(self) -> bool:
        return any(target.title for target in self.targets_of_goal)


def cell_page(code: str, number: int) -> CellPage | None:
    """Return the cell of a line and a goal; None without such a line or goal."""
    line, goal = framework.action_line(code), framework.goal(number)
    if line is None or goal is None:
        return None
    history = framework.cell_history(code, number)
    now = history[0] if history else None
    of_goal = framework.targets_of(goal)
    linked = set(now.targets) if now else set()
    return CellPage(
        line=line,
        goal=goal,
        now=now,
        targets=tuple(target for target in of_goal if target.code in linked),
        targets_of_goal=of_goal,
        history=history,
        projects=stocktaking.tallies().of_cell(code, number),
    )
