"""Figures in a tidy table: one row a figure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.djangokit.tables import ImportReport, numbered, rows_of
from montada.indicators.engine.values import Figure
from montada.indicators.operations.naming import (
    area_in,
    known_areas,
    series_in,
    units,
)
from montada.indicators.operations.wide import import_figures
from montada.indicators.operations.world_use import import_world_internet_use
from montada.indicators.operations.writing import (
    Reading,
    RowWrong,
    finish,
    value_in,
    year_of,
)


class UnknownForm(Refusal):
    code = "indicators.unknown_form"
    message = _(
        "The file has none of the three forms that are read: "
        "series,area,year,value or series,country,2000,2001,… or "
        "area,year,percent,release,source_url. It has these columns: %(present)s."
    )


@transaction.atomic
def import_tidy(
    *,
    path: Path,
    imported_by: AbstractBaseUser | None,
    at: datetime,
    dry_run: bool = False,
) -> ImportReport:
    """
    Take in the figures of a table `series,area,year,value[,release,note,source_url]`.

    An area is a country, a group of countries or the world. Releases that contradict
    each other are both kept. If one row is refused, nothing is written.

    Raises
    ------
    TableNotThere, TableUnreadable, ColumnsMissing, ColumnsTwice, ColumnNameless
    """
    reading, known, areas = Reading(), units(), known_areas()
    rows = rows_of(path, ("series", "area", "year", "value"))
    for number, row in numbered(rows, reading.report):
        try:
            figure = _figure(row, known, areas)
            reading.meet(number, "year", figure.place)
            reading.taken.append((number, [figure]))
        except RowWrong as wrong:
            reading.refuse(number, wrong)
    return finish(
        reading, file_name=path.name, imported_by=imported_by, at=at, dry_run=dry_run
    )


def _figure(
    row: Mapping[str, str], known: Mapping[str, str], areas: Mapping[str, str]
) -> Figure:
    series = series_in(row["series"], known)
    return Figure(
        series=series,
        area=area_in(row["area"], areas, "area"),
        year=year_of(row),
        value=value_in(row["value"], known[series], "value"),
        release=row.get("release", "")[:80],
        note=row.get("note", "")[:200],
        source_url=row.get("source_url", "")[:500],
    )


def import_file(
    *,
    path: Path,
    series_path: Path | None,
    imported_by: AbstractBaseUser | None,
    at: datetime,
    dry_run: bool = False,
) -> ImportReport:
    """
    Take in a table in whichever of the three forms it has.

    Raises
    ------
    UnknownForm, TableNotThere, TableUnreadable, ColumnsMissing, ColumnsTwice,
    ColumnNameless
    montada.indicators.operations.wide.ColumnsUnknown, YearsTwice
    """
    columns = {name for row in rows_of(path, ())[:1] for name in row if name}
    if columns >= {"series", "value"}:
        return import_tidy(path=path, imported_by=imported_by, at=at, dry_run=dry_run)
    if columns >= {"series", "country"}:
        return import_figures(
            path=path,
            series_path=series_path,
            imported_by=imported_by,
            at=at,
            dry_run=dry_run,
        )
    if columns >= {"percent", "release"}:
        return import_world_internet_use(
            path=path, imported_by=imported_by, at=at, dry_run=dry_run
        )
    raise UnknownForm(present=", ".join(sorted(columns)) or "–")
