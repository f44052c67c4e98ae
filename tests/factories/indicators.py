"""Unsurprising series and figures."""

from __future__ import annotations

from collections.abc import Mapping

from montada.indicators.models import Observation, Series
from montada.language.engine.text import LocalizedText


def make_series(
    slug: str = "internet_users_pct", unit: str = "percent of population"
) -> Series:
    series, _created = Series.objects.get_or_create(
        slug=slug,
        defaults={
            "name": LocalizedText.of("en", "Individuals using the Internet"),
            "unit": unit,
            "source": "ITU, through World Bank WDI",
            "source_url": "https://data.example.org/series",
            "licence": "CC BY 4.0",
        },
    )
    return series


def make_line(series: Series, area: str, figures: Mapping[int, float]) -> None:
    """Store a country's figures of one series, by year."""
    Observation.objects.bulk_create(
        Observation(series=series, area=area, year=year, value=value)
        for year, value in figures.items()
    )


def make_population(people: Mapping[str, float], years: range) -> None:
    """Store the same number of people of each country in every year."""
    series = make_series("population", "people")
    for area, count in people.items():
        make_line(series, area, dict.fromkeys(years, count))
