"""
Spreadsheets (XLSX): read without trust, written so that nothing in them is computed.

A file is judged by its list of contents before anything is unpacked. Of formulas the
value is read that the program which saved the file left in the cell.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal

MOST_UNPACKED = 500_000_000
"""Bytes: 200,000 rows of thirty columns are half of that."""
MOST_RATIO = 200
"""How many times larger unpacked a part may be; written tables reach some twenty."""
MOST_PARTS = 2_000
_SMALL = 1_000_000
"""Bytes of a part below which its ratio does no harm."""
LONGEST_CELL = 32_767
"""Characters: what a cell of a spreadsheet holds."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Control characters, and others, that no cell may hold (XML 1.0)."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_HEAD = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)1:([A-Z]+)\d+"')


class NotASpreadsheet(Refusal):
    code = "spreadsheets.not_one"
    message = _("The file is not a spreadsheet (XLSX) that can be opened.")


class SpreadsheetLocked(Refusal):
    code = "spreadsheets.locked"
    message = _(
        "The spreadsheet is of an old kind (XLS) or has a password. Save it without "
        "one, as XLSX or CSV UTF-8."
    )


class SpreadsheetWithMacros(Refusal):
    code = "spreadsheets.macros"
    message = _("The spreadsheet carries programs (macros). Save it as XLSX without.")


class SpreadsheetTooLarge(Refusal):
    code = "spreadsheets.too_large"
    message = _(
        "The spreadsheet would unpack to more than it may: at most %(most)s MB, and no "
        "part more than %(ratio)s times its size."
    )


class HeadMerged(Refusal):
    code = "spreadsheets.head_merged"
    message = _(
        "Cells of the first row are merged, so it is not clear which column they name. "
        "Give every column a name of its own in the first row."
    )


def is_spreadsheet(head: bytes) -> bool:
    """Return whether a file that begins so is one, or was meant to be."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLD_OFFICE))


def rows_of_sheet(path: Path) -> Iterator[list[str]]:
    """
    Yield the rows of the first sheet, the head first, blank ones too.

    Raises
    ------
    NotASpreadsheet, SpreadsheetLocked, SpreadsheetWithMacros, SpreadsheetTooLarge,
    HeadMerged
    """
    _check(path)
    try:
        # Opened here: from a name openpyxl would conclude what the file is.
        with path.open("rb") as file:
            yield from _rows(file)
    except (
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        raise NotASpreadsheet from error


def _rows(file: IO[bytes]) -> Iterator[list[str]]:
    # Eleven megabytes, in every process: only where a spreadsheet is opened.
    from openpyxl import load_workbook  # noqa: PLC0415

    with warnings.catch_warnings():
        # About decorations that are not read.
        warnings.simplefilter("ignore")
        book: Any = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
    # Only the book knows which part that is: the names of parts tell no order.
    with book._archive.open(sheet._worksheet_path) as part:
        _check_head(part)
    # What a program wrote as the size of the sheet is not believed.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield _without_end([_text(value) for value in row])


def write_sheet(
    file: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """
    Write a table as a spreadsheet of one sheet, row by row.

    Texts that a program would compute are marked as `harmless_cell` says; longer ones
    than a cell holds are cut there.
    """
    # As above: only where a spreadsheet is written.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.writer.excel import save_workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(list(head))
    for row in rows:
        sheet.append([_storable(value) for value in row])
    save_workbook(book, file)


def harmless_cell(text: str) -> str:
    """
    Return a text as a cell from which no spreadsheet computes anything.

    One that begins like a formula gets an apostrophe before it; numbers stay numbers.
    """
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def without_quote(text: str) -> str:
    """Return what `harmless_cell` was given."""
    return text[1:] if _QUOTED.match(text) else text


def _check(path: Path) -> None:
    """Judge a file by its list of contents; nothing of it is unpacked."""
    with path.open("rb") as file:
        if file.read(len(_OLD_OFFICE)) == _OLD_OFFICE:
            raise SpreadsheetLocked
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise NotASpreadsheet
            if any(name.endswith("vbaProject.bin") for name in names):
                raise SpreadsheetWithMacros
            if any(part.flag_bits & 1 for part in parts):
                raise SpreadsheetLocked
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise NotASpreadsheet from error


def _check_sizes(parts: Sequence[zipfile.ZipInfo]) -> None:
    is_bomb = any(
        part.file_size > _SMALL
        and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    total = sum(part.file_size for part in parts)
    if is_bomb or total > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise SpreadsheetTooLarge(most=MOST_UNPACKED // 1_000_000, ratio=MOST_RATIO)


def _check_head(sheet: IO[bytes]) -> None:
    """Look for merged cells in the first row, named at the end of the sheet."""
    kept = b""
    while chunk := sheet.read(1 << 20):
        if any(one != last for one, last in _IN_HEAD.findall(kept + chunk)):
            raise HeadMerged
        kept = chunk[-200:]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return _number(value)
    return without_quote(str(value).strip())


def _number(value: float) -> str:
    """Return a number without an exponent, of the digits that a spreadsheet shows."""
    if value.is_integer():
        return f"{value:.0f}"
    return format(Decimal(f"{value:.15g}"), "f")


def _without_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _storable(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return harmless_cell(_UNSTORABLE.sub("", value))[:LONGEST_CELL]
