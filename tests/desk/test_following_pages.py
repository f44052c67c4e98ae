"""The buttons under which things are followed, and the pages that show what is new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from montada.desk import operations, queries
from montada.desk.models import Follow
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from tests.desk.following import make_organisation
from tests.factories.edition import make_edition
from tests.factories.participation import make_person
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    """Pages are read by the clock: what they tell of has happened."""
    return datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def eve(client: Client) -> Person:
    """Eve, signed in."""
    person = make_person("Eve")
    client.force_login(person)
    return person


PAGES = [
    ("country", "EGY", "/en/countries/EGY/"),
    ("group", "las", "/en/countries/?group=las"),
    ("line", "C2", "/en/action-lines/C2/"),
    ("organisation", "ministry", "/en/organisations/ministry/"),
    ("project", "village-egy", "/en/projects/village-egy/"),
]


def make_subjects() -> None:
    make_organisation("ministry", name=LocalizedText.of("en", "Ministry"))
    a_project("Village", at=datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize(("kind", "key", "page"), PAGES)
def test_each_page_has_a_button_that_follows_and_stops(
    client: Client, eve: Person, kind: str, key: str, page: str
) -> None:
    make_subjects()
    sent = {"kind": kind, "key": key, "back": page}

    before = client.get(page).content.decode()
    after_follow = client.post("/en/following/follow/", sent, follow=True)
    after_stop = client.post("/en/following/unfollow/", sent, follow=True)

    assert [
        (">Follow</button>" in shown, ">Stop following</button>" in shown)
        for shown in (
            before,
            after_follow.content.decode(),
            after_stop.content.decode(),
        )
    ] == [(True, False), (False, True), (True, False)]
    assert after_follow.redirect_chain == [(page, 302)]
    assert "You follow this now." in after_follow.content.decode()


@pytest.mark.parametrize(("kind", "key", "page"), PAGES)
def test_who_is_not_signed_in_is_led_to_sign_in_and_back(
    client: Client, kind: str, key: str, page: str
) -> None:
    make_subjects()
    quoted = page.replace("/", "%2F").replace("?", "%3F").replace("=", "%3D")

    shown = client.get(page).content.decode()
    pressed = client.post(
        "/en/following/follow/", {"kind": kind, "key": key, "back": page}
    )

    assert f'href="/en/account/login/?next={quoted}" rel="nofollow">Follow<' in shown
    assert pressed.status_code == 302
    assert pressed["Location"].startswith("/en/account/login/?next=/en/")
    assert Follow.objects.count() == 0


def test_a_button_leads_nowhere_else(client: Client, eve: Person) -> None:
    for back in ("https://example.org/", "//example.org", "javascript:alert(1)", ""):
        sent = {"kind": "line", "key": "C2", "back": back}
        answer = client.post("/en/following/follow/", sent)
        assert answer["Location"] == "/en/following/"


@pytest.mark.parametrize("key", ["XXX", "", "\x00", "🛰", "\u202e", "x" * 100_000])
def test_what_is_not_there_is_refused_in_words(
    client: Client, eve: Person, key: str
) -> None:
    sent = {"kind": "country", "key": key}
    answer = client.post("/en/following/follow/", sent, follow=True)

    assert "nothing at this address that can be followed" in answer.content.decode()
    assert Follow.objects.count() == 0


def test_what_is_followed_is_listed_by_kind_under_its_name(
    client: Client, eve: Person, now: datetime
) -> None:
    make_subjects()
    for kind, key, _page in PAGES:
        operations.follow(person=eve, kind=kind, key=key, at=now)

    shown = client.get("/en/following/").content.decode()

    for _kind, _key, page in PAGES:
        assert f'{page}">' in shown
    assert [kind for kind, _rows in queries.follows_of(eve)] == [
        "Project",
        "Organisation",
        "Country",
        "Group of countries",
        "Action line",
    ]
    reading = queries.reading_of(eve)
    assert reading is not None
    assert f"/en/feeds/mine/{queries.feed_key(reading)}.atom" in shown


def test_somebody_who_follows_nothing_is_told_how(client: Client, eve: Person) -> None:
    assert "You follow nothing yet." in client.get("/en/following/").content.decode()


def test_the_rhythm_of_mail_is_chosen_on_the_page(client: Client, eve: Person) -> None:
    client.post("/en/following/", {"rhythm": "weekly"})
    refused = client.post("/en/following/", {"rhythm": "hourly"})

    reading = queries.reading_of(eve)
    assert reading is not None
    assert reading.rhythm == "weekly"
    assert "hourly is not one of the available choices" in refused.content.decode()


def test_home_shows_what_is_new_until_it_is_marked_as_read(
    client: Client, eve: Person, now: datetime
) -> None:
    make_edition()
    operations.follow(person=eve, kind="country", key="EGY", at=now)
    a_project("Village telecentres", at=now + HOUR)

    # Reading changes nothing: the second time it is still new.
    for _again in range(2):
        shown = client.get("/en/").content.decode()
        assert "1 new project" in shown
        assert "Village telecentres" in shown
    sent = {"until": datetime.now(UTC).isoformat(), "back": "/en/"}
    marked = client.post("/en/following/read/", sent, follow=True).content.decode()

    assert "Marked as read." in marked
    assert "Nothing new among what you follow." in marked


@pytest.mark.parametrize(
    "until",
    [
        "",
        "tomorrow",
        "2026-13-01T00:00",
        "2026-03-01",
        "0001-01-01T00:00+14:00",
    ],
)
def test_a_moment_that_is_none_marks_what_is_new_by_now(
    client: Client, eve: Person, now: datetime, until: str
) -> None:
    operations.follow(person=eve, kind="country", key="EGY", at=now)
    a_project("Village telecentres", at=now + HOUR)

    client.post("/en/following/read/", {"until": until})

    assert queries.what_is_new(eve, at=datetime.now(UTC)).news.n_items == 0


def test_home_says_nothing_of_it_to_who_is_not_signed_in(
    client: Client, now: datetime
) -> None:
    make_edition()
    a_project("Village telecentres", at=now)

    assert "New since your last visit" not in client.get("/en/").content.decode()


def test_one_reader_never_gets_the_page_of_another(
    client: Client, eve: Person, now: datetime
) -> None:
    make_edition()
    operations.follow(person=eve, kind="country", key="EGY", at=now)
    a_project("Village telecentres", at=now + HOUR)
    other, stranger = Client(), Client()
    other.force_login(make_person("Omar"))

    answers = [who.get("/en/") for who in (client, other, stranger, stranger)]

    assert ["New since your last visit" in a.content.decode() for a in answers] == [
        True,
        True,
        False,
        False,
    ]
    assert ["1 new project" in a.content.decode() for a in answers] == [
        True,
        False,
        False,
        False,
    ]


def test_the_page_costs_the_same_for_one_and_for_three(
    client: Client, eve: Person, now: datetime
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/en/following/")
        return len(seen)

    def add(n: int) -> Any:
        project = a_project(f"Project {n}", at=now + HOUR)
        operations.follow(person=eve, kind="project", key=project.slug, at=now)
        operations.follow(person=eve, kind="country", key="EGY", at=now)

    add(0)
    one = cost()
    add(1)
    add(2)

    assert cost() == one


def test_a_button_is_read_out_in_the_language_of_what_it_names(
    client: Client, eve: Person, now: datetime
) -> None:
    project = a_project("Village", at=now)
    operations.follow(person=eve, kind="project", key=project.slug, at=now)

    page = client.get("/ar/following/").content.decode()

    title = '<bdi lang="en" dir="ltr">Village</bdi>'
    assert f'<span class="visually-hidden">: {title}</span>' in page
