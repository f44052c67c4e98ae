"""What the pages about countries show, gathered from the features below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet, Window

from montada.framework import queries as framework
from montada.indicators import queries as indicators
from montada.language.engine.folding import folded, sort_key
from montada.language.engine.text import LocalizedText, TextState, Wording
from montada.participation import queries as participation
from montada.programme import queries as programme
from montada.selection import queries as selection
from montada.stocktaking import queries as stocktaking

if TYPE_CHECKING:
    from montada.framework.models import Country, CountryGroup

N_SHOWN = 10
"""Rows of each list on a country's page; the whole list is one step away."""

LEAGUE = "las"
ITU_REGIONS = "itu-"

LANGUAGES_WITHOUT_LETTERS = frozenset({"zh"})
"""Their lists are not cut by the first letter: every name would stand alone."""


@dataclass(frozen=True, slots=True)
class CountryRow:
    country: Country
    n_projects: int


@dataclass(frozen=True, slots=True)
class Letter:
    """The countries whose names begin with a letter; "" where letters say nothing."""

    letter: str
    rows: list[CountryRow]


@dataclass(frozen=True, slots=True)
class CountryList:
    letters: list[Letter]
    groups: list[CountryGroup]
    group: CountryGroup | None
    n_countries: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The first rows of a list, and how long it is."""

    rows: list[Any]
    n_all: int

    @property
    def n_more(self) -> int:
        return self.n_all - len(self.rows)


@dataclass(frozen=True, slots=True)
class CountryPage:
    country: Country
    heading: LocalizedText
    groups: list[CountryGroup]
    group: CountryGroup | None
    projects: Excerpt
    awards: Excerpt
    organisations: Excerpt
    sessions: Excerpt
    chart: indicators.Chart | None
    has_own_figures: bool
    latest: list[indicators.LatestFigure]


def country_list(*, language: str, group_code: str = "") -> CountryList | None:
    """
    Return all countries, or those of a group, as `language` sorts their names.

    None if there is no such group. At most four queries.
    """
    groups = framework.country_groups()
    group = next((g for g in groups if g.code == group_code), None)
    if group_code and group is None:
        return None
    members = framework.members_of(group_code) if group else None
    n_projects = _n_projects_by_country()
    rows = [
        CountryRow(country, n_projects.get(country.iso3, 0))
        for country in framework.countries()
        if members is None or country.iso3 in members
    ]
    return CountryList(letters_of(rows, language), groups, group, len(rows))


def letters_of(rows: Iterable[CountryRow], language: str) -> list[Letter]:
    """Return the rows sorted by name and cut by first letter, the article left out."""

    def key(row: CountryRow) -> str:
        return sort_key(row.country.name.shown_to(language).text)

    def letter(row: CountryRow) -> str:
        return "" if language in LANGUAGES_WITHOUT_LETTERS else key(row)[:1].upper()

    in_order = sorted(rows, key=key)
    return [Letter(first, list(same)) for first, same in groupby(in_order, letter)]


def _n_projects_by_country() -> dict[str, int]:
    projects = stocktaking.projects_of().filter(country__isnull=False)
    bare = projects.select_related(None).prefetch_related(None).order_by()
    return dict(bare.values_list("country").annotate(Count("pk")))


def code_meant(text: str) -> str | None:
    """Return the iso3 of a country named by another code or by one of its names."""
    return framework.country_index().get(folded(text))


def country_page(*, iso3: str, group_code: str = "") -> CountryPage | None:
    """
    Return everything that concerns a country.

    `group_code` is the group it is compared with, one of its own; none if "". None if
    there is no such country, or it does not belong to the group. Nine queries.
    """
    country = framework.country(iso3)
    if country is None:
        return None
    groups = framework.groups_of(iso3)
    group = _group_to_compare(groups, group_code)
    if group_code and group is None:
        return None
    figures = indicators.figures_of(indicators.INTERNET_USE, also_all_of=iso3)
    projects = stocktaking.projects_of(country=iso3).prefetch_related(None)
    sessions = programme.sessions().filter(organisers__country=iso3).distinct()
    return CountryPage(
        country=country,
        heading=heading_of(country.name, country.formal_name),
        groups=groups,
        group=group,
        projects=_excerpt(projects),
        awards=_excerpt(selection.awards_of_country(iso3)),
        organisations=_excerpt(participation.organisations_of_country(iso3)),
        sessions=Excerpt(found := list(sessions[:N_SHOWN]), len(found)),
        chart=_chart(country, group, figures),
        has_own_figures=bool(figures.line_of(indicators.INTERNET_USE, iso3)),
        latest=figures.latest_of(iso3),
    )


def heading_of(name: LocalizedText, formal_name: LocalizedText) -> LocalizedText:
    """Return the formal name in the languages that have one, else the short name."""
    formal = {
        tag: Wording(words[:1].upper() + words[1:], TextState.APPROVED)
        for tag, words in formal_name.by_language.items()
    }
    return LocalizedText(name.written_in, dict(name.wordings) | formal)


def _group_to_compare(
    groups: list[CountryGroup], group_code: str
) -> CountryGroup | None:
    """Return the group asked for, else the League of Arab States, else ITU's region."""
    if group_code:
        return next((g for g in groups if g.code == group_code), None)
    league = (g for g in groups if g.code == LEAGUE)
    regions = (g for g in groups if g.code.startswith(ITU_REGIONS))
    return next(league, None) or next(regions, None)


def _excerpt(rows: QuerySet[Any]) -> Excerpt:
    """Return the first rows and the number of all. One query."""
    first = list(rows.annotate(n_all=Window(Count("pk")))[:N_SHOWN])
    return Excerpt(first, first[0].n_all if first else 0)


def _chart(
    country: Country, group: CountryGroup | None, figures: indicators.Figures
) -> indicators.Chart | None:
    slug = indicators.INTERNET_USE
    facts = figures.series.get(slug)
    if facts is None:
        return None
    lines = [indicators.ChartLine(country.name, figures.line_of(slug, country.iso3))]
    if group:
        members = framework.members_of(group.code)
        line = figures.group_line(slug, members)
        lines.append(indicators.ChartLine.of_group(group.name, line))
    world = figures.group_line(slug)
    lines.append(indicators.ChartLine.of_group(indicators.WORLD, world))
    return indicators.chart_of("internet", facts, lines)
