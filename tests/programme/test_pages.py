"""The list and the page of sessions, in Arabic and in English."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from montada.framework.models import ActionLine, Goal
from montada.language.engine.text import LocalizedText
from montada.programme.models import Session
from tests.factories.organisations import make_organisation
from tests.factories.programme import make_session

pytestmark = pytest.mark.django_db


def make_full(title: str = "Digital agriculture", **values: Any) -> Session:
    session = make_session(
        title,
        **{
            "held_on": date(2025, 7, 7),
            "starts_at": time(10, 30),
            "ends_at": time(11, 45),
            "session_type": "Workshop; High-Level Dialogue",
            "labels_basis": "declared",
            "number": "135",
        }
        | values,
    )
    session.action_lines.set(ActionLine.objects.filter(code="C7-eagri"))
    session.goals.set(Goal.objects.filter(number__in=(2, 4)))
    session.organisers.set([make_organisation("FAO", stakeholder_group_id="io")])
    return session


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_list_shows_weekday_day_and_local_hours(client: Client) -> None:
    make_full()

    arabic = page(client, "/ar/sessions/")
    english = page(client, "/en/sessions/")

    assert "7 يوليو 2025" in arabic
    assert "الاثنين" in arabic
    assert "Monday, 7 July 2025" in english
    assert "from 10:30 to 11:45" in english
    assert '<bdi lang="en" dir="ltr">Digital agriculture</bdi>' in arabic


@pytest.mark.parametrize(
    "query",
    [
        "year=2025",
        "line=C7-eagri",
        "goal=2",
        "type=Workshop",
        "text=agriculture",
        "text=FAO",
        "text=135",
        "year=2025&line=C7-eagri&goal=4&type=High-Level+Dialogue&text=digital",
    ],
)
def test_each_filter_keeps_what_has_it_alone(client: Client, query: str) -> None:
    make_full()
    make_session("Something else", year=2024)

    english = page(client, f"/en/sessions/?{query}")

    assert "Digital agriculture" in english
    assert "Something else" not in english
    assert "1 session" in english


def test_filters_combine_and_count_what_is_left(client: Client) -> None:
    make_full()
    make_full("Third", year=2024)
    make_session("Fourth", year=2025)

    response = client.get("/en/sessions/?year=2025")

    facets = response.context["narrowed"].facets
    assert [(o.value, o.n, o.is_chosen) for o in facets["year"]] == [
        ("2025", 2, True),
        ("2024", 1, False),
    ]
    assert [(o.value, o.n) for o in facets["line"]] == [("C7-eagri", 1), ("none", 1)]
    assert 'href="?year=2025&amp;line=C7-eagri"' in response.content.decode()


def test_the_search_folds_spellings(client: Client) -> None:
    make_session(
        "x", title=LocalizedText.of("ar", "شؤون الإعلام"), sort_key="شءون الاعلام"
    )

    assert "شؤون الإعلام" in page(client, "/ar/sessions/?text=شئون")


@pytest.mark.parametrize(
    "query",
    ["year=1066", "year=²", "line=C99", "goal=18", "goal=x", "type=Rave"],
)
def test_a_value_that_does_not_exist_is_named(client: Client, query: str) -> None:
    make_full()

    english = page(client, f"/en/sessions/?{query}")

    assert f"No session is filed under “{query.split('=')[1]}”" in english
    assert "No session matches all of this." in english
    assert "Digital agriculture" not in english


def test_a_line_without_sessions_is_no_slip(client: Client) -> None:
    make_full()

    english = page(client, "/en/sessions/?line=C11")

    assert "is filed under" not in english
    assert "No session matches all of this." in english


@pytest.mark.parametrize("number", ["2", "0", "x", "1" + "0" * 30])
def test_a_page_that_is_not_there_is_a_clear_404(client: Client, number: str) -> None:
    make_full()

    assert client.get(f"/ar/sessions/?page={number}").status_code == 404


def test_fifty_sessions_stand_on_a_page(client: Client) -> None:
    for n in range(51):
        make_session(f"Session {n}", sort_key=f"{n:03}")

    assert "Session 50<" not in page(client, "/en/sessions/")
    assert "Session 50<" in page(client, "/en/sessions/?page=2")


def test_the_list_needs_no_more_queries_for_more_rows(
    client: Client, django_assert_num_queries: Any
) -> None:
    make_full()
    with django_assert_num_queries(9):
        page(client, "/en/sessions/?year=2025")

    make_full("Second")
    make_full("Third")
    with django_assert_num_queries(9):
        page(client, "/en/sessions/?year=2025")


def test_a_session_says_where_its_labels_come_from(client: Client) -> None:
    session = make_full(labels_basis="title")

    english = page(client, f"/en/sessions/{session.slug}/")
    arabic = page(client, f"/ar/sessions/{session.slug}/")

    assert "Read from the title." in english
    assert "جيم7" in arabic
    assert "الزراعة الإلكترونية" in arabic
    assert "local time of the place" in english
    assert 'href="/en/organisations/fao/"' in english
    assert 'href="https://example.org/sessions"' in english


def test_a_session_of_blanks_calls_them_unknown(client: Client) -> None:
    session = make_session("Bare", year=None)

    english = page(client, f"/en/sessions/{session.slug}/")

    assert english.count('<span class="unknown">unknown</span>') == 7
    assert "No action line is stated." in english


def test_a_session_page_needs_few_queries(
    client: Client, django_assert_num_queries: Any
) -> None:
    session = make_full()
    with django_assert_num_queries(8):
        page(client, f"/en/sessions/{session.slug}/")

    session.organisers.add(make_organisation("ITU"), make_organisation("UNESCO"))
    with django_assert_num_queries(8):
        page(client, f"/en/sessions/{session.slug}/")


def test_a_session_that_does_not_exist_is_a_404(client: Client) -> None:
    assert client.get("/ar/sessions/nowhere/").status_code == 404
