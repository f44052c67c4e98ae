"""Published files: what is counted in them and how they stand to their schema."""

from __future__ import annotations

import csv
import gzip
import os
import subprocess
import sys
from io import BytesIO
from typing import NamedTuple

import pytest
from lxml import etree

from montada.stocktaking.adapters.iati_schemas import schema_errors
from montada.stocktaking.engine.iati.reading import IatiFile, open_iati
from montada.stocktaking.engine.iati.values import Activity, Finding, Skipped
from tests.stocktaking.iati import (
    FILES,
    SCHEMAS,
    a_file,
    an_activity,
    read,
    tables,
)

pytestmark = pytest.mark.skipif(
    not FILES.is_dir(), reason="the data beside the repository are absent"
)

ROOTS = {"iati-activities", "iati-activity"}


class Read(NamedTuple):
    opened: IatiFile
    activities: list[Activity | Skipped]


def listed() -> list[dict[str, str]]:
    if not FILES.is_dir():
        return []
    with (FILES / "files.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["root"] in ROOTS]


@pytest.fixture(scope="module")
def files() -> dict[str, Read]:
    found = {}
    for row in listed():
        with (FILES / row["file"]).open("rb") as file:
            opened = open_iati(file, tables())
            found[row["file"]] = Read(opened, [*opened.activities])
    return found


def test_activities_and_transactions_are_those_that_are_listed(
    files: dict[str, Read],
) -> None:
    counted = {
        name: (
            str(len(one.activities)),
            str(sum(activity.n_transactions for activity in one.activities)),
        )
        for name, one in files.items()
    }

    assert counted == {
        row["file"]: (row["activities"], row["transactions"]) for row in listed()
    }


def test_languages_that_files_write_are_read_as_ours(files: dict[str, Read]) -> None:
    unhcr = files["real/unhcr-2023.xml"].activities

    assert {
        language
        for one in unhcr
        if isinstance(one, Activity)
        for language in one.record.title.wordings
    } == {"ar", "en", "fr", "es", "zh", "ru"}


def test_only_what_has_no_identifier_or_title_is_skipped(
    files: dict[str, Read],
) -> None:
    skipped = {
        name: [it.reason.value for it in one.activities if isinstance(it, Skipped)]
        for name, one in files.items()
    }

    assert {name: reasons for name, reasons in skipped.items() if reasons} == {
        "edge_cases/budget-currencies.xml": ["no_title"],
        "malformed/iati-with-schema-errors.xml": ["no_identifier"],
    }


def test_a_file_without_a_version_is_read_and_said_to_have_none(
    files: dict[str, Read],
) -> None:
    without = {name for name, one in files.items() if not one.opened.version}

    assert without == {row["file"] for row in listed() if not row["version"]}
    assert all(
        [remark.finding for remark in files[name].opened.remarks]
        == [Finding.NO_VERSION]
        for name in without
    )


def test_the_schema_says_of_each_file_what_is_listed(files: dict[str, Read]) -> None:
    results = {}
    for name, one in files.items():
        with (FILES / name).open("rb") as file:
            report = schema_errors(file, one.opened.version, SCHEMAS)
        if report is None:
            results[name] = ""
        else:
            results[name] = "valid" if report.is_valid else f"{report.n_errors} errors"

    assert results == {row["file"]: row["xsd_result"] for row in listed()}


def test_an_error_of_the_schema_names_its_line() -> None:
    name = FILES / "malformed" / "iati-with-schema-errors.xml"
    with name.open("rb") as file:
        report = schema_errors(file, "2.03", SCHEMAS)

    assert report is not None
    [error] = report.errors
    # <activity-date type="" iso-date=""> stands in the 17th line and ends in the 18th.
    assert error.line == 18
    assert "iso-date" in error.words


def test_an_activity_alone_is_checked_as_it_stands() -> None:
    content = an_activity().replace("</iati-activity>", "<x/></iati-activity>")
    report = schema_errors(BytesIO(content.encode()), "2.03", SCHEMAS)

    assert report is not None
    assert report.n_errors == 1
    assert "x" in report.errors[0].words


@pytest.mark.parametrize("version", ["", "2.04", "../schemas/2.03", "1.01"])
def test_without_a_schema_of_that_version_nothing_is_said(version: str) -> None:
    content = a_file(an_activity()).encode()

    assert schema_errors(BytesIO(content), version, SCHEMAS) is None


@pytest.mark.parametrize(
    "odd", ["", "0", "-1", "NaN", "²", "٣", "9" * 400, "\u202e", "😀", "2020-02-30"]
)
def test_whatever_stands_in_an_activity_it_is_read_or_skipped(odd: str) -> None:
    example = FILES / "real" / "activity-standard-example-annotated.xml"
    tree = etree.parse(example)
    [whole] = tree.getroot().iterchildren("iati-activity")
    identifier = whole.find("iati-identifier")
    for element in whole.iter("*"):
        if element is identifier:
            continue
        for name in element.attrib:
            element.set(name, odd)
        element.text = odd if element.text and element.text.strip() else element.text

    [found] = read(etree.tostring(tree))

    assert (found.position, found.n_transactions) == (1, 1)


IN_ITS_OWN_PROCESS = """
import resource
from montada.stocktaking.engine.iati.reading import open_iati
from tests.stocktaking.iati import FILES, tables

def in_use():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

known, before, n_activities, n_transactions = tables(), in_use(), 0, 0
with (FILES / "merged-large-2.03.xml.gz").open("rb") as file:
    for one in open_iati(file, known).activities:
        n_activities += 1
        n_transactions += one.n_transactions
print(n_activities, n_transactions, in_use() - before)
"""


def test_sixteen_megabytes_are_read_in_the_memory_of_one_activity() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_ITS_OWN_PROCESS],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    n_activities, n_transactions, megabytes = map(int, done.stdout.split())

    content = gzip.decompress((FILES / "merged-large-2.03.xml.gz").read_bytes())
    assert n_activities == content.count(b"</iati-activity>")
    assert n_transactions == content.count(b"</transaction>")
    assert megabytes < 40
