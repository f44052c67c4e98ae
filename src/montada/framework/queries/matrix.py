"""The matrix of action lines and goals, as of any of its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from montada.audit import queries as audit
from montada.framework.models import MatrixLink
from montada.language.engine.text import NO_TEXT, LocalizedText


class NoSuchMatrixVersion(LookupError):
    """The matrix never had this version."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What the matrix says about one action line and one goal."""

    action_line: str
    goal: int
    is_linked: bool = False
    targets: tuple[str, ...] = ()
    """Codes; empty where the link is to the goal as a whole."""
    rationale: LocalizedText = NO_TEXT
    version: int = 0
    """The version of the matrix since which the cell says this; 0 if it never did."""
    changed_at: datetime | None = None
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix as of one version. Cells nobody ever linked are not in `cells`."""

    version: int
    latest: int
    changed_at: datetime | None
    """When this version began; none while no matrix is loaded."""
    cells: Mapping[tuple[str, int], Cell]

    @property
    def is_latest(self) -> bool:
        return self.version == self.latest

    def cell(self, code: str, number: int) -> Cell:
        """Return the cell of a line and a goal; unlinked if nobody spoke of it."""
        return self.cells.get((code, number)) or Cell(code, number)

    @property
    def n_linked(self) -> int:
        return sum(cell.is_linked for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class MatrixVersion:
    """One citable version: when it began, and the cell that made it."""

    number: int
    changed_at: datetime
    changed_by: str
    """Empty for the published matrix."""
    n_cells: int
    """How many cells the version set: all of them at first, later one."""
    action_line: str
    goal: int


@audit.remembered("framework.")
def matrix_at(version: int | None = None) -> Matrix:
    """
    Return the matrix as of a version, the newest without one. One query.

    Raises
    ------
    NoSuchMatrixVersion
    """
    links = list(MatrixLink.objects.all())
    latest = links[-1].version if links else 0
    wanted = latest if version is None else version
    if not 1 <= wanted <= latest and version is not None:
        raise NoSuchMatrixVersion(version)
    cells = {
        (link.action_line_id, link.goal_id): _cell(link)
        for link in links
        if link.version <= wanted
    }
    moments = (link.changed_at for link in links if link.version == wanted)
    return Matrix(wanted, latest, next(moments, None), MappingProxyType(cells))


def _cell(link: MatrixLink) -> Cell:
    return Cell(
        action_line=link.action_line_id,
        goal=link.goal_id,
        is_linked=link.is_linked,
        targets=tuple(link.targets),
        rationale=link.rationale,
        version=link.version,
        changed_at=link.changed_at,
        source_url=link.source_url,
    )


def cells_of_line(code: str) -> list[MatrixLink]:
    """Return what the newest matrix says of each goal a line was ever linked to."""
    links = MatrixLink.objects.filter(action_line_id=code).select_related("goal")
    newest = {link.goal_id: link for link in links}
    return sorted(newest.values(), key=lambda link: link.goal_id)


def cells_of_goal(number: int) -> list[MatrixLink]:
    """Return what the newest matrix says of each line a goal was ever linked to."""
    links = MatrixLink.objects.filter(goal_id=number).select_related("action_line")
    newest = {link.action_line_id: link for link in links}
    return sorted(newest.values(), key=lambda link: link.action_line.order)


def cell_history(code: str, number: int) -> list[MatrixLink]:
    """Return what one cell said in each version that changed it, newest first."""
    return list(
        MatrixLink.objects.filter(action_line_id=code, goal_id=number)
        .select_related("changed_by")
        .order_by("-version")
    )


def matrix_versions() -> list[MatrixVersion]:
    """Return the versions, newest first."""
    by_version: defaultdict[int, list[MatrixLink]] = defaultdict(list)
    for link in MatrixLink.objects.select_related("changed_by"):
        by_version[link.version].append(link)
    return [
        MatrixVersion(
            number=number,
            changed_at=links[0].changed_at,
            changed_by=links[0].changed_by.name if links[0].changed_by else "",
            n_cells=len(links),
            action_line=links[0].action_line_id,
            goal=links[0].goal_id,
        )
        for number, links in sorted(by_version.items(), reverse=True)
    ]
