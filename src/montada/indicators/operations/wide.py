"""Figures in a wide table: one row a series and country, one column a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from montada.djangokit.tables import ColumnsMissing, ImportReport, numbered, rows_of
from montada.indicators.engine.values import Figure, year_in
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
    TableNotThere, TableUnreadable, ColumnsMissing
    """
    rows = rows_of(path, ("series", "country"))
    described = named_series(series_path) if series_path else []
    years = _years_of(rows)
    reading = Reading()
    _check(described, reading, series_path)
    known = units() | {series.slug: series.unit for series in described}
    areas = known_areas()
    for number, row in numbered(rows):
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
    """Return the columns that are years, or refuse a table that has none."""
    columns = list(rows[0]) if rows else []
    years = {name: year for name in columns if (year := year_in(name))}
    if rows and not years:
        raise ColumnsMissing(missing="2000, 2001, …", present=", ".join(columns))
    return years


def _check(described: list[Series], reading: Reading, path: Path | None) -> None:
    for number, series in enumerate(described, start=2):
        for column in ("unit", "source"):
            if path and not getattr(series, column):
                where = f"{path.name}: {column}"
                reading.refuse(number, RowWrong(where, _("This must not be empty.")))


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
