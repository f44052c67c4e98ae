"""Up to four projects side by side, and every way of choosing them wrongly."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from montada.language.engine.text import LocalizedText
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import Evidence, Money, Partner, ProjectRecord
from montada.stocktaking.engine.values import ProjectFacts
from montada.stocktaking.queries.compare import Verdict

pytestmark = pytest.mark.django_db

ADDRESS = "/en/projects/compare/"


def told(title: LocalizedText, country: str | None, **record: Any) -> ProjectFacts:
    return ProjectFacts(
        source_url="https://example.org/list",
        title=title,
        country_id=country,
        action_line_ids=("C2",),
        record=ProjectRecord(**record),
    )


@pytest.fixture
def slugs(now: datetime) -> list[str]:
    facts = [
        told(
            LocalizedText.of("ar", "آبار الواحات"),
            "EGY",
            status="ongoing",
            money=Money(budget=Decimal(900), funded=Decimal(400), currency="USD"),
            evidence=(
                Evidence("Wells read", Decimal(5), Decimal("50.5"), unit="wells"),
            ),
        ),
        told(LocalizedText.of("en", "Wells"), "TUN", status="ongoing"),
        told(
            LocalizedText.of("fr", "Puits"),
            None,
            status="planned",
            partners=(Partner("UNICEF"), Partner("<b>Bold</b>")),
        ),
        told(LocalizedText.of("en", "Four"), "KEN"),
        told(LocalizedText.of("en", "Five"), "KEN"),
    ]
    recorded = operations.record_projects(facts=facts, at=now)
    return [one.project.slug for one in recorded]


def rows_of(slugs: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found = queries.comparison(slugs, "en")
    return {
        row.name: tuple(tuple(map(str, cell)) for cell in row.cells)
        for part in found.parts
        for row in part.rows
    }


def test_what_each_says_stands_in_its_column(slugs: list[str]) -> None:
    rows = rows_of(slugs[:3])

    assert rows["Country"] == (("Egypt",), ("Tunisia",), ())
    assert rows["Status"] == (("Ongoing",), ("Ongoing",), ("Planned",))
    assert rows["Results that were measured"][0] == ("Wells read: 5 → 50.5 wells",)
    # 900 of budget less 400 of funds.
    assert rows["Missing"][0] == ("500\N{NO-BREAK SPACE}USD",)
    assert rows["Partners"] == ((), (), ("UNICEF", "<b>Bold</b>"))


def test_differences_are_said_in_words(slugs: list[str]) -> None:
    def verdicts(chosen: list[str]) -> dict[str, Verdict]:
        found = queries.comparison(chosen, "en")
        return {row.name: row.verdict for part in found.parts for row in part.rows}

    two, three = verdicts(slugs[:2]), verdicts(slugs[:3])
    assert (two["Status"], three["Status"]) == (Verdict.SAME, Verdict.DIFFERENT)
    assert (two["Country"], two["Budget"]) == (Verdict.DIFFERENT, Verdict.SOME)
    assert two["Action lines"] == Verdict.SAME


def test_what_none_states_is_said_once(slugs: list[str]) -> None:
    parts = {part.name: part for part in queries.comparison(slugs[1:3], "en").parts}

    assert parts["Money"].rows == ()
    assert parts["Money"].silent == (
        "Budget",
        "Funded",
        "Missing",
        "Own share",
        "Donors",
    )


def test_the_page_shows_them_and_escapes_their_words(
    client: Client, slugs: list[str]
) -> None:
    page = client.get(ADDRESS, {"p": [slugs[0], slugs[2]]}).content.decode()

    assert page.count('role="columnheader"') == 2
    assert '<bdi lang="ar" dir="rtl">آبار الواحات</bdi>' in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page
    assert "different" in page


def test_a_fifth_is_left_out_and_a_double_shown_once(
    client: Client, slugs: list[str]
) -> None:
    page = client.get(ADDRESS, {"p": [*slugs, slugs[0]]}).content.decode()

    assert page.count('role="columnheader"') == 4
    assert "At most 4 projects stand side by side: 1 more was left out." in page
    assert f"“{slugs[0]}” was chosen more than once; it is shown once." in page


@pytest.mark.parametrize(
    "chosen",
    ["", "?p=", "?p=no-such", "?p=%00", "?p=" + "x" * 5000, "?p=<script>&p=🙂"],
)
def test_nothing_to_compare_leads_back_to_the_list(client: Client, chosen: str) -> None:
    response = client.get(f"{ADDRESS}{chosen}")
    page = response.content.decode()

    assert response.status_code == 200
    assert "No project was chosen." in page
    assert "<script>&" not in page


def test_a_project_alone_asks_for_a_second(client: Client, slugs: list[str]) -> None:
    page = client.get(ADDRESS, {"p": slugs[0]}).content.decode()

    assert "One project alone: choose a second one in the list." in page


@pytest.mark.parametrize("n", [1, 4])
def test_queries_do_not_grow(
    client: Client, slugs: list[str], n: int, django_assert_num_queries: Any
) -> None:
    # One of them reads the framework, which a process remembers outside of a test.
    with django_assert_num_queries(17):
        client.get(ADDRESS, {"p": slugs[:n]})


def test_the_list_offers_every_card_to_be_compared(
    client: Client, slugs: list[str]
) -> None:
    page = client.get("/en/projects/").content.decode()

    assert page.count('<input type="checkbox" name="p"') == 5
    assert 'action="/en/projects/compare/"' in page
