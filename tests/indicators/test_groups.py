"""A group's line: by hand, and what holds for any figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.indicators.engine.groups import GroupYear, group_line

countries = st.sampled_from(["EGY", "JOR", "OMN", "QAT", "TUN", "YEM"])
years = st.integers(2000, 2005)
figures = st.dictionaries(
    countries, st.dictionaries(years, st.floats(0, 100), max_size=6), max_size=6
)
peoples = st.dictionaries(
    countries,
    st.dictionaries(years, st.floats(1, 1e9), min_size=1, max_size=6),
    min_size=1,
    max_size=6,
)
EVERYBODY = ("EGY", "JOR", "OMN", "QAT", "TUN", "YEM")


def test_mean_weighs_each_country_by_its_people() -> None:
    values = {"EGY": {2020: 70.0}, "JOR": {2020: 90.0}}
    populations = {"EGY": {2020: 300.0}, "JOR": {2020: 100.0}}

    line = group_line(values, populations, ["EGY", "JOR"])

    # (70·300 + 90·100) / 400
    assert line == (GroupYear(2020, 75.0, 1.0, 2),)


def test_year_stands_with_exactly_sixty_percent_of_the_people() -> None:
    values = {"EGY": {2020: 50.0}}
    populations = {"EGY": {2020: 60.0}, "JOR": {2020: 40.0}}

    assert group_line(values, populations, ["EGY", "JOR"])[0].value == 50.0


def test_year_is_absent_below_sixty_percent_and_says_how_many_are_covered() -> None:
    values = {"EGY": {2020: 50.0}}
    populations = {"EGY": {2020: 59.0}, "JOR": {2020: 41.0}}

    line = group_line(values, populations, ["EGY", "JOR"])

    assert line == (GroupYear(2020, None, 0.59, 1),)


def test_missing_year_between_two_stays_missing() -> None:
    values = {"EGY": {2000: 10.0, 2002: 30.0}}
    populations = {"EGY": dict.fromkeys((2000, 2001, 2002), 5.0)}

    line = group_line(values, populations, ["EGY"])

    assert [point.value for point in line] == [10.0, None, 30.0]
    assert [point.coverage for point in line] == [1.0, 0.0, 1.0]


def test_country_outside_the_group_does_not_count() -> None:
    values = {"EGY": {2020: 70.0}, "FRA": {2020: 90.0}}
    populations = {"EGY": {2020: 1.0}, "FRA": {2020: 99.0}}

    line = group_line(values, populations, ["EGY"])

    assert line == (GroupYear(2020, 70.0, 1.0, 1),)


def test_population_of_another_year_counts_as_people_not_covered() -> None:
    values = {"EGY": {2020: 70.0}, "JOR": {2020: 90.0}}
    populations = {"EGY": {2020: 75.0}, "JOR": {2018: 25.0, 2023: 1.0}}

    line = {p.year: p for p in group_line(values, populations, ["EGY", "JOR"])}

    assert line[2020] == GroupYear(2020, 70.0, 0.75, 1)


def test_country_without_any_population_counts_nowhere() -> None:
    values = {"EGY": {2020: 70.0}, "JOR": {2020: 90.0}}
    populations = {"EGY": {2020: 75.0}}

    line = group_line(values, populations, ["EGY", "JOR"])

    assert line == (GroupYear(2020, 70.0, 1.0, 1),)


def test_group_of_nobody_has_no_line() -> None:
    assert group_line({}, {}, []) == ()


@given(figures, peoples)
def test_mean_lies_between_the_least_and_the_greatest(
    values: dict[str, dict[int, float]], populations: dict[str, dict[int, float]]
) -> None:
    for point in group_line(values, populations, EVERYBODY, min_coverage=0.0):
        given_values = [
            line[point.year] for line in values.values() if point.year in line
        ]
        if point.value is not None:
            assert min(given_values) <= point.value <= max(given_values)


@given(figures, peoples, st.permutations(EVERYBODY))
def test_order_of_countries_does_not_matter(
    values: dict[str, dict[int, float]],
    populations: dict[str, dict[int, float]],
    shuffled: list[str],
) -> None:
    assert group_line(values, populations, shuffled) == group_line(
        values, populations, EVERYBODY
    )


@given(figures, peoples, st.floats(1, 1e9))
def test_country_without_figures_lowers_the_coverage(
    values: dict[str, dict[int, float]],
    populations: dict[str, dict[int, float]],
    people: float,
) -> None:
    silent = {**populations, "SDN": dict.fromkeys(range(2000, 2006), people)}
    before = {p.year: p for p in group_line(values, populations, EVERYBODY, 0.0)}
    after = {p.year: p for p in group_line(values, silent, (*EVERYBODY, "SDN"), 0.0)}

    for year, point in before.items():
        if point.coverage > 0:
            assert after[year].coverage < point.coverage
            assert after[year].value == pytest.approx(point.value)


@given(figures, peoples)
def test_nothing_is_shown_below_the_least_coverage(
    values: dict[str, dict[int, float]], populations: dict[str, dict[int, float]]
) -> None:
    for point in group_line(values, populations, EVERYBODY):
        assert (point.value is not None) == (
            point.coverage >= 0.6 and point.n_countries > 0
        )
