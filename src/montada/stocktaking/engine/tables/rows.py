"""
One row of a table, read: the project that it tells of, or what is wrong in which cell.

Nothing is guessed. An empty cell says nothing; a cell that says something impossible
refuses the row, and the note names the column, what stands there and what may.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.engine.rules import Limits, problems_of
from montada.stocktaking.engine.tables import cells as read
from montada.stocktaking.engine.tables.reading import Reading
from montada.stocktaking.engine.tables.values import (
    AMOUNTS,
    CHOICES,
    Mapped,
    Note,
    ReadRow,
    Vocabulary,
    parts_of,
)
from montada.stocktaking.engine.values import IncomingProject

_FIRST = ("record", "language", "currency")
"""Fields that others lean on."""
_PART_OF = {"money": AMOUNTS, "places": ("latitude", "longitude")}
"""Fields of which a rule speaks as one part."""


def read_row(
    number: int,
    cells: Mapping[str, Any],
    mapping: Mapped,
    vocabulary: Vocabulary,
    system: str,
) -> ReadRow:
    """Return what a row says; `system` is whose identifiers the table carries."""
    reading = Reading(vocabulary)
    for column, name in sorted(mapping.items(), key=_order):
        value = column[1:] if column.startswith("=") else cells.get(column, "")
        if name and value not in ("", None):
            reading.take(column, name, value)
    record = reading.record()
    if not record.title and not record.summary and not reading.faults:
        return ReadRow(number, skipped=Note("nothing_to_register"), cells=cells)
    _check(reading, record)
    identifier = reading.plain.get("identifier", "")
    if reading.faults:
        return ReadRow(
            number, identifier, faults=tuple(reading.faults), cells=dict(cells)
        )
    elsewhere = reading.plain.get("system", ""), reading.plain.get("system_identifier")
    own = system, identifier or _digest(cells, mapping)
    known_as = elsewhere if all(elsewhere) else own
    incoming = IncomingProject(
        system=str(known_as[0]),
        record=record,
        identifier=str(known_as[1]),
        organisation_name=reading.plain.get("organisation", ""),
        country_id=reading.country_id,
        stakeholder_group_id=reading.plain.get("stakeholder_group"),
        labels=tuple(reading.labels),
        year=reading.year,
        source_url=reading.plain.get("source_url", ""),
    )
    return ReadRow(number, identifier, incoming, remarks=tuple(reading.remarks))


def _order(pair: tuple[str, str]) -> int:
    base = parts_of(pair[1])[0]
    return _FIRST.index(base) if base in _FIRST else len(_FIRST)


def _digest(cells: Mapping[str, Any], mapping: Mapped) -> str:
    """Return a name for a row that has none: the same row has the same."""
    said = {name: cells.get(name, "") for name in sorted(mapping) if mapping[name]}
    words = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return "row " + hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]


def _check(reading: Reading, record: ProjectRecord) -> None:
    """Add what the register's own rules say against the record as a whole."""
    if not record.title and not reading.faults:
        reading.faults.append(Note("no_title", reading.column_of.get("title", "")))
    _check_codes(reading, record)
    faulty = {fault.column for fault in reading.faults}
    for problem in problems_of(record, Limits()):
        fields = (*_PART_OF.get(problem.part, ()), problem.part, "record", "texts")
        columns = [reading.column_of[f] for f in fields if f in reading.column_of]
        # Of a part whose cell could not be read nothing more is known.
        if problem.is_needed_to_send or not faulty.isdisjoint(columns):
            continue
        note = Note(problem.code, (*columns, "")[0], problem.details)
        # A record tells its languages itself; a doubt about one loses no words.
        is_doubt = problem.code == "wrong_direction"
        (reading.remarks if is_doubt else reading.faults).append(note)
    reading.remarks += reading.wordings.remarks


def _check_codes(reading: Reading, record: ProjectRecord) -> None:
    """Refuse codes that a record written elsewhere has and the forum has not."""
    told = [(name, getattr(record, name)) for name in CHOICES]
    told += [("beneficiaries", code) for code in record.beneficiaries]
    told += [("places", place.country_id) for place in record.places]
    told += [("partners", partner.country_id) for partner in record.partners]
    for name, code in told:
        known = reading.vocabulary.values.get(name, reading.vocabulary.countries)
        if code and known.get(read.key(code)) != code:
            column = reading.column_of.get(name) or reading.column_of.get("record", "")
            details = {"where": name, "why": read.shown(code)}
            reading.faults.append(Note("no_record", column, details))
