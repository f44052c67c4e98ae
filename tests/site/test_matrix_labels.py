"""The matrix filled with projects: what is stated apart from what is suggested."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.site.matrix import MatrixCell, table
from tests.factories.labels import suggest
from tests.site.projects_of_lines import make_project_of
from tests.site.test_matrix_page import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def labelled(now: datetime) -> None:
    """C2 × 9 (linked): one states both, two need a suggestion. C2 × 7 (not): one."""
    make_project_of("C2", "EGY", goal=9)
    for iso3 in ("EGY", "FRA"):
        suggest(make_project_of("C2", iso3), "9", at=now)
    suggest(make_project_of("C4", "FRA", goal=7), "C2", at=now)


def cell(line: str, goal: int, group: str | None = None) -> MatrixCell:
    (row,) = (row for row in table(group).rows if row.line.code == line)
    return row.cells[goal - 1]


@pytest.mark.usefixtures("labelled")
def test_a_linked_cell_keeps_its_sign_and_counts_apart() -> None:
    assert cell("C2", 9) == MatrixCell(
        goal=9,
        heat=5,
        sign="●",
        url="/en/matrix/C2/9/",
        said=(
            "linked through 3 targets; 1 project; 2 projects suggested by their titles"
        ),
        counted="1+2",
    )


@pytest.mark.usefixtures("labelled")
def test_a_cell_that_is_not_linked_tells_of_its_projects() -> None:
    # One project of at most three in a cell: 1 + round(4 * 1/3).
    assert cell("C2", 7) == MatrixCell(
        goal=7,
        heat=2,
        sign="",
        url="/en/matrix/C2/7/",
        said="not linked in the matrix; 1 project suggested by its title",
        counted="+1",
    )


@pytest.mark.usefixtures("labelled")
def test_a_linked_cell_without_projects_is_cold() -> None:
    whole = cell("C1", 1)

    assert (whole.heat, whole.sign, whole.counted) == (0, "○", "")
    assert whole.said == "linked to the goal as a whole"


@pytest.mark.usefixtures("labelled")
def test_counts_follow_the_group_of_countries() -> None:
    assert cell("C2", 9, "las").counted == "1+1"
    assert cell("C2", 7, "las").url == ""


def test_without_any_label_the_heat_is_that_of_the_links() -> None:
    make_project_of("C2", "EGY")

    drawn = table()
    assert not drawn.has_counts
    assert cell("C2", 9).heat == 4


@pytest.mark.usefixtures("labelled")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_sums_are_written_from_left_to_right(client: Client, language: str) -> None:
    html = page(client, f"/{language}/matrix/")

    assert '●<small dir="ltr">1+2</small>' in html
    assert '<small dir="ltr">+1</small>' in html


@pytest.mark.usefixtures("labelled")
def test_the_legend_says_what_the_sums_mean(client: Client) -> None:
    filled = words(page(client, "/en/matrix/"))

    assert "12+30 means: 12 projects have both" in filled
    assert "Nobody has confirmed these." in filled


def test_an_unlabelled_matrix_says_what_it_waits_for(client: Client) -> None:
    said = words(page(client, "/en/matrix/"))

    assert "Cells count projects as soon as titles have been read" in said
    assert "12+30" not in said


@pytest.mark.usefixtures("labelled")
def test_a_cells_page_leads_to_both_lists(client: Client) -> None:
    html = page(client, "/en/matrix/C2/9/")

    stated = "/en/projects/?line=C2&amp;goal=9"
    assert f'<a href="{stated}">1 project has both</a>' in html
    assert (
        f'<a href="{stated}&amp;suggested=1">'
        "2 more projects suggested by their titles</a>" in html
    )
    assert "1 project of 4" in page(client, stated.replace("&amp;", "&"))
    both = stated.replace("&amp;", "&") + "&suggested=1"
    assert "3 projects of 4" in page(client, both)


@pytest.mark.usefixtures("labelled")
def test_projects_of_a_cell_without_a_link_are_news_to_facilitators(
    client: Client,
) -> None:
    news = "The matrix does not link the two, and yet projects join them"

    assert news in page(client, "/en/matrix/C2/7/")
    assert news not in page(client, "/en/matrix/C2/9/")
    empty = page(client, "/en/matrix/C2/14/")
    assert "No project has both, and no title suggests it." in empty


@pytest.mark.usefixtures("labelled")
@pytest.mark.parametrize(
    ("address", "said", "link"),
    [
        (
            "action-lines/C2/",
            "1 more project is suggested by its title",
            "?line=C2&amp;suggested=1",
        ),
        (
            "action-lines/C2/?group=au",
            "",
            "?line=C2&amp;group=au&amp;suggested=1",
        ),
        (
            "goals/9/",
            "2 more projects are suggested by their titles",
            "?goal=9&amp;suggested=1",
        ),
    ],
)
def test_lines_and_goals_tell_of_suggested_projects(
    client: Client, address: str, said: str, link: str
) -> None:
    html = page(client, f"/en/{address}")

    assert (f'href="/en/projects/{link}"' in html) == bool(said)
    assert said in html


def test_a_cell_asks_as_much_for_three_projects_as_for_one(
    client: Client, now: datetime, django_assert_num_queries: Any
) -> None:
    for _n in range(3):
        suggest(make_project_of("C2"), "9", at=now)
        with django_assert_num_queries(9):
            page(client, "/en/matrix/C2/9/")
        with django_assert_num_queries(9):
            page(client, "/en/matrix/")
