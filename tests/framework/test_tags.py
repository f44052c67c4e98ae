"""Lines and goals as an editor writes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from montada.framework import queries

pytestmark = pytest.mark.django_db


def rendered(source: str, language: str = "en", **context: Any) -> str:
    template = engines["django"].from_string("{% load framework %}" + source)
    with translation.override(language):
        return template.render(context, RequestFactory().get("/"))


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("ar", "جيم7 – الزراعة الإلكترونية"),
        ("en", "C7 – E-agriculture"),
        ("fr", "C7 – Cyberagriculture"),
    ],
)
def test_a_line_is_named_in_the_readers_way(language: str, name: str) -> None:
    line = queries.action_line("C7-eagri")

    assert rendered("{{ line|line_plain_name }}", language, line=line) == name


def test_the_digits_of_a_line_follow_the_site(settings: Any) -> None:
    settings.DIGITS = "arabic-indic"
    line = queries.action_line("C10")

    assert rendered("{{ line|line_code }}", "ar", line=line) == "جيم١٠"


def test_a_draft_title_is_marked_unless_the_page_says_so_itself() -> None:
    line = queries.action_line("C2")

    assert "mark" in rendered("{% line_name line %}", "ar", line=line)
    assert "mark" not in rendered("{% line_name line marks=False %}", "ar", line=line)
    assert "mark" not in rendered("{% line_name line %}", "en", line=line)


def test_a_badge_is_read_out_as_the_goals_title() -> None:
    assert rendered("{% goal_badge 4 %}") == (
        '<span class="sdg sdg-4" role="img" aria-label="Goal 4: Quality Education"'
        ' title="Goal 4: Quality Education">4</span>'
    )


def test_many_badges_cost_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        rendered("{% goal_badge 4 %}{% goal_badge 5 %}{% goal_badge 6 %}")


def test_a_badge_of_a_goal_that_is_at_hand_costs_none(
    django_assert_num_queries: Any,
) -> None:
    goal = queries.goal(5)
    with django_assert_num_queries(0):
        rendered("{% goal_badge goal %}", goal=goal)
