"""The list of countries and a country's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.desk import queries
from montada.desk.queries import heading_of
from montada.framework import queries as framework
from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.selection.models import Award
from montada.stocktaking import operations as stocktaking
from tests.factories.indicators import make_line, make_population, make_series

pytestmark = pytest.mark.django_db

YEARS = range(2000, 2004)


def record(now: datetime, title: str, *, country: str = "EGY") -> None:
    """A project of a ministry, with an award."""
    ministry = participation.name_organisation(
        name=f"Ministry of {title}",
        language="en",
        country_id=country,
        stakeholder_group_id=None,
        source_url="https://example.org/prizes",
        at=now,
    )
    project, _created = stocktaking.record_project(
        title=LocalizedText.of("en", title),
        organisation=ministry,
        country_id=country,
        stakeholder_group_id=None,
        action_line_ids=["C2"],
        goal_numbers=[9],
        year=2016,
        source_url="https://example.org/prizes",
        at=now,
    )
    Award.objects.create(
        project=project,
        year=2016,
        action_line_id="C2",
        result="winner",
        source_url="https://example.org/prizes",
    )


def some_figures() -> None:
    use = make_series()
    make_population({"EGY": 100.0, "JOR": 10.0, "FRA": 60.0}, YEARS)
    make_line(use, "EGY", {2000: 0.6, 2001: 0.8, 2003: 4.0})
    make_line(use, "FRA", {2000: 14.3})


def names(language: str, group: str = "") -> list[list[str]]:
    found = queries.country_list(language=language, group_code=group)
    assert found is not None
    return [
        [row.country.name.shown_to(language).text for row in letter.rows]
        for letter in found.letters
    ]


def test_every_country_is_listed_once_in_every_language() -> None:
    for language in ("ar", "en", "fr", "es", "zh", "ru"):
        assert sum(len(letter) for letter in names(language)) == 249


def test_arabic_names_are_sorted_without_their_article() -> None:
    gcc = names("ar", "gcc")

    assert gcc == [
        ["الإمارات العربية المتحدة"],
        ["البحرين"],
        ["عمان"],
        ["قطر"],
        ["الكويت"],
        ["المملكة العربية السعودية"],
    ]


def test_list_is_narrowed_to_a_group_and_counts_projects(
    client: Client, now: datetime
) -> None:
    record(now, "Telemedicine")
    record(now, "Fibre", country="FRA")

    page = client.get("/en/countries/?group=las").content.decode()

    assert "/en/countries/EGY/" in page
    assert "/en/countries/FRA/" not in page
    assert page.count("one project") == 1


def test_unknown_group_is_said_in_words(client: Client) -> None:
    response = client.get("/en/countries/?group=atlantis")

    assert response.status_code == 404
    assert "There is no group of countries" in response.content.decode()


def test_formal_name_stands_where_the_language_has_one() -> None:
    egypt = framework.country("EGY")
    assert egypt is not None

    heading = heading_of(egypt.name, egypt.formal_name)

    assert heading.shown_to("ar").text == "جمهورية مصر العربية"
    assert heading.shown_to("en").text == "The Arab Republic of Egypt"
    assert heading.shown_to("fr").text == "Égypte"


def test_country_page_shows_what_concerns_it(client: Client, now: datetime) -> None:
    some_figures()
    record(now, "Telemedicine")
    record(now, "Fibre", country="FRA")

    page = client.get("/ar/countries/EGY/").content.decode()

    assert "جمهورية مصر العربية" in page
    assert "جامعة الدول العربية" in page
    assert "Telemedicine" in page
    assert "Ministry of Telemedicine" in page
    assert "Fibre" not in page
    assert "?country=EGY" in page


def test_country_is_compared_with_the_arab_league_and_the_world() -> None:
    some_figures()

    page = queries.country_page(iso3="EGY")

    assert page is not None
    assert page.chart is not None
    own, league, world = page.chart.lines
    assert dict(own.points) == {2000: 0.6, 2001: 0.8, 2003: 4.0}
    assert (page.group and page.group.code, league.last) == ("las", 4.0)
    # Egypt's 100 of 170 people are under 60 %; with France 160 of 170 in 2000.
    assert {y: round(v, 3) for y, v in world.points.items()} == {2000: 5.738}


def test_country_outside_the_league_is_compared_with_its_region() -> None:
    page = queries.country_page(iso3="FRA")

    assert page is not None
    assert page.group
    assert page.group.code == "itu-europe"


def test_group_to_compare_with_is_chosen_among_its_own(client: Client) -> None:
    some_figures()

    chosen = client.get("/en/countries/EGY/?group=au").content.decode()

    assert '<option value="au" selected>' in chosen
    assert client.get("/en/countries/EGY/?group=dco").status_code == 404
    assert client.get("/en/countries/EGY/?group=nowhere").status_code == 404


@pytest.mark.parametrize("written", ["egy", "eg", "Egypt", "مصر"])
def test_other_spellings_lead_to_the_page(client: Client, written: str) -> None:
    response = client.get(f"/en/countries/{written}/")

    assert (response.status_code, response["Location"]) == (301, "/en/countries/EGY/")


@pytest.mark.parametrize("written", ["QQQ", "qqq", "Atlantis", "9" * 40])
def test_unknown_country_is_said_in_words(client: Client, written: str) -> None:
    response = client.get(f"/en/countries/{written}/")

    assert response.status_code == 404
    assert "There is no country" in response.content.decode()


def test_country_without_anything_reads_well(client: Client) -> None:
    some_figures()

    page = client.get("/en/countries/ATA/").content.decode()

    assert "in none of the groups that the forum counts by" in page
    assert "No figure of this country is published in this series." in page
    assert "No project of this country is on record yet." in page


def test_country_page_stands_before_any_figure_is_there(client: Client) -> None:
    page = client.get("/en/countries/EGY/").content.decode()

    assert "No figures have been taken in yet." in page


@pytest.mark.parametrize("n_projects", [1, 3])
def test_country_page_asks_the_same_number_of_queries(
    now: datetime, n_projects: int, django_assert_num_queries: Any
) -> None:
    some_figures()
    for n in range(n_projects):
        record(now, f"Project {n}")

    # country, groups, members; series, figures; projects, awards, seats, sessions
    with django_assert_num_queries(9):
        page = queries.country_page(iso3="EGY")

    assert page is not None
    assert (page.projects.n_all, page.awards.n_all, page.organisations.n_all) == (
        n_projects,
        n_projects,
        n_projects,
    )


def test_country_list_asks_four_queries(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        queries.country_list(language="ar", group_code="las")
