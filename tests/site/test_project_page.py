"""A project's page says what sources say, and what they leave open."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from montada.selection import operations
from montada.stocktaking.models import Project
from tests.factories.selection import a_list_of_prizes
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(tmp_path: Path, now: datetime) -> Any:
    def reading(*rows: dict[str, str]) -> Project:
        path = a_list_of_prizes(tmp_path / "prizes.csv", *rows)
        operations.import_prizes(path=path, imported_by=None, at=now)
        return Project.objects.order_by("pk")[0]

    return reading


def page_of(client: Client, project: Project, language: str = "en") -> str:
    response = client.get(f"/{language}/projects/{project.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_names_everything_and_every_source(client: Client, told: Any) -> None:
    project = told(
        {"year": "2018", "source_url": "https://example.org/2018"},
        {"year": "2019", "source_url": "https://example.org/2019", "result": "winner"},
    )

    page = page_of(client, project)

    assert '<bdi lang="und" dir="auto">Village telecentres</bdi>' in page
    assert f'href="/en/organisations/{project.organisation.slug}/"' in page
    assert 'href="/en/countries/EGY/"' in page
    assert 'href="/en/action-lines/C2/"' in page
    assert 'href="https://example.org/2018"' in page
    assert 'href="https://example.org/2019"' in page
    assert "Winner" in page
    assert "may have won as well" not in page


def test_the_page_is_arabic_for_arabic_readers(client: Client, told: Any) -> None:
    page = page_of(client, told({"category": "C7-egov"}), "ar")

    assert "جيم7" in page
    assert "الحكومة الإلكترونية" in page
    assert ">مصر</bdi>" in page


def test_a_nominee_may_have_won(client: Client, told: Any) -> None:
    assert "may have won as well" in page_of(client, told({"result": "nominee"}))


def test_a_project_of_which_little_is_known_reads_well(
    client: Client, told: Any
) -> None:
    nothing = {
        "title": "",
        "country": "",
        "category": "",
        "year": "",
        "organisation": "",
    }
    project = told({**nothing, "stakeholder_type": ""})

    page = page_of(client, project)

    assert page.count("Title not stated by the source") == 3
    assert page.count("not stated") >= 7
    assert "Others of the same country and action line" not in page
    assert "None" not in page


def test_others_of_the_same_country_and_line_are_shown(
    client: Client, now: datetime
) -> None:
    project = a_project("One", at=now)
    a_project("A neighbour", at=now)
    a_project("A stranger", at=now, country_id="FRA")

    page = page_of(client, project)

    assert "A neighbour" in page
    assert "A stranger" not in page


def test_words_of_a_source_are_never_markup(client: Client, told: Any) -> None:
    page = page_of(client, told({"title": "<script>alert(1)</script>"}))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("slug", ["no-such-project", "x" * 300, "0"])
def test_an_address_of_no_project_says_so(client: Client, slug: str) -> None:
    response = client.get(f"/en/projects/{slug}/")

    assert response.status_code == 404
    assert "The register holds no project at this address." in response.content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_awards(
    client: Client, told: Any, n: int, django_assert_num_queries: Any
) -> None:
    rows = [{"year": str(2018 + i), "category": "C2;C3"} for i in range(n)]
    project = told(*rows, {"title": "A neighbour"})

    # One of them reads the framework, which a process remembers outside of a test.
    with django_assert_num_queries(20):
        page_of(client, project)
