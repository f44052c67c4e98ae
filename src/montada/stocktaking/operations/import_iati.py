"""Activities of IATI as rows of an import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from montada.framework import queries as framework
from montada.language.engine.folding import folded
from montada.stocktaking.adapters.iati_sectors import sectors
from montada.stocktaking.choices import LinkSource
from montada.stocktaking.engine.harmless import harmless_name
from montada.stocktaking.engine.iati.prolog import inspected
from montada.stocktaking.engine.iati.reading import activity_elements, open_iati
from montada.stocktaking.engine.iati.unpacking import LIMITS, unpacked
from montada.stocktaking.engine.iati.values import (
    Activity,
    Derived,
    Labels,
    Skipped,
    Tables,
)
from montada.stocktaking.engine.tables.values import Note, ReadRow
from montada.stocktaking.engine.values import IncomingProject, LabelAxis, LabelOf
from montada.stocktaking.queries import known_targets

SYSTEM = "iati"


def n_activities(file: BinaryIO) -> int:
    """
    Return how many activities a file has, once all of it was seen to be well formed.

    Raises
    ------
    montada.stocktaking.engine.iati.values.NotIati
    """
    pieces = unpacked(file, LIMITS)
    return sum(1 for _ in activity_elements(inspected(pieces), pieces, LIMITS))


def rows_of(file: BinaryIO, start: int) -> Iterator[ReadRow]:
    """Yield the activities of a file from the one at `start` (from 0) on."""
    known = tables()
    opened = open_iati(file, known)
    file_remarks = [_note(r.finding, r.value, r.n_times) for r in opened.remarks]
    for told in islice(opened.activities, start, None):
        if isinstance(told, Skipped):
            yield ReadRow(
                told.position,
                told.identifier,
                skipped=_note(told.reason, told.value),
                n_transactions=told.n_transactions,
            )
            continue
        remarks = [_note(r.finding, r.value, r.n_times) for r in told.remarks]
        yield ReadRow(
            told.position,
            told.identifier,
            _incoming(told, known),
            remarks=(*(file_remarks if told.position == 1 else ()), *remarks),
            n_transactions=told.n_transactions,
        )


def tables() -> Tables:
    """Return what reading IATI needs of the framework. Two queries."""
    return Tables(
        countries={one.iso2: one.iso3 for one in framework.countries()},
        lines=frozenset(line.code for line in framework.action_lines()),
        targets=frozenset(known_targets()),
        sectors=sectors(),
    )


def _note(code: str, value: str, n_times: int = 1) -> Note:
    return Note(f"iati.{code}", details={"value": value, "n": n_times})


def _incoming(told: Activity, known: Tables) -> IncomingProject:
    countries = {known.countries.get(share.code) for share in told.countries}
    name = harmless_name(str(told.organisation.name))
    return IncomingProject(
        system=SYSTEM,
        identifier=told.identifier,
        record=told.record,
        organisation_name=name if folded(name) else "",
        country_id=countries.pop() if len(countries) == 1 else None,
        stakeholder_group_id=told.organisation.stakeholder_group or None,
        labels=tuple(_labels(told.labels)),
    )


def _labels(found: Labels) -> Iterator[LabelOf]:
    axes: tuple[tuple[LabelAxis, Iterable[Derived]], ...] = (
        ("action_line", found.lines),
        ("goal", found.goals),
        ("target", found.targets),
    )
    for axis, labels in axes:
        for label in labels:
            is_derived = label.because == "sector"
            source = LinkSource.DERIVED if is_derived else LinkSource.STATED
            yield LabelOf(axis, label.code, source.value, words=label.codes)
