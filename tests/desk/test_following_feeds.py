"""Atom feeds: of what may be followed, and the secret one of a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from montada.desk import operations, queries
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from montada.stocktaking.models import Project
from tests.desk.following import make_organisation
from tests.factories.participation import make_person
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
HOUR = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    """Feeds are read by the clock: what they tell of has happened."""
    return datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def feed(client: Client, path: str) -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def titles(root: ET.Element) -> list[str]:
    return [one.text or "" for one in root.iterfind(f"{ATOM}entry/{ATOM}title")]


def test_each_thing_has_a_feed_of_its_new_projects(
    client: Client, now: datetime
) -> None:
    ministry = make_organisation("ministry", name=LocalizedText.of("en", "Ministry"))
    a_project("Village telecentres", at=now, organisation=ministry)
    a_project("Élan", at=now, country_id="FRA", lines=["C3"])

    for path in ("country/EGY", "group/las", "line/C2", "organisation/ministry"):
        assert titles(feed(client, f"/en/feeds/{path}.atom")) == ["Village telecentres"]


def test_a_feed_has_all_that_atom_asks_for(client: Client, now: datetime) -> None:
    project = a_project("Village telecentres", at=now)

    root = feed(client, "/en/feeds/country/EGY.atom")

    # RFC 4287, 4.1.1 and 4.1.2: id, title, updated; an author unless entries have one.
    assert {"id", "title", "updated", "author"} <= {
        child.tag.removeprefix(ATOM) for child in root
    }
    assert root.findtext(f"{ATOM}title") == "New projects: Egypt"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://testserver/en/projects/{project.slug}/"
    assert entry.findtext(f"{ATOM}summary") == "New in the register – Egypt"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-01T09:00:00+00:00"
    assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")


def test_a_feed_speaks_the_language_of_its_address_under_the_same_names(
    client: Client, now: datetime
) -> None:
    a_project(LocalizedText.of("en", "Telecentres", ar="مراكز الاتصال"), at=now)

    english, arabic = (
        feed(client, f"/{language}/feeds/country/EGY.atom") for language in ("en", "ar")
    )

    assert (titles(english), titles(arabic)) == (["Telecentres"], ["مراكز الاتصال"])
    assert [one.text for one in english.iterfind(f"{ATOM}entry/{ATOM}id")] == [
        one.text for one in arabic.iterfind(f"{ATOM}entry/{ATOM}id")
    ]


def test_hard_titles_leave_a_feed_well_formed(client: Client, now: datetime) -> None:
    project = a_project("x", at=now)
    title = LocalizedText.of("en", "<b>a & b</b>\x0b\u202edna\x00 🛰")
    Project.objects.filter(pk=project.pk).update(title=title)

    assert titles(feed(client, "/en/feeds/country/EGY.atom")) == [
        "<b>a & b</b> \u202edna 🛰"
    ]


def test_what_is_not_public_is_in_no_feed(client: Client, now: datetime) -> None:
    hidden = a_project("Hidden", at=now)
    Project.objects.filter(pk=hidden.pk).update(visibility="unpublished")

    assert titles(feed(client, "/en/feeds/country/EGY.atom")) == []


@pytest.mark.parametrize(
    "path",
    [
        "country/XXX",
        "planet/EGY",
        "project/village-egy",
        "line/C2%00",
        "mine/1:abc",
        "mine/1",
        "mine/%F0%9F%9B%B0",
    ],
)
def test_a_feed_that_is_not_there_is_said_not_to_be(client: Client, path: str) -> None:
    assert client.get(f"/en/feeds/{path}.atom").status_code == 404


def my_feed(person: Person) -> str:
    reading = queries.reading_of(person)
    assert reading is not None
    return f"/en/feeds/mine/{queries.feed_key(reading)}.atom"


def test_a_secret_address_shows_what_its_owner_follows_without_signing_in(
    client: Client, now: datetime
) -> None:
    eve = make_person("Eve")
    a_project("Older than the first follow", at=now - HOUR)
    operations.follow(person=eve, kind="country", key="EGY", at=now)
    a_project("Elsewhere", at=now, country_id="FRA")

    response = client.get(my_feed(eve))

    root = ET.fromstring(response.content)
    assert titles(root) == ["Older than the first follow"]
    assert response["Cache-Control"] == "private, no-cache"
    assert b"Eve" not in response.content


def test_a_new_address_takes_the_old_one_away(client: Client, now: datetime) -> None:
    eve = make_person("Eve")
    operations.follow(person=eve, kind="country", key="EGY", at=now)
    old = my_feed(eve)
    operations.renew_feed(person=eve, at=now + HOUR)

    assert client.get(old).status_code == 404
    assert client.get(my_feed(eve)).status_code == 200
    reading = queries.reading_of(eve)
    assert reading is not None
    assert (reading.seen_at, reading.digested_at) == (now, now)


def test_the_feed_of_somebody_who_may_not_come_in_leads_nowhere(
    client: Client, now: datetime
) -> None:
    eve = make_person("Eve")
    operations.follow(person=eve, kind="country", key="EGY", at=now)
    Person.objects.filter(pk=eve.pk).update(is_active=False)

    assert client.get(my_feed(eve)).status_code == 404
