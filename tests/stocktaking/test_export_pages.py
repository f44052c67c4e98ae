"""Files of the register on the web: as the list is narrowed, and lasting addresses."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.stocktaking.models import Project
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

EXPORT = "/en/projects/export/"


@pytest.fixture
def register(now: datetime) -> None:
    a_project("Egyptian", at=now)
    a_project("Jordanian", at=now, country_id="JOR")
    a_project("Unseen", at=now)
    Project.objects.filter(slug="unseen-egy").update(visibility="unpublished")


def content(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def slugs(response: Any) -> list[str]:
    return [told["identifier"] for told in json.loads(content(response))]


@pytest.mark.usefixtures("register")
def test_the_file_holds_what_the_list_shows(client: Client) -> None:
    every = client.get(EXPORT, {"format": "json"})
    narrowed = client.get(EXPORT, {"format": "json", "country": "JOR"})

    assert sorted(slugs(every)) == ["egyptian-egy", "jordanian-jor"]
    assert slugs(narrowed) == ["jordanian-jor"]
    assert narrowed.headers["Content-Disposition"].endswith('"projects.json"')


@pytest.mark.usefixtures("register")
def test_the_page_leads_to_every_format_of_the_narrowed_list(client: Client) -> None:
    page = client.get(EXPORT, {"country": "JOR"}).content.decode()

    for name in ("csv", "xlsx", "json", "jsonld", "geojson", "iati"):
        assert f'href="?country=JOR&amp;format={name}"' in page
    assert "1 project of 2" in page


@pytest.mark.parametrize("query", ["format=pdf", "format=json&country=XXX"])
def test_what_there_is_not_is_said(client: Client, query: str) -> None:
    assert client.get(f"{EXPORT}?{query}").status_code == 404


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "jsonld", "geojson", "xml"])
def test_everything_has_a_lasting_address_and_says_whether_it_changed(
    client: Client, suffix: str, now: datetime
) -> None:
    first = client.get(f"/data/projects.{suffix}")
    assert content(first)
    etag = first.headers["ETag"]
    assert "Last-Modified" in first.headers

    same = client.get(f"/data/projects.{suffix}", headers={"if-none-match": etag})
    a_project("New", at=now)
    changed = client.get(f"/data/projects.{suffix}", headers={"if-none-match": etag})
    assert (same.status_code, changed.status_code) == (304, 200)


@pytest.mark.usefixtures("register")
def test_one_project_has_addresses_in_no_language(client: Client) -> None:
    plain = client.get("/projects/egyptian-egy.json")
    linked = client.get("/projects/egyptian-egy.jsonld").json()

    assert plain.json()["record"]["title"]["wordings"]["en"]["text"] == "Egyptian"
    assert linked["@id"] == "http://testserver/projects/egyptian-egy/"
    assert linked["@context"] == "https://schema.org"
    leads_to = client.get("/projects/egyptian-egy/")
    assert leads_to.headers["Location"] == "/ar/projects/egyptian-egy/"


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    "address",
    [
        "/projects/unseen-egy.json",
        "/projects/unseen-egy/",
        "/projects/none.jsonld",
        "/data/projects.pdf",
    ],
)
def test_what_is_not_public_has_none(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
