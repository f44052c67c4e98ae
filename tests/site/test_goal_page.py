"""A goal's page: its targets, lines, projects and sessions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from montada.framework.models import Goal, Target
from montada.language.engine.text import LocalizedText
from montada.site.goals import goal_page
from tests.factories.framework import change_cell, make_facilitator
from tests.factories.programme import make_session
from tests.site.projects_of_lines import make_project_of
from tests.site.test_matrix_page import page, words

pytestmark = pytest.mark.django_db


def test_without_official_titles_the_page_says_how_to_load_them(client: Client) -> None:
    said = words(page(client, "/en/goals/4/"))

    assert "Quality Education" in said
    assert "4.7" in said
    assert "montada load-targets FILE" in said


def test_official_titles_are_shown_where_they_are_loaded(client: Client) -> None:
    title = LocalizedText.of("en", "Every child in school", ar="كل طفل في المدرسة")
    Target.objects.filter(pk="4.1").update(title=title)
    Goal.objects.filter(pk=4).update(official_title=title)

    english, arabic = (
        words(page(client, f"/{language}/goals/4/")) for language in ("en", "ar")
    )

    assert "Every child in school" in english
    assert "load-targets" not in english
    assert "كل طفل في المدرسة" in arabic


def test_the_lines_are_those_of_the_newest_matrix() -> None:
    change_cell(make_facilitator(), goal_id=14, targets=["14.a"])

    it = goal_page(14)

    assert it is not None
    assert ("C2", ["14.a"]) in [(row.line.code, row.targets) for row in it.lines]
    assert [row.line.order for row in it.lines] == sorted(
        row.line.order for row in it.lines
    )


def test_projects_and_sessions_are_those_of_the_goal() -> None:
    school = make_project_of("C7-elearn", goal=4)
    make_project_of("C7-elearn", goal=5)
    lesson = make_session("Lessons")
    lesson.goals.add(4)
    make_session("Cables").goals.add(9)

    it = goal_page(4)

    assert it is not None
    assert (it.projects, it.sessions) == ([school], [lesson])


@pytest.mark.parametrize("number", [0, 18, 10**30])
def test_a_goal_that_is_not_there_is_a_clear_page(client: Client, number: int) -> None:
    said = page(client, f"/en/goals/{number}/", 404)

    assert "There are 17 goals; there is no such goal." in said


def test_the_page_asks_as_much_for_three_projects_as_for_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        make_project_of("C7-elearn", goal=4)
        make_session("Lessons").goals.add(4)
        with django_assert_num_queries(10):
            page(client, "/en/goals/4/")
