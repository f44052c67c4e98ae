"""What leaves the register: read back it says the same, and nothing private goes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from montada.djangokit.table_files import table_file
from montada.language.engine.harmless import harmless_text
from montada.language.engine.text import (
    LANGUAGES,
    LocalizedText,
    TextState,
    Wording,
)
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import (
    TEXTS,
    Evidence,
    Money,
    Partner,
    Place,
    ProjectRecord,
    Replication,
)
from montada.stocktaking.engine.tables.columns import recognise
from montada.stocktaking.engine.tables.linked import as_feature, as_linked
from montada.stocktaking.engine.tables.outgoing import (
    HEAD,
    OutgoingProject,
    as_object,
    as_row,
)
from montada.stocktaking.engine.tables.rows import read_row
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.models import Project, ProjectContact
from tests.factories.stocktaking import a_project
from tests.stocktaking.test_import_rows import KNOWN

WHOLE = ProjectRecord(
    title=LocalizedText.of("ar", "منصة بلدي", en="My town", fr="Ma ville"),
    summary=LocalizedText(
        "ar", {"ar": Wording("وصف المنصة"), "en": Wording("A draft", TextState.DRAFT)}
    ),
    aims=LocalizedText.of("pt", "Servir todos"),
    results=LocalizedText.of("en", "=1+1\nTwo lines; “quotes”"),
    entry_type="project",
    status="ongoing",
    coverage="national",
    beneficiaries=("women", "youth"),
    starts_on=date(2020, 1, 31),
    ends_on=date(2024, 12, 31),
    website="https://example.org/",
    evidence=(Evidence("Users", Decimal(0), Decimal("12.5"), "%", date(2024, 1, 1)),),
    money=Money(Decimal("1000.50"), "EGP", Decimal(0), None, ("A; B", "C | D", "E")),
    replication=Replication(connectivity="3G", skills="-5 years"),
    partners=(Partner("Bank, of all", "Borrower", "EGY"), Partner("B")),
    places=(Place("Cairo", "EGY", 30.05, -31.25), Place(country_id="JOR")),
)


def outgoing(record: ProjectRecord, **facts: Any) -> OutgoingProject:
    usual: dict[str, Any] = {
        "organisation_name": "A; B Ltd",
        "country_id": "EGY",
        "stakeholder_group_id": "government",
        "labels": (LabelOf("action_line", "C7-egov"), LabelOf("goal", "4")),
        "last_year": 2024,
    }
    return OutgoingProject("my-town", record, **usual | facts)


def read_back(cells: dict[str, Any]) -> Any:
    mapping = recognise(list(cells), queries.heads()).mapping
    read = read_row(2, cells, mapping, KNOWN, "montada")
    assert read.incoming, read.faults
    return read.incoming


def facts_of(read: Any) -> tuple[Any, ...]:
    return (
        read.organisation_name,
        read.country_id,
        read.stakeholder_group_id,
        read.labels,
        read.year,
    )


def as_cells(project: OutgoingProject) -> dict[str, str]:
    return dict(zip(HEAD, as_row(project, KNOWN.empty), strict=True))


def test_a_row_and_an_object_are_read_back_as_the_same_record() -> None:
    project = outgoing(WHOLE)
    through_json = json.loads(json.dumps(as_object(project)))
    for cells in (as_cells(project), {**through_json, **_codes(through_json)}):
        read = read_back(cells)
        assert read.record == WHOLE
        assert read.identifier == "my-town"
        assert facts_of(read) == (
            "A; B Ltd",
            "EGY",
            "government",
            project.labels,
            2024,
        )


def _codes(cells: dict[str, Any]) -> dict[str, str]:
    """Write lists of codes as the reader of JSON files does."""
    names = ("action_lines", "goals", "targets", "objectives")
    return {name: "|".join(cells[name]) for name in names} | {"year": "2024"}


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf"]), min_size=1
)
_TAGS = st.sampled_from((*LANGUAGES, "und", "pt"))
_STATES = st.sampled_from([TextState.APPROVED, TextState.APPROVED, TextState.DRAFT])


@st.composite
def texts(draw: st.DrawFn) -> LocalizedText:
    wordings = draw(
        st.dictionaries(_TAGS, st.builds(Wording, _WORDS, _STATES), max_size=3)
    )
    return harmless_text(LocalizedText(draw(_TAGS), wordings))


@given(st.fixed_dictionaries({name: texts() for name in TEXTS[:3]}))
def test_texts_in_any_language_and_state_survive_a_table(
    told: dict[str, LocalizedText],
) -> None:
    title = told["title"] or LocalizedText.of("en", "A title that is there")
    parts: dict[str, Any] = {**told, "title": title}
    record = ProjectRecord(**parts)

    assert read_back(as_cells(outgoing(record))).record == record


def test_linked_data_name_languages_goals_and_money() -> None:
    node = as_linked(outgoing(WHOLE, url="https://f.example/projects/my-town/"))

    assert node["@type"] == "Project"
    assert {"@value": "منصة بلدي", "@language": "ar"} in node["name"]
    assert node["keywords"][1]["@id"] == "http://metadata.un.org/sdg/4"
    assert node["funding"]["amount"] == {
        "@type": "MonetaryAmount",
        "value": "1000.50",
        "currency": "EGP",
    }
    assert node["location"][0]["geo"]["longitude"] == -31.25


def test_a_point_is_a_place_else_the_country_and_says_which() -> None:
    placed = as_feature(outgoing(WHOLE))
    unplaced = as_feature(outgoing(ProjectRecord(), country_point=(26.5, 29.9)))
    nowhere = as_feature(outgoing(ProjectRecord()))

    # Longitude first (RFC 7946).
    assert placed["geometry"] == {"type": "Point", "coordinates": [-31.25, 30.05]}
    assert unplaced["geometry"] == {"type": "Point", "coordinates": [29.9, 26.5]}
    assert [f["properties"]["located_by"] for f in (placed, unplaced, nowhere)] == [
        "places",
        "country",
        None,
    ]
    assert nowhere["geometry"] is None


def written(name: str, now: datetime) -> bytes:
    projects = queries.outgoing(queries.public_ids(), site="https://f.example")
    pieces: Iterator[bytes] = queries.EXPORT_FORMATS[name].write(
        projects, now, "https://f.example"
    )
    return b"".join(pieces)


@pytest.fixture
def register(db: None, now: datetime) -> Project:
    """One project that says all a record can, one that says nothing, one unseen."""
    a_project("Nothing more", at=now, country_id=None, lines=[])
    a_project("Not for readers", at=now)
    Project.objects.filter(slug="not-for-readers-egy").update(visibility="unpublished")
    project = a_project(WHOLE.title, at=now)
    project.versions.update(record=WHOLE)
    ProjectContact.objects.create(project=project, name="Amina", email="a@example.org")
    return project


@pytest.mark.parametrize("name", sorted(queries.EXPORT_FORMATS))
def test_every_format_holds_the_public_and_no_contact(
    register: Project, now: datetime, name: str
) -> None:
    content = written(name, now)
    if name == "xlsx":
        content = "".join(_sheet(content)).encode()

    assert b"nothing-more-int" in content
    assert register.slug.encode() in content
    for private in (b"Not for readers", b"Amina", b"a@example.org"):
        assert private not in content


def _sheet(content: bytes) -> Iterator[str]:
    for row in load_workbook(BytesIO(content)).worksheets[0].values:
        yield " ".join(str(value) for value in row)


def test_cells_that_begin_like_formulas_are_quoted(
    register: Project, now: datetime
) -> None:
    rows = list(csv.DictReader(StringIO(written("csv", now).decode("utf-8-sig"))))
    row = next(row for row in rows if row["identifier"] == register.slug)

    assert row["results[en]"].startswith("'=1+1")
    assert row["replication.skills"] == "'-5 years"


@pytest.mark.parametrize("name", ["csv", "json", "xlsx"])
def test_files_go_out_and_come_back_as_the_same_records(
    register: Project, now: datetime, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"register.{name}"
    path.write_bytes(written(name, now))
    answer = operations.import_projects(
        path=path,
        mapping=None,
        system="",
        dry_run=True,
        at=now,
        keep_going=lambda: True,
    )
    table = table_file(path)
    mapping = recognise(table.columns, queries.heads()).mapping
    read = [
        read_row(number, cells, mapping, queries.vocabulary(), "montada")
        for number, cells in table.rows()
    ]

    assert (answer.unrecognised, answer.n_refused) == ((), 0)
    records = [row.incoming.record for row in read if row.incoming]
    assert records == [
        queries.published_record(project)
        for project in Project.objects.public().order_by("pk")
    ]


def test_iati_reads_back_with_our_own_reader(
    register: Project, now: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "register.xml"
    path.write_bytes(written("iati", now))
    answer = operations.import_projects(
        path=path,
        mapping=None,
        system="",
        dry_run=True,
        at=now,
        keep_going=lambda: True,
    )

    assert (answer.format, answer.n_read, answer.n_refused) == ("iati", 2, 0)


@pytest.mark.parametrize("n_projects", [1, 3])
def test_the_number_of_queries_does_not_follow_the_number_of_projects(
    db: None, now: datetime, n_projects: int, django_assert_num_queries: Any
) -> None:
    for number in range(n_projects):
        a_project(f"Project {number}", at=now)
    list(queries.outgoing(queries.public_ids(), site=""))

    with django_assert_num_queries(9):
        assert len(list(queries.outgoing(queries.public_ids(), site=""))) == n_projects
