"""An action line's page: what its facilitator sees of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from montada.site.lines import YearOfLine, line_page
from montada.site.matrix import NoSuchGroup
from tests.factories.framework import change_cell, make_facilitator
from tests.site.projects_of_lines import (
    make_award_of,
    make_project_of,
    make_session_of,
)
from tests.site.test_matrix_page import page, words

pytestmark = pytest.mark.django_db


def test_projects_sessions_and_awards_are_counted_by_year() -> None:
    egypt = make_project_of("C7-eagri", "EGY", year=2025)
    france = make_project_of("C7-eagri", "FRA", year=2018)
    elsewhere = make_project_of("C2", "EGY", year=2025)
    make_award_of(egypt, "C7-eagri", 2025)
    make_award_of(france, "C7-eagri", None)
    make_award_of(elsewhere, "C2", 2025)
    make_session_of("C7-eagri", "Fields", year=2025)
    make_session_of("C2", "Cables", year=2025)

    it = line_page("C7-eagri")

    assert it is not None
    assert it.years == (
        YearOfLine(2025, 1, 1, 1),
        YearOfLine(2018, 1, 0, 0),
        YearOfLine(None, 0, 0, 1),
    )
    assert (it.n_projects, it.n_sessions, it.n_awards) == (2, 1, 2)
    assert it.projects == [egypt, france]


def test_a_group_narrows_projects_and_awards() -> None:
    egypt = make_project_of("C2", "EGY", year=2025)
    france = make_project_of("C2", "FRA", year=2025)
    make_award_of(egypt, "C2")
    make_award_of(france, "C2")
    make_session_of("C2", "Cables")

    it = line_page("C2", "las")

    assert it is not None
    assert it.projects == [egypt]
    assert (it.n_projects, it.n_sessions, it.n_awards) == (1, 1, 1)


def test_the_goals_are_those_of_the_newest_matrix() -> None:
    fatima = make_facilitator()
    change_cell(fatima, goal_id=7, targets=["7.1"])
    change_cell(fatima, goal_id=8, is_linked=False, targets=[])

    it = line_page("C2")

    assert it is not None
    assert [(g.goal.number, [t.code for t in g.targets]) for g in it.goals] == [
        (1, ["1.4"]),
        (7, ["7.1"]),
        (9, ["9.1", "9.a", "9.c"]),
        (11, ["11.5", "11.b"]),
    ]


def test_neither_lines_nor_groups_are_invented() -> None:
    assert line_page("c2") is None
    with pytest.raises(NoSuchGroup):
        line_page("C2", "atlantis")


def test_the_page_in_english(client: Client) -> None:
    make_project_of("C7-eagri")

    said = words(page(client, "/en/action-lines/C7-eagri/"))

    assert "C7 – E-agriculture" in said
    assert "FAO" in said
    assert "Village 1" in said
    assert "Change the matrix" not in said


def test_the_page_in_arabic_marks_a_draft_title(client: Client) -> None:
    html = page(client, "/ar/action-lines/C2/")

    assert "جيم2 – " in html
    assert 'class="mark"' in html


def test_a_title_that_was_read_carries_no_mark(client: Client) -> None:
    html = page(client, "/en/action-lines/C2/")

    assert 'class="mark"' not in html.partition("<h1>")[2].partition("</h1>")[0]


def test_a_facilitator_finds_every_cell_of_the_line(client: Client) -> None:
    client.force_login(make_facilitator("C2"))

    html = page(client, "/en/action-lines/C2/")

    assert all(f'href="/en/matrix/C2/{n}/"' in html for n in range(1, 18))


@pytest.mark.parametrize("code", ["C12", "c2", "C7", "C7-EAGRI", "%F0%9F%98%80"])
def test_a_line_that_is_not_there_is_a_clear_page(client: Client, code: str) -> None:
    said = page(client, f"/en/action-lines/{code}/", 404)

    assert "There is no such action line." in said


def test_a_group_that_is_not_there_is_a_clear_page(client: Client) -> None:
    said = page(client, "/en/action-lines/C2/?group=atlantis", 404)

    assert "There is no group of countries “atlantis”." in said


def test_the_page_asks_as_much_for_three_projects_as_for_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    for iso3 in ("EGY", "SDN", "FRA"):
        make_award_of(make_project_of("C2", iso3), "C2")
        make_session_of("C2", "Cables")
        with django_assert_num_queries(14):
            page(client, "/en/action-lines/C2/?group=las")
