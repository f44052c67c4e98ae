"""The clock that a reader chose: remembered on the device, named in any language."""

from __future__ import annotations

import pytest
from django.test import Client

from montada.edition.models import Edition
from montada.programme.models import Session
from tests.factories.participation import make_person
from tests.factories.programme import make_released, make_released_edition

AGENDA = "/en/programme/2027/"


@pytest.fixture
def edition(db: None) -> Edition:
    edition = make_released_edition()
    make_released(edition, "Opening")
    return edition


def choose(client: Client, query: str) -> str:
    response = client.get(f"{AGENDA}clock/chosen/?{query}")
    assert response.status_code == 302
    return response.headers["Location"]


def page(client: Client, address: str = AGENDA) -> str:
    return client.get(address).content.decode()


@pytest.mark.usefixtures("edition")
def test_a_chosen_clock_stays_on_the_next_page(client: Client) -> None:
    # 09:00 in Geneva is 10:00 in Cairo.
    assert choose(client, "page=agenda&zone=Africa/Cairo&goal=9") == f"{AGENDA}?goal=9"
    assert "Times of Cairo" in page(client)
    assert '<th scope="row">10:00</th>' in page(client)
    assert choose(client, "page=mine&zone=Asia/Tokyo") == f"{AGENDA}mine/"
    assert "Times of Tokyo" in page(client)
    assert "Times of Tokyo" in page(client, f"{AGENDA}mine/")


@pytest.mark.usefixtures("edition")
def test_a_kept_page_is_that_of_the_readers_clock_alone(client: Client) -> None:
    geneva = client.get(AGENDA)
    choose(client, "zone=Africa/Cairo")
    unchanged = {"If-None-Match": geneva.headers["ETag"]}
    cairo = client.get(AGENDA, headers=unchanged)
    assert cairo.status_code == 200
    assert "Times of Cairo" in cairo.content.decode()
    assert (
        client.get(AGENDA, headers={"If-None-Match": cairo.headers["ETag"]}).status_code
        == 304
    )
    assert "Times of Geneva" in page(Client())


@pytest.mark.usefixtures("edition")
def test_an_address_is_before_the_choice_and_the_choice_before_the_profile(
    client: Client,
) -> None:
    client.force_login(make_person(timezone="Asia/Kolkata"))
    choose(client, "zone=Africa/Cairo")
    assert "Times of Cairo" in page(client)
    assert "Times of Tokyo" in page(client, f"{AGENDA}?zone=Asia/Tokyo")


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "localtime"])
def test_a_clock_that_does_not_exist_is_not_remembered(
    client: Client, zone: str
) -> None:
    assert "There is no time zone called" in page(
        client, choose(client, f"zone={zone}")
    )
    assert not client.cookies
    client.cookies["zone"] = zone
    assert "Times of Geneva" in page(client)
    assert client.get(f"/ar/programme/zone-place/?zone={zone}").status_code == 404


@pytest.mark.usefixtures("edition")
def test_the_place_of_a_zone_is_called_as_the_page_calls_places(client: Client) -> None:
    address = "programme/zone-place/?zone=Africa/Cairo"
    assert page(client, f"/ar/{address}") == "القاهرة"
    assert page(client, f"/fr/{address}") == "Le Caire"


def test_pages_to_keep_say_by_which_clock_they_are(
    client: Client, edition: Edition
) -> None:
    client.force_login(make_person(timezone="Asia/Kolkata"))
    slug = Session.objects.get(edition=edition).slug
    for address in (AGENDA, f"{AGENDA}mine/?s={slug}", f"/en/sessions/{slug}/"):
        assert 'data-scope="/en/" data-zone="Asia/Kolkata"' in page(client, address)
