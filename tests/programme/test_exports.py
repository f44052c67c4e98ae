"""The released programme as files: what calendars, apps and tables read of it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from montada.djangokit.spreadsheets import rows_of_sheet
from montada.edition.models import Edition
from montada.framework.models import ActionLine, Goal
from montada.language.engine.text import LocalizedText
from montada.programme.adapters.schedules import schedule_of
from montada.programme.models import Bookmark, Release, Seat, Session, Speaker
from tests.factories.edition import make_room
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_released

FIRST = datetime(2027, 5, 1, 9, tzinfo=UTC)
SECOND = datetime(2027, 6, 1, 9, tzinfo=UTC)


def place(starts: str, ends: str) -> dict[str, Any]:
    return {
        "title": LocalizedText.of("en", "Rivers").as_json(),
        "room": 1,
        "room_name": LocalizedText.of("en", "Popov").as_json(),
        "starts": starts,
        "ends": ends,
    }


def release(edition: Edition, number: int, *changes: dict[str, Any]) -> Release:
    at = FIRST if number == 1 else SECOND
    return Release.objects.create(
        edition=edition, number=number, released_at=at, changes=list(changes)
    )


def change(session: Session, kind: str, **sides: Any) -> dict[str, Any]:
    return {
        "session": session.slug,
        "kind": kind,
        "before": None,
        "after": None,
    } | sides


@pytest.fixture
def oases(edition: Edition) -> Session:
    session = make_released(
        edition,
        "Networks of oases",
        title=LocalizedText.of("ar", "شبكات الواحات " * 12),
        number="12",
        room=make_room(edition, "Popov"),
        description=LocalizedText.of("en", "Wells, wires; and\nwater"),
        stream_url="https://example.org/live",
        links=[{"title": "Trap", "url": "javascript:alert(1)"}],
    )
    session.action_lines.set(ActionLine.objects.filter(code__in=("C2", "C7-eagri")))
    session.goals.set(Goal.objects.filter(number__in=(6, 9)))
    session.organisers.set([make_organisation("FAO")])
    amina = Speaker.objects.create(slug="amina", name="Amina Haddad", honorific="Dr")
    Seat.objects.create(session=session, speaker=amina, state="confirmed")
    basel = Speaker.objects.create(slug="basel", name="Basel")
    Seat.objects.create(session=session, speaker=basel, state="asked")
    return session


def out(client: Client, name: str, *, language: str = "en", status: int = 200) -> Any:
    answer: Any = client.get(f"/{language}/programme/2027/out/{name}")
    assert answer.status_code == status, name
    return answer


def events_of(answer: Any) -> dict[str, Any]:
    """Return the events of a calendar by the end of their address."""
    calendar = Calendar.from_ical(answer.content)
    return {str(e["url"]).split("/")[-2]: e for e in calendar.walk("VEVENT")}


def test_a_calendar_has_the_sessions_on_the_clock_of_the_forum(
    client: Client, edition: Edition, oases: Session
) -> None:
    release(edition, 1, change(oases, "added", after={}))
    release(edition, 2, change(oases, "moved", before={}, after={}))

    answer = out(client, "programme.ics")
    calendar = Calendar.from_ical(answer.content)
    event = events_of(answer)[oases.slug]

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar["x-wr-calname"] == "Forum 2027"
    assert event["summary"] == oases.title.shown_to("ar").text.strip()
    assert event["summary"].params["LANGUAGE"] == "ar"
    assert event["location"] == "Popov, Palexpo"
    assert event["sequence"] == 4
    assert event["dtstamp"].dt == SECOND
    assert event["status"] == "CONFIRMED"
    assert set(event["categories"].cats) == {"Workshop", "C2", "C7-eagri"}
    assert "Wells, wires; and\nwater" in event["description"]
    assert "Dr Amina Haddad" in event["description"]
    assert "Basel" not in event["description"]
    assert "https://example.org/live" in event["description"]
    assert "javascript" not in event["description"]
    # 9:00 in Geneva in July is 7:00 of UTC.
    assert event["dtstart"].dt.astimezone(UTC) == datetime(2027, 7, 5, 7, tzinfo=UTC)
    assert event["dtstart"].params["TZID"] == "Europe/Zurich"


def test_a_calendar_describes_all_changes_of_the_clock_around_the_forum(
    client: Client, edition: Edition, oases: Session
) -> None:
    Session.objects.filter(pk=oases.pk).update(held_on=date(2027, 10, 31))
    make_released(edition, "Before", held_on=date(2027, 10, 30))
    release(edition, 1)

    calendar = Calendar.from_ical(out(client, "programme.ics").content)
    zone: Any
    (zone,) = calendar.walk("VTIMEZONE")
    of_calendar = zone.to_tz(lookup_tzid=False)

    for day in (date(2027, 10, 30), date(2027, 10, 31)):
        noon = datetime.combine(day, time(12), edition.zone)
        assert noon.replace(tzinfo=of_calendar).utcoffset() == noon.utcoffset()
    assert zone["tzid"] == "Europe/Zurich"


def test_lines_are_folded_between_whole_letters(
    client: Client, edition: Edition, oases: Session
) -> None:
    release(edition, 1)
    lines = out(client, "programme.ics").content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or not line for line in lines)


def test_what_comes_back_is_newer_than_its_cancelling(
    client: Client, edition: Edition, oases: Session
) -> None:
    back = make_released(edition, "Back")
    spot = place("2027-07-06T11:00", "2027-07-06T12:00")
    release(edition, 1, change(back, "added", after=spot))
    release(edition, 2, change(back, "removed", before=spot))
    Session.objects.filter(pk=back.pk).update(is_cancelled=True)
    gone = events_of(out(client, "programme.ics"))[back.slug]
    Session.objects.filter(pk=back.pk).update(is_cancelled=False)
    release(edition, 3, change(back, "added", after=spot))

    again = events_of(out(client, "programme.ics"))[back.slug]

    assert (gone["status"], again["status"]) == ("CANCELLED", "CONFIRMED")
    assert again["sequence"] > gone["sequence"]


def test_what_no_longer_takes_place_is_still_there_as_cancelled(
    client: Client, edition: Edition, oases: Session
) -> None:
    lost = make_released(edition, "Lost", held_on=None, starts_at=None, ends_at=None)
    off = make_released(edition, "Off", is_cancelled=True)
    stand = make_released(edition, "Stand", held_on=None, starts_at=None, ends_at=None)
    was = place("2027-07-06T11:00", "2027-07-06T12:00")
    release(edition, 1, change(off, "added", after=was), change(lost, "added"))
    release(edition, 2, change(lost, "removed", before=was))

    events = events_of(out(client, "programme.ics"))

    assert events[off.slug]["status"] == "CANCELLED"
    assert events[off.slug]["sequence"] == 3  # release 1, and cancelled since
    assert events[lost.slug]["status"] == "CANCELLED"
    assert events[lost.slug]["sequence"] == 5
    assert events[lost.slug].decoded("dtstart").hour == 11
    assert stand.slug not in events


def test_a_session_is_known_by_the_same_name_in_every_file_and_language(
    client: Client, edition: Edition, oases: Session
) -> None:
    release(edition, 1)
    names = {
        str(events_of(out(client, name, language=language))[oases.slug]["uid"])
        for language in ("ar", "en")
        for name in ("programme.ics", f"sessions/{oases.slug}.ics", "lines/C2.ics")
    }
    told = json.loads(out(client, "programme.json").content)["sessions"][0]["guid"]
    assert names == {told}


def test_calendars_of_a_line_a_session_and_a_reader(
    client: Client, edition: Edition, oases: Session
) -> None:
    rivers = make_released(edition, "Rivers", starts_at=time(11), ends_at=time(12))
    make_released(edition, "Seas")
    release(edition, 1)
    me = make_person("Nadia")
    Bookmark.objects.create(person=me, session=rivers, made_at=FIRST)

    assert set(events_of(out(client, "lines/C2.ics"))) == {oases.slug}
    assert set(events_of(out(client, f"sessions/{rivers.slug}.ics"))) == {rivers.slug}
    named = out(client, f"mine.ics?s={oases.slug}&s={rivers.slug}&s=nothing")
    assert set(events_of(named)) == {oases.slug, rivers.slug}
    assert "/account/login/" in out(client, "mine.ics", status=302)["Location"]
    out(client, "lines/C99.ics", status=404)
    out(client, "sessions/2025-1.ics", status=404)
    client.force_login(me)
    mine = out(client, "mine.ics")
    assert set(events_of(mine)) == {rivers.slug}
    assert mine["Cache-Control"] == "private, no-cache"


def test_the_schedule_says_the_same_in_xml_and_json(
    client: Client, edition: Edition, oases: Session, tmp_path: Path
) -> None:
    night_room = make_room(edition, "Night room")
    make_released(
        edition, "Night", starts_at=time(23, 30), ends_at=time(0, 15), room=night_room
    )
    make_released(edition, "Off", is_cancelled=True)
    release(edition, 3)

    xml, told = (out(client, f"schedule.{f}").content for f in ("xml", "json"))
    conference = json.loads(told)["schedule"]["conference"]
    root = etree.fromstring(xml)

    (tmp_path / "xml").write_bytes(xml)
    (tmp_path / "json").write_bytes(told)
    read = schedule_of(tmp_path / "xml")
    assert (read.timezone, read) == ("Europe/Zurich", schedule_of(tmp_path / "json"))
    first, night = read.sessions
    assert (f"{first.start}", first.minutes) == ("2027-07-05 09:00:00", 60)
    assert (f"{night.start}", night.minutes) == ("2027-07-05 23:30:00", 45)
    assert first.names == ("Dr Amina Haddad",)
    assert first.tracks == ("C2",)
    assert root.findtext("version") == json.loads(told)["schedule"]["version"] == "3"
    assert [room["name"] for room in conference["rooms"]] == ["Popov", "Night room"]
    assert conference["daysCount"] == 5
    event = root.findall("day/room/event")[0]
    assert event.get("id") == f"{oases.pk}"
    assert event.findtext("date") == "2027-07-05T09:00:00+02:00"


def test_tables_have_a_row_for_each_session_and_compute_nothing(
    client: Client, edition: Edition, oases: Session, tmp_path: Path
) -> None:
    make_released(
        edition,
        title=LocalizedText.of("en", "=1+1|<b>\x0b"),
        starts_at=time(11),
        ends_at=time(12),
    )
    release(edition, 1, change(oases, "added", after={}))

    text = out(client, "programme.csv").content.decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text))
    sheet = tmp_path / "programme.xlsx"
    sheet.write_bytes(out(client, "programme.xlsx").content)
    head, *rows = rows_of_sheet(sheet)

    assert first["id"] == oases.slug
    assert (first["start"], first["end"]) == ("2027-07-05T09:00", "2027-07-05T10:00")
    assert (first["lines"], first["goals"]) == ("C2|C7-eagri", "6|9")
    assert (first["organisers"], first["speakers"]) == ("FAO", "Dr Amina Haddad")
    assert (first["status"], first["release"]) == ("confirmed", "1")
    assert second["title"].startswith("'=1+1|<b>")
    assert dict(zip(head, rows[0], strict=True)) == {
        name: value.strip() for name, value in first.items()
    }
    assert rows[1][2] == "=1+1|<b>"


def test_json_says_everything_that_is_public(
    client: Client, edition: Edition, oases: Session
) -> None:
    release(edition, 1, change(oases, "added", after={}))
    told = json.loads(out(client, "programme.json").content)
    (session,) = told["sessions"]
    assert (told["edition"], told["release"]) == ("2027", 1)
    assert session["starts"] == "2027-07-05T09:00:00+02:00"
    assert session["title"]["language"] == "ar"
    assert session["speakers"] == [
        {"name": "Dr Amina Haddad", "position": None, "organisation": None}
    ]
    assert [link["url"] for link in session["links"]] == ["https://example.org/live"]
    assert session["changed_in_release"] == 1


@pytest.mark.parametrize(
    "name", ["programme.ics", "schedule.xml", "schedule.json", "programme.csv"]
)
def test_files_of_a_programme_that_was_not_released_are_empty(
    client: Client, edition: Edition, name: str
) -> None:
    assert b"Popov" not in out(client, name).content


def test_letters_that_xml_cannot_hold_are_left_out(
    client: Client, edition: Edition
) -> None:
    make_released(
        edition, "A", title=LocalizedText.of("en", "A\x00\x0bB ]]> <c> \uffff")
    )
    release(edition, 1)
    root = etree.fromstring(out(client, "schedule.xml").content)
    assert root.findtext("day/room/event/title") == "AB ]]> <c> "
    out(client, "programme.ics")
    out(client, "programme.xlsx")


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(
    "name", ["schedule.xml", "programme.ics", "programme.csv", "matrix.csv"]
)
def test_a_file_takes_ten_queries_at_most(
    client: Client,
    edition: Edition,
    oases: Session,
    name: str,
    n: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for i in range(n - 1):
        make_released(edition, f"More {i}").organisers.set([make_organisation(f"O{i}")])
    release(edition, 1)
    with django_assert_max_num_queries(10):
        out(client, name)


def test_who_has_the_newest_file_gets_no_bytes(
    client: Client, edition: Edition, oases: Session
) -> None:
    release(edition, 1)
    etag = out(client, "schedule.xml")["ETag"]
    again = client.get(
        "/en/programme/2027/out/schedule.xml", headers={"If-None-Match": etag}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_the_matrix_counts_sessions_and_each_number_leads_to_them(
    client: Client, edition: Edition, oases: Session
) -> None:
    other = make_released(edition, "Rivers")
    other.action_lines.set(ActionLine.objects.filter(code="C2"))
    other.goals.set(Goal.objects.filter(number=6))
    off = make_released(edition, "Off", is_cancelled=True)
    off.action_lines.set(ActionLine.objects.filter(code="C2"))
    off.goals.set(Goal.objects.filter(number=6))
    make_released(edition, "Bare")
    release(edition, 1)

    page = client.get("/en/programme/2027/matrix/").content.decode()
    link = "/en/programme/2027/?view=list&amp;line=C2&amp;goal=6"
    listed = client.get(link.replace("&amp;", "&")).content.decode()
    text = out(client, "matrix.csv").content.decode("utf-8-sig")
    rows = [
        (r["session"], r["line"], r["goal"]) for r in csv.DictReader(io.StringIO(text))
    ]

    assert f'<td class="heat-5"><a href="{link}">2</a></td>' in page
    assert "1 session states neither a line nor a goal." in page
    assert oases.slug in listed
    assert other.slug in listed
    # Two lines with two goals, one with one, and one with neither.
    assert len(rows) == 4 + 1 + 1
    assert (oases.slug, "C7-eagri", "9") in rows
    assert off.slug not in {row[0] for row in rows}


def test_the_page_of_files_leads_to_all_of_them(
    client: Client, edition: Edition, oases: Session
) -> None:
    empty = client.get("/en/programme/2027/out/").content.decode()
    assert "has not been published here" in empty
    release(edition, 1)
    page = client.get("/en/programme/2027/out/?a").content.decode()
    for name in ("programme.ics", "lines/C2.ics", "schedule.xml", "programme.xlsx"):
        assert f'href="/en/programme/2027/out/{name}"' in page
    assert 'href="/ar/programme/2027/out/programme.pdf"' in page
    assert "signs.pdf" not in page


def test_a_forum_of_another_edition_is_not_found(client: Client, db: None) -> None:
    answer = client.get("/en/programme/1999/out/programme.ics")
    assert answer.status_code == 404
