"""Files that people send: told by their content, looked through, refused in words."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from montada.djangokit import spreadsheets, table_files
from montada.djangokit.refusals import Refusal
from montada.djangokit.spreadsheets import (
    harmless_cell,
    rows_of_sheet,
    without_quote,
    write_sheet,
)
from montada.djangokit.table_files import table_file
from montada.djangokit.tables import (
    BEYOND,
    ColumnNameless,
    ColumnsTwice,
    TableMalformed,
    TableNotThere,
    TableUnreadable,
)

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(content: bytes | str, name: str = "file") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def a_workbook(*rows: tuple[Any, ...], merged: str = "") -> bytes:
    book, file = Workbook(), BytesIO()
    sheet = book.create_sheet(index=0)
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    file = BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return file.getvalue()


def swapped(content: bytes) -> bytes:
    """Return a workbook of two sheets with the second first; parts keep their names."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/workbook.xml":
                before, one, two = part.split(b"<sheet ")
                two, after = two.split(b"</sheets>")
                part = b"".join(
                    [before, b"<sheet ", two, b"<sheet ", one, b"</sheets>", after]
                )
            new.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_is_read_whatever_parts_its_columns(make: Make, sign: str) -> None:
    table = table_file(make(f"\ufefftitle{sign} country \nمدرسة{sign}EGY\n\nB{sign}\n"))

    assert (table.format, table.columns, table.n_rows) == (
        "csv",
        ("title", "country"),
        2,
    )
    # The head is row 1, and the blank row keeps its number.
    assert list(table.rows()) == [
        (2, {"title": "مدرسة", "country": "EGY"}),
        (4, {"title": "B", "country": ""}),
    ]


def test_a_spreadsheet_is_told_by_its_content_and_read_as_text(make: Make) -> None:
    # A spreadsheet knows no time zones.
    at = datetime(2025, 7, 9, 8, 30, tzinfo=UTC).replace(tzinfo=None)
    content = a_workbook(
        ("title", "start", "budget", "sure", "at", None),
        ("A", date(2025, 7, 9), 1.5e7, True, at, None),
        (None, None, None),
        ("=1+1", None, 0.25, False),
    )
    table = table_file(make(content, "really.csv"))

    assert table.columns == ("title", "start", "budget", "sure", "at")
    assert list(table.rows()) == [
        (
            2,
            {
                "title": "A",
                "start": "2025-07-09",
                "budget": "15000000",
                "sure": "true",
                "at": "2025-07-09T08:30:00",
            },
        ),
        # No program has computed the formula: there is no value to read.
        (
            4,
            {"title": "", "start": "", "budget": "0.25", "sure": "false", "at": ""},
        ),
    ]


def test_objects_of_json_become_rows(make: Make) -> None:
    table = table_file(
        make(
            '[{"title": {"en": "A", "ar": "أ"}, "goals": [4, 9], "budget": 1.10,'
            ' "record": {"status": "x"}, "none": null, "sure": true}]'
        )
    )

    assert list(table.rows()) == [
        (
            1,
            {
                "title[en]": "A",
                "title[ar]": "أ",
                "goals": "4|9",
                "budget": "1.10",
                "record": {"status": "x"},
                "none": "",
                "sure": "true",
            },
        )
    ]


def test_halves_of_characters_are_left_out_of_json_and_whole_ones_stay(
    make: Make,
) -> None:
    table = table_file(
        make(
            r'[{"id\udc00": "1\ud800", "title": {"en\ud800": "A\uD800b \ud83c\udf34"},'
            r' "goals": ["4\ud800", 9], "record": {"places": [{"name": "\udfff"}]}}]'
        )
    )

    assert (table.columns, list(table.rows())) == (
        ("id", "title[en]", "goals", "record"),
        [
            (
                1,
                {
                    "id": "1",
                    "title[en]": "Ab 🌴",
                    "goals": "4|9",
                    "record": {"places": [{"name": ""}]},
                },
            )
        ],
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", table_files.TableEmpty),
        (b"title\n", table_files.TableEmpty),
        (b"\n\n,\n", table_files.TableEmpty),
        ("title\nمدارس".encode("cp1256"), TableUnreadable),
        (b"%PDF-1.7 \xe2\xe3\xcf\xd3\n", TableUnreadable),
        (b"title,title\nA,B\n", ColumnsTwice),
        (b"title,,country\nA,,EGY\nB,x,EGY\n", ColumnNameless),
        (b'[{"title": "A", "": "x"}]', ColumnNameless),
        (b"title\n" + b"x" * 1_000_001, TableMalformed),
        (
            b",".join(b"c%d" % i for i in range(501)) + b"\n1\n",
            table_files.TableTooWide,
        ),
        (b"[]", table_files.TableEmpty),
        (b"[1, 2]", table_files.JsonNoTable),
        (b'{"a": 1}', table_files.JsonNoTable),
        (b'[{"a": NaN}]', table_files.JsonNotRead),
        (b"[" * 100_000, table_files.JsonNotRead),
        (b'[{"a": "\xff"}]', TableUnreadable),
        (b"PK\x03\x04 and no more", spreadsheets.NotASpreadsheet),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old or locked",
            spreadsheets.SpreadsheetLocked,
        ),
        (
            with_part(a_workbook(("title",), ("A",)), "xl/vbaProject.bin", b"x"),
            spreadsheets.SpreadsheetWithMacros,
        ),
        (
            with_part(
                a_workbook(("title",), ("A",)), "xl/media/bomb", b"0" * 9_000_000
            ),
            spreadsheets.SpreadsheetTooLarge,
        ),
        (
            a_workbook(("title", None), ("A", "B"), merged="A1:B1"),
            spreadsheets.HeadMerged,
        ),
    ],
)
def test_what_cannot_be_read_is_refused_whole(
    make: Make, content: bytes, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        table_file(make(content))

    assert str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableNotThere):
        table_file(tmp_path / "none.csv")


def test_merged_cells_below_the_head_do_no_harm(make: Make) -> None:
    table = table_file(make(a_workbook(("a", "b"), ("A", "B"), merged="A2:B2")))

    assert list(table.rows()) == [(2, {"a": "A", "b": ""})]


def test_more_rows_than_may_be_are_refused(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_files, "MOST_ROWS", 2)

    assert table_file(make("a\n1\n2\n")).n_rows == 2
    with pytest.raises(table_files.TableTooLong):
        table_file(make("a\n1\n2\n3\n"))


def test_nul_bytes_and_half_rows_are_cells_like_others(make: Make) -> None:
    table = table_file(make("a,b\n1\x002\n1,2,3\n"))

    assert list(table.rows()) == [
        (2, {"a": "1\x002", "b": ""}),
        (3, {"a": "1", "b": "2", BEYOND: "3"}),
    ]


def test_cells_beyond_the_last_column_of_a_sheet_are_kept_to_be_refused(
    make: Make,
) -> None:
    table = table_file(make(a_workbook(("a", None, None), ("A", None, "x"), ("B",))))

    assert list(table.rows()) == [(2, {"a": "A", BEYOND: "x"}), (3, {"a": "B"})]


def test_columns_without_names_do_no_harm_where_they_are_empty(make: Make) -> None:
    assert list(table_file(make("a,,b\nA,,B\n")).rows()) == [(2, {"a": "A", "b": "B"})]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.00001, "0.00001"),
        (-1234567.25, "-1234567.25"),
        (0.1 + 0.2, "0.3"),
        (-2.5e-7, "-0.00000025"),
    ],
)
def test_numbers_have_no_exponents(make: Make, number: float, written: str) -> None:
    table = table_file(make(a_workbook(("a",), (number,))))

    assert list(table.rows()) == [(2, {"a": written})]


@pytest.mark.parametrize("merged", [0, 1])
def test_the_head_is_that_of_the_first_sheet_whatever_its_part_is_called(
    make: Make, merged: int
) -> None:
    book, file = Workbook(), BytesIO()
    sheets = [book.active, book.create_sheet()]
    for sheet in sheets:
        assert isinstance(sheet, Worksheet)
        sheet.append(("a", None))
        sheet.append(("A", None))
    book.worksheets[merged].merge_cells("A1:B1")
    book.save(file)
    path = make(swapped(file.getvalue()))

    # What was the second sheet is the first now, in the part sheet2.xml.
    if merged == 0:
        assert list(rows_of_sheet(path)) == [["a"], ["A"]]
    else:
        with pytest.raises(spreadsheets.HeadMerged):
            list(rows_of_sheet(path))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-12.5", "-12.5"),
        ("- a dash", "'- a dash"),
        ("'=x", "''=x"),
        ("plain", "plain"),
    ],
)
def test_what_a_spreadsheet_would_compute_is_quoted(text: str, cell: str) -> None:
    assert harmless_cell(text) == cell
    assert without_quote(cell) == text


@given(st.text())
def test_quotes_are_taken_off_again(text: str) -> None:
    assert without_quote(harmless_cell(text)) == text


def test_a_written_sheet_reads_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "written.xlsx"
    with path.open("wb") as file:
        write_sheet(file, ["a", "b"], [["=HYPERLINK(1)", "نص\x00"], [5, ""]])

    assert list(rows_of_sheet(path)) == [["a", "b"], ["=HYPERLINK(1)", "نص"], ["5"]]
