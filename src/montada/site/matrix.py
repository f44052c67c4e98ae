"""The table of 18 action lines and 17 goals, with the projects counted beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from montada.framework import queries as framework
from montada.language.engine.numbers import in_digits
from montada.language.engine.text import TextState
from montada.stocktaking import queries as stocktaking

MOST_HEAT = 5


class NoSuchGroup(LookupError):
    """There is no group of countries with this code."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell as it is drawn. `url` and `said` are empty where nothing is linked."""

    goal: int
    heat: int
    """0 where nothing is linked, 1 for the goal as a whole, more by linked targets."""
    sign: str
    url: str
    said: str
    """The whole cell in words, for those who do not see it."""


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

    @property
    def asked_version(self) -> int | None:
        """The version to keep in links: none while the newest is shown."""
        return None if self.version == self.latest else self.version


def table(group: str | None = None, version: int | None = None) -> MatrixTable:
    """
    Return the matrix with the number of projects of each line. Six queries.

    Raises
    ------
    NoSuchGroup
    montada.framework.queries.NoSuchMatrixVersion
    """
    groups = framework.country_groups()
    chosen = chosen_group(groups, group)
    matrix = framework.matrix_at(version)
    counts = stocktaking.n_projects_by_line(group or None)
    lines, goals = framework.action_lines(), framework.goals()
    draw = _Drawing(matrix, [goal.number for goal in goals], counts)
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


def _reader() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def _is_draft(title: Any) -> bool:
    return bool(title.shown_to(_reader()).state is TextState.DRAFT)


class _Drawing:
    """What all rows share: looked up once, since a table has 306 cells."""

    def __init__(
        self, matrix: framework.Matrix, goals: list[int], counts: dict[str, int]
    ) -> None:
        self.matrix = matrix
        self.goals = goals
        self.counts = counts
        self.most = max(counts.values(), default=0)
        self.base = reverse("site:matrix")
        self.words: dict[int, str] = {}

    def row(self, line: Any) -> MatrixRow:
        count = self.counts.get(line.code, 0)
        return MatrixRow(
            line=line,
            cells=tuple(self.cell(line.code, number) for number in self.goals),
            n_projects=count,
            heat=heat_of_count(count, self.most),
        )

    def cell(self, code: str, number: int) -> MatrixCell:
        cell = self.matrix.cell(code, number)
        if not cell.is_linked:
            return MatrixCell(number, 0, "", "", "")
        n_targets = len(cell.targets)
        return MatrixCell(
            goal=number,
            heat=min(1 + n_targets, MOST_HEAT),
            sign="●" if n_targets else "○",
            url=f"{self.base}{code}/{number}/",
            said=self.words.setdefault(n_targets, _said(n_targets)),
        )


def _said(n_targets: int) -> str:
    if not n_targets:
        return _("linked to the goal as a whole")
    words = ngettext(
        "linked through %(n)s target", "linked through %(n)s targets", n_targets
    )
    return words % {"n": in_digits(str(n_targets), _reader(), digits=settings.DIGITS)}


def heat_of_count(count: int, most: int) -> int:
    """Return 0 for no project and 1 to 5 by share of the largest count."""
    return 1 + round((MOST_HEAT - 1) * count / most) if count else 0
