"""
A project as it leaves the register: a row of a table, an object, a point on a map.

What a table or an object says is read back as the same record. Contacts are private and
never here; nor are numbers of people and files, which mean something only inside.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from montada.language.engine.text import (
    LANGUAGES,
    UNDETERMINED,
    LocalizedText,
    TextState,
)
from montada.stocktaking.engine.record import TEXTS, Place, ProjectRecord, TextName
from montada.stocktaking.engine.tables.cells import is_nothing, names
from montada.stocktaking.engine.tables.stored import without_local
from montada.stocktaking.engine.tables.values import AMOUNTS, REPLICATION
from montada.stocktaking.engine.tables.wordings import Wordings
from montada.stocktaking.engine.values import LabelAxis, LabelOf

_AXES: Mapping[str, LabelAxis] = {
    "action_lines": "action_line",
    "goals": "goal",
    "targets": "target",
    "objectives": "objective",
}

HEAD = (
    "identifier",
    "url",
    "language",
    *(
        column
        for name in TEXTS
        for column in (name, *(f"{name}[{tag}]" for tag in LANGUAGES))
    ),
    "organisation",
    "country",
    "stakeholder_group",
    *_AXES,
    "entry_type",
    "status",
    "coverage",
    "beneficiaries",
    "starts_on",
    "ends_on",
    "first_year",
    "year",
    "website",
    *AMOUNTS,
    "currency",
    "donors",
    "partners",
    "places",
    "evidence",
    *REPLICATION,
    "texts",
    "system",
    "system_identifier",
    "source_url",
    "published_at",
    "visibility",
)
"""Columns of the table, named as an import knows them."""


@dataclass(frozen=True, slots=True)
class OutgoingProject:
    """One public project, with all that is told of it outside."""

    slug: str
    record: ProjectRecord
    url: str = ""
    """Its page, whatever the reader's language."""
    organisation_name: str = ""
    country_id: str | None = None
    stakeholder_group_id: str | None = None
    labels: tuple[LabelOf, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    known_as: tuple[str, str] = ("", "")
    """System and identifier of the first source that knows it under a number."""
    source_url: str = ""
    published_at: datetime | None = None
    visibility: str = ""
    country_point: tuple[float, float] | None = None
    """Latitude and longitude of the middle of its country."""

    def codes(self, field: str) -> list[str]:
        axis = _AXES[field]
        return [label.code for label in self.labels if label.axis == axis]


def as_row(project: OutgoingProject, empty: frozenset[str]) -> list[str]:
    """
    Return a project as the cells under `HEAD`.

    `empty` are the words that an import takes for nothing: a text of them is kept safe.
    """
    record = project.record
    cells = {
        **_known(project),
        **_texts(record, empty),
        "language": _told_language(record),
        "entry_type": record.entry_type,
        "status": record.status,
        "coverage": record.coverage,
        "beneficiaries": "|".join(record.beneficiaries),
        "starts_on": _written(record.starts_on),
        "ends_on": _written(record.ends_on),
        "website": record.website,
        **_money(record),
        "partners": _partners(record),
        "places": _places(record.places),
        "evidence": _json(_stored(record).get("evidence")),
    }
    for name in REPLICATION:
        cells[name] = getattr(record.replication, name.partition(".")[2])
    return [cells.get(column, "") for column in HEAD]


def as_object(project: OutgoingProject) -> dict[str, Any]:
    """Return a project as an object whose `record` is the whole record."""
    known: dict[str, Any] = dict(_known(project))
    known |= {field: project.codes(field) for field in _AXES}
    known |= {"first_year": project.first_year, "year": project.last_year}
    known["labels"] = [
        {"axis": label.axis, "code": label.code, "source": label.source}
        for label in project.labels
    ]
    return {**known, "record": _stored(project.record)}


def _known(project: OutgoingProject) -> dict[str, str]:
    return {
        "identifier": project.slug,
        "url": project.url,
        "organisation": written_names(filter(None, [project.organisation_name])),
        "country": project.country_id or "",
        "stakeholder_group": project.stakeholder_group_id or "",
        **{field: "|".join(project.codes(field)) for field in _AXES},
        "first_year": _written(project.first_year),
        "year": _written(project.last_year),
        "system": project.known_as[0],
        "system_identifier": project.known_as[1],
        "source_url": project.source_url,
        "published_at": (
            project.published_at.isoformat() if project.published_at else ""
        ),
        "visibility": project.visibility,
    }


def _told_language(record: ProjectRecord) -> str:
    """Return the author's language, if it is one that a table may name."""
    is_told = record.written_in in (*LANGUAGES, UNDETERMINED)
    return record.written_in if is_told else ""


def _texts(record: ProjectRecord, empty: frozenset[str]) -> dict[str, str]:
    """Return columns of words; as JSON beside them what they alone cannot say."""
    cells: dict[str, str] = {}
    rest: dict[str, Any] = {}
    for name in TEXTS:
        text = record.text(name)
        if not text:
            continue
        told = _wordings(text, record.written_in)
        cells |= {f"{name}[{tag}]" if tag else name: w for tag, w in told.items()}
        is_safe = not any(is_nothing(words, empty) for words in told.values())
        if not is_safe or _read_back(name, told, _told_language(record)) != text:
            rest[name] = text.as_json()
    return cells | {"texts": _json(without_local(rest))}


def _wordings(text: LocalizedText, language: str) -> dict[str, str]:
    """Return approved words by the language of the column, "" for the author's."""
    return {
        "" if tag == language else tag: wording.text
        for tag, wording in text.wordings.items()
        if (tag == language or tag in LANGUAGES) and wording.state == TextState.APPROVED
    }


def _read_back(name: TextName, told: Mapping[str, str], language: str) -> LocalizedText:
    reading = Wordings(language=language)
    # In the order of the columns, as an import meets them.
    for tag in ("", *LANGUAGES):
        if tag in told:
            reading.add(name, tag, told[tag])
    return reading.text(name)


def _money(record: ProjectRecord) -> dict[str, str]:
    money = record.money
    amounts = {name: getattr(money, name) for name in AMOUNTS}
    return {
        **{name: _amount(value) for name, value in amounts.items()},
        "currency": money.currency,
        "donors": written_names(money.donors),
    }


def _amount(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _partners(record: ProjectRecord) -> str:
    if any(partner.role or partner.country_id for partner in record.partners):
        return _json(_stored(record)["partners"])
    return written_names(partner.name for partner in record.partners)


def _places(places: Sequence[Place]) -> str:
    if all(place == Place(country_id=place.country_id) for place in places):
        return "|".join(place.country_id or "" for place in places)
    return _json(_stored(ProjectRecord(places=tuple(places)))["places"])


def written_names(given: Iterable[str]) -> str:
    """Return names in one cell, from which `cells.names` reads the same."""
    told = list(given)
    plain = "|".join(told)
    return plain if names(plain) == told else _json(told)


def _stored(record: ProjectRecord) -> dict[str, Any]:
    stored: dict[str, Any] = without_local(record.as_json())
    return stored


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


def _written(value: object) -> str:
    return "" if value is None else str(value)
