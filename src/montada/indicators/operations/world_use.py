"""ITU's estimates for the world and its regions, as pages that quote ITU give them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from montada.djangokit.tables import ImportReport, numbered, rows_of
from montada.indicators.engine.values import Figure
from montada.indicators.models import Series
from montada.indicators.operations.naming import OWN, named_series, store_series
from montada.indicators.operations.writing import (
    Reading,
    RowWrong,
    finish,
    value_in,
    year_of,
)

SERIES = "internet_users_world_itu"
UNIT = "percent of population"

AREAS = {
    "World": "world",
    "Africa": "itu-africa",
    "Arab States": "itu-arab",
    "Americas": "itu-americas",
    "Asia and Pacific": "itu-asp",
    "CIS": "itu-cis",
    "Europe": "itu-europe",
}
"""ITU's names of its regions → codes of the framework's groups."""


@transaction.atomic
def import_world_internet_use(
    *,
    path: Path,
    imported_by: AbstractBaseUser | None,
    at: datetime,
    dry_run: bool = False,
) -> ImportReport:
    """
    Take in a table `area,year,percent,release,note,source_url`.

    ITU revises: one year may have several figures, each under its release, and all are
    kept. If one row is refused, nothing is written.

    Raises
    ------
    TableNotThere, TableUnreadable, ColumnsMissing, ColumnsTwice, ColumnNameless
    """
    reading = Reading()
    columns = ("area", "year", "percent", "release", "note", "source_url")
    for number, row in numbered(rows_of(path, columns), reading.report):
        try:
            figure = _figure(row)
            reading.meet(number, "release", figure.place)
            reading.taken.append((number, [figure]))
        except RowWrong as wrong:
            reading.refuse(number, wrong)
    if not dry_run and not reading.report.n_refused:
        store_series(_series(), by=imported_by, at=at)
    return finish(
        reading, file_name=path.name, imported_by=imported_by, at=at, dry_run=dry_run
    )


def _figure(row: Mapping[str, str]) -> Figure:
    if row["area"] not in AREAS:
        reason = _('"%(text)s" is not the world or one of ITU\'s regions.')
        raise RowWrong("area", reason % {"text": row["area"]})
    for column in ("release", "source_url"):
        if not row[column]:
            raise RowWrong(column, _("This must not be empty."))
    return Figure(
        series=SERIES,
        area=AREAS[row["area"]],
        year=year_of(row),
        value=value_in(row["percent"], UNIT, "percent"),
        release=row["release"][:80],
        note=row["note"][:200],
        source_url=row["source_url"][:500],
    )


def _series() -> list[Series]:
    every = named_series(OWN / "own_series.csv")
    return [series for series in every if series.slug == SERIES]
