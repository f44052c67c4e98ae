"""What every import of figures does once it has read its rows: judge, write, report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from montada.audit import operations as audit
from montada.djangokit.tables import ImportReport, Status
from montada.indicators.engine.values import Figure, is_possible, number_in, year_in
from montada.indicators.models import Observation, Series

BATCH = 2_000
"""Rows of one statement: SQLite allows 32,766 values, an observation has seven."""

Place = tuple[str, str, int, str]


class RowWrong(Exception):
    """A row cannot be taken; `name` is the column."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name, self.reason = name, reason


class RowSkipped(RowWrong):
    """A row is left out, and the rest of the file is still taken."""


@dataclass(slots=True)
class Reading:
    """The rows of one file that can be taken, and the report of all."""

    report: ImportReport = field(default_factory=ImportReport)
    taken: list[tuple[int, list[Figure]]] = field(default_factory=list)
    met: dict[object, int] = field(default_factory=dict)
    """What each row is about, and its number: no row may come twice."""

    def refuse(self, row: int, wrong: RowWrong) -> None:
        status: Status = "skipped" if isinstance(wrong, RowSkipped) else "refused"
        self.report.note(row, status, wrong.name, wrong.reason)

    def meet(self, row: int, name: str, subject: object) -> None:
        """
        Remember what a row is about.

        Raises
        ------
        RowWrong
            If an earlier row was about the same.
        """
        first = self.met.setdefault(subject, row)
        if first != row:
            raise RowWrong(name, _("The same as row %(row)s.") % {"row": first})


def value_in(text: str, unit: str, name: str) -> float:
    """
    Return the figure that a cell writes.

    Raises
    ------
    RowWrong
    """
    value = number_in(text)
    if value is None:
        reason = _('"%(text)s" is not a number; write decimals with a point.')
        raise RowWrong(name, reason % {"text": text})
    if not is_possible(value, unit):
        reason = _("%(text)s cannot be: the unit is %(unit)s.")
        raise RowWrong(name, reason % {"text": text, "unit": unit})
    return value


def year_of(row: Mapping[str, str]) -> int:
    """
    Return the year in the column `year`.

    Raises
    ------
    RowWrong
    """
    year = year_in(row["year"])
    if year is None:
        reason = _('"%(text)s" is not a year of four digits.')
        raise RowWrong("year", reason % {"text": row["year"]})
    return year


def finish(
    reading: Reading,
    *,
    file_name: str,
    imported_by: AbstractBaseUser | None,
    at: datetime,
    dry_run: bool,
) -> ImportReport:
    """Count what each row brings and, if nothing was refused, write it all."""
    figures = [figure for _row, taken in reading.taken for figure in taken]
    becomes = _becoming(figures)
    for row, taken in reading.taken:
        reading.report.note(row, _status_of(row_figures=taken, becomes=becomes))
    if dry_run or reading.report.n_refused:
        return reading.report
    fresh = [figure for figure in figures if becomes[figure.place] != "unchanged"]
    _write(fresh)
    _remember(fresh, becomes, file_name, imported_by, at)
    return reading.report


def _becoming(figures: Sequence[Figure]) -> dict[Place, Status]:
    stored = _stored({figure.series for figure in figures})
    becomes: dict[Place, Status] = {}
    for figure in figures:
        before = stored.get(figure.place)
        now = (figure.value, figure.note, figure.source_url)
        becomes[figure.place] = (
            "accepted"
            if before is None
            else "unchanged"
            if before == now
            else "changed"
        )
    return becomes


def _stored(slugs: Iterable[str]) -> Mapping[Place, tuple[float, str, str]]:
    rows = Observation.objects.filter(series__in=slugs).order_by()
    columns = ("series", "area", "year", "release", "value", "note", "source_url")
    return {
        (series, area, year, release): (value, note, url)
        for series, area, year, release, value, note, url in rows.values_list(*columns)
    }


def _status_of(row_figures: list[Figure], becomes: Mapping[Place, Status]) -> Status:
    """A row of many years is as new as its newest figure."""
    statuses = {becomes[figure.place] for figure in row_figures}
    order: tuple[Status, ...] = ("changed", "accepted")
    return next((status for status in order if status in statuses), "unchanged")


def _write(figures: Sequence[Figure]) -> None:
    Observation.objects.bulk_create(
        (
            Observation(
                series_id=figure.series,
                area=figure.area,
                year=figure.year,
                value=figure.value,
                release=figure.release,
                note=figure.note,
                source_url=figure.source_url,
            )
            for figure in figures
        ),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["series", "area", "year", "release"],
        update_fields=["value", "note", "source_url"],
    )


def _remember(
    fresh: Sequence[Figure],
    becomes: Mapping[Place, Status],
    file_name: str,
    imported_by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Leave one entry for each series: its trail tells where figures came from."""
    counts = Counter((figure.series, becomes[figure.place]) for figure in fresh)
    for slug in sorted({figure.series for figure in fresh}):
        audit.record(
            action="indicators.figures_imported",
            actor=imported_by,
            subject=Series(slug=slug),
            at=at,
            details={
                "file": file_name,
                "n_new": counts[slug, "accepted"],
                "n_changed": counts[slug, "changed"],
            },
        )
