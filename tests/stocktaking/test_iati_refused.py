"""Files that are refused whole, each with a word of its own."""

from __future__ import annotations

import gzip
import zipfile
from io import BytesIO

import pytest

from montada.stocktaking.engine.iati.reading import open_iati
from montada.stocktaking.engine.iati.unpacking import Limits
from montada.stocktaking.engine.iati.values import NotIati, Refused, Skipped
from tests.stocktaking.iati import a_file, an_activity, read, tables

GOOD = a_file(an_activity()).encode()
IDENTIFIERS = ["A-1"]


def a_workbook() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as book:
        # With a date of its own, the name of a test would be another every second.
        book.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")
    return content.getvalue()


def packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def titled(title: str) -> bytes:
    return a_file(an_activity().replace("Title", title)).encode()


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<iati-activities version="&b;"/>'
)
PARAMETER = (
    '<!DOCTYPE a [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><iati-activities/>'
)
OUTSIDE = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><iati-activities/>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Refused.EMPTY),
        (packed(b""), Refused.EMPTY),
        (b" \n ", Refused.NOT_XML),
        (b'{"iati-activities": []}', Refused.NOT_XML),
        (b"\xd0\xcf\x11\xe0 an old workbook", Refused.NOT_XML),
        (a_workbook(), Refused.SPREADSHEET),
        (b"PK\x03\x04 anything else", Refused.ARCHIVE),
        (packed(GOOD)[:-12], Refused.BROKEN_ARCHIVE),
        (packed(GOOD) + b"more", Refused.BROKEN_ARCHIVE),
        (packed(titled(" " * 9_000_000)), Refused.BOMB),
        (LAUGHS.encode(), Refused.ENTITIES),
        (PARAMETER.encode(), Refused.ENTITIES),
        (OUTSIDE.encode(), Refused.EXTERNAL),
        (b'<?xml version="1.0" encoding="utf-7"?>' + GOOD, Refused.ENCODING),
        (b'<?xml version="1.0"?>\n', Refused.NOT_WELL_FORMED),
        (titled("&unknown;"), Refused.NOT_WELL_FORMED),
        (titled("\0"), Refused.NOT_WELL_FORMED),
        (titled("<b>"), Refused.NOT_WELL_FORMED),
        (titled("<un:bound/>"), Refused.NOT_WELL_FORMED),
        (GOOD[:-5], Refused.NOT_WELL_FORMED),
        (b"<!--" + b"x" * 1_200_000 + b"-->" + GOOD, Refused.VALUE_TOO_LARGE),
        (titled("x" * 11_000_000), Refused.VALUE_TOO_LARGE),
        (titled("<b>" * 300 + "</b>" * 300), Refused.VALUE_TOO_LARGE),
        (GOOD.replace(b"2.03", b"2" * 1_200_000), Refused.VALUE_TOO_LARGE),
        (b"<iati-organisations/>", Refused.ORGANISATION_FILE),
        (b"<!DOCTYPE html><html><p>Hello</p></html>", Refused.NOT_IATI),
        (b"<page>" + b"<p/>" * 20_000 + b"</page>", Refused.NOT_IATI),
        (b"<page>" + b"<p/>" * 20_000 + b"</pages>", Refused.NOT_WELL_FORMED),
        (b'<iati-activities xmlns="urn:other"/>', Refused.NOT_IATI),
    ],
)
def test_a_file_that_is_not_safe_or_not_iati_is_refused(
    content: bytes, code: Refused
) -> None:
    with pytest.raises(NotIati) as refusal:
        read(content)

    assert refusal.value.code == code


def test_what_is_not_well_formed_is_shown_where_it_breaks() -> None:
    with pytest.raises(NotIati) as refusal:
        read("<level0>\n <level1>\n </level2>\n</level0>")

    # Columns count from 1: the name of the closing tag begins in the fourth.
    assert refusal.value.details["line"] == 3
    assert refusal.value.details["column"] == 4


def test_another_root_is_named() -> None:
    with pytest.raises(NotIati) as refusal:
        read("<tag/>")

    assert refusal.value.details == {"root": "tag"}


def test_a_file_may_break_after_activities_have_come() -> None:
    # 300 activities fill more than the piece that is looked at first.
    many = a_file(*(an_activity(identifier=f"A-{n}") for n in range(600)))
    opened = open_iati(BytesIO(many[:-40].encode()), tables())

    assert next(opened.activities).position == 1
    with pytest.raises(NotIati):
        list(opened.activities)


def test_no_more_is_read_than_is_agreed() -> None:
    opened = open_iati(BytesIO(packed(GOOD)), tables(), Limits(n_bytes=len(GOOD)))
    assert len(list(opened.activities)) == 1

    with pytest.raises(NotIati) as refusal:
        open_iati(BytesIO(GOOD), tables(), Limits(n_bytes=len(GOOD) - 1))

    assert refusal.value.code == Refused.TOO_LARGE


@pytest.mark.parametrize("inside", ["<b/>", "<b a='' c=''/>", "<iati-activity/>"])
def test_one_activity_cannot_fill_the_memory(inside: str) -> None:
    content = titled(inside * 20_000)

    with pytest.raises(NotIati) as refusal:
        list(
            open_iati(
                BytesIO(content), tables(), Limits(n_activity_parts=10_000)
            ).activities
        )

    assert refusal.value.code == Refused.ACTIVITY_TOO_LARGE


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        b"\xef\xbb\xbf" + GOOD,
        GOOD.decode().encode("utf-16"),
        b"<!DOCTYPE iati-activities><!-- a remark --><?a program?>" + GOOD,
        packed(GOOD),
        packed(GOOD[:60]) + packed(GOOD[60:]) + b"\0" * 512,
        an_activity().encode(),
        b'<?xml version="1.0" encoding="windows-1256"?>' + GOOD,
        GOOD.replace(b"\n", b"\r\n"),
    ],
)
def test_other_spellings_of_a_good_file_are_read(content: bytes) -> None:
    assert [one.identifier for one in read(content)] == IDENTIFIERS


@pytest.mark.parametrize(
    ("attributes", "version", "remarks"),
    [
        ('version="2.03"', "2.03", []),
        ('Version="v2.02"', "2.02", []),
        ('version=" 1.0 "', "1.0", []),
        ("", "", ["no_version"]),
        ('version="3.00"', "", ["unknown_version"]),
    ],
)
def test_a_version_is_read_however_it_is_written(
    attributes: str, version: str, remarks: list[str]
) -> None:
    content = a_file(an_activity(), attributes=attributes).encode()
    opened = open_iati(BytesIO(content), tables())

    assert opened.version == version
    assert [remark.finding.value for remark in opened.remarks] == remarks
    assert len(list(opened.activities)) == 1


def test_each_activity_that_is_skipped_says_why() -> None:
    found = read(
        a_file(
            an_activity(identifier="A-1"),
            an_activity(identifier=" "),
            an_activity(identifier="A-1"),
            an_activity(identifier="A" * 201),
            an_activity(identifier="A-2").replace("Title", " &#x200b; "),
            an_activity("<transaction/><transaction/>", identifier=""),
        )
    )

    assert [
        (one.position, one.reason.value, one.value, one.n_transactions)
        for one in found
        if isinstance(one, Skipped)
    ] == [
        (2, "no_identifier", "", 0),
        (3, "duplicate_identifier", "1", 0),
        (4, "long_identifier", "200", 0),
        (5, "no_title", "", 0),
        (6, "no_identifier", "", 2),
    ]


def test_lines_are_those_of_the_file() -> None:
    # libxml2 used to stop counting at 65,535.
    content = a_file("\n" * 70_000, an_activity(), "\n", an_activity(identifier="A-2"))

    assert [one.line for one in read(content)] == [70_001, 70_002]
