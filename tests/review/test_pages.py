"""The ten targets of Geneva beside the world's figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.indicators.operations import load_own_figures
from montada.review import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def _figures(now: datetime) -> None:
    load_own_figures(at=now)


@pytest.mark.usefixtures("_figures")
def test_each_target_says_what_the_world_has_for_it() -> None:
    states = {row.target.letter: row.state for row in queries.targets()}

    assert states == {
        "a": "carried",
        "b": "too_few",
        "c": "none",
        "d": "proxies",
        "e": "proxies",
        "f": "published",
        "g": "proxies",
        "h": "published",
        "i": "proxies",
        "j": "carried",
    }


def test_targets_are_told_before_any_figure_is_there(client: Client) -> None:
    page = client.get("/en/review/").content.decode()

    assert page.count("/en/review/") >= 10
    assert "No series exists." in page


@pytest.mark.usefixtures("_figures")
def test_target_of_a_half_shows_both_releases_and_when_a_half_was_passed(
    client: Client,
) -> None:
    row = queries.target("j")
    assert row is not None
    assert row.estimates is not None
    estimates = row.estimates

    assert [(y, [e.value for e in said]) for y, said in estimates.contradictions] == [
        (2022, [66.0, 64.0]),
        (2023, [67.4, 65.0]),
    ]
    assert estimates.passing
    assert estimates.passing.year == 2018
    assert estimates.at_due_year
    assert estimates.at_due_year.value == 43.4
    assert estimates.passing_of_mean
    assert estimates.passing_of_mean.year == 2019

    page = client.get("/en/review/j/").content.decode()
    assert (
        "Two releases contradict each other for 2022: 66% in &quot;Facts and Figures"
        " 2022&quot;, 64% in &quot;Facts and Figures 2023&quot;."
    ).replace("&quot;", '"') in page
    assert "advanced-television.com" in page
    assert "108.161.137.60" in page


@pytest.mark.usefixtures("_figures")
def test_proxies_are_called_proxies_with_their_coverage(client: Client) -> None:
    page = client.get("/en/review/a/").content.decode()

    assert (
        "A proxy: it stands for what the target asks and does not measure it." in page
    )
    assert "In the due year 2015: 78.2%, from countries with 100% of the world" in page


@pytest.mark.usefixtures("_figures")
def test_schools_have_no_world_figure_and_the_page_says_why(client: Client) -> None:
    page = client.get("/en/review/b/").content.decode()

    assert "too few countries have one" in page
    assert "at most 35% of the people covered (2016)" in page
    assert "it counts primary schools alone" in page


def test_target_without_a_series_says_so(client: Client) -> None:
    page = client.get("/en/review/c/").content.decode()

    assert "No series exists: only the countries themselves can report" in page
    assert "Recalled from memory" in page


def test_targets_are_told_in_arabic(client: Client) -> None:
    page = client.get("/ar/review/j/").content.decode()

    assert "ضمان أن يكون لأكثر من نصف سكان العالم" in page
    assert 'dir="rtl"' in page


@pytest.mark.parametrize("letter", ["k", "J", "jj", "9" * 40])
def test_other_letters_are_no_targets(client: Client, letter: str) -> None:
    response = client.get(f"/en/review/{letter}/")

    assert response.status_code == 404
    assert "from a to j" in response.content.decode()


@pytest.mark.usefixtures("_figures")
def test_pages_ask_few_queries(django_assert_num_queries: Any) -> None:
    # targets and their lines; series, figures; estimates
    with django_assert_num_queries(5):
        queries.targets()
    with django_assert_num_queries(5):
        queries.target("j")
