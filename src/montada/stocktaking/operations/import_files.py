"""Files on their way in: looked through first, then read row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.djangokit.table_files import TableFile, table_file
from montada.djangokit.tables import BEYOND, LONGEST_SHOWN, TableNotThere
from montada.stocktaking import queries
from montada.stocktaking.engine.iati.values import NotIati
from montada.stocktaking.engine.tables.columns import Recognised, recognise
from montada.stocktaking.engine.tables.rows import read_row
from montada.stocktaking.engine.tables.values import (
    Mapped,
    Note,
    ReadRow,
    parts_of,
)
from montada.stocktaking.operations import import_iati

IATI = "iati"


class IatiRefused(Refusal):
    """As `engine.iati.values.NotIati` says; the sentence is chosen by its code."""

    code = "stocktaking.not_iati"
    message: ClassVar[str | Promise] = _("The file is not taken: %(why)s.")

    def __str__(self) -> str:
        return queries.sentence_of_refused(str(self.details["why"]), self.details)


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file that was looked through: every row of it can be read."""

    path: Path
    format: str
    n_rows: int
    table: TableFile | None = None
    """Of anything but IATI."""

    @property
    def columns(self) -> tuple[str, ...]:
        return self.table.columns if self.table else ()

    def recognised(self) -> Recognised:
        if not self.columns:
            # How columns are called in six languages takes 10 MB of memory.
            return Recognised({}, {})
        return recognise(self.columns, queries.heads())

    def rows(self, mapping: Mapped, system: str, start: int = 0) -> Iterator[ReadRow]:
        """
        Yield the rows from the one at `start` on, which is counted from 0.

        A row whose identifier an earlier row has is skipped, and says which.
        """
        if self.table is None:
            with self.path.open("rb") as file:
                yield from import_iati.rows_of(file, start)
            return
        yield from _rows_of(self.table, mapping, system, start)


def import_file(path: Path) -> ImportFile:
    """
    Look a file through; its content, not its name, tells of what kind it is.

    Raises
    ------
    IatiRefused
    montada.djangokit.table_files.TableEmpty and all refusals of tables
    """
    if not _is_xml(path):
        table = table_file(path)
        return ImportFile(path, table.format, table.n_rows, table)
    try:
        with path.open("rb") as file:
            return ImportFile(path, IATI, import_iati.n_activities(file))
    except NotIati as refused:
        raise IatiRefused(why=refused.code.value, **refused.details) from None


def _is_xml(path: Path) -> bool:
    """Return whether a file is XML or gzip, of which only IATI is taken."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise TableNotThere(path=path, why=error.strerror or error) from None
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"\x1f\x8b") or start.startswith(b"<")


def _rows_of(
    table: TableFile, mapping: Mapped, system: str, start: int
) -> Iterator[ReadRow]:
    vocabulary = queries.vocabulary()
    named = [c for c, field in mapping.items() if parts_of(field)[0] == "identifier"]
    first_with: dict[Any, int] = {}
    for place, (number, cells) in enumerate(table.rows()):
        beyond = cells.pop(BEYOND, "")[:LONGEST_SHOWN]
        identifier = cells.get(named[0], "") if named else ""
        first = first_with.setdefault(identifier, number) if identifier else number
        if place < start:
            continue
        if first != number:
            twin = Note("same_identifier", named[0], {"row": first})
            yield ReadRow(number, str(identifier), skipped=twin)
            continue
        row = read_row(number, cells, mapping, vocabulary, system)
        if beyond:
            fault = Note("cells_beyond", details={"value": beyond})
            faults = (fault, *row.faults)
            row = ReadRow(number, row.identifier, faults=faults, cells=dict(cells))
        yield row
