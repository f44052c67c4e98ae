"""
The official schemas, where an operator has put them beside the installation.

The folder has one folder for each version ("2.03"), each with the standard's
`iati-activities-schema.xsd` and the files it includes. Activities are checked one at a
time, so memory stays that of one activity; the root is checked with the first of them.
"""

from __future__ import annotations

from copy import copy, deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from lxml import etree

from montada.stocktaking.engine.iati.codes import VERSIONS
from montada.stocktaking.engine.iati.prolog import inspected
from montada.stocktaking.engine.iati.reading import activity_elements
from montada.stocktaking.engine.iati.unpacking import LIMITS, Limits, unpacked

NAME = "iati-activities-schema.xsd"
KEPT = 100
"""Errors that are kept in words; all are counted."""


@dataclass(frozen=True, slots=True)
class SchemaError:
    line: int
    words: str
    """The parser's own, in English."""


@dataclass(frozen=True, slots=True)
class SchemaReport:
    n_errors: int
    errors: tuple[SchemaError, ...]

    @property
    def is_valid(self) -> bool:
        return not self.n_errors


def schema_errors(
    file: BinaryIO, version: str, folder: Path, limits: Limits = LIMITS
) -> SchemaReport | None:
    """
    Return what the schema of `version` says of a file, plain or gzip.

    `None` where there is no schema to ask: no such version, or not in the folder.

    Raises
    ------
    NotIati
        As reading does: a file that is refused is not checked.
    """
    path = folder / version / NAME
    if version not in VERSIONS or not path.is_file():
        return None
    schema = etree.XMLSchema(file=str(path))
    pieces = unpacked(file, limits)
    elements = activity_elements(inspected(pieces), pieces, limits)
    n_errors, kept = 0, list[SchemaError]()
    for position, element in enumerate(elements):
        schema.validate(_in_its_root(element) if position == 0 else element)
        errors = [*cast("Any", schema.error_log)]
        n_errors += len(errors)
        kept += [SchemaError(e.line, e.message) for e in errors[: KEPT - len(kept)]]
    return SchemaReport(n_errors, tuple(kept))


def _in_its_root(first: etree._Element) -> etree._Element:
    """Return the file as if it ended after its first activity."""
    root = first.getparent()
    if root is None:
        return first
    alone = copy(root)
    del alone[:]
    alone.append(deepcopy(first))
    return alone
