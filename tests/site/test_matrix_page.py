"""The matrix on a page: links, counts, groups, versions, and bad addresses."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from montada.framework.queries import NoSuchMatrixVersion
from montada.site.matrix import MOST_HEAT, NoSuchGroup, heat_of_count, table
from tests.factories.edition import make_outsider
from tests.factories.framework import change_cell, make_facilitator
from tests.site.projects_of_lines import make_project_of

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_table_has_18_lines_17_goals_and_the_published_links() -> None:
    drawn = table(None, None)

    assert (len(drawn.rows), len(drawn.goals)) == (18, 17)
    assert {len(row.cells) for row in drawn.rows} == {17}
    assert sum(bool(c.url) for row in drawn.rows for c in row.cells) == 124
    assert (drawn.version, drawn.latest, drawn.n_linked) == (1, 1, 124)


def test_a_cell_says_how_it_is_linked() -> None:
    cells = {row.line.code: row.cells for row in table(None, None).rows}

    whole, through, nothing = cells["C1"][0], cells["C2"][8], cells["C2"][6]
    assert (whole.sign, whole.heat, whole.said) == (
        "○",
        1,
        "linked to the goal as a whole",
    )
    assert (through.sign, through.heat, through.said) == (
        "●",
        4,
        "linked through 3 targets",
    )
    assert (nothing.sign, nothing.heat, nothing.said, nothing.url) == ("", 0, "", "")


def test_projects_are_counted_by_line_and_group() -> None:
    make_project_of("C2", "EGY")
    make_project_of("C2", "FRA")
    make_project_of("C4", "FRA")

    def counted(group: str | None) -> dict[str, int]:
        rows = table(group, None).rows
        return {row.line.code: row.n_projects for row in rows if row.n_projects}

    assert counted(None) == {"C2": 2, "C4": 1}
    assert counted("las") == {"C2": 1}
    assert counted("dco") == {}


def test_the_largest_count_is_the_warmest() -> None:
    make_project_of("C2", "EGY")
    make_project_of("C2", "FRA")
    make_project_of("C4", "FRA")

    heat = {row.line.code: row.heat for row in table(None, None).rows}

    assert (heat["C2"], heat["C4"], heat["C5"]) == (5, 3, 0)


def test_neither_groups_nor_versions_are_invented() -> None:
    with pytest.raises(NoSuchGroup):
        table("atlantis", None)
    with pytest.raises(NoSuchMatrixVersion):
        table(None, 2)


@pytest.mark.parametrize(
    ("language", "heading", "line"),
    [
        ("en", "The WSIS–SDG matrix", "C7 – E-agriculture"),
        ("ar", "الخط", "جيم7 – الزراعة الإلكترونية"),
    ],
)
def test_the_page_names_lines_in_the_readers_language(
    client: Client, language: str, heading: str, line: str
) -> None:
    said = words(page(client, f"/{language}/matrix/"))

    assert line in said
    assert heading in said or language == "ar"


def test_the_page_links_lines_goals_and_cells(client: Client) -> None:
    html = page(client, "/en/matrix/")

    for address in (
        "/en/action-lines/C7-eagri/",
        "/en/goals/17/",
        "/en/matrix/C2/9/",
        "?group=las",
    ):
        assert f'href="{address}"' in html


def test_an_older_version_says_so_and_leads_to_the_newest(client: Client) -> None:
    change_cell(make_facilitator())

    older = words(page(client, "/en/matrix/?version=1"))
    newest = words(page(client, "/en/matrix/"))

    assert "You are reading version 1" in older
    assert "You are reading" not in newest
    assert "2 of 2" in newest


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("group=atlantis", "There is no group of countries “atlantis”."),
        ("version=2", "The matrix never had this version."),
        ("version=0", "The matrix never had this version."),
        ("version=newest", "The matrix never had this version."),
        (f"version={10**30}", "The matrix never had this version."),
        ("version=²", "The matrix never had this version."),
    ],
)
def test_a_bad_address_is_a_clear_page(client: Client, asked: str, why: str) -> None:
    assert why in page(client, f"/en/matrix/?{asked}", 404)


def test_the_page_asks_as_much_for_three_projects_as_for_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    for iso3 in ("EGY", "FRA", "SDN"):
        make_project_of("C2", iso3)
        with django_assert_num_queries(9):
            page(client, "/en/matrix/")


def test_a_cell_shows_its_targets_reason_and_past(client: Client) -> None:
    change_cell(make_facilitator(), goal_id=9, targets=["9.c"])

    said = words(page(client, "/en/matrix/C2/9/"))

    assert "C2 and goal 9" in said
    assert "Networks carry the grid." in said
    assert "9.1, 9.a, 9.c" in said
    assert "Fatima" in said
    assert "@example.org" not in said
    assert "Change this cell" not in said


@pytest.mark.parametrize(
    "address", ["C12/9/", "c2/9/", "C2/18/", f"C2/{10**30}/", "C2/0/"]
)
def test_a_cell_that_is_not_there_is_a_clear_page(client: Client, address: str) -> None:
    assert "The matrix has no such cell." in page(client, f"/en/matrix/{address}", 404)


SENT = {
    "is_linked": "on",
    "targets": ["7.1", "7.3"],
    "rationale_en": "Networks save energy.",
}


def test_a_facilitator_changes_a_cell_of_the_line(client: Client) -> None:
    client.force_login(make_facilitator("C2"))

    assert "Change this cell" in page(client, "/en/matrix/C2/7/")
    response = client.post("/en/matrix/C2/7/", SENT)

    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/en/matrix/C2/7/",
    )
    said = words(page(client, "/en/matrix/C2/7/"))
    assert "Networks save energy." in said
    assert "7.1, 7.3" in said


def test_what_is_already_said_comes_back_as_a_refusal(client: Client) -> None:
    client.force_login(make_facilitator("C2"))
    client.post("/en/matrix/C2/7/", SENT)

    response = client.post("/en/matrix/C2/7/", SENT)

    assert response.status_code == 409
    assert "The cell already says this" in response.content.decode()


def test_what_a_colleague_said_meanwhile_is_not_undone(client: Client) -> None:
    client.force_login(make_facilitator("C2"))
    old = re.findall(r'name="seen" value="(\d+)"', page(client, "/en/matrix/C2/7/"))
    client.post("/en/matrix/C2/7/", SENT | {"seen": old})

    late = SENT | {"targets": ["7.2"], "seen": old}
    refused = client.post("/en/matrix/C2/7/", late)
    now = re.findall(r'name="seen" value="(\d+)"', refused.content.decode())

    assert refused.status_code == 409
    assert "Somebody has changed this cell meanwhile." in refused.content.decode()
    # Whoever has read it sends it once more.
    assert client.post("/en/matrix/C2/7/", late | {"seen": now}).status_code == 302


def test_a_target_of_another_goal_is_not_taken(client: Client) -> None:
    client.force_login(make_facilitator("C2"))

    response = client.post("/en/matrix/C2/7/", SENT | {"targets": ["8.1"]})

    assert response.status_code == 200
    assert "8.1" in response.content.decode()
    assert table(None, None).latest == 1


def test_others_may_read_a_cell_and_not_change_it(client: Client) -> None:
    assert client.post("/en/matrix/C2/7/", SENT).status_code == 302
    client.force_login(make_facilitator("C3"))
    assert client.post("/en/matrix/C2/7/", SENT).status_code == 403
    client.force_login(make_outsider())
    assert client.post("/en/matrix/C2/7/", SENT).status_code == 403
    assert table(None, None).latest == 1


def test_the_matrix_is_the_same_a_day_later(now: datetime) -> None:
    change_cell(make_facilitator(), at=now)

    assert table(None, 1).n_linked == 124
    assert table(None, 2).n_linked == 125


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_projects_are_never_colder(one: int, other: int) -> None:
    few, most = sorted((one, other))

    assert heat_of_count(few, most) <= heat_of_count(most, most) <= MOST_HEAT
    assert (heat_of_count(few, most) == 0) == (few == 0)
