"""Series, figures of countries and groups, and the estimates of publishers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q

from montada.indicators.engine.groups import GroupYear
from montada.indicators.engine.groups import group_line as line_of_group
from montada.indicators.models import Observation, Series
from montada.language.engine.text import LocalizedText

POPULATION = "population"
INTERNET_USE = "internet_users_pct"
ITU_ESTIMATES = "internet_users_world_itu"

WORLD = LocalizedText.of(
    "en",
    "World",
    ar="العالم",
    fr="Monde",
    es="Mundo",
    zh="世界",
    ru="Весь мир",
)
"""The UN's names of M49 area 001."""

Table = Mapping[str, Mapping[int, float]]
"""Area to year to figure."""


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """What a series counts and where it comes from."""

    slug: str
    name: LocalizedText
    definition: LocalizedText
    code: str
    unit: str
    source: str
    source_url: str
    licence: str

    @property
    def is_percent(self) -> bool:
        return self.unit.startswith("percent")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A publisher's own figure for the world or a region, as one release states it."""

    year: int
    value: float
    release: str
    note: str
    source_url: str
    is_contradicted: bool
    """Another release says another figure for the same year."""

    @property
    def host(self) -> str:
        """The site that quotes the figure."""
        return urlsplit(self.source_url).hostname or ""


@dataclass(frozen=True, slots=True)
class LatestFigure:
    """The newest figure of one area in one series."""

    series: SeriesFacts
    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Some series with the figures of all countries: what pages compute lines from."""

    series: Mapping[str, SeriesFacts]
    tables: Mapping[str, Table]

    def latest_of(self, iso3: str) -> list[LatestFigure]:
        """Return a country's newest figure in each series that has one."""
        lines = (
            (facts, self.line_of(slug, iso3)) for slug, facts in self.series.items()
        )
        return [
            LatestFigure(facts, max(line), line[max(line)])
            for facts, line in lines
            if line
        ]

    def line_of(self, slug: str, iso3: str) -> dict[int, float]:
        """Return a country's figures by year; years without one are missing."""
        return dict(self.tables.get(slug, {}).get(iso3, {}))

    def group_line(
        self, slug: str, members: Iterable[str] | None = None
    ) -> tuple[GroupYear, ...]:
        """
        Return the population-weighted mean of `members`, of all countries without.

        Years before the first and after the last figure of the series are left out.
        """
        populations = self.tables.get(POPULATION, {})
        values = self.tables.get(slug, {})
        named = {y for figures in values.values() for y in figures}
        line = line_of_group(
            values, populations, populations if members is None else members
        )
        return tuple(
            point for point in line if named and min(named) <= point.year <= max(named)
        )


def series(slug: str) -> SeriesFacts | None:
    row = Series.objects.filter(slug=slug).first()
    return _facts(row) if row else None


def figures_of(*slugs: str, also_all_of: str = "") -> Figures:
    """
    Return series with the figures of all countries, the population always among them.

    `also_all_of` adds one country's figures in every other series. Two queries.
    """
    wanted = Q(series__in={*slugs, POPULATION}) | Q(area=also_all_of)
    rows = Series.objects.all()
    observations = Observation.objects.filter(wanted, release="").order_by()
    tables: dict[str, dict[str, dict[int, float]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    columns = ("series_id", "area", "year", "value")
    for slug, area, year, value in observations.values_list(*columns).iterator(5000):
        tables[slug][area][year] = value
    return Figures({row.slug: _facts(row) for row in rows}, tables)


def line_of(slug: str, iso3: str) -> dict[int, float]:
    """Return a country's figures of one series by year. One query."""
    found = Observation.objects.filter(series=slug, area=iso3, release="")
    return dict(found.values_list("year", "value"))


def group_line(slug: str, members: Iterable[str] | None) -> tuple[GroupYear, ...]:
    """Return a group's line (the world's without members). Two queries."""
    return figures_of(slug).group_line(slug, members)


def estimates(area: str = "world", slug: str = ITU_ESTIMATES) -> list[Estimate]:
    """
    Return what releases state of the world or a region: by year, then as they came.

    Releases that contradict each other are all there. One query.
    """
    rows = list(
        Observation.objects.filter(series=slug, area=area).order_by("year", "pk")
    )
    said: dict[int, set[float]] = defaultdict(set)
    for row in rows:
        said[row.year].add(row.value)
    return [
        Estimate(
            year=row.year,
            value=row.value,
            release=row.release,
            note=row.note,
            source_url=row.source_url,
            is_contradicted=len(said[row.year]) > 1,
        )
        for row in rows
    ]


def _facts(row: Series) -> SeriesFacts:
    return SeriesFacts(
        slug=row.slug,
        name=row.name,
        definition=row.definition,
        code=row.code,
        unit=row.unit,
        source=row.source,
        source_url=row.source_url,
        licence=row.licence,
    )
