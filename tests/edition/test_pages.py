"""The list of editions, and the secretariat's desk of one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from montada.audit import queries as trail
from montada.edition import operations, queries
from montada.edition.models import Edition
from montada.participation.models import Person
from tests.factories.edition import (
    make_edition,
    make_outsider,
    make_phase,
    make_room,
    make_secretary,
    text,
)

pytestmark = pytest.mark.django_db

OPENS = datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
CLOSES = datetime(2027, 3, 15, 17, 0, tzinfo=UTC)

DESK_PAGES = [
    *("", "copy/", "online/", "phases/", "rooms/", "terms/"),
    *("phases/1/", "phases/1/remove/", "rooms/1/", "rooms/1/remove/", "undo/1/"),
]


@pytest.fixture
def secretary_client(client: Client) -> Client:
    sign_in(client, make_secretary())
    return client


def texts(**languages: str) -> dict[str, str]:
    """Return a name as the form sends it."""
    return {f"name_{tag}": words for tag, words in languages.items()}


def sign_in(client: Client, person: Person) -> None:
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_list_costs_as_much_for_one_edition_as_for_three(
    client: Client, django_assert_num_queries: Any
) -> None:
    # The trail's newest entry and phases (the stamp), forum, current edition, editions.
    make_edition("2025", year=2025)
    with django_assert_num_queries(5):
        page(client, "/ar/editions/")
    make_edition("2026", year=2026)
    make_edition("2027", year=2027)
    with django_assert_num_queries(5):
        page(client, "/en/editions/")


def test_the_list_shows_all_editions_newest_first_and_marks_what_is_made_up(
    client: Client, now: datetime
) -> None:
    operations.load_editions(at=now)
    make_edition("trial", name=text("Trial forum"), is_made_up=True)

    html = page(client, "/en/editions/")

    names = ["Trial forum", "WSIS Forum 2026", "WSIS+20 High-Level", "WSIS Forum 2009"]
    main = html[html.index("<main") :]
    assert sorted(names, key=main.index) == names
    assert main.count("demonstration") == 1
    assert "7–11 July 2025 · Geneva and online" in main
    assert "until 21 May 2021, first day unknown" in main
    assert "place unknown" in main


def test_an_arabic_reader_reads_the_list_in_arabic(
    client: Client, now: datetime
) -> None:
    operations.load_editions(at=now)

    html = page(client, "/ar/editions/")

    assert "من 19 إلى 23 مارس 2018" in html
    assert "منتدى القمة العالمية لمجتمع المعلومات لعام 2018" in html
    assert "الاستفادة من تكنولوجيا المعلومات والاتصالات لبناء مجتمعات" in html
    assert "جنيف" in html


@pytest.mark.parametrize("path", DESK_PAGES)
def test_a_stranger_is_asked_to_sign_in_and_an_outsider_is_turned_away(
    path: str, client: Client
) -> None:
    make_edition()
    url = f"/en/editions/2027/manage/{path}"

    assert client.get(url).status_code == 302
    sign_in(client, make_outsider())
    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403


@pytest.mark.parametrize("path", DESK_PAGES)
def test_the_desk_of_an_edition_that_does_not_exist_is_a_clear_page(
    path: str, secretary_client: Client
) -> None:
    response = secretary_client.get(f"/en/editions/nowhere/manage/{path}")

    assert response.status_code == 404
    assert "There is no such edition." in response.content.decode()


@pytest.mark.parametrize("path", [p for p in DESK_PAGES if "1/" in p])
def test_numbers_beyond_every_row_are_a_clear_page(
    path: str, secretary_client: Client
) -> None:
    make_edition()
    huge = path.replace("1", str(10**30))

    response = secretary_client.get(f"/en/editions/2027/manage/{huge}")

    expected = 200 if "remove" in path else 404  # what is gone need not be removed
    assert response.status_code == expected


def test_the_desk_shows_phases_rooms_words_and_decisions_in_few_queries(
    secretary_client: Client, django_assert_num_queries: Any
) -> None:
    edition = make_edition()
    make_phase(edition, OPENS, CLOSES)
    make_room(edition, "Popov room", seats=1200)
    # Session, person, roles, forum; edition, phases, rooms, words, decisions.
    with django_assert_num_queries(9):
        html = page(secretary_client, "/en/editions/2027/manage/")

    assert "1 February 2027, 09:00" in html
    assert "15 March 2027, 18:00" in html
    assert "Geneva time" in html
    assert "Popov room" in html
    assert "1,200" in html

    make_phase(edition, OPENS, CLOSES, kind="selection")
    make_phase(edition, OPENS, CLOSES, kind="forum")
    with django_assert_num_queries(9):
        page(secretary_client, "/en/editions/2027/manage/")


def test_copying_is_previewed_confirmed_and_taken_back(
    secretary_client: Client,
) -> None:
    source = make_edition()
    make_phase(source, OPENS, CLOSES)
    url = "/en/editions/2027/manage/copy/"
    sent = {**texts(en="Forum 2028"), "slug": "2028", "starts_on": "2028-08-14"}

    preview = secretary_client.post(url, sent).content.decode()

    assert "Every date moves by 406 days." in preview
    assert "24 April 2028, 18:00" in preview
    assert queries.edition("2028") is None

    done = secretary_client.post(url, {**sent, "confirmed": "2028-08-14"})

    assert done.headers["Location"] == "/en/editions/2028/manage/"
    copy = queries.edition("2028")
    assert copy is not None
    entry = trail.entries_about(copy).get()
    back = reverse("edition:undo", args=["2028", entry.pk])
    assert "Take back" in page(secretary_client, "/en/editions/2028/manage/")
    assert "Copied from an earlier edition" in page(secretary_client, back)
    assert secretary_client.post(back).status_code == 302
    assert queries.edition("2028") is None


def test_a_first_day_that_was_not_previewed_is_previewed_again(
    secretary_client: Client,
) -> None:
    make_edition()
    sent = {**texts(en="Forum 2028"), "slug": "2028", "starts_on": "2028-08-15"}

    response = secretary_client.post(
        "/en/editions/2027/manage/copy/", {**sent, "confirmed": "2028-08-14"}
    )

    assert "Every date moves by 407 days." in response.content.decode()
    assert queries.edition("2028") is None


def test_an_address_that_is_taken_comes_back_with_the_persons_words(
    secretary_client: Client,
) -> None:
    make_edition()
    sent = {**texts(en="My words"), "slug": "2027", "starts_on": "2028-08-14"}

    response = secretary_client.post(
        "/en/editions/2027/manage/copy/", {**sent, "confirmed": "2028-08-14"}
    )

    html = response.content.decode()
    assert response.status_code == 409
    assert "Another edition has the address “2027” already." in html
    assert "My words" in html


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "yesterday", ""])
def test_a_day_out_of_all_reason_is_an_error_of_the_form(
    day: str, secretary_client: Client
) -> None:
    make_edition()
    sent = {**texts(en="Forum"), "slug": "2028", "starts_on": day, "confirmed": day}

    response = secretary_client.post("/en/editions/2027/manage/copy/", sent)

    assert response.status_code == 200
    assert 'class="field wrong"' in response.content.decode()


def test_moving_online_is_previewed_done_and_taken_back(
    secretary_client: Client,
) -> None:
    edition = make_edition(year=2099, starts_on=None, ends_on=None)
    make_room(edition, "Popov room", seats=1200)
    url = "/en/editions/2027/manage/online/"

    preview = page(secretary_client, url)
    assert "Popov room" in preview
    assert "Palexpo" in preview
    assert "1 room has no link yet" in preview

    secretary_client.post(url)
    edition.refresh_from_db()
    assert edition.mode == "online"
    again = secretary_client.post(url)
    assert again.status_code == 409
    assert "takes place online already" in again.content.decode()

    entry = trail.entries_about(edition).get(action="edition.moved_online")
    secretary_client.post(reverse("edition:undo", args=["2027", entry.pk]))
    edition.refresh_from_db()
    assert edition.mode == "hybrid"


def test_a_decision_is_taken_back_through_its_own_edition_only(
    secretary_client: Client, now: datetime
) -> None:
    mine, other = make_edition(), make_edition("other")
    operations.move_online(
        edition_id=other.pk, moved_by=make_secretary("two@example.org"), at=now
    )
    entry = trail.entries_about(other).get()

    response = secretary_client.post(
        reverse("edition:undo", args=[mine.slug, entry.pk])
    )

    assert response.status_code == 404
    other.refresh_from_db()
    assert other.mode == "online"


def test_a_phase_is_written_in_the_editions_own_time(
    secretary_client: Client,
) -> None:
    edition = make_edition(timezone="Africa/Cairo")
    url = "/en/editions/2027/manage/phases/"
    sent = {
        **texts(en="Consultation", ar="تشاور"),
        "kind": "consultation",
        "opens_at": "2027-02-01T09:00",
        "closes_at": "2027-03-15T18:00",
    }

    assert secretary_client.post(url, sent).status_code == 302

    (phase,) = queries.phases_of(edition)
    assert phase.opens_at == datetime(2027, 2, 1, 7, 0, tzinfo=UTC)
    assert 'value="2027-02-01T09:00"' in page(secretary_client, f"{url}{phase.pk}/")

    wrong = secretary_client.post(url, {**sent, "closes_at": "2027-01-01T00:00"})
    assert wrong.status_code == 409
    assert "A phase closes after it opens" in wrong.content.decode()

    secretary_client.post(f"{url}{phase.pk}/remove/")
    assert not queries.phases_of(edition)


def test_a_room_and_a_word_are_set_from_the_desk(secretary_client: Client) -> None:
    edition = make_edition()
    base = "/en/editions/2027/manage/"

    secretary_client.post(
        f"{base}rooms/", {**texts(en="Room A"), "seats": "80", "order": "1"}
    )
    (room,) = queries.rooms_of(edition)
    assert (str(room.name), room.seats) == ("Room A", 80)
    assert 'value="80"' in page(secretary_client, f"{base}rooms/{room.pk}/")
    secretary_client.post(f"{base}rooms/{room.pk}/remove/")
    assert not queries.rooms_of(edition)

    secretary_client.post(
        f"{base}terms/", {"key": "sessions", "label_ar": "لقاءات", "label_en": "Talks"}
    )
    assert str(queries.term(edition, "sessions")) == "لقاءات"
    assert "Talks" in page(secretary_client, f"{base}terms/?key=sessions")


def test_words_nobody_touched_keep_their_approval(secretary_client: Client) -> None:
    edition = make_edition()
    room = make_room(edition, "Room A")

    secretary_client.post(
        f"/en/editions/2027/manage/rooms/{room.pk}/",
        {**texts(en="Room A", ar="القاعة ألف"), "order": "0"},
    )

    room.refresh_from_db()
    states = {tag: str(w.state) for tag, w in room.name.wordings.items()}
    assert states == {"ar": "draft", "en": "approved"}


def test_an_edition_is_opened_from_the_list(secretary_client: Client) -> None:
    assert "Open an edition" in page(secretary_client, "/en/editions/")
    sent = {
        **texts(en="Forum 2029"),
        **{"slug": "2029", "year": "2029", "timezone": "Europe/Zurich"},
        **{"country_id": "che", "mode": ""},
    }

    response = secretary_client.post("/en/editions/new/open/", sent)

    assert response.status_code == 302
    edition = Edition.objects.get()
    assert (edition.slug, edition.country_id, edition.starts_on) == (
        *("2029", "CHE", None),
    )


def test_only_who_may_open_editions_is_offered_it(client: Client) -> None:
    sign_in(client, make_outsider())

    assert "Open an edition" not in page(client, "/en/editions/")
    assert client.get("/en/editions/new/open/").status_code == 403
