"""The register in numbers: each counts what it says, as page, CSV and JSON."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.language.engine.text import LocalizedText
from montada.stocktaking import operations
from montada.stocktaking.engine.record import Place, ProjectRecord
from montada.stocktaking.engine.values import ProjectFacts

pytestmark = pytest.mark.django_db

ADDRESS = "/en/projects/statistics/"


def told(title: str, country: str | None, **facts: Any) -> ProjectFacts:
    return ProjectFacts(
        source_url="https://example.org/list",
        title=LocalizedText.of("en", title),
        country_id=country,
        **facts,
    )


@pytest.fixture
def projects(now: datetime) -> None:
    """One of two lines and two goals in Egypt, one in France, one of nothing."""
    operations.record_projects(
        facts=[
            told(
                "One",
                "EGY",
                year=2018,
                action_line_ids=("C2", "C3"),
                goal_numbers=(4, 9),
                stakeholder_group_id="government",
                record=ProjectRecord(
                    entry_type="project",
                    places=(Place(country_id="TUN"), Place(country_id="FRA")),
                ),
            ),
            told("Two", "FRA", year=2019, action_line_ids=("C2",), goal_numbers=(4,)),
            told("Three", None),
        ],
        at=now,
    )


def tables(client: Client, query: str = "") -> dict[str, dict[str, int]]:
    found = client.get(f"{ADDRESS}?format=json{query}").json()
    return {
        table["name"]: {row["value"]: row["projects"] for row in table["rows"]}
        for table in found["tables"]
    }


@pytest.mark.usefixtures("projects")
class TestNumbers:
    def test_every_table_counts_what_it_says(self, client: Client) -> None:
        found = tables(client)

        assert found["type"] == {"project": 1, "none": 2}
        assert found["stakeholder"] == {"government": 1, "none": 2}
        assert found["group"] == {"itu-arab": 1, "itu-europe": 1, "none": 1}
        # The one project that says where it works does so in two regions.
        assert found["region"] == {"itu-arab": 1, "itu-europe": 1, "none": 2}
        assert found["line"] == {"C2": 2, "C3": 1, "none": 1}
        assert found["goal"] == {"4": 2, "9": 1, "none": 1}
        assert found["year"] == {"2019": 1, "2018": 1, "none": 1}

    def test_they_are_narrowed_as_the_list_is(self, client: Client) -> None:
        found = tables(client, "&country=EGY&q=one")

        assert found["line"] == {"C2": 1, "C3": 1}
        assert found["year"] == {"2018": 1}

    def test_line_by_goal_by_year(self, client: Client) -> None:
        cube = client.get(f"{ADDRESS}?format=json").json()["line_goal_year"]

        # Two lines by two goals in 2018, and one cell in 2019.
        assert sorted(
            (c["line"], c["goal"], c["year"], c["projects"]) for c in cube["cells"]
        ) == [
            ("C2", 4, 2018, 1),
            ("C2", 4, 2019, 1),
            ("C2", 9, 2018, 1),
            ("C3", 4, 2018, 1),
            ("C3", 9, 2018, 1),
        ]

    def test_every_number_of_the_csv_says_what_it_is(self, client: Client) -> None:
        response = client.get(f"{ADDRESS}?format=csv")
        text = response.content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))

        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert {bool(row["definition"]) for row in rows} == {True}
        assert {row["source"] for row in rows} == {f"http://testserver{ADDRESS}"}
        assert len({row["counted_on"] for row in rows}) == 1
        (whole,) = [row for row in rows if row["table"] == "all"]
        assert whole["projects"] == "3"
        cells = [row for row in rows if row["table"] == "line_goal_year"]
        assert len(cells) == 5

    def test_the_page_leads_to_the_projects(self, client: Client) -> None:
        page = client.get(f"{ADDRESS}?country=EGY").content.decode()

        assert 'href="/en/projects/?country=EGY&amp;line=C2"' in page
        assert 'href="/en/projects/?country=EGY&amp;line=C2&amp;goal=4"' in page
        assert "Narrowed to:" in page
        assert "?country=EGY&amp;format=csv" in page


@pytest.mark.parametrize("query", ["", "?country=TUV", "?q=%00", "?format="])
def test_an_empty_register_has_numbers_too(client: Client, query: str) -> None:
    assert client.get(f"{ADDRESS}{query}").status_code == 200
    assert client.get(f"{ADDRESS}?format=json").json()["projects"] == 0


@pytest.mark.parametrize("query", ["format=xml", "country=XXX", "format=csv&line=Z"])
def test_what_is_not_there_says_so(client: Client, query: str) -> None:
    assert client.get(f"{ADDRESS}?{query}").status_code == 404
