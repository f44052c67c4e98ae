"""The register for other programs: lists, records, versions; nothing private."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import parse_http_date

from montada.language.engine.text import LocalizedText, TextState
from montada.stocktaking import operations
from montada.stocktaking.choices import Distinction, Visibility
from montada.stocktaking.engine.record import Money, Partner, Place
from tests.factories.entries import a_draft, a_published, an_entry
from tests.factories.participation import make_administrator, make_person
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

LIST = "/api/v1/projects"


def slugs(client: Client, query: str = "") -> list[str]:
    found = client.get(f"{LIST}?{query}").json()
    assert found["count"] == len(found["results"])
    return sorted(row["slug"] for row in found["results"])


def test_filters_are_those_of_the_list_and_narrow_each_other(
    client: Client, now: datetime
) -> None:
    wells = a_project("Wells", at=now, lines=["C2", "C3"], year=2018)
    schools = a_project("Schools", at=now, country_id="KEN", lines=["C3"], year=2020)
    operations.note_distinction(
        project=schools, kind=Distinction.WINNER, year=2021, at=now
    )

    assert slugs(client) == [schools.slug, wells.slug]
    assert slugs(client, "line=C3&country=KEN") == [schools.slug]
    assert slugs(client, "country=KEN&country=EGY") == [schools.slug, wells.slug]
    assert slugs(client, "line=C2&country=KEN") == []
    assert slugs(client, "distinction=winner&year=2021") == [schools.slug]
    assert slugs(client, "stakeholder=none&q=WELL") == [wells.slug]


def test_every_filter_of_the_list_is_one_of_the_api(client: Client) -> None:
    from montada.stocktaking.api.reads import Filters  # noqa: PLC0415  # after setup
    from montada.stocktaking.queries.listing import (  # noqa: PLC0415  # after setup
        FILTERS,
    )

    assert set(Filters.model_fields) == {*FILTERS, "q"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("country=XXX", "country"),
        ("goal=999999999999999999999", "goal"),
        ("line=" + "C" * 61, "line.0"),
        ("page=0", "page"),
        ("limit=101", "limit"),
        ("page=99999999999999999999999", "page"),
        ("q=" + "x" * 101, "q"),
        ("status=%00", "status"),
    ],
)
def test_what_cannot_be_asked_for_is_named(
    client: Client, query: str, field: str
) -> None:
    answer = client.get(f"{LIST}?{query}")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_pages_lead_to_each_other(client: Client, now: datetime) -> None:
    for title in ("A", "B", "C"):
        a_project(f"Project {title}", at=now)

    answer = client.get(f"{LIST}?limit=1&page=2&country=EGY")

    def link(rel: str, page: int) -> str:
        return f'<{LIST}?limit=1&page={page}&country=EGY>; rel="{rel}"'

    assert [row["slug"] for row in answer.json()["results"]] == ["project-b-egy"]
    assert answer.json()["count"] == 3
    assert answer.headers["Link"] == ", ".join(
        [link("first", 1), link("last", 3), link("prev", 1), link("next", 3)]
    )
    beyond = client.get(f"{LIST}?limit=1&page=4", headers={"Accept-Language": "en"})
    assert beyond.json()["detail"] == ("There is no such page: the list has 3 pages.")


def test_a_record_says_what_its_version_says_and_who_says_so(
    client: Client, now: datetime
) -> None:
    owner, secretary = make_person("Diego"), make_administrator()
    project = a_published(
        owner,
        secretary,
        at=now,
        money=Money(budget=Decimal(1000), currency="EGP"),
        partners=(Partner("Oasis Union", country_id="EGY"),),
        places=(Place("Siwa", "EGY", 29.2, 25.5),),
    )

    told = client.get(f"{LIST}/{project.slug}").json()

    assert (told["slug"], told["version"]) == (project.slug, 1)
    assert told["record"]["title"] == {
        "written_in": "en",
        "wordings": {"en": {"text": "Wells by telephone", "state": "approved"}},
    }
    assert told["record"]["money"]["budget"] == "1000"
    assert told["record"]["partners"][0]["name"] == "Oasis Union"
    assert told["labels"] == [
        {
            "axis": "action_line",
            "code": "C2",
            "source": "stated",
            "confidence": None,
            "words": [],
        }
    ]
    (name,) = told["organisation"]["name"]["wordings"].values()
    assert name["text"] == "Ministry of Water"
    assert client.get(told["links"]["versions"]).json()[0]["number"] == 1
    assert client.get(told["url"]).status_code == 200


def test_a_version_stays_as_it_was(client: Client, now: datetime) -> None:
    owner, secretary = make_person("Diego"), make_administrator()
    project = a_published(owner, secretary, at=now)
    at = now + timedelta(days=1)
    second = operations.begin_version(project=project, begun_by=owner, at=at)
    record = second.record.with_texts({"title": LocalizedText.of("en", "Wells again")})
    second = operations.save_draft(
        version=second,
        record=record,
        revision=0,
        organisation_name="Ministry of Water",
        saved_by=owner,
        at=at,
    )

    hidden = client.get(f"{LIST}/{project.slug}/versions/2").status_code
    second = operations.submit_version(version=second, submitted_by=owner, at=at)
    operations.publish_entry(version=second, published_by=secretary, at=at)

    def title(address: str) -> str:
        told = client.get(address).json()["record"]["title"]
        return str(told["wordings"]["en"]["text"])

    numbers = client.get(f"{LIST}/{project.slug}/versions").json()
    assert hidden == 404
    assert [row["number"] for row in numbers] == [2, 1]
    assert title(f"{LIST}/{project.slug}") == "Wells again"
    assert title(numbers[1]["url"]) == "Wells by telephone"


def test_who_approved_a_translation_is_nobodys_business(
    client: Client, now: datetime
) -> None:
    title = LocalizedText.of("en", "Wells").with_wording("ar", "آبار", TextState.DRAFT)
    project = a_project(title.approved("ar", by=7), at=now)

    told = client.get(f"{LIST}/{project.slug}").json()["title"]["wordings"]

    assert told["ar"] == {"text": "آبار", "state": "approved"}


def test_contacts_and_people_are_in_no_answer(client: Client, now: datetime) -> None:
    owner, secretary = make_person("Diego"), make_administrator()
    project = a_published(owner, secretary, at=now)
    project.contacts.create(name="Layla Hidden", email="layla@example.org", phone="1")

    told = [
        client.get(address).content.decode()
        for address in (
            LIST,
            f"{LIST}/{project.slug}",
            f"{LIST}/{project.slug}/versions",
        )
    ]

    assert [
        word for word in ("Layla", "layla", "Diego", "diego") if word in str(told)
    ] == []


@pytest.mark.parametrize("state", [Visibility.UNSEEN, Visibility.UNPUBLISHED])
def test_what_is_not_public_is_not_there(
    client: Client, now: datetime, state: Visibility
) -> None:
    project = a_project("Secret wells", at=now)
    project.visibility = state
    project.save()
    addresses = ("", "/versions", "/versions/1")

    answers = [client.get(f"{LIST}/{project.slug}{end}") for end in addresses]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert slugs(client) == []


def test_drafts_and_entries_in_check_are_not_there(
    client: Client, now: datetime
) -> None:
    diego = make_person("Diego")
    draft, entry = a_draft(diego, at=now), an_entry(diego, at=now)

    found = [
        client.get(f"{LIST}/{version.project.slug}").status_code
        for version in (draft, entry)
    ]

    assert (found, slugs(client)) == ([404, 404], [])


def test_an_answer_is_good_until_the_next_decision(
    client: Client, now: datetime
) -> None:
    a_project("Wells", at=now)
    first = client.get(LIST)
    kept = {"If-None-Match": first.headers["ETag"]}

    assert client.get(LIST, headers=kept).status_code == 304
    a_published(make_person("Diego"), make_administrator(), at=now)
    assert client.get(LIST, headers=kept).json()["count"] == 2


def test_last_modified_is_when_the_newest_decision_was(client: Client) -> None:
    at = datetime.fromisoformat("2025-01-05T10:00:00+00:00")
    a_published(make_person("Diego"), make_administrator(), at=at)

    answer = client.get(LIST)
    changed = answer.headers["Last-Modified"]

    assert parse_http_date(changed) == (at + timedelta(hours=1)).timestamp()
    again = client.get(LIST, headers={"If-Modified-Since": changed})
    assert again.status_code == 304


def test_the_list_asks_as_often_for_one_project_as_for_three(
    client: Client, now: datetime
) -> None:
    def n_queries(n_projects: int) -> int:
        for n in range(n_projects):
            a_project(f"Project {n}", at=now, goal_numbers=[4])
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).json()["count"] == n_projects
        return len(asked)

    assert n_queries(1) == n_queries(3)
