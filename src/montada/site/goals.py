"""What a goal's page counts: its targets, action lines, projects and sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from montada.framework import queries as framework
from montada.programme import queries as programme
from montada.stocktaking import queries as stocktaking

LISTED = 12
"""How many projects and sessions are listed."""


@dataclass(frozen=True, slots=True)
class LinkedLine:
    line: Any
    targets: list[str]
    """Codes; empty where the link is to the goal as a whole."""


@dataclass(frozen=True, slots=True)
class GoalPage:
    goal: Any
    targets: list[Any]
    lines: tuple[LinkedLine, ...]
    projects: list[Any]
    sessions: list[Any]
    has_more_projects: bool
    has_more_sessions: bool
    n_suggested: int
    """Projects beyond those of the goal whose titles suggest it."""

    @property
    def has_titles(self) -> bool:
        """Whether the official titles have been loaded."""
        return bool(self.goal.official_title) or any(t.title for t in self.targets)


def goal_page(number: int) -> GoalPage | None:
    """Return what a goal's page shows; None without such a goal. Six queries."""
    goal = framework.goal(number)
    if goal is None:
        return None
    projects = stocktaking.projects_of(goal=goal).prefetch_related(None)[: LISTED + 1]
    sessions = programme.sessions_of(goal=goal)[: LISTED + 1]
    return GoalPage(
        goal=goal,
        targets=framework.targets_of(goal),
        lines=tuple(
            LinkedLine(cell.action_line, cell.targets)
            for cell in framework.cells_of_goal(number)
            if cell.is_linked
        ),
        projects=list(projects)[:LISTED],
        sessions=list(sessions)[:LISTED],
        has_more_projects=len(projects) > LISTED,
        has_more_sessions=len(sessions) > LISTED,
        n_suggested=stocktaking.tallies().of_goal(number).n_suggested,
    )
