"""A chart as its template needs it: the drawing, the words, the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from montada.indicators.engine.chart import Drawing, DrawnLine, drawing_of
from montada.indicators.engine.groups import GroupYear
from montada.indicators.queries.figures import SeriesFacts
from montada.language.engine.text import LocalizedText


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One line: a country's figures, or a group's with their coverage."""

    name: LocalizedText
    points: Mapping[int, float]
    group: Mapping[int, GroupYear] = field(default_factory=dict)

    @classmethod
    def of_group(cls, name: LocalizedText, line: Sequence[GroupYear]) -> ChartLine:
        shown = {p.year: p.value for p in line if p.value is not None}
        return cls(name, shown, {p.year: p for p in line})

    @property
    def first_year(self) -> int | None:
        return min(self.points, default=None)

    @property
    def last_year(self) -> int | None:
        return max(self.points, default=None)

    @property
    def first(self) -> float | None:
        return self.points[min(self.points)] if self.points else None

    @property
    def last(self) -> float | None:
        return self.points[max(self.points)] if self.points else None

    @property
    def last_coverage_percent(self) -> float | None:
        """How much of the group's people the last figure covers; None for a country."""
        if not self.group or not self.points:
            return None
        return self.group[max(self.points)].coverage_percent

    @property
    def best_coverage(self) -> GroupYear | None:
        """The year in which most of the group's people are covered."""
        years = self.group.values()
        return max(years, key=lambda point: point.coverage, default=None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the table, and how much of a group it covers."""

    value: float | None
    is_of_group: bool
    coverage_percent: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Several lines of one series."""

    slug: str
    """Unique on its page."""
    series: SeriesFacts
    lines: tuple[ChartLine, ...]
    drawing: Drawing | None
    """None where no line has a figure."""

    @property
    def drawn(self) -> list[tuple[int, DrawnLine]]:
        """The number of each line's style, and the line."""
        return list(enumerate(self.drawing.lines, start=1)) if self.drawing else []

    @property
    def has_groups(self) -> bool:
        return any(line.group for line in self.lines)

    @property
    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Years, newest first, with a cell for each line."""
        years = {y for line in self.lines for y in (*line.points, *line.group)}
        for year in sorted(years, reverse=True):
            yield year, [_cell(line, year) for line in self.lines]


def _cell(line: ChartLine, year: int) -> Cell:
    point = line.group.get(year)
    coverage = point.coverage_percent if point else None
    return Cell(line.points.get(year), bool(line.group), coverage)


def chart_of(slug: str, series: SeriesFacts, lines: Sequence[ChartLine]) -> Chart:
    """Return the chart of some lines; percentages stand on an axis from 0 to 100."""
    top = 100.0 if series.is_percent else None
    drawing = drawing_of([line.points for line in lines], top=top)
    return Chart(slug, series, tuple(lines), drawing)
