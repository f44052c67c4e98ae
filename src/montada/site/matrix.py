"""The table of 18 action lines and 17 goals, with the projects counted beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from montada.djangokit.page_language import page_language
from montada.framework import queries as framework
from montada.language.engine.text import TextState
from montada.language.queries import in_page_digits
from montada.stocktaking import queries as stocktaking

MOST_HEAT = 5


class NoSuchGroup(LookupError):
    """There is no group of countries with this code."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """
    One cell as it is drawn.

    `url` and `said` are empty where nothing is linked and no project has both.
    """

    goal: int
    heat: int
    """
    By projects; in a table that counts none by links: 0 without one, 1 for the goal as
    a whole, more by linked targets.
    """
    sign: str
    url: str
    said: str
    """The whole cell in words, for those who do not see it."""
    counted: str = ""
    """Projects that state both, and those for which it takes a suggestion: "12+30"."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    line: Any
    cells: tuple[MatrixCell, ...]
    n_projects: int
    heat: int


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """
    What `site/_matrix.html` shows.

    `group` is None for all countries; `version` is the version that is shown and
    `latest` the newest.
    """

    goals: list[Any]
    rows: tuple[MatrixRow, ...]
    groups: list[Any]
    group: Any | None
    version: int
    latest: int
    changed_at: datetime | None
    n_linked: int
    n_drafts: int
    """How many of the lines' titles are drafts in the reader's language."""
    has_counts: bool
    """Whether any project has a line and a goal, so that cells are drawn by counts."""

    @property
    def asked_version(self) -> int | None:
        """The version to keep in links: none while the newest is shown."""
        return None if self.version == self.latest else self.version


def table(group: str | None = None, version: int | None = None) -> MatrixTable:
    """
    Return the matrix with the projects of each line and cell counted. Six queries.

    Raises
    ------
    NoSuchGroup
    montada.framework.queries.NoSuchMatrixVersion
    """
    groups = framework.country_groups()
    chosen = chosen_group(groups, group)
    matrix = framework.matrix_at(version)
    lines, goals = framework.action_lines(), framework.goals()
    draw = _Drawing(matrix, lines, goals, stocktaking.tallies(group or None))
    return MatrixTable(
        goals=goals,
        rows=tuple(draw.row(line) for line in lines),
        groups=groups,
        group=chosen,
        version=matrix.version,
        latest=matrix.latest,
        changed_at=matrix.changed_at,
        n_linked=matrix.n_linked,
        n_drafts=sum(_is_draft(line.title) for line in lines),
        has_counts=draw.most_in_cell > 0,
    )


def chosen_group(groups: list[Any], code: str | None) -> Any | None:
    """
    Return the group that an address names, None where it names none.

    Raises
    ------
    NoSuchGroup
    """
    if not code:
        return None
    found = next((group for group in groups if group.code == code), None)
    if found is None:
        raise NoSuchGroup(code)
    return found


def _is_draft(title: Any) -> bool:
    return bool(title.shown_to(page_language()).state is TextState.DRAFT)


class _Drawing:
    """What all rows share: looked up once, since a table has 306 cells."""

    def __init__(
        self,
        matrix: framework.Matrix,
        lines: list[Any],
        goals: list[Any],
        tallies: stocktaking.Tallies,
    ) -> None:
        self.matrix = matrix
        self.goals = [goal.number for goal in goals]
        self.counts = {line.code: tallies.of_line(line.code).n_stated for line in lines}
        self.cells = {
            (line.code, number): tallies.of_cell(line.code, number)
            for line in lines
            for number in self.goals
        }
        self.most = max(self.counts.values(), default=0)
        self.most_in_cell = max(
            (tally.n_all for tally in self.cells.values()), default=0
        )
        self.base = reverse("site:matrix")
        self.words: dict[Any, str] = {}

    def row(self, line: Any) -> MatrixRow:
        count = self.counts[line.code]
        return MatrixRow(
            line=line,
            cells=tuple(self.cell(line.code, number) for number in self.goals),
            n_projects=count,
            heat=heat_of_count(count, self.most),
        )

    def cell(self, code: str, number: int) -> MatrixCell:
        cell, tally = self.matrix.cell(code, number), self.cells[code, number]
        if not cell.is_linked and not tally.n_all:
            return MatrixCell(number, 0, "", "", "")
        n_targets = len(cell.targets) if cell.is_linked else None
        heat = 0 if n_targets is None else min(1 + n_targets, MOST_HEAT)
        if self.most_in_cell:
            heat = heat_of_count(tally.n_all, self.most_in_cell)
        return MatrixCell(
            goal=number,
            heat=heat,
            sign="" if n_targets is None else "●" if n_targets else "○",
            url=f"{self.base}{code}/{number}/",
            said=self.said(n_targets, tally),
            counted=_counted(tally),
        )

    def said(self, n_targets: int | None, tally: stocktaking.Tally) -> str:
        known = self.words.get((n_targets, tally))
        if known is None:
            phrases = filter(None, (said_of_link(n_targets), said_of_projects(tally)))
            known = self.words[n_targets, tally] = reduce(_then, phrases)
        return known


def said_of_link(n_targets: int | None) -> str:
    """Say how a cell is linked: through targets, as a whole (0), or not (None)."""
    if n_targets is None:
        return _("not linked in the matrix")
    if not n_targets:
        return _("linked to the goal as a whole")
    words = ngettext(
        "linked through %(n)s target", "linked through %(n)s targets", n_targets
    )
    return words % {"n": in_page_digits(n_targets)}


def said_of_projects(tally: stocktaking.Tally) -> str:
    """Say how many projects a cell has, and how many by suggestion; "" for none."""
    phrases = []
    if n := tally.n_stated:
        words = ngettext("%(n)s project", "%(n)s projects", n)
        phrases.append(words % {"n": in_page_digits(n)})
    if n := tally.n_suggested:
        words = ngettext(
            "%(n)s project suggested by its title",
            "%(n)s projects suggested by their titles",
            n,
        )
        phrases.append(words % {"n": in_page_digits(n)})
    return reduce(_then, phrases) if phrases else ""


def _then(first: str, second: str) -> str:
    return _("%(first)s; %(second)s") % {"first": first, "second": second}


def _counted(tally: stocktaking.Tally) -> str:
    stated = in_page_digits(tally.n_stated) if tally.n_stated else ""
    suggested = f"+{in_page_digits(tally.n_suggested)}" if tally.n_suggested else ""
    return stated + suggested


def heat_of_count(count: int, most: int) -> int:
    """Return 0 for no project and 1 to 5 by share of the largest count."""
    return 1 + round((MOST_HEAT - 1) * count / most) if count else 0
