"""The register in numbers: each with what it counts, narrowed as the list is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from montada.stocktaking.engine.facets import NOT_STATED
from montada.stocktaking.engine.freshness import FreshnessBounds
from montada.stocktaking.queries.cards import Choice
from montada.stocktaking.queries.facet_labels import Label
from montada.stocktaking.queries.listing import Narrowed, labels_in_order, narrowed

ITU_REGIONS = "itu-"
"""Beginning of the codes of the six regions that a country belongs to one of."""

N_STEPS = 5
"""Shades of a cell that is not empty."""


@dataclass(frozen=True, slots=True)
class StatisticRow:
    label: Label
    n_projects: int
    width: float
    """0 to 100: its share of the table's greatest number."""
    query: str
    """Of the list's address: these projects."""

    @property
    def is_not_stated(self) -> bool:
        return self.label.value == NOT_STATED


@dataclass(frozen=True, slots=True)
class StatisticTable:
    name: str
    title: str
    definition: str
    rows: tuple[StatisticRow, ...]


@dataclass(frozen=True, slots=True)
class CellOfTwo:
    n_projects: int
    heat: int
    query: str


@dataclass(frozen=True, slots=True)
class CrossTable:
    """One facet by another."""

    name: str
    title: str
    definition: str
    columns: tuple[Label, ...]
    rows: tuple[tuple[Label, tuple[CellOfTwo, ...]], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Projects that state a line and a goal and are named in a year; never 0."""

    line: str
    goal: str
    year: str
    n_projects: int


@dataclass(frozen=True, slots=True)
class Statistics:
    it: Narrowed
    n_projects: int
    tables: tuple[StatisticTable, ...]
    crossed: tuple[CrossTable, ...]

    @property
    def address(self) -> str:
        return self.it.address

    def cells(self) -> Iterator[Cell]:
        """Yield line by goal by year; a project counts in each cell it belongs to."""
        bits, kept = self.it.facets.bits, self.it.kept
        for line, of_line in _stated(bits["line"]):
            for goal, of_goal in _stated(bits["goal"]):
                if not (both := of_line & of_goal & kept):
                    continue
                for year, of_year in _stated(bits["year"]):
                    if n := (both & of_year).bit_count():
                        yield Cell(line, goal, year, n)


def statistics(
    *,
    choice: Choice,
    query: str,
    language: str,
    bounds: FreshnessBounds | None = None,
) -> Statistics:
    """
    Return the numbers of the projects that a choice and a query keep.

    Raises
    ------
    NoSuchFilterValue
    """
    it = narrowed(choice=choice, query=query, language=language, bounds=bounds)
    return Statistics(
        it=it,
        n_projects=it.kept.bit_count(),
        tables=tuple(_table(it, *named) for named in _described()),
        crossed=tuple(_crossed(it, *named) for named in _described_pairs()),
    )


def _described() -> Iterator[tuple[str, str, str]]:
    yield "type", _("By type of entry"), _("What is registered, as its owner says.")
    yield (
        "stakeholder",
        _("By stakeholder group"),
        _("Of the organisation that enters the project, as a source states it."),
    )
    yield (
        "group",
        _("By region of seat"),
        _("ITU region of the country in which the organisation has its seat."),
    )
    yield (
        "region",
        _("By region of work"),
        _(
            "ITU region of every country in which work is done: a project in two "
            "regions counts in both."
        ),
    )
    yield (
        "line",
        _("By action line"),
        _("Every line that is stated or confirmed: a project of two counts in both."),
    )
    yield (
        "goal",
        _("By goal"),
        _("Every goal that is stated or confirmed: a project of two counts in both."),
    )
    yield (
        "year",
        _("By year"),
        _("Every year in which a source names the project, first, last or awarded."),
    )


def _described_pairs() -> Iterator[tuple[str, str, str, str]]:
    yield (
        "line",
        "goal",
        _("Action line by goal"),
        _("Projects that state both; one of several lines or goals counts in each."),
    )
    yield (
        "line",
        "year",
        _("Action line by year"),
        _("Projects that state the line and are named in the year."),
    )


def _table(it: Narrowed, facet: str, title: str, definition: str) -> StatisticTable:
    counts = it.counts(facet)
    if facet in {"group", "region"}:
        counts = {
            value: n
            for value, n in counts.items()
            if value == NOT_STATED or value.startswith(ITU_REGIONS)
        }
    most = max(counts.values(), default=1)
    rows = [
        StatisticRow(
            label,
            counts[label.value],
            round(100 * counts[label.value] / most, 1),
            it.address_with({facet: label.value}),
        )
        for label in labels_in_order(it.index, facet, set(counts))
    ]
    return StatisticTable(facet, title, definition, tuple(rows))


def _crossed(
    it: Narrowed, down: str, across: str, title: str, definition: str
) -> CrossTable:
    bits, kept = it.facets.bits, it.kept
    columns = _labels(it, across)
    counted = [
        (
            row,
            [
                (bits[down][row.value] & bits[across][column.value] & kept).bit_count()
                for column in columns
            ],
        )
        for row in _labels(it, down)
    ]
    most = max((n for _row, numbers in counted for n in numbers), default=0)
    rows = tuple(
        (
            row,
            tuple(
                CellOfTwo(
                    n,
                    -(-n * N_STEPS // most) if n else 0,
                    it.address_with({down: row.value, across: column.value}),
                )
                for column, n in zip(columns, numbers, strict=True)
            ),
        )
        for row, numbers in counted
    )
    return CrossTable(f"{down}_{across}", title, definition, columns, rows)


def _labels(it: Narrowed, facet: str) -> tuple[Label, ...]:
    """Return the values that some kept project states, in order."""
    return tuple(labels_in_order(it.index, facet, set(it.counts(facet)) - {NOT_STATED}))


def _stated(bits: Any) -> Iterator[tuple[str, int]]:
    return ((value, items) for value, items in bits.items() if value != NOT_STATED)
