"""The list of projects: facets that combine, pages that keep them, no dead ends."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.html import escape

from montada.stocktaking import operations
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def projects(now: datetime) -> None:
    first = a_project("Village telecentres", at=now)
    a_project("منصة البيانات", at=now, country_id="SAU", lines=["C7-egov"], year=2024)
    a_project("Open data", at=now, country_id="FRA", lines=["C2", "C3"])
    a_project("", at=now, country_id=None, lines=[], year=None)
    operations.note_distinction(project=first, kind="winner", year=2019, at=now)


def listed(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'<li>\s*<a href="/\w\w/projects/([\w-]+)/"', page)


def facet(client: Client, address: str, name: str) -> dict[str, int]:
    response = client.get(address)
    found: Any = response.context["listing"]
    (wanted,) = [f for f in found.facets if f.name == name]
    return {value.label.value: value.n_projects for value in wanted.values}


@pytest.mark.usefixtures("projects")
class TestNarrowing:
    def test_everything_newest_first(self, client: Client) -> None:
        slugs = listed(client, "/en/projects/")

        assert len(slugs) == 4
        assert slugs[1:3] == ["open-data-fra", "village-telecentres-egy"]

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ("country=EGY", ["village-telecentres-egy"]),
            ("country=EGY&country=FRA", ["open-data-fra", "village-telecentres-egy"]),
            ("group=las&line=C2", ["village-telecentres-egy"]),
            ("line=C3", ["open-data-fra"]),
            ("year=2019", ["village-telecentres-egy"]),
            ("distinction=winner", ["village-telecentres-egy"]),
            ("country=TUV", []),
            ("goal=4", []),
            ("distinction=champion", []),
            ("stakeholder=academia", []),
            ("group=gcc&line=C2", []),
            ("q=TELE", ["village-telecentres-egy"]),
            ("q=data+open", ["open-data-fra"]),
            ("q=nothing+like+it", []),
        ],
    )
    def test_filters(self, client: Client, filters: str, expected: list[str]) -> None:
        assert listed(client, f"/en/projects/?{filters}") == expected

    def test_a_title_that_is_read_out_is_read_in_its_language(
        self, client: Client
    ) -> None:
        page = client.get("/ar/projects/").content.decode()

        title = '<bdi lang="en" dir="ltr">Open data</bdi>'
        assert f'<span class="visually-hidden">: {title}</span>' in page

    def test_what_is_not_stated_can_be_asked_for(self, client: Client) -> None:
        for name in ("country", "line", "year", "title"):
            (slug,) = listed(client, f"/en/projects/?{name}=none")
            assert slug.startswith("project-")

    def test_arabic_words_are_found_under_other_spellings(self, client: Client) -> None:
        for words in ("البيانات", "بيانات", "منصه  البَيانات"):
            assert len(listed(client, f"/ar/projects/?q={quote(words)}")) == 1

    def test_counts_stand_under_the_other_filters(self, client: Client) -> None:
        assert facet(client, "/en/projects/?line=C2&country=EGY", "country") == {
            "EGY": 1,
            "FRA": 1,
        }
        assert facet(client, "/en/projects/?line=C2&country=EGY", "line") == {"C2": 1}
        assert facet(client, "/en/projects/", "country") == {
            "EGY": 1,
            "FRA": 1,
            "SAU": 1,
            "none": 1,
        }

    def test_a_chosen_filter_can_be_taken_back_alone(self, client: Client) -> None:
        page = client.get("/en/projects/?line=C2&country=EGY&q=tele").content.decode()

        assert escape("?country=EGY&q=tele") in page
        assert escape("?line=C2&q=tele") in page
        assert "Remove all filters" in page

    def test_an_empty_list_says_so(self, client: Client) -> None:
        page = client.get("/en/projects/?country=TUV").content.decode()

        assert "No project matches all of this." in page
        assert "0 projects of 4" in page
        assert "Show all projects" in page


@pytest.mark.usefixtures("projects")
class TestBadInput:
    @pytest.mark.parametrize(
        "filters",
        [
            "country=XXX",
            "group=nowhere",
            "line=C12",
            "goal=99",
            "goal=4.0",
            "goal=" + "9" * 40,
            "year=1815",
            "year=x",
            "stakeholder=aliens",
            "distinction=hero",
            "country=%00",
            "country=EGY&country=' OR 1=1",
            "title=stated",
        ],
    )
    def test_values_that_do_not_exist_are_named(
        self, client: Client, filters: str
    ) -> None:
        response = client.get(f"/en/projects/?{filters}")

        if filters == "title=stated":
            assert response.status_code == 200
        else:
            assert response.status_code == 404
            assert "The filter “" in response.content.decode()

    @pytest.mark.parametrize("page", ["1" + "0" * 30, "0", "-1", "x", "2", "%00"])
    def test_pages_that_do_not_exist_say_so(self, client: Client, page: str) -> None:
        response = client.get(f"/ar/projects/?page={page}")

        assert response.status_code == 404

    @pytest.mark.parametrize("query", ["%00", "%E2%80%8F", "(((", "x" * 5000, "?", "%"])
    def test_any_words_may_be_searched_for(self, client: Client, query: str) -> None:
        assert client.get(f"/en/projects/?q={query}").status_code == 200


def test_pages_keep_the_filters(client: Client, now: datetime) -> None:
    for n in range(51):
        a_project(f"Telecentre {n}", at=now)
    a_project("Elsewhere", at=now, country_id="FRA")

    page = client.get("/en/projects/?country=EGY&q=tele").content.decode()

    assert escape("?country=EGY&q=tele&page=2") in page
    assert len(listed(client, "/en/projects/?country=EGY&q=tele&page=2")) == 1


@pytest.mark.usefixtures("projects")
def test_the_list_speaks_the_readers_language(client: Client) -> None:
    page = client.get("/ar/projects/").content.decode()

    assert "المملكة العربية السعودية" in page
    assert "جيم7 – الحكومة الإلكترونية" in page
    assert '<bdi lang="en" dir="ltr">Open data</bdi>' in page


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_the_list(
    client: Client, now: datetime, n: int, django_assert_num_queries: Any
) -> None:
    for i in range(n):
        project = a_project(f"Project {i}", at=now, lines=["C1", "C2"])
        operations.note_distinction(project=project, kind="nominee", year=2018, at=now)

    # Two of them read the framework, which a process remembers outside of a test.
    with django_assert_num_queries(9):
        client.get("/en/projects/?line=C1")
    with django_assert_num_queries(8):
        client.get("/en/projects/gaps/")


@pytest.mark.usefixtures("projects")
def test_gaps_list_what_is_missing_and_nothing_else(client: Client) -> None:
    response = client.get("/en/projects/gaps/")
    counted = {gap.name: gap.n_projects for _name, gap in response.context["gaps"]}
    page = response.content.decode()

    assert counted == {
        "title": 1,
        "country": 1,
        "line": 1,
        "stakeholder": 4,
        "organisation": 4,
        "year": 1,
    }
    assert "Not stated: Country" in page
    assert "/en/projects/?country=none" in page
