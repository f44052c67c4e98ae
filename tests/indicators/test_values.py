"""What a cell of a table may say."""

from __future__ import annotations

import pytest

from montada.indicators.engine.values import is_possible, number_in, year_in


@pytest.mark.parametrize("text", ["", "n/a", "97,3", "nan", "inf", "1_000", "12 000"])
def test_what_is_not_a_plain_number_is_none(text: str) -> None:
    assert number_in(text) is None


def test_numbers_are_read_with_a_point() -> None:
    assert [number_in(text) for text in ("97.3", "-1", "1e3")] == [97.3, -1.0, 1000.0]


def test_years_have_four_latin_digits() -> None:
    assert [year_in(text) for text in ("2015", "15", "1815", "٢٠١٥", "2015.0")] == [
        2015,
        None,
        None,
        None,
        None,
    ]


def test_unit_bounds_the_figure() -> None:
    assert is_possible(100, "percent of population")
    assert not is_possible(100.1, "percent of population")
    assert not is_possible(1.2, "index 0-1")
    assert not is_possible(-1, "subscriptions per 100 people")
    assert is_possible(-1, "current US$")
