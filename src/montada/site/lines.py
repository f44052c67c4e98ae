"""What an action line's page counts: its goals, projects, sessions and awards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from montada.framework import queries as framework
from montada.programme import queries as programme
from montada.selection import queries as selection
from montada.site.matrix import chosen_group
from montada.stocktaking import queries as stocktaking

LISTED = 12
"""How many projects and sessions are listed before the link to all of them."""


@dataclass(frozen=True, slots=True)
class LinkedGoal:
    goal: Any
    targets: tuple[Any, ...]
    """Empty where the link is to the goal as a whole."""


@dataclass(frozen=True, slots=True)
class YearOfLine:
    """Counts of one year; `year` is None for what no source dates."""

    year: int | None
    n_projects: int
    n_sessions: int
    n_awards: int


@dataclass(frozen=True, slots=True)
class LinePage:
    """What a line's page shows; projects and awards are those of `group`, if one."""

    line: Any
    goals: tuple[LinkedGoal, ...]
    groups: list[Any]
    group: Any | None
    years: tuple[YearOfLine, ...]
    projects: list[Any]
    sessions: list[Any]
    n_projects: int
    n_sessions: int
    n_awards: int
    n_suggested: int
    """Further projects whose titles suggest the line; of `group`, if one."""


def line_page(code: str, group: str | None = None) -> LinePage | None:
    """
    Return what the facilitator of a line looks at; None without such a line.

    Raises
    ------
    montada.site.matrix.NoSuchGroup
    """
    line = framework.action_line(code)
    if line is None:
        return None
    groups = framework.country_groups()
    chosen = chosen_group(groups, group)
    projects = stocktaking.projects_of(action_line=line).prefetch_related(None)
    if chosen:
        projects = projects.filter(country__groups=chosen)
    by_year = projects.order_by().values_list("last_year").annotate(Count("pk"))
    project_years: Counter[int | None] = Counter(dict(by_year))
    sessions = list(programme.sessions_of(action_line=line))
    session_years = Counter(session.year for session in sessions)
    awards = selection.awards_by_line_and_year(
        action_line=line, group_code=chosen.code if chosen else None
    )
    award_years = Counter(awards.get(code, {}))
    return LinePage(
        line=line,
        goals=linked_goals(code),
        groups=groups,
        group=chosen,
        years=_years(project_years, session_years, award_years),
        projects=list(projects[:LISTED]),
        sessions=sessions[:LISTED],
        n_projects=project_years.total(),
        n_sessions=len(sessions),
        n_awards=award_years.total(),
        n_suggested=stocktaking.tallies(group).of_line(code).n_suggested,
    )


def linked_goals(code: str) -> tuple[LinkedGoal, ...]:
    """Return the goals that the newest matrix links to a line. Two queries."""
    cells = [cell for cell in framework.cells_of_line(code) if cell.is_linked]
    titles = framework.targets_by_code(t for cell in cells for t in cell.targets)
    return tuple(
        LinkedGoal(cell.goal, tuple(titles[t] for t in cell.targets)) for cell in cells
    )


def _years(
    projects: Counter[int | None],
    sessions: Counter[int | None],
    awards: Counter[int | None],
) -> tuple[YearOfLine, ...]:
    """Return the years with anything in them, newest first, the undated last."""
    found = sorted(
        {*projects, *sessions, *awards},
        key=lambda year: (year is None, -(year or 0)),
    )
    return tuple(
        YearOfLine(year, projects[year], sessions[year], awards[year]) for year in found
    )
