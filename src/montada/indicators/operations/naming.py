"""Which series and which areas a file may speak of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from montada.audit import operations as audit
from montada.djangokit.tables import numbered, rows_of
from montada.framework import queries as framework
from montada.indicators.models import Series
from montada.indicators.operations.writing import RowSkipped, RowWrong
from montada.language.engine.folding import folded
from montada.language.engine.text import LocalizedText

OWN = Path(__file__).parents[1] / "data"
"""The figures that this version carries."""

_USER_ASSIGNED = re.compile(r"X[A-Z]{2}")
"""Codes that ISO 3166 leaves to its users, for areas it does not list."""


def known_areas() -> dict[str, str]:
    """Return folded names and codes of countries and groups → area. Two queries."""
    groups = {folded(group.code): group.code for group in framework.country_groups()}
    return {"world": "world"} | groups | framework.country_index()


def area_in(text: str, areas: Mapping[str, str], name: str) -> str:
    """
    Return the area that a cell names by code or by a name of the United Nations.

    Raises
    ------
    RowSkipped
        If the code is one that a publisher assigned by itself.
    RowWrong
        If nothing is known by that name.
    """
    if area := areas.get(folded(text)):
        return area
    if _USER_ASSIGNED.fullmatch(text):
        reason = _(
            "%(text)s is not in the United Nations' list of countries and areas."
        )
        raise RowSkipped(name, reason % {"text": text})
    reason = _('No country or group of countries is known as "%(text)s".')
    raise RowWrong(name, reason % {"text": text})


def series_in(text: str, units: Mapping[str, str]) -> str:
    """
    Return the slug of a series that exists.

    Raises
    ------
    RowWrong
    """
    if text not in units:
        reason = _('There is no series "%(text)s".')
        raise RowWrong("series", reason % {"text": text})
    return text


def units() -> dict[str, str]:
    """Return the slugs of all series with their units."""
    return dict(Series.objects.values_list("slug", "unit"))


def named_series(path: Path) -> list[Series]:
    """
    Return the series that a file describes, under the names this version carries.

    Raises
    ------
    TableNotThere, TableUnreadable, ColumnsMissing, ColumnsTwice, ColumnNameless,
    CellsBeyond
    """
    texts = {
        row["series"]: row for row in rows_of(OWN / "series_names.csv", ("series",))
    }
    columns = ("series", "code", "unit", "source", "licence")
    return [
        _series(row, texts.get(row["series"], {}))
        for _number, row in numbered(rows_of(path, columns))
        if row["series"]
    ]


def _series(row: Mapping[str, str], texts: Mapping[str, str]) -> Series:
    return Series(
        slug=row["series"],
        name=_text("name", texts) or LocalizedText.of("en", row["series"]),
        definition=_text("definition", texts),
        code=row["code"],
        unit=row["unit"],
        source=row["source"],
        source_url=row.get("source_url") or texts.get("source_url", ""),
        licence=row["licence"],
    )


def _text(column: str, texts: Mapping[str, str]) -> LocalizedText:
    words = {tag: texts.get(f"{column}_{tag}", "") for tag in ("ar", "en", "fr")}
    return LocalizedText.of("en", words.pop("en"), **words)


def store_series(
    wanted: list[Series], *, by: AbstractBaseUser | None, at: datetime
) -> None:
    """Add series that are missing and change those that a file describes otherwise."""
    fields = [f.attname for f in Series._meta.concrete_fields if not f.primary_key]
    stored = Series.objects.in_bulk([series.slug for series in wanted])
    fresh = [
        series
        for series in wanted
        if series.slug not in stored
        or any(
            getattr(series, name) != getattr(stored[series.slug], name)
            for name in fields
        )
    ]
    Series.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["slug"], update_fields=fields
    )
    for series in fresh:
        audit.record(
            action="indicators.series_described", actor=by, subject=series, at=at
        )
