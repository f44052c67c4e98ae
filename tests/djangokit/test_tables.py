"""Bad tables are normal input: each fault has its own sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from montada.djangokit.tables import (
    LONGEST_FIELD,
    CellsBeyond,
    ColumnNameless,
    ColumnsMissing,
    ColumnsTwice,
    ImportReport,
    TableMalformed,
    TableNotThere,
    TableUnreadable,
    numbered,
    rows_of,
    rows_of_bytes,
)


def test_a_byte_order_mark_and_blanks_around_values_are_ignored() -> None:
    content = "\ufeffyear, title \n 2025 ,  «مدارس» \n".encode()

    assert rows_of_bytes(content, ["year", "title"]) == [
        {"year": "2025", "title": "«مدارس»"}
    ]


def test_another_encoding_is_refused_with_the_byte_where_it_shows() -> None:
    with pytest.raises(TableUnreadable) as refused:
        rows_of_bytes("title\nمدارس".encode("cp1256"), ["title"])

    assert refused.value.details == {"byte": 6}
    assert "CSV UTF-8" in str(refused.value)


def test_missing_columns_are_named_with_those_that_are_there() -> None:
    with pytest.raises(ColumnsMissing) as refused:
        rows_of_bytes(b"year,titel\n2025,x\n", ["year", "title", "country"])

    assert str(refused.value) == (
        "These columns are missing: title, country. The file has these: year, titel."
    )


def test_an_empty_file_has_no_columns() -> None:
    with pytest.raises(ColumnsMissing):
        rows_of_bytes(b"", ["title"])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableNotThere, match="cannot be read"):
        rows_of(tmp_path / "none.csv", ["title"])


def test_short_rows_and_blank_cells_beyond_the_last_column_are_fine() -> None:
    rows = rows_of_bytes(b"a,b, ,\n1\n1,2, ,,\n", ["a", "b"])

    assert list(numbered(rows)) == [
        (2, {"a": "1", "b": ""}),
        (3, {"a": "1", "b": "2"}),
    ]


def test_cells_beyond_the_last_column_refuse_their_row() -> None:
    rows = rows_of_bytes(b"a,b,\n1,2\n,,3\n1,1, 250,,000\n3,4\n", ["a", "b"])
    report = ImportReport()

    assert [number for number, _row in numbered(rows, report)] == [2, 5]
    assert [(n.row, n.status, n.field) for n in report.rows] == [
        (3, "refused", ""),
        (4, "refused", ""),
    ]
    assert report.rows[1].reason == (
        "“250 | 000” stands beyond the last column: the row has more cells than there "
        "are columns. If a comma belongs to a value, put the value in quotation marks, "
        'as in "1,250,000"; else give the column a name, or empty these cells.'
    )


def test_without_a_report_cells_beyond_the_last_column_refuse_the_file() -> None:
    with pytest.raises(CellsBeyond, match="Row 2: “2” stands beyond"):
        list(numbered(rows_of_bytes(b"a\n1,2\n", ["a"])))


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_quotation_mark_that_none_closes_takes_no_rows(end: str) -> None:
    text = 'a,b\n1,"two\nlines"\n2,"open\n3,gone\n4,gone'
    assert rows_of_bytes(text.split("2,", maxsplit=1)[0].encode(), ["a"]) == [
        {"a": "1", "b": "two\nlines"}
    ]

    with pytest.raises(TableMalformed) as refused:
        rows_of_bytes(f"{text}{end}".encode(), ["a"])

    assert str(refused.value).startswith("Row 3 cannot be read as CSV: a quotation")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_whatever_parts_the_columns_is_found_out(sign: str) -> None:
    content = sign.join(["a", "b"]) + "\n" + sign.join(["1", "2"])

    assert rows_of_bytes(content.encode(), ["a", "b"]) == [{"a": "1", "b": "2"}]


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(ColumnsTwice) as refused:
        rows_of_bytes(b"a,b, a \n1,2,3\n", ["a"])

    assert refused.value.details == {"names": "a"}


def test_a_column_without_a_name_may_only_be_empty() -> None:
    assert rows_of_bytes(b"a,,b\n1,,2\n", ["a"]) == [{"a": "1", "b": "2"}]

    with pytest.raises(ColumnNameless) as refused:
        rows_of_bytes(b"a,,b\n1,,2\n1,x,2\n", ["a"])

    assert str(refused.value) == (
        "Column 2 has no name, and row 3 has “x” in it. Name the column, or empty it."
    )


def test_blank_rows_keep_their_number_and_the_last_ones_are_nothing() -> None:
    rows = rows_of_bytes(b"a,b\n1,2\n,\n3,4\n\n,\n", ["a", "b"])

    assert rows == [{"a": "1", "b": "2"}, {"a": "", "b": ""}, {"a": "3", "b": "4"}]


def test_a_long_description_is_read_and_an_endless_one_is_refused() -> None:
    long = "x" * 200_000
    assert rows_of_bytes(f"a\n{long}\n".encode(), ["a"]) == [{"a": long}]

    with pytest.raises(TableMalformed, match="Row 2"):
        rows_of_bytes(b"a\n" + b"x" * (LONGEST_FIELD + 1), ["a"])


def test_a_report_for_programs_has_every_status() -> None:
    report = ImportReport()
    report.note(2, "refused", "year", "No number.")

    assert report.as_json() == {
        "format": "csv",
        "read": 1,
        "accepted": 0,
        "changed": 0,
        "unchanged": 0,
        "skipped": 0,
        "refused": 1,
        "rows": [
            {"row": 2, "status": "refused", "field": "year", "reason": "No number."}
        ],
    }


def test_a_report_counts_every_row_and_keeps_what_was_said() -> None:
    report = ImportReport()
    report.note(2, "accepted")
    report.note(3, "refused", "country", "There is no country XYZ.")
    report.remark(2, "title", "No title: taken without one.")

    assert (report.read, report.n_refused) == (2, 1)
    assert list(report.lines()) == [
        "row 3: refused: country: There is no country XYZ.",
        "row 2: accepted: title: No title: taken without one.",
        "2 rows read: 1 accepted, 1 refused",
    ]
