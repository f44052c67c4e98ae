"""Mode, languages and goals of a table: taken in, refused by name, and out again."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from montada.djangokit.spreadsheets import rows_of_sheet
from montada.edition.models import Edition
from montada.framework.models import ActionLine, Goal
from montada.language.engine.text import LocalizedText
from montada.programme import operations
from montada.programme.models import Plan, Release, Seat, Session, Speaker
from tests.factories.edition import make_edition, make_room
from tests.factories.organisations import make_organisation
from tests.factories.programme import make_kind, make_released
from tests.programme.test_schedules_taken_in import taken

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
HEAD = "id,room,start,minutes,title,mode,languages,goals"


@pytest.fixture
def edition(db: None) -> Edition:
    edition = make_edition()
    make_kind(edition)
    make_room(edition, "Popov")
    return edition


def table(*rows: str) -> str:
    """Return a table of sessions that begin at ten, each with its last three cells."""
    return "\n".join(
        [
            HEAD,
            *(
                f"{n},Popov,2027-07-05T10:00,60,Oases,{row}"
                for n, row in enumerate(rows, start=1)
            ),
        ]
    )


def read(session: Session) -> tuple[str, list[str], list[int], str]:
    goals = [goal.number for goal in session.goals.all()]
    return session.mode, session.languages, goals, session.labels_basis


def test_mode_languages_and_goals_are_taken_in(
    edition: Edition, tmp_path: Path
) -> None:
    rows = ("hybrid,ar|en,9|6", "On site,AR|zh-Hant|ar,٩", ",,")

    found = taken(edition, tmp_path, table(*rows))

    assert found.report.counts == {"accepted": 3}
    assert [read(one) for one in Session.objects.order_by("pk")] == [
        ("hybrid", ["ar", "en"], [6, 9], "declared-sdg"),
        ("on_site", ["ar", "zh-Hant"], [9], "declared-sdg"),
        ("", [], [], ""),
    ]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("hybird,,", "Column mode: “hybird” is none of on_site, virtual, hybrid."),
        (",ar|English,", "Column languages: “English” is no code of a language."),
        (",,6|18", "Column goals: there is no goal “18”."),
        (",,6;9", "Column goals: there is no goal “6;9”."),
        (
            "far,a,0",
            "Column mode: “far” is none of on_site, virtual, hybrid. Column languages: "
            "“a” is no code of a language. Column goals: there is no goal “0”.",
        ),
    ],
)
def test_an_unknown_value_is_refused_by_line_and_column(
    edition: Edition, tmp_path: Path, cells: str, why: str
) -> None:
    found = taken(edition, tmp_path, table(",,", cells))

    refused = [note for note in found.report.rows if note.status == "refused"]
    assert [(note.row, note.reason) for note in refused] == [(3, why)]
    assert Session.objects.count() == 0


def test_what_a_table_says_otherwise_of_a_known_session_is_told(
    edition: Edition, tmp_path: Path
) -> None:
    taken(edition, tmp_path, table("hybrid,ar,6"))

    found = taken(edition, tmp_path, table("virtual,ar|en,9").replace(":00", ":30", 1))

    (note,) = found.report.rows
    assert (note.status, note.reason) == (
        "changed",
        "The file says otherwise, and here it stays: mode, languages, goals.",
    )
    assert read(Session.objects.get()) == ("hybrid", ["ar"], [6], "declared-sdg")
    same = taken(edition, tmp_path, table("hybrid,ar,6").replace(":00", ":30", 1))
    assert same.report.rows == []
    blank = taken(edition, tmp_path, table(",,").replace(":00", ":30", 1))
    assert blank.report.rows == []


def exported(client: Client, edition: Edition, name: str) -> Any:
    return client.get(f"/en/programme/{edition.slug}/out/{name}").content


def rows_in(content: bytes, name: str, path: Path) -> list[dict[str, Any]]:
    """Return what a file says of each session, but for what is its place's alone."""
    if name.endswith("json"):
        rows = json.loads(content)["sessions"]
    elif name.endswith("xlsx"):
        file = path / "sheet"
        file.write_bytes(content)
        head, *cells = list(rows_of_sheet(file))
        rows = [dict(zip(head, row, strict=True)) for row in cells]
    else:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    own = ("id", "guid", "url", "release", "changed_in_release", "starts", "ends")
    return [{k: v for k, v in row.items() if k not in own} for row in rows]


@pytest.mark.parametrize("name", ["programme.csv", "programme.xlsx", "programme.json"])
def test_what_is_exported_comes_back_the_same(
    client: Client, edition: Edition, tmp_path: Path, name: str
) -> None:
    oases = make_released(
        edition,
        "Oases",
        room=edition.rooms.get(),
        mode="hybrid",
        languages=["ar", "en"],
        number="7",
        minutes=60,
        description=LocalizedText.of("en", "Wells, wires; and water"),
    )
    oases.goals.set(Goal.objects.filter(number__in=(6, 9)))
    oases.action_lines.set(ActionLine.objects.filter(code__in=("C2", "C7-eagri")))
    oases.organisers.set([make_organisation("ITU")])
    amina = Speaker.objects.create(slug="amina", name="Amina Haddad")
    Seat.objects.create(session=oases, speaker=amina, state="confirmed")
    make_released(
        edition,
        title=LocalizedText.of("ar", "شبكات"),
        room=make_room(edition, "القاعة 3"),
        mode="on_site",
    )
    Release.objects.create(edition=edition, number=1, released_at=AT)
    file = exported(client, edition, name)
    later = make_edition("2028", year=2028)
    make_kind(later)

    found = taken(later, tmp_path, file, is_moved=True)
    assert found.report.rows == []
    operations.release_plan(
        plan=Plan.objects.get(edition=later), released_by=None, at=AT
    )

    again = exported(client, later, name)
    assert rows_in(again, name, tmp_path) == rows_in(file, name, tmp_path)


def test_a_file_for_programs_knows_its_own_sessions(
    client: Client, edition: Edition, tmp_path: Path
) -> None:
    make_released(edition, "Oases", room=edition.rooms.get(), minutes=60)
    make_released(edition, "Off", room=edition.rooms.get(), is_cancelled=True)
    Release.objects.create(edition=edition, number=1, released_at=AT)

    found = taken(edition, tmp_path, exported(client, edition, "programme.json"))

    assert found.report.counts == {"changed": 1, "skipped": 1}
    assert Session.objects.count() == 2


def test_a_file_for_programs_with_nonsense_in_it_is_refused_by_number(
    edition: Edition, tmp_path: Path
) -> None:
    one = {"id": "1", "room": "A", "starts": "soon", "minutes": 60, "title": None}
    told = json.dumps({"sessions": [one, 3, {"room": ["A"], "languages": "ar"}]})

    found = taken(edition, tmp_path, told)

    assert [note.reason for note in found.report.rows if note.status == "refused"] == [
        "The start of session 1 is no time."
    ]


@pytest.mark.parametrize(
    ("codes", "wanted"),
    [
        (["opening", "talk", "thematic_workshop"], "thematic_workshop"),
        (["opening", "stand", "talk", "launch"], "talk"),
        (["opening", "stand"], "opening"),
    ],
)
def test_a_type_that_no_kind_has_is_told_and_is_no_opening(
    db: None, tmp_path: Path, codes: list[str], wanted: str
) -> None:
    edition = make_edition()
    for n, code in enumerate(codes):
        make_kind(edition, code, order=n, is_stand=code == "stand")
    rows = (
        "id,room,start,minutes,title,type\n"
        "1,Popov,2027-07-05T09:00,60,Oases,Fireside\n"
        "2,Popov,2027-07-05T10:00,60,Rivers,\n"
        "3,Popov,2027-07-05T11:00,60,Wells,Opening\n"
    )
    found = taken(edition, tmp_path, rows)

    made = Session.objects.order_by("number").values_list("kind__code", flat=True)
    assert list(made) == [wanted, wanted, "opening"]
    assert [(note.row, note.status, note.reason) for note in found.report.rows] == [
        (2, "accepted", "No kind is called Fireside; it has the usual one.")
    ]
