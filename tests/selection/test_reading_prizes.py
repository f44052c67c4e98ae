"""One row of a list of prizes, read without guessing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.folding import folded
from montada.selection.engine.prizes import (
    COLUMNS,
    Finding,
    PrizeRow,
    Vocabulary,
    read_prize,
)
from tests.factories.selection import PRIZE

VOCABULARY = Vocabulary(
    countries={"egy": "EGY", "eg": "EGY", folded("مصر"): "EGY", "sau": "SAU"},
    lines={"c2": "C2", "c7 egov": "C7-egov"},
    stakeholder_groups={"civil society": "civil"},
)


def read(**cells: str) -> PrizeRow:
    return read_prize(2, {**PRIZE, **cells}, VOCABULARY)


def findings(**cells: str) -> list[tuple[str, Finding]]:
    return [(remark.field, remark.finding) for remark in read(**cells).remarks]


def test_a_complete_row_leaves_nothing_to_say() -> None:
    row = read()

    assert row.remarks == []
    assert (row.country, row.lines, row.stakeholder_group) == ("EGY", ("C2",), "civil")
    assert (row.year, row.result) == (2018, "nominee")


@pytest.mark.parametrize("country", ["EGY", "egy", "eg", "مصر"])
def test_countries_are_known_by_code_and_by_name(country: str) -> None:
    assert read(country=country).country == "EGY"


def test_lists_are_taken_apart() -> None:
    row = read(category="C2; c7-egov;C2")

    assert row.lines == ("C2", "C7-egov")
    assert read(country="EGY;SAU").country == "EGY"
    assert findings(country="EGY;SAU") == [("country", Finding.SEVERAL_COUNTRIES)]


@pytest.mark.parametrize(
    ("cells", "field", "finding"),
    [
        ({"title": " "}, "title", Finding.NO_TITLE),
        ({"country": ""}, "country", Finding.NO_COUNTRY),
        ({"category": ""}, "category", Finding.NO_LINE),
        ({"category": "C7"}, "category", Finding.LINE_WITHOUT_PART),
        ({"year": ""}, "year", Finding.NO_YEAR),
        ({"stakeholder_type": ""}, "stakeholder_type", Finding.NO_STAKEHOLDER_TYPE),
        (
            {"stakeholder_type": "mayors"},
            "stakeholder_type",
            Finding.UNKNOWN_STAKEHOLDER_TYPE,
        ),
        ({"organisation": "—"}, "organisation", Finding.NAMELESS_ORGANISATION),
    ],
)
def test_what_is_not_stated_is_remarked_on_and_taken(
    cells: dict[str, str], field: str, finding: Finding
) -> None:
    assert findings(**cells) == [(field, finding)]
    assert not read(**cells).is_refused


@pytest.mark.parametrize(
    ("cells", "field", "finding"),
    [
        ({"country": "Atlantis"}, "country", Finding.UNKNOWN_COUNTRY),
        ({"category": "C12"}, "category", Finding.UNKNOWN_LINE),
        ({"result": "hero"}, "result", Finding.UNKNOWN_RESULT),
        ({"result": ""}, "result", Finding.UNKNOWN_RESULT),
        ({"year": "18"}, "year", Finding.WRONG_YEAR),
        ({"year": "1815"}, "year", Finding.WRONG_YEAR),
        ({"year": "2018.0"}, "year", Finding.WRONG_YEAR),
        ({"year": "²018"}, "year", Finding.WRONG_YEAR),
        ({"source_url": ""}, "source_url", Finding.NO_SOURCE),
        ({"source_url": "javascript:alert(1)"}, "source_url", Finding.NO_SOURCE),
        ({"title": "x" * 1001}, "title", Finding.TOO_LONG),
        ({"organisation": "x" * 301}, "organisation", Finding.TOO_LONG),
    ],
)
def test_what_is_impossible_refuses_the_row(
    cells: dict[str, str], field: str, finding: Finding
) -> None:
    assert findings(**cells) == [(field, finding)]
    assert read(**cells).is_refused


def test_line_breaks_and_controls_inside_a_title_become_blanks() -> None:
    assert read(title="Village\x00\r\n  telecentres").title == "Village telecentres"


def test_years_in_arabic_digits_are_years() -> None:
    assert read(year="٢٠١٨").year == 2018


@given(st.fixed_dictionaries({name: st.text(max_size=40) for name in COLUMNS}))
def test_no_row_can_stop_the_reading(cells: dict[str, str]) -> None:
    row = read_prize(2, cells, VOCABULARY)

    assert row.is_refused or row.result
