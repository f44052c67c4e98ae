"""
One row of a list of prizes, read: what it says, what it does not, what is wrong.

Nothing is guessed. A cell that is empty or means "not stated" stays empty and is
remarked on; a cell that says something impossible refuses the row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from montada.language.engine.folding import folded
from montada.stocktaking.engine.values import YEARS, is_public_address

COLUMNS = (
    "year",
    "category",
    "result",
    "title",
    "organisation",
    "country",
    "stakeholder_type",
    "source_url",
)
RESULTS = ("winner", "champion", "nominee", "awarded")
MAX_TITLE = 1000
MAX_NAME = 300
"""Characters of a title and of an organisation's name that are taken."""
LINE_WITHOUT_PART = "c7"
"""How sources write the line C7 without saying which of its parts."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f\s]+")


class Finding(StrEnum):
    """What there is to say about one cell."""

    NO_TITLE = "no_title"
    NO_COUNTRY = "no_country"
    NO_LINE = "no_line"
    LINE_WITHOUT_PART = "line_without_part"
    NO_STAKEHOLDER_TYPE = "no_stakeholder_type"
    NO_YEAR = "no_year"
    UNKNOWN_STAKEHOLDER_TYPE = "unknown_stakeholder_type"
    SEVERAL_COUNTRIES = "several_countries"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_LINE = "unknown_line"
    UNKNOWN_RESULT = "unknown_result"
    WRONG_YEAR = "wrong_year"
    NO_SOURCE = "no_source"
    TOO_LONG = "too_long"
    NAMELESS_ORGANISATION = "nameless_organisation"
    CELLS_BEYOND = "cells_beyond"


REFUSING = frozenset(
    {
        Finding.UNKNOWN_COUNTRY,
        Finding.UNKNOWN_LINE,
        Finding.UNKNOWN_RESULT,
        Finding.WRONG_YEAR,
        Finding.NO_SOURCE,
        Finding.TOO_LONG,
        Finding.CELLS_BEYOND,
    }
)
"""Findings with which a row is not taken."""


@dataclass(frozen=True, slots=True)
class Remark:
    field: str
    finding: Finding
    value: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words of the framework → its codes."""

    countries: Mapping[str, str]
    lines: Mapping[str, str]
    stakeholder_groups: Mapping[str, str]


@dataclass(slots=True)
class PrizeRow:
    """What one row says. `number` counts as a spreadsheet does: the head is 1."""

    number: int
    title: str = ""
    organisation: str = ""
    country: str | None = None
    lines: tuple[str, ...] = ()
    stakeholder_group: str | None = None
    year: int | None = None
    result: str = ""
    source_url: str = ""
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(remark.finding in REFUSING for remark in self.remarks)

    def remark(self, name: str, finding: Finding, value: str = "") -> None:
        self.remarks.append(Remark(name, finding, value[:80]))


def read_prize(
    number: int, cells: Mapping[str, str], vocabulary: Vocabulary
) -> PrizeRow:
    """
    Return what a row says, with a remark on what it leaves open or gets wrong.

    Under no name stands what the row holds beyond the last column.
    """
    row = PrizeRow(number)
    if beyond := cells.get("", ""):
        row.remark("", Finding.CELLS_BEYOND, beyond)
    row.title = _read_words(row, cells, "title", MAX_TITLE)
    if not row.title:
        row.remark("title", Finding.NO_TITLE)
    row.organisation = _read_words(row, cells, "organisation", MAX_NAME)
    if row.organisation and not folded(row.organisation):
        row.remark("organisation", Finding.NAMELESS_ORGANISATION, row.organisation)
        row.organisation = ""
    _read_country(row, cells["country"], vocabulary)
    _read_lines(row, cells["category"], vocabulary)
    _read_stakeholder_type(row, cells["stakeholder_type"], vocabulary)
    _read_year(row, cells["year"])
    _read_result(row, cells["result"])
    _read_source(row, cells["source_url"])
    return row


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _read_words(
    row: PrizeRow, cells: Mapping[str, str], name: str, longest: int
) -> str:
    words = _CONTROLS.sub(" ", cells[name]).strip()
    if len(words) > longest:
        row.remark(name, Finding.TOO_LONG, str(longest))
    return words


def _read_country(row: PrizeRow, cell: str, vocabulary: Vocabulary) -> None:
    found = []
    for name in _listed(cell):
        iso3 = vocabulary.countries.get(folded(name))
        if iso3 is None:
            row.remark("country", Finding.UNKNOWN_COUNTRY, name)
        else:
            found.append(iso3)
    if not cell:
        row.remark("country", Finding.NO_COUNTRY)
    if len(found) > 1:
        row.remark("country", Finding.SEVERAL_COUNTRIES, cell)
    row.country = found[0] if found else None


def _read_lines(row: PrizeRow, cell: str, vocabulary: Vocabulary) -> None:
    found = []
    for name in _listed(cell):
        key = folded(name)
        if key in vocabulary.lines:
            found.append(vocabulary.lines[key])
        elif key == LINE_WITHOUT_PART:
            row.remark("category", Finding.LINE_WITHOUT_PART, name)
        else:
            row.remark("category", Finding.UNKNOWN_LINE, name)
    if not cell:
        row.remark("category", Finding.NO_LINE)
    row.lines = tuple(dict.fromkeys(found))


def _read_stakeholder_type(row: PrizeRow, cell: str, vocabulary: Vocabulary) -> None:
    row.stakeholder_group = vocabulary.stakeholder_groups.get(folded(cell))
    if not cell:
        row.remark("stakeholder_type", Finding.NO_STAKEHOLDER_TYPE)
    elif row.stakeholder_group is None:
        row.remark("stakeholder_type", Finding.UNKNOWN_STAKEHOLDER_TYPE, cell)


def _read_year(row: PrizeRow, cell: str) -> None:
    if not cell:
        row.remark("year", Finding.NO_YEAR)
    elif cell.isdecimal() and len(cell) == 4 and int(cell) in YEARS:
        row.year = int(cell)
    else:
        row.remark("year", Finding.WRONG_YEAR, cell)


def _read_result(row: PrizeRow, cell: str) -> None:
    row.result = cell.casefold()
    if row.result not in RESULTS:
        row.remark("result", Finding.UNKNOWN_RESULT, cell)


def _read_source(row: PrizeRow, cell: str) -> None:
    row.source_url = cell
    if not is_public_address(cell):
        row.remark("source_url", Finding.NO_SOURCE, cell)
