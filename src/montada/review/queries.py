"""The ten targets of Geneva, beside what the world's figures say about each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from montada.framework import queries as framework
from montada.indicators import queries as indicators
from montada.language.engine.text import LocalizedText

if TYPE_CHECKING:
    from montada.framework.models import GenevaTarget

DUE_YEAR = 2015
"""The Geneva Plan of Action (2003), paragraph 6: to be reached by 2015."""

HALF = 50.0
"""Percent: target j asks for more than half of the world's people."""

TARGET_OF_HALF = "j"

CARRIED = {
    "IT_MOB_3GNTWK": "mobile_coverage_3g_pct",
    "IT_MOB_4GNTWK": "mobile_coverage_4g_pct",
    "SE_ACS_INTNT": "schools_internet_primary_pct",
    "IT.NET.USER.ZS": "internet_users_pct",
    "IT.CEL.SETS.P2": "mobile_cellular_per_100",
    "IT.NET.BBND.P2": "fixed_broadband_per_100",
}
"""A publisher's code of a series → our series with its figures."""

NOT_OF_THE_WHOLE = frozenset({"schools_internet_primary_pct"})
"""Series that count something else than people, or only a part of what is meant."""

WorldState = Literal["carried", "too_few", "published", "proxies", "none"]


@dataclass(frozen=True, slots=True)
class PublishedSeries:
    """A series that somebody publishes, and how well it fits the target."""

    provider: str
    code: str
    label: str
    fit: str
    """direct, proxy, context, or none where each country has to report by itself."""


@dataclass(frozen=True, slots=True)
class WorldSeries:
    """The world's line of one series, from countries, for one target."""

    facts: indicators.SeriesFacts
    fit: str
    line: indicators.ChartLine
    is_partial: bool

    @property
    def chart(self) -> indicators.Chart:
        return indicators.chart_of(f"world-{self.facts.slug}", self.facts, [self.line])

    @property
    def at_due_year(self) -> indicators.GroupYear | None:
        point = self.line.group.get(DUE_YEAR)
        return point if point and point.value is not None else None


@dataclass(frozen=True, slots=True)
class Estimates:
    """ITU's estimates for the world, every release, and when they passed a half."""

    facts: indicators.SeriesFacts
    rows: list[indicators.Estimate]
    chart: indicators.Chart
    contradictions: list[tuple[int, list[indicators.Estimate]]]
    at_due_year: indicators.Estimate | None
    passing: indicators.Estimate | None
    """The first estimate above a half."""
    passing_of_mean: indicators.GroupYear | None
    """The first year in which the mean of the countries lies above a half."""

    @property
    def newest(self) -> indicators.Estimate:
        return self.rows[-1]


@dataclass(frozen=True, slots=True)
class TargetRow:
    target: GenevaTarget
    published: list[PublishedSeries]
    world: list[WorldSeries]
    estimates: Estimates | None

    @property
    def state(self) -> WorldState:
        """Whether the world's figures can be shown, and if not, why."""
        if self.estimates or any(s.line.points for s in self.world):
            return "carried"
        if self.world:
            return "too_few"
        fits = {series.fit for series in self.published}
        if "direct" in fits:
            return "published"
        return "proxies" if "proxy" in fits else "none"


def targets() -> list[TargetRow]:
    """
    Return the ten targets with what the world's figures say. Five queries.

    Series that are only context, and those of the target of a half beside ITU's
    estimates, are left to the page of the target.
    """
    return _rows(framework.geneva_targets(), is_short=True)


def target(letter: str) -> TargetRow | None:
    """Return one target, None if no target has that letter."""
    found = [t for t in framework.geneva_targets() if t.letter == letter]
    return _rows(found, is_short=False)[0] if found else None


def sources() -> tuple[str, ...]:
    """Return the pages from which the targets and their indicators were read."""
    return framework.sources()["geneva_targets"]


def _rows(found: Sequence[GenevaTarget], *, is_short: bool) -> list[TargetRow]:
    published = {
        t.letter: [PublishedSeries(**series) for series in t.series] for t in found
    }
    wanted = {
        letter: [
            series
            for series in rows
            if series.code in CARRIED and not (is_short and series.fit == "context")
        ]
        for letter, rows in published.items()
    }
    if is_short:
        wanted[TARGET_OF_HALF] = []
    slugs = {CARRIED[series.code] for rows in wanted.values() for series in rows}
    has_estimates = any(t.letter == TARGET_OF_HALF for t in found)
    figures = indicators.figures_of(*slugs) if slugs or has_estimates else None
    return [
        TargetRow(
            target=t,
            published=published[t.letter],
            world=_world(wanted[t.letter], figures) if figures else [],
            estimates=_estimates(figures)
            if figures and t.letter == TARGET_OF_HALF
            else None,
        )
        for t in found
    ]


def _world(
    published: Iterable[PublishedSeries], figures: indicators.Figures
) -> list[WorldSeries]:
    return [
        WorldSeries(
            facts=figures.series[slug],
            fit=series.fit,
            line=_mean_of_countries(figures, slug, indicators.WORLD),
            is_partial=slug in NOT_OF_THE_WHOLE,
        )
        for series in published
        if (slug := CARRIED.get(series.code, "")) in figures.series
    ]


def _mean_of_countries(
    figures: indicators.Figures, slug: str, name: LocalizedText
) -> indicators.ChartLine:
    return indicators.ChartLine.of_group(name, figures.group_line(slug))


LATEST_RELEASE = LocalizedText.of(
    "en",
    "ITU's estimate, newest release",
    ar="تقدير الاتحاد الدولي للاتصالات، أحدث إصدار",
    fr="Estimation de l'UIT, publication la plus récente",
)
EARLIER_RELEASE = LocalizedText.of(
    "en",
    "ITU's estimate, as released before it was revised",
    ar="تقدير الاتحاد الدولي للاتصالات كما صدر قبل مراجعته",
    fr="Estimation de l'UIT, avant révision",
)
MEAN_OF_COUNTRIES = LocalizedText.of(
    "en",
    "Mean of the countries with figures",
    ar="متوسط الدول التي لها بيانات",
    fr="Moyenne des pays ayant des chiffres",
)
"""Names of the lines of one chart."""


def _estimates(figures: indicators.Figures) -> Estimates | None:
    facts = figures.series.get(indicators.ITU_ESTIMATES)
    rows = indicators.estimates()
    if facts is None or not rows:
        return None
    by_year: dict[int, list[indicators.Estimate]] = {}
    for row in rows:
        by_year.setdefault(row.year, []).append(row)
    newest = {year: said[-1].value for year, said in by_year.items()}
    revised = {year: said[0].value for year, said in by_year.items() if len(said) > 1}
    mean = _mean_of_countries(figures, indicators.INTERNET_USE, MEAN_OF_COUNTRIES)
    lines = [
        indicators.ChartLine(LATEST_RELEASE, newest),
        indicators.ChartLine(EARLIER_RELEASE, revised),
        mean,
    ]
    return Estimates(
        facts=facts,
        rows=rows,
        chart=indicators.chart_of("estimates", facts, lines),
        contradictions=[
            (year, said) for year, said in by_year.items() if len(said) > 1
        ],
        at_due_year=next((r for r in rows if r.year == DUE_YEAR), None),
        passing=next((r for r in rows if r.value > HALF), None),
        passing_of_mean=next(
            (p for p in mean.group.values() if (p.value or 0) > HALF), None
        ),
    )
