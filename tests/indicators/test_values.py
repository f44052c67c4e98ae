"""What a cell of a table may say."""

from __future__ import annotations

import pytest

from montada.indicators.engine.values import is_possible, number_in, year_in


@pytest.mark.parametrize("text", ["", "n/a", "97,3", "nan", "inf", "1_000", "12 000"])
def test_what_is_not_a_plain_number_is_none(text: str) -> None:
    assert number_in(text) is None


def test_numbers_are_read_with_a_point() -> None:
    assert [number_in(text) for text in ("97.3", "-1", "1e3")] == [97.3, -1.0, 1000.0]


@pytest.mark.parametrize("text", ["2015", "٢٠١٥", "२०१५", "2015 [YR2015]"])
def test_years_have_four_digits_of_any_script(text: str) -> None:
    assert year_in(text) == 2015


@pytest.mark.parametrize(
    "text", ["15", "1815", "2199", "2015.0", "²⁰¹⁵", "2015 [YR2016]", "2015 [YR]", ""]
)
def test_what_is_no_year_is_none(text: str) -> None:
    assert year_in(text) is None


def test_unit_bounds_the_figure() -> None:
    assert is_possible(100, "percent of population")
    assert not is_possible(100.1, "percent of population")
    assert not is_possible(1.2, "index 0-1")
    assert not is_possible(-1, "subscriptions per 100 people")
    assert is_possible(-1, "current US$")
