"""The programme on paper: what it says, for whom it is drawn, in any script."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.test import Client

from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.programme import queries
from montada.programme.models import Seat, Session, Speaker
from tests.djangokit.pdf_reading import bookmarks, keeps_the_standard, n_pages
from tests.factories.edition import make_room, make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_released, make_released_edition

DAY = "out/days/2027-07-05"
SITE = queries.Site(programme="https://example.org/", sessions="https://example.org/s/")


@pytest.fixture
def edition(db: None) -> Edition:
    return make_released_edition()


@pytest.fixture
def oases(edition: Edition) -> Session:
    session = make_released(
        edition,
        title=LocalizedText.of("zh", "信息社会 #pagebreak()"),
        room=make_room(edition, "Room 2"),
        number="12",
    )
    session.organisers.set([make_organisation("FAO")])
    fao = make_organisation("Food")
    fao.name = LocalizedText.of("en", "Food", ar="الأغذية")
    fao.save(update_fields=["name"])
    for n, (name, state) in enumerate(
        (("أمينة حداد", "confirmed"), ("Basel", "asked"), ("Carla", "declined"))
    ):
        speaker = Speaker.objects.create(slug=f"s{n}", name=name, organisation=fao)
        Seat.objects.create(session=session, speaker=speaker, state=state)
    return session


def test_the_programme_is_printed_by_day_and_room(
    client: Client, edition: Edition, oases: Session
) -> None:
    make_released(edition, "Late", held_on=date(2027, 7, 6), room=oases.room)
    make_released(edition, "Stand", held_on=None, starts_at=None, ends_at=None)
    answer = client.get("/en/programme/2027/out/programme.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert bookmarks(answer.content) == {
        "Monday, 5 July 2027",
        "Tuesday, 6 July 2027",
        "Room 2",
        "On all days of the forum",
        "Speakers",
        "Rooms",
    }
    assert client.get("/zh/programme/2027/out/programme.pdf").status_code == 404


def test_what_the_printed_programme_says(edition: Edition, oases: Session) -> None:
    early = make_released(
        edition, "Early", room=oases.room, starts_at=time(8), ends_at=time(9)
    )
    make_released(edition, "Other", room=make_room(edition, "Room 10"))
    programme = queries.outgoing_programme(edition, None, SITE)
    told = queries.printed_programme(edition, programme)
    (day,) = told["days"]
    room_2, room_10 = day["rooms"]
    assert [room_2["name"], room_10["name"]] == ["Room 2", "Room 10"]
    assert [one["title"]["text"] for one in room_2["sessions"]] == [
        "Early",
        "信息社会 #pagebreak()",
    ]
    assert room_2["sessions"][1]["hours"] == "09:00\N{EN DASH}10:00"
    assert room_2["sessions"][1]["organisers"] == ["FAO"]
    assert told["people"]["entries"] == [
        {"name": "أمينة حداد", "keys": [f"{oases.pk}"]}
    ]
    assert told["rooms"]["entries"][0] == {
        "name": "Room 2",
        "keys": [f"{early.pk}", f"{oases.pk}"],
    }


def test_plates_and_signs_are_for_the_secretariat(
    client: Client, edition: Edition, oases: Session
) -> None:
    for name in (f"{DAY}/signs.pdf", f"{DAY}/nameplates.pdf"):
        assert client.get(f"/en/programme/2027/{name}").status_code == 302
    client.force_login(make_person("Mallory"))
    assert client.get(f"/en/programme/2027/{DAY}/signs.pdf").status_code == 403


def test_there_is_a_plate_for_everybody_who_may_come(
    client: Client, edition: Edition, oases: Session
) -> None:
    remote = Speaker.objects.create(slug="far", name="Far away")
    Seat.objects.create(session=oases, speaker=remote, is_remote=True)
    told = queries.nameplates(edition, slug=oases.slug)
    assert told is not None
    assert [plate["name"] for plate in told["plates"]] == ["أمينة حداد", "Basel"]
    names = [one["text"] for one in told["plates"][0]["organisations"]]
    assert names == ["الأغذية", "Food"]

    client.force_login(make_secretary())
    of_day = client.get(f"/ar/programme/2027/{DAY}/nameplates.pdf?room={oases.room_id}")
    assert n_pages(of_day.content) == 2
    assert keeps_the_standard(of_day.content)


def test_a_room_has_a_sign_for_a_day(
    client: Client, edition: Edition, oases: Session
) -> None:
    make_released(edition, "Elsewhere", room=make_room(edition, "Room 3"))
    client.force_login(make_secretary())
    both = client.get(f"/en/programme/2027/{DAY}/signs.pdf")
    assert bookmarks(both.content) == {"Room 2", "Room 3"}
    programme = queries.outgoing_programme(edition, None, SITE)
    told = queries.room_signs(edition, programme, date(2027, 7, 5), oases.room_id or 0)
    assert told is not None
    assert [sign["room"] for sign in told["signs"]] == ["Room 2"]


@pytest.mark.parametrize(
    "name",
    [
        "out/days/2027-07-09/signs.pdf",
        "out/days/2027-99-99/signs.pdf",
        "out/days/x/nameplates.pdf",
        f"{DAY}/signs.pdf?room=999999999999999999",
        "out/sessions/nothing/nameplates.pdf",
    ],
)
def test_where_nothing_is_there_is_no_paper(
    client: Client, edition: Edition, oases: Session, name: str
) -> None:
    client.force_login(make_secretary())
    assert client.get(f"/en/programme/2027/{name}").status_code == 404
