"""Importing sessions, as stories: the real table, and tables with slips in them."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from montada.audit import queries as trail
from montada.djangokit.tables import ColumnsMissing, ImportReport, RowNote
from montada.participation import operations as participation
from montada.participation.models import Organisation
from montada.programme import queries
from montada.programme.models import Session
from montada.programme.operations import import_sessions
from montada.programme.operations.reading import COLUMNS

FACTS = Path(__file__).parents[2] / "src/montada/demo/facts/sessions.csv"
GOOD = {
    "year": "2025",
    "session_no": "135",
    "date": "2025-07-07",
    "start": "10:30",
    "end": "11:45",
    "room": "Plenary Room C, Palexpo",
    "title": "Ceremonia de entrega de los Premios CMSI 2025",
    "organisers": "ITU; UNESCO",
    "type": "Premios de la CMSI",
    "action_lines": "C7-eagri;C4",
    "sdgs": "2;4",
    "label_source": "declared",
    "lang": "es",
    "source_url": "https://example.org/135",
}

pytestmark = pytest.mark.django_db


def table(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def taken(path: Path, now: datetime, *, dry_run: bool = False) -> ImportReport:
    return import_sessions(path=path, imported_by=None, at=now, dry_run=dry_run)


def test_a_row_becomes_a_session(tmp_path: Path, now: datetime) -> None:
    report = taken(table(tmp_path / "s.csv", GOOD), now)

    session = Session.objects.get()
    assert report.counts == {"accepted": 1}
    assert session.slug == "2025-135"
    assert session.title.by_language == {"es": GOOD["title"]}
    assert session.held_on == date(2025, 7, 7)
    assert (session.starts_at, session.ends_at) == (time(10, 30), time(11, 45))
    assert {line.code for line in session.action_lines.all()} == {"C7-eagri", "C4"}
    assert {goal.number for goal in session.goals.all()} == {2, 4}
    assert sorted(str(o) for o in session.organisers.all()) == ["ITU", "UNESCO"]
    assert session.labels_basis == "declared"


def test_the_real_table_goes_in_whole_and_once(now: datetime) -> None:
    participation.load_known_organisations(at=now)

    report = taken(FACTS, now)

    assert report.counts == {"accepted": 74}
    assert queries.n_sessions() == 74
    itu = Organisation.objects.get(acronym="ITU")
    assert queries.sessions_of(organisation=itu).count() == 29
    n_entries = trail.entries().count()
    assert taken(FACTS, now).counts == {"unchanged": 74}
    assert trail.entries().count() == n_entries


def test_an_import_leaves_one_entry(tmp_path: Path, now: datetime) -> None:
    other = GOOD | {"title": "Another", "session_no": "136"}

    taken(table(tmp_path / "s.csv", GOOD, other), now)

    entries = trail.entries().filter(action="programme.sessions_imported")
    assert [e.details for e in entries] == [
        {"file": "s.csv", "counts": {"accepted": 2}}
    ]


def test_blanks_stay_unknown(tmp_path: Path, now: datetime) -> None:
    blank = dict.fromkeys(COLUMNS, "") | {"title": "T", "source_url": "http://a.org"}

    taken(table(tmp_path / "s.csv", blank), now)

    session = Session.objects.get()
    assert (session.year, session.held_on, session.starts_at) == (None, None, None)
    assert (session.edition, session.labels_basis, session.place) == (None, "", "")
    assert session.title.written_in == "und"


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("year", "20225", "“20225” is not a year."),
        ("year", "1887", "“1887” is not a year."),
        ("date", "7 July 2025", "“7 July 2025” is not a day written as 2025-07-11."),
        ("date", "2025-02-30", "“2025-02-30” is not a day written as 2025-07-11."),
        ("start", "25:00", "“25:00” is not a time written as 14:30."),
        ("end", "10:30", "The session would end before it begins."),
        ("end", "9am", "“9am” is not a time written as 14:30."),
        ("title", "", "A session needs a title."),
        ("action_lines", "C12", "There is no action line “C12”."),
        ("sdgs", "18", "There is no goal “18”."),
        ("sdgs", "²", "There is no goal “²”."),
        ("label_source", "guessed", None),
        ("lang", "Klingon!", "“Klingon!” is not a language code."),
        ("room", "x" * 201, "Longer than 200 characters."),
        ("source_url", "", "A session names its source: a web address."),
        ("source_url", "javascript:alert(1)", None),
    ],
)
def test_a_slip_refuses_the_whole_table(
    tmp_path: Path, now: datetime, column: str, value: str, reason: str | None
) -> None:
    wrong = GOOD | {"title": "Wrong", column: value}

    report = taken(table(tmp_path / "s.csv", GOOD, wrong), now)

    (note,) = report.rows
    assert (note.row, note.status, note.field) == (3, "refused", column)
    assert reason is None or note.reason == reason
    assert report.counts == {"skipped": 1, "refused": 1}
    assert not Session.objects.exists()
    assert not Organisation.objects.exists()
    assert not trail.entries().filter(action__startswith="programme").exists()


def test_everything_wrong_with_a_row_is_said(tmp_path: Path, now: datetime) -> None:
    wrong = GOOD | {"year": "x", "sdgs": "99"}

    report = taken(table(tmp_path / "s.csv", wrong), now)

    assert [(note.row, note.field) for note in report.rows] == [
        (2, "year"),
        (2, "sdgs"),
    ]
    assert report.n_refused == 1


def test_the_seventh_line_without_a_part_is_not_stated(
    tmp_path: Path, now: datetime
) -> None:
    row = GOOD | {"action_lines": "C6;C7"}

    report = taken(table(tmp_path / "s.csv", row), now)

    assert [line.code for line in Session.objects.get().action_lines.all()] == ["C6"]
    assert report.rows == [
        RowNote(
            2,
            "accepted",
            "action_lines",
            "The source says C7 without a part: left out, since it is not stated.",
        )
    ]


def test_two_sessions_may_share_a_number(tmp_path: Path, now: datetime) -> None:
    second = GOOD | {"title": "Another of the same number"}

    taken(table(tmp_path / "s.csv", GOOD, second), now)

    slugs = Session.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["2025-135", "2025-135-2"]


def test_a_repeated_row_is_skipped(tmp_path: Path, now: datetime) -> None:
    report = taken(table(tmp_path / "s.csv", GOOD, GOOD), now)

    assert report.counts == {"accepted": 1, "skipped": 1}
    assert [n.reason for n in report.rows] == ["The same session as row 2."]


def test_a_corrected_row_changes_its_session(tmp_path: Path, now: datetime) -> None:
    taken(table(tmp_path / "s.csv", GOOD), now)

    report = taken(
        table(tmp_path / "s.csv", GOOD | {"room": "Room H", "sdgs": ""}), now
    )

    session = Session.objects.get()
    assert report.counts == {"changed": 1}
    assert session.place == "Room H"
    assert not session.goals.exists()


def test_a_dry_run_reports_and_keeps_nothing(tmp_path: Path, now: datetime) -> None:
    report = taken(table(tmp_path / "s.csv", GOOD), now, dry_run=True)

    assert report.counts == {"accepted": 1}
    assert not Session.objects.exists()
    assert not Organisation.objects.exists()


def test_a_table_without_a_column_is_refused(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "s.csv"
    path.write_text("year,title\n2025,T\n", encoding="utf-8")

    with pytest.raises(ColumnsMissing):
        taken(path, now)


def test_the_command_reports_as_json(tmp_path: Path) -> None:
    out = StringIO()

    call_command(
        "import-sessions", str(table(tmp_path / "s.csv", GOOD)), "--json", stdout=out
    )

    assert json.loads(out.getvalue())["accepted"] == 1


def test_the_command_fails_where_a_row_was_refused(tmp_path: Path) -> None:
    path = table(tmp_path / "s.csv", GOOD | {"sdgs": "18"})

    with pytest.raises(SystemExit) as stopped:
        call_command("import-sessions", str(path), stdout=StringIO(), stderr=StringIO())

    assert stopped.value.code == 1


def test_the_command_names_a_file_that_is_not_there() -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        call_command("import-sessions", "nowhere.csv")


def test_a_row_with_cells_beyond_the_last_column_refuses_the_table(
    tmp_path: Path, now: datetime
) -> None:
    path = table(tmp_path / "s.csv", GOOD, GOOD | {"title": "Wrong"})
    path.write_text(path.read_text(encoding="utf-8").rstrip() + ",135\n", "utf-8")

    report = taken(path, now)

    (note,) = report.rows
    assert (note.row, note.status) == (3, "refused")
    assert note.reason.startswith("“135” stands beyond the last column")
    assert report.counts == {"skipped": 1, "refused": 1}
    assert not Session.objects.exists()
