"""Figures in a wide table: one row a series and country, one column a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.djangokit.tables import ColumnsMissing, ImportReport, numbered, rows_of
from montada.indicators.engine.values import FIRST_YEAR, LAST_YEAR, Figure, year_in
from montada.indicators.models import Series
from montada.indicators.operations.naming import (
    area_in,
    known_areas,
    named_series,
    series_in,
    store_series,
    units,
)
from montada.indicators.operations.writing import Reading, RowWrong, finish, value_in

COLUMNS = ("series", "country")
"""What a column is that is no year."""


class ColumnsUnknown(Refusal):
    code = "indicators.columns_unknown"
    message = _(
        "These columns are neither series nor country, nor a year from %(first)s to "
        "%(last)s: %(columns)s. Write a year with four digits, or remove the column."
    )


class YearsTwice(Refusal):
    code = "indicators.years_twice"
    message = _("Two columns are of the same year: %(columns)s. Remove one of them.")


@transaction.atomic
def import_figures(
    *,
    path: Path,
    series_path: Path | None,
    imported_by: AbstractBaseUser | None,
    at: datetime,
    dry_run: bool = False,
) -> ImportReport:
    """
    Take in the figures of a table `series,country,2000,2001,…`.

    An empty cell says nothing: figures that are there stay. `series_path` is a table
    `series,code,unit,source,licence` of the series that may be new; without it, only
    series that exist are taken. If one row is refused, nothing is written.

    Raises
    ------
    TableNotThere, TableUnreadable, ColumnsMissing, ColumnsTwice, ColumnNameless
    ColumnsUnknown, YearsTwice
    CellsBeyond
        In the table of series; such a row of figures is a row refused.
    """
    rows = rows_of(path, COLUMNS)
    described = named_series(series_path) if series_path else []
    years = _years_of(rows)
    reading = Reading()
    _check(described, reading, series_path)
    known = units() | {series.slug: series.unit for series in described}
    areas = known_areas()
    for number, row in numbered(rows, reading.report):
        try:
            reading.taken.append(
                (number, _figures(number, row, years, known, areas, reading))
            )
        except RowWrong as wrong:
            reading.refuse(number, wrong)
    if not dry_run and not reading.report.n_refused:
        store_series(described, by=imported_by, at=at)
    return finish(
        reading, file_name=path.name, imported_by=imported_by, at=at, dry_run=dry_run
    )


def _years_of(rows: list[dict[str, str]]) -> dict[str, int]:
    """
    Return the columns that are years.

    Raises
    ------
    ColumnsMissing, ColumnsUnknown, YearsTwice
    """
    columns = [name for name in rows[0] if name] if rows else []
    years = {name: year for name in columns if (year := year_in(name))}
    unknown = [name for name in columns if name not in (*COLUMNS, *years)]
    if unknown:
        raise ColumnsUnknown(
            columns=", ".join(unknown), first=FIRST_YEAR, last=LAST_YEAR
        )
    if rows and not years:
        raise ColumnsMissing(missing="2000, 2001, …", present=", ".join(columns))
    column_of: dict[int, str] = {}
    for name, year in years.items():
        if column_of.setdefault(year, name) != name:
            raise YearsTwice(columns=f"{column_of[year]}, {name}")
    return years


def _check(described: list[Series], reading: Reading, path: Path | None) -> None:
    for number, series in enumerate(described, start=2):
        for column in ("unit", "source"):
            if path and not getattr(series, column):
                where = f"{path.name}: {column}"
                reading.refuse(number, RowWrong(where, _now("This must not be empty.")))


def _figures(
    number: int,
    row: Mapping[str, str],
    years: Mapping[str, int],
    known: Mapping[str, str],
    areas: Mapping[str, str],
    reading: Reading,
) -> list[Figure]:
    series = series_in(row["series"], known)
    area = area_in(row["country"], areas, "country")
    reading.meet(number, "country", (series, area))
    return [
        Figure(series, area, year, value_in(row[name], known[series], name))
        for name, year in years.items()
        if row[name]
    ]
