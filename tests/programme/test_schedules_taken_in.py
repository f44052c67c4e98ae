"""Programmes from files: taken in whole as a plan, or not at all, and only once."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from montada.audit.models import Entry
from montada.djangokit.refusals import Refusal
from montada.djangokit.spreadsheets import write_sheet
from montada.edition.models import Edition, Room
from montada.framework.models import ActionLine
from montada.language.engine.text import LocalizedText
from montada.participation.models import Organisation
from montada.programme import operations, queries
from montada.programme.adapters.schedule_values import ScheduleBroken
from montada.programme.adapters.schedules import rows_of_schedule
from montada.programme.models import Placement, Plan, Release, Seat, Session, Speaker
from tests.factories.edition import make_edition, make_room, make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_kind, make_plan, make_planned, make_released
from tests.programme.schedule_files import TABLE

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
SEEN: dict[str, Any] = {
    "sessions": Session,
    "rooms": Room,
    "plans": Plan,
    "placements": Placement,
    "speakers": Speaker,
    "seats": Seat,
    "decisions": Entry,
}


@pytest.fixture
def edition(db: None) -> Edition:
    edition = make_edition()
    make_kind(edition)
    make_kind(edition, "dialogue", name=LocalizedText.of("en", "Dialogue"))
    make_room(edition, "Popov")
    return edition


def taken(
    edition: Edition, path: Path, content: str | bytes = TABLE, **more: Any
) -> operations.TakenIn:
    file = path / "programme"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    usual: dict[str, Any] = {"plan_name": "From afar", "taken_by": None, "at": AT}
    return operations.take_in_schedule(edition=edition, path=file, **usual | more)


def counted() -> dict[str, int]:
    return {name: model.objects.count() for name, model in SEEN.items()}


def places(plan: Plan | None) -> set[tuple[str, str, str]]:
    """Return the title, room and local start of everything in a plan."""
    assert plan is not None
    zone = plan.edition.zone
    return {
        (
            str(p.session.title),
            str(p.room.name),
            f"{p.starts_at.astimezone(zone):%d %H:%M}",
        )
        for p in plan.placements.select_related("session", "room")
    }


def test_a_table_becomes_sessions_rooms_speakers_and_a_plan(
    edition: Edition, tmp_path: Path
) -> None:
    found = taken(edition, tmp_path)

    assert places(found.plan) == {
        ("Oasis networks", "Popov", "05 09:00"),
        ("شبكات الواحات", "Popov", "05 10:00"),
        ("Rivers", "Room B", "06 09:00"),
    }
    assert (found.n_rooms, found.n_speakers) == (1, 2)
    assert found.report.counts == {"accepted": 3}
    oases = Session.objects.get(slug="2027-in-a1")
    assert (oases.is_public, oases.minutes, oases.number) == (False, 60, "a1")
    assert [line.code for line in oases.action_lines.all()] == ["C2", "C7-eagri"]
    assert [seat.speaker.name for seat in oases.seats.all()] == ["Amina", "Basel"]
    assert {s.kind.code for s in Session.objects.all() if s.kind} == {
        "workshop",
        "dialogue",
    }
    assert Session.objects.get(slug="2027-in-a2").title.written_in == "ar"
    entry = Entry.objects.get(action="programme.schedule_taken_in")
    assert entry.details == {"file": "programme", "counts": {"accepted": 3}}


def test_organisers_are_kept_by_name_and_what_is_not_is_said_of_its_row(
    edition: Edition, tmp_path: Path
) -> None:
    itu = make_organisation("ITU", stakeholder_group_id="io")
    # A ministry of this name is in every country.
    make_organisation("Ministry", stakeholder_group_id="government", country_id="EGY")
    table = (
        "id,room,start,minutes,title,lines,organisers\n"
        "1,Popov,2027-07-05T09:00,60,Oases,C2|Main,itu|Ministry|N\u202eet 🎉|\n"
        f"2,Popov,2027-07-05T10:00,60,Rivers,,{'|'.join('abcdefg')}\n"
        f"3,Popov,2027-07-05T11:00,60,Wells,{'x' * 90},ITU\n"
    )
    found = taken(edition, tmp_path, table)

    assert {
        str(one.title): [str(of.name) for of in one.organisers.all()]
        for one in Session.objects.all()
    } == {"Oases": ["ITU"], "Rivers": [], "Wells": ["ITU"]}
    assert found.report.counts == {"accepted": 3}
    assert [(note.row, note.status, note.reason) for note in found.report.rows] == [
        (
            2,
            "accepted",
            "No action line has this code: Main. No organisation is known by this "
            "name alone: Ministry, Net 🎉.",
        ),
        (
            3,
            "accepted",
            "No organisation is known by this name alone: a, b, c, d, e, ….",
        ),
        (4, "accepted", f"No action line has this code: {'x' * 80}."),
    ]
    assert Organisation.objects.count() == 2
    assert list(Session.objects.filter(organisers=itu)) != []


@pytest.mark.parametrize("name", ["schedule.xml", "schedule.json", "programme.csv"])
def test_organisers_come_back_from_what_was_exported_here_and_no_subtitle_does(
    client: Client, edition: Edition, tmp_path: Path, name: str
) -> None:
    oases = make_released(
        edition, "Oases", room=edition.rooms.get(), languages=["ar", "en"], number="7"
    )
    oases.organisers.set([make_organisation("ITU"), make_organisation("Net")])
    Release.objects.create(edition=edition, number=1, released_at=AT)
    file = client.get(f"/en/programme/2027/out/{name}").content
    for n, content in enumerate((file, file.replace(b"Montada", b"pretalx"))):
        later = make_edition(f"{2028 + n}", year=2028 + n)
        make_kind(later)
        found = taken(later, tmp_path, content, is_moved=True)
        assert found.report.rows == []
        made = Session.objects.get(edition=later)
        is_read = n == 0 or name.endswith("csv")
        assert made.organisers.count() == (2 if is_read else 0)
        # What our tables count by is nobody's number; the language is the title's.
        ours = "7" if name.endswith("csv") else ""
        assert made.number == (ours if is_read else f"{oases.pk}")
        assert made.title.written_in == "en"


def test_the_same_file_twice_changes_nothing(edition: Edition, tmp_path: Path) -> None:
    first = taken(edition, tmp_path)
    before = counted()
    again = taken(edition, tmp_path)
    assert again.report.counts == {"unchanged": 3}
    assert again.plan == first.plan
    assert counted() == before


def test_what_the_file_moves_is_moved_and_can_be_undone(
    edition: Edition, tmp_path: Path
) -> None:
    salma = make_secretary()
    first = taken(edition, tmp_path, taken_by=salma)
    moved = TABLE.replace("2027-07-06T09:00,90", "2027-07-07T11:00,60")
    found = taken(edition, tmp_path, moved, taken_by=salma)
    assert found.report.counts == {"unchanged": 2, "changed": 1}
    assert ("Rivers", "Room B", "07 11:00") in places(found.plan)
    (note,) = found.report.rows
    assert note.reason == "Minutes in the file: 60; here they stay 90."
    assert first.plan is not None
    operations.undo(plan=first.plan, undone_by=salma, at=AT)
    assert ("Rivers", "Room B", "06 09:00") in places(first.plan)


def test_what_is_locked_stays(edition: Edition, tmp_path: Path) -> None:
    taken(edition, tmp_path)
    Placement.objects.update(is_locked=True)
    moved = TABLE.replace("2027-07-06T09:00", "2027-07-07T11:00")
    found = taken(edition, tmp_path, moved)
    assert found.report.counts == {"unchanged": 2, "skipped": 1}
    assert ("Rivers", "Room B", "06 09:00") in places(found.plan)


def test_a_trial_says_the_same_and_keeps_nothing(
    edition: Edition, tmp_path: Path
) -> None:
    before = counted()
    tried = taken(edition, tmp_path, is_dry_run=True)
    assert counted() == before
    assert tried.plan is None
    assert tried.report.counts == taken(edition, tmp_path).report.counts


@pytest.mark.parametrize("name", ["schedule.xml", "schedule.json", "programme.csv"])
def test_what_was_exported_stands_in_another_edition_at_the_same_places(
    client: Client, edition: Edition, tmp_path: Path, name: str
) -> None:
    popov = edition.rooms.get()
    oases = make_released(edition, "Networks of oases", room=popov)
    oases.action_lines.set(ActionLine.objects.filter(code="C2"))
    make_released(edition, "شبكات", room=make_room(edition, "القاعة 3"))
    make_released(edition, "Off", room=popov, is_cancelled=True)
    make_released(edition, "Stand", held_on=None, starts_at=None, ends_at=None)
    Release.objects.create(edition=edition, number=1, released_at=AT)
    file = client.get(f"/en/programme/2027/out/{name}").content
    later = make_edition(
        "2028",
        year=2028,
        starts_on=datetime(2028, 7, 3, tzinfo=UTC).date(),
        ends_on=None,
    )

    there = taken(later, tmp_path, file, is_moved=True)

    assert places(there.plan) == {
        ("Networks of oases", "Popov", "03 09:00"),
        ("شبكات", "القاعة 3", "03 09:00"),
    }
    again = taken(later, tmp_path, file, is_moved=True)
    assert again.report.counts.get("unchanged") == 2
    # In its own edition its sessions are known, and no new one is made.
    here = taken(edition, tmp_path, file)
    assert here.report.counts.get("changed") == 2
    assert Session.objects.filter(edition=edition).count() == 4


def test_a_spreadsheet_is_a_table_too(edition: Edition, tmp_path: Path) -> None:
    sheet = io.BytesIO()
    head, *rows = (line.split(",") for line in TABLE.splitlines())
    write_sheet(sheet, head, rows)
    assert len(places(taken(edition, tmp_path, sheet.getvalue()).plan)) == 3


BAD_ROWS = [
    ("2027-07-06T09:00", "2027-08-06T09:00", "2027-08-06 is no day of the edition."),
    ("2027-07-06T09:00", "soon", "The start of row 4 is no time."),
    ("2027-07-06T09:00", "2027-07-06T09:07", "A session begins on a day of the ed"),
    (",90,", ",2,", "A session takes from 5 minutes to a day."),
    (",90,", ",-90,", "The length of row 4 is no time."),
    (",90,", ",9000,", "A session takes from 5 minutes to a day."),
    ("Rivers", "", "It has no title."),
    ("Rivers", "x" * 100_000, "At most 400 characters, please."),
    ("2027-07-06T09:00", "9999-12-31T23:59", "The start of row 4 is no time."),
]


@pytest.mark.parametrize(("was", "now", "why"), BAD_ROWS)
def test_a_row_that_cannot_be_taken_is_named_and_nothing_goes_in(
    edition: Edition, tmp_path: Path, was: str, now: str, why: str
) -> None:
    before = counted()
    found = taken(edition, tmp_path, TABLE.replace(was, now))
    refused = [note for note in found.report.rows if note.status == "refused"]
    assert [note.row for note in refused] == [4]
    assert refused[0].reason.startswith(why)
    assert counted() == before


def test_a_start_that_the_clocks_leave_out_is_named(
    edition: Edition, tmp_path: Path
) -> None:
    spring = datetime(2027, 3, 28, tzinfo=UTC).date()
    Edition.objects.update(starts_on=spring, ends_on=spring)
    edition.refresh_from_db()
    table = "id,room,start,minutes,title\n1,A,2027-03-28T02:30,30,Night\n"
    found = taken(edition, tmp_path, table)
    assert [row.reason for row in found.report.rows] == [
        "The clocks leave out this hour on that day."
    ]


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", content)
    return file.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<schedule><day date="2027-07-05"><room name="&b;"/></day></schedule>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<schedule><version>&a;</version></schedule>"""
BAD_FILES = {
    "empty": (b"", "It is no table with the columns"),
    "not XML": (b"<schedule><day>", "It is no XML that may be read."),
    "entities": (LAUGHS, "It is no XML that may be read."),
    "outside": (OUTSIDE, "It is no XML that may be read."),
    "not JSON": (b'{"schedule": ', "It is not JSON."),
    "deep JSON": (b'{"a":' * 100_000, "It is not JSON."),
    "no events": (b"<schedule/>", "There is no session in it"),
    "no columns": (b"name,when\nA,B\n", "It is no table with the columns"),
    "bytes": (b"id,room,start,minutes\n\xff\xfe,,,\n", "It is not UTF-8"),
    "bomb": (zipped(b" " * 5_000_000), "The spreadsheet would unpack to more"),
    "no sheet": (b"PK\x03\x04 not really", "The file is not a spreadsheet"),
    "many": (
        b"id,room,start,minutes\n" + b"1,A,2027-07-05T09:00,60\n" * 100_000,
        "It has too many sessions.",
    ),
    "only stands": (b"id,room,start,minutes\n1,A,,\n", "There is no session in it"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_in_a_sentence(
    edition: Edition, tmp_path: Path, name: str
) -> None:
    content, why = BAD_FILES[name]
    before = counted()
    with pytest.raises(Refusal) as refused:
        taken(edition, tmp_path, content)
    assert why in str(refused.value)
    assert counted() == before


def test_words_that_mislead_do_not_come_in(edition: Edition, tmp_path: Path) -> None:
    event = {
        "id": 1,
        "title": "A\x00\u202eB \ud800<b>",
        "date": "2027-07-05T09:00:00+02:00",
        "duration": "01:00",
        "persons": [{"id": 1, "public_name": "C\x00"}, {"id": 2, "name": "D"}],
    }
    days = [{"date": "2027-07-05", "rooms": {"Popov": [event, event]}}]
    told = json.dumps({"schedule": {"conference": {"days": days}}})
    found = taken(edition, tmp_path, told)
    assert {title for title, *_rest in places(found.plan)} == {"AB <b>"}
    assert Session.objects.filter(edition=edition).count() == 2
    assert {speaker.name for speaker in Speaker.objects.all()} == {"C", "D"}


def test_who_does_not_run_the_programme_takes_nothing_in(
    edition: Edition, tmp_path: Path
) -> None:
    with pytest.raises(operations.NotTheSecretariat):
        taken(edition, tmp_path, taken_by=make_person("Mallory"))


def test_an_edition_without_days_takes_nothing_in(db: None, tmp_path: Path) -> None:
    with pytest.raises(queries.NoDays):
        taken(make_edition(starts_on=None, ends_on=None), tmp_path)


def test_a_stand_and_a_cancelled_session_are_passed_over(
    edition: Edition, tmp_path: Path
) -> None:
    stand = make_planned(
        edition, "Stand", kind=make_kind(edition, "stand", is_stand=True)
    )
    off = make_planned(edition, "Off", is_cancelled=True)
    known = make_planned(edition, "Known")
    make_plan(edition, "From afar")
    rows = [f"{s.slug},Popov,2027-07-05T09:00,60" for s in (stand, off, known, known)]
    found = taken(edition, tmp_path, "\n".join(["id,room,start,minutes", *rows]))
    assert found.report.counts == {"skipped": 3, "changed": 1}
    assert [note.row for note in found.report.rows] == [2, 3, 5]


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda words: words.encode("utf-8", "replace"))
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_rows_or_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "programme"
    for start in (b"", b"id,room,start,minutes\n"):
        file.write_bytes(start + content)
        try:
            rows = list(rows_of_schedule(file).rows)
        except (ScheduleBroken, Refusal):
            continue
        assert all(row.session is None or row.session.minutes > 0 for row in rows)
