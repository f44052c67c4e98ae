"""The public agenda: days of any clock, filters, groups, and what it costs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from montada.edition.models import Edition
from montada.framework.models import ActionLine, Goal
from montada.language.engine.text import LocalizedText
from montada.programme import queries
from montada.programme.models import Release, Seat, Session, Speaker
from tests.factories.edition import make_edition, make_room
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_kind, make_planned, make_released

NOW = datetime(2027, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def edition(db: None) -> Edition:
    edition = make_edition()
    Release.objects.create(edition=edition, number=4, released_at=NOW)
    return edition


@pytest.fixture
def oases(edition: Edition) -> Session:
    session = make_released(
        edition,
        "Networks of oases",
        title=LocalizedText.of("en", "Networks of oases", ar="شبكات الواحات"),
        room=make_room(edition, "Popov"),
        languages=["ar", "en"],
    )
    session.action_lines.set(ActionLine.objects.filter(code__in=("C2", "C7-eagri")))
    session.goals.set(Goal.objects.filter(number=9))
    session.organisers.set([make_organisation("FAO")])
    speaker = Speaker.objects.create(slug="amina", name="Amina Haddad")
    Seat.objects.create(session=session, speaker=speaker, state="confirmed")
    return session


def page(client: Client, query: str = "", language: str = "en") -> str:
    response = client.get(f"/{language}/programme/2027/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_day_is_a_table_of_rooms_and_hours(client: Client, oases: Session) -> None:
    english = page(client)
    assert "Release 4, published on 1 May 2027" in english
    assert "<h1>Monday 5 July 2027</h1>" in english
    assert '<caption class="visually-hidden">Monday 5 July 2027</caption>' in english
    assert '<th scope="col">Popov</th>' in english
    assert '<th scope="row">09:00</th>' in english
    assert f'<a href="/en/sessions/{oases.slug}/">Networks of oases</a>' in english
    assert "C2 · C7 · 2 languages" in english
    assert "شبكات الواحات" in page(client, language="ar")


@pytest.mark.parametrize("reader", ["ar", "en", "fr"])
def test_titles_are_chosen_as_everywhere(
    edition: Edition, oases: Session, reader: str
) -> None:
    make_released(edition, "Untitled", title=LocalizedText())
    for row in queries.agenda_of(edition).sessions:
        shown = row.title.shown_to(reader)
        assert row.title_for(reader) == (shown.text, shown.language)


@pytest.mark.parametrize("n_sessions", [1, 3])
@pytest.mark.parametrize("query", ["", "?view=list", "?view=lines", "?view=rooms"])
def test_three_sessions_need_as_many_queries_as_one(
    client: Client,
    edition: Edition,
    oases: Session,
    n_sessions: int,
    query: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(1, n_sessions):
        room = make_room(edition, f"Room {n}")
        kind = make_kind(edition, f"kind-{n}")
        more = make_released(edition, f"More {n}", room=room, kind=kind)
        more.action_lines.set(ActionLine.objects.all()[: n + 1])
    with django_assert_num_queries(8):
        page(client, query)


def test_another_clock_may_put_a_session_on_another_day(
    client: Client, edition: Edition
) -> None:
    # 20:00 in Geneva is 21:00 in Cairo and 03:00 of the next day in Tokyo.
    make_released(edition, "Late", starts_at=time(20), ends_at=time(21))
    assert "<h1>Monday 5 July 2027</h1>" in page(client)
    assert '<th scope="row">21:00</th>' in page(client, "?zone=Africa/Cairo")
    tokyo = page(client, "?zone=Asia/Tokyo")
    assert "<h1>Tuesday 6 July 2027</h1>" in tokyo
    assert '<th scope="row">03:00</th>' in tokyo
    assert "Times of Tokyo" in tokyo
    assert "(UTC+9)" in tokyo


def test_a_session_over_midnight_stands_on_the_day_on_which_it_begins(
    client: Client, edition: Edition
) -> None:
    # 16:30 in Geneva is 23:30 in Tokyo; it is over at 00:30.
    make_released(edition, "Long", starts_at=time(16, 30), ends_at=time(17, 30))
    tokyo = page(client, "?view=list&zone=Asia/Tokyo")
    assert "Monday</span> 5 July 2027" in tokyo
    assert "Tuesday</span> 6 July 2027" not in tokyo
    assert '<span dir="ltr">23:30–00:30</span> (the next day)' in tokyo


def test_the_clock_is_that_of_who_signed_in(client: Client, oases: Session) -> None:
    client.force_login(make_person(timezone="Asia/Kolkata"))
    # 09:00 in Geneva in summer is 07:00 UTC, and 12:30 in India.
    english = page(client)
    assert '<th scope="row">12:30</th>' in english
    assert "(UTC+5:30)" in english


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "%00", "é" * 300])
def test_a_time_zone_that_does_not_exist_is_named(
    client: Client, oases: Session, zone: str
) -> None:
    english = page(client, f"?zone={zone}")
    assert "There is no time zone called" in english
    assert "Times of Geneva" in english


@pytest.mark.parametrize(
    "query",
    [
        "line=C7-eagri",
        "goal=9",
        "kind=workshop",
        "language=ar",
        "text=oases",
        "text=واحات",
        "text=الواحَات شبكات",
        "text=fao",
        "text=haddad",
        "line=C2&goal=9&text=networks",
    ],
)
def test_each_filter_keeps_what_has_it_alone(
    client: Client, edition: Edition, oases: Session, query: str
) -> None:
    make_released(edition, "Else", kind=make_kind(edition, "plenary"))
    english = page(client, f"?view=list&{query}")
    assert "Networks of oases" in english
    assert "Else</a>" not in english


@pytest.mark.parametrize(
    "query", ["line=C99", "goal=x", "room=7", "text=😀 zz", "kind=%00"]
)
def test_what_nothing_has_leaves_nothing(
    client: Client, oases: Session, query: str
) -> None:
    english = page(client, f"?view=list&{query}")
    assert "No session matches all of this." in english
    assert "Networks of oases" not in english


def test_a_room_is_a_filter(client: Client, edition: Edition, oases: Session) -> None:
    make_released(edition, "Else", room=make_room(edition, "K"))
    english = page(client, f"?view=list&room={oases.room_id}")
    assert "Networks of oases" in english
    assert "Else</a>" not in english


@pytest.mark.parametrize("view", ["", "list", "lines", "goals", "rooms", "now", "?"])
def test_a_cancelled_session_is_struck_through_and_says_so(
    client: Client, edition: Edition, view: str
) -> None:
    make_released(edition, "Gone", is_cancelled=True)
    english = page(client, f"?view={view}")
    struck = "Gone</a></s>" in english and "cancelled</span>" in english
    # What is cancelled is neither now nor next.
    assert struck is (view != "now")


def test_stands_have_no_hours_and_are_shown_apart(
    client: Client, edition: Edition, oases: Session
) -> None:
    kind = make_kind(edition, "stand", is_stand=True)
    empty: dict[str, Any] = {"held_on": None, "starts_at": None, "ends_at": None}
    make_released(edition, "Solar pumps", kind=kind, **empty)
    make_released(edition, "Left the plan", **empty)
    grid, listed = page(client), page(client, "?view=list")
    assert "Solar pumps" not in grid
    assert "1 stand or poster, on all days" in grid
    assert "Stands and posters, on all days" in listed
    assert listed.index("Solar pumps") < listed.index("Without a time at present")
    assert listed.index("Without a time at present") < listed.index("Left the plan")


def test_sessions_stand_under_each_of_their_lines_goals_and_people(
    client: Client, oases: Session
) -> None:
    assert page(client, "?view=lines").count(">Networks of oases</a>") == 2
    assert page(client, "?view=goals").count(">Networks of oases</a>") == 1
    people = page(client, "?view=people")
    assert '<a href="/en/programme/2027/speakers/amina/">' in people
    assert ">Networks of oases</a>" in people


def test_now_is_what_is_on_and_next_what_begins_soon(edition: Edition) -> None:
    for hour in (9, 10, 11, 14):
        make_released(
            edition, f"At {hour}", starts_at=time(hour), ends_at=time(hour, 50)
        )
    rows = queries.agenda_of(edition).sessions
    # 9:30 in Geneva; within 90 minutes two begin.
    now, soon = queries.now_and_next(rows, datetime(2027, 7, 5, 7, 30, tzinfo=UTC))
    assert [str(row.title) for row in now] == ["At 9"]
    assert [str(row.title) for row in soon] == ["At 10", "At 11"]
    now, soon = queries.now_and_next(rows, datetime(2027, 7, 5, 9, 55, tzinfo=UTC))
    assert [[str(row.title) for row in some] for some in (now, soon)] == [[], ["At 14"]]


def test_nothing_is_shown_before_its_release(client: Client, edition: Edition) -> None:
    make_planned(edition, "Secret", held_on=date(2027, 7, 5), starts_at=time(9))
    assert "Secret" not in page(client) + page(client, "?view=list")


def test_an_edition_without_a_release_leads_to_what_is_recorded(
    client: Client, db: None
) -> None:
    make_edition()
    assert "/en/sessions/?year=2027" in page(client)
    assert client.get("/en/programme/2050/").status_code == 404


def test_the_programme_of_the_forum_is_the_agenda_once_it_is_released(
    client: Client, db: None
) -> None:
    assert client.get("/ar/programme/").headers["Location"] == "/ar/sessions/"
    edition = make_edition()
    assert client.get("/ar/programme/").headers["Location"] == "/ar/sessions/"
    Release.objects.create(edition=edition, number=1, released_at=NOW)
    assert client.get("/ar/programme/").headers["Location"] == "/ar/programme/2027/"
    asked = client.get("/ar/programme/?view=list&line=C2")
    assert asked.headers["Location"] == "/ar/programme/2027/?view=list&line=C2"
    assert 'href="/ar/programme/"' in page(client, language="ar")


def test_the_script_for_reading_without_a_line_may_keep_one_language(
    client: Client, db: None
) -> None:
    response = client.get("/ar/programme/offline.js")
    assert response.headers["Service-Worker-Allowed"] == "/ar/"
    assert response.headers["Content-Type"] == "text/javascript"


def test_any_clock_can_be_chosen_and_filters_stay(
    client: Client, oases: Session
) -> None:
    response = client.get("/ar/programme/2027/clock/?goal=9&zone=Asia/Riyadh")
    assert '<option value="Asia/Riyadh" selected>' in response.content.decode()
    assert '<input type="hidden" name="goal" value="9">' in response.content.decode()


@pytest.mark.parametrize("zone", ["right/UTC", "posix/Asia/Tokyo", "localtime"])
def test_what_machines_keep_for_themselves_is_no_clock(
    client: Client, oases: Session, zone: str
) -> None:
    assert "There is no time zone called" in page(client, f"?zone={zone}")


def test_who_ends_after_midnight_ends_the_next_day(
    client: Client, edition: Edition, oases: Session
) -> None:
    late = make_released(edition, "Late", starts_at=time(23, 30), ends_at=time(0, 30))

    for path in (f"sessions/{late.slug}/", "programme/2027/?view=list"):
        assert "(the next day)" in client.get(f"/en/{path}").content.decode()
        assert "(في اليوم التالي)" in client.get(f"/ar/{path}").content.decode()


def test_stands_are_found_by_the_same_words_and_clock(
    client: Client, edition: Edition, oases: Session
) -> None:
    stands = make_kind(edition, code="stand", is_stand=True)
    make_released(
        edition, "Oasis stand", kind=stands, held_on=None, starts_at=None, ends_at=None
    )

    english = page(client, "?text=Oas&zone=Asia/Tokyo")

    (link,) = re.findall(r'href="([^"]*#stands)"', english)
    assert "text=Oas" in link
    assert "zone=Asia" in link
