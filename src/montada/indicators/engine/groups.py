"""
A group's line: what its countries' figures say together, and for whom.

The mean of a year weighs each country by its people of that year. It stands only where
the countries with a figure hold enough of the group's people; otherwise the year is
absent. Nothing is interpolated, so a line may have gaps, and since other countries
report each year, a step in it may come from who reported and not from what changed. It
is never the publisher's own estimate for the group, which fills in missing countries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

MIN_COVERAGE = 0.6
"""Share of a group's people below which no mean is shown: the forum's own rule."""

YearFigures = Mapping[int, float]
"""Year to figure; a year without one is missing."""


@dataclass(frozen=True, slots=True)
class GroupYear:
    """
    A group in one year.

    Attributes
    ----------
    value : float or None
        In the unit of the series; None where too few of the people are covered.
    coverage : float in [0, 1]
        Share of the group's people who live in countries with a figure.
    n_countries : int
        Countries with a figure and a population in that year.
    """

    year: int
    value: float | None
    coverage: float
    n_countries: int

    @property
    def coverage_percent(self) -> float:
        return 100 * self.coverage


def group_line(
    values: Mapping[str, YearFigures],
    populations: Mapping[str, YearFigures],
    members: Iterable[str],
    min_coverage: float = MIN_COVERAGE,
) -> tuple[GroupYear, ...]:
    """
    Return the population-weighted mean of the members' figures, year by year.

    `values` and `populations` go from area to year to figure. A country whose
    population is known in other years only counts as not covered, with the population
    of the nearest year (the earlier of two) in the total: leaving it out would
    overstate the coverage. A country without any population counts nowhere.
    """
    counted = sorted(c for c in set(members) if populations.get(c))
    years = {y for c in counted for y in (*values.get(c, ()), *populations[c])}
    return tuple(
        _group_year(year, counted, values, populations, min_coverage)
        for year in range(min(years, default=0), max(years, default=-1) + 1)
    )


def _group_year(
    year: int,
    counted: list[str],
    values: Mapping[str, YearFigures],
    populations: Mapping[str, YearFigures],
    min_coverage: float,
) -> GroupYear:
    total = fsum(_people(populations[country], year) for country in counted)
    pairs = [
        (values[country][year], populations[country][year])
        for country in counted
        if year in values.get(country, ()) and year in populations[country]
    ]
    covered = fsum(people for _value, people in pairs)
    coverage = covered / total if total else 0.0
    is_shown = covered > 0 and coverage >= min_coverage
    return GroupYear(year, _mean(pairs) if is_shown else None, coverage, len(pairs))


def _people(population: YearFigures, year: int) -> float:
    if year in population:
        return population[year]
    nearest = min(population, key=lambda known: (abs(known - year), known))
    return population[nearest]


def _mean(pairs: list[tuple[float, float]]) -> float:
    people = fsum(p for _v, p in pairs)
    mean = fsum(v * (p / people) for v, p in pairs)
    # Rounding must not carry a mean past what it is the mean of.
    weighing = [v for v, p in pairs if p > 0]
    return min(max(mean, min(weighing)), max(weighing))
