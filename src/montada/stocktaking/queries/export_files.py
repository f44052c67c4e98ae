"""Projects as files: each format as a stream of bytes, in the memory of a few rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any

from montada.djangokit.spreadsheets import harmless_cell, write_sheet
from montada.framework import queries as framework
from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.iati.values import Organisation
from montada.stocktaking.engine.iati.writing import Outgoing, write_iati
from montada.stocktaking.engine.tables.linked import CONTEXT, as_feature, as_linked
from montada.stocktaking.engine.tables.outgoing import (
    HEAD,
    OutgoingProject,
    as_object,
    as_row,
)
from montada.stocktaking.engine.titles import language_of_title
from montada.stocktaking.queries.tables import vocabulary

_PIECE = 1 << 16
IDENTIFIER = "montada-"
"""Before the slug in an identifier of IATI."""

Projects = Iterable[OutgoingProject]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A kind of file: how it is called, its media type, and how it is written."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Projects, datetime, str], Iterator[bytes]]


class _Echo:
    """A file for `csv` that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(projects: Projects, _at: datetime, _site: str) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    empty = vocabulary().empty
    # The mark tells spreadsheets that this is UTF-8.
    yield b"\xef\xbb\xbf" + str(writer.writerow(HEAD)).encode()
    for project in projects:
        cells = map(harmless_cell, as_row(project, empty))
        yield str(writer.writerow(cells)).encode("utf-8", "replace")


def _xlsx(projects: Projects, _at: datetime, _site: str) -> Iterator[bytes]:
    empty = vocabulary().empty
    with TemporaryFile() as file:
        write_sheet(file, HEAD, (as_row(project, empty) for project in projects))
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _json(projects: Projects, _at: datetime, _site: str) -> Iterator[bytes]:
    yield from _listed("[\n", map(as_object, projects), "\n]\n")


def _jsonld(projects: Projects, _at: datetime, _site: str) -> Iterator[bytes]:
    head = f'{{"@context": "{CONTEXT}", "@graph": [\n'
    yield from _listed(head, map(as_linked, projects), "\n]}\n")


def _geojson(projects: Projects, _at: datetime, _site: str) -> Iterator[bytes]:
    head = '{"type": "FeatureCollection", "features": [\n'
    yield from _listed(head, map(as_feature, projects), "\n]}\n")


def _listed(
    head: str, objects: Iterable[Mapping[str, Any]], end: str
) -> Iterator[bytes]:
    yield head.encode()
    for number, one in enumerate(objects):
        yield (b",\n" if number else b"") + _dumped(one)
    yield end.encode()


def _dumped(one: Mapping[str, Any]) -> bytes:
    return json.dumps(one, ensure_ascii=False).encode("utf-8", "replace")


def _iati(projects: Projects, at: datetime, site: str) -> Iterator[bytes]:
    alpha2 = {country.iso3: country.iso2 for country in framework.countries()}
    yield from write_iati(
        (_outgoing(project, at) for project in projects),
        generated_at=at,
        alpha2=alpha2,
        vocabulary_uri=f"{site}/framework/",
    )


def _outgoing(project: OutgoingProject, at: datetime) -> Outgoing:
    name = project.organisation_name
    return Outgoing(
        identifier=f"{IDENTIFIER}{project.slug}",
        record=project.record,
        organisation=Organisation(
            name=LocalizedText.of(language_of_title(name), name)
            if name
            else LocalizedText(),
            stakeholder_group=project.stakeholder_group_id or "",
        ),
        known_on=(project.published_at or at).date(),
        updated_at=project.published_at,
        countries=(project.country_id,) if project.country_id else (),
        lines=tuple(project.codes("action_lines")),
        goals=tuple(project.codes("goals")),
        targets=tuple(project.codes("targets")),
    )


EXPORT_FORMATS = {
    one.name: one
    for one in (
        ExportFormat("csv", "text/csv; charset=utf-8", "csv", _csv),
        ExportFormat(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
            _xlsx,
        ),
        ExportFormat("json", "application/json", "json", _json),
        ExportFormat("jsonld", "application/ld+json", "jsonld", _jsonld),
        ExportFormat("geojson", "application/geo+json", "geojson", _geojson),
        ExportFormat("iati", "application/xml", "xml", _iati),
    )
}
"""By the name under which an address or a command asks for it."""


def one_as_file(project: OutgoingProject, format_: str) -> bytes:
    """Return one project as JSON or JSON-LD."""
    if format_ == "jsonld":
        return _dumped({"@context": CONTEXT, **as_linked(project)})
    return _dumped(as_object(project))
