"""Countries under their UN names, and the groups they are counted in."""

from __future__ import annotations

from collections import defaultdict

from babel import Locale

from montada.audit import queries as audit
from montada.framework.models import Country, CountryGroup
from montada.language.engine.folding import folded
from montada.language.engine.text import LANGUAGES


@audit.remembered("framework.reference", "framework.targets")
def countries() -> list[Country]:
    return list(Country.objects.all())


@audit.remembered("framework.reference", "framework.targets")
def country_codes() -> tuple[str, ...]:
    """Return every iso3 alone: less to read than the countries with their names."""
    return tuple(Country.objects.values_list("iso3", flat=True))


def country(iso3: str) -> Country | None:
    return (
        Country.objects.select_related("region", "subregion").filter(iso3=iso3).first()
    )


def country_index() -> dict[str, str]:
    """
    Return folded names, formal names and codes → iso3.

    Keys are `folding.folded`. A name that two countries share is left out.
    """
    index: dict[str, str] = {}
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for row in Country.objects.all():
        index[folded(row.iso2)] = index[folded(row.iso3)] = row.iso3
        for name in _names_of(row):
            meanings[folded(name)].add(row.iso3)
    names = {key: min(iso3) for key, iso3 in meanings.items() if len(iso3) == 1}
    return index | names


def wide_country_index() -> dict[str, str]:
    """As `country_index`, and by the names of CLDR: Russia, سوريا. Never shown."""
    iso3_of = {country.iso2: country.iso3 for country in countries()}
    usual = {
        folded(name): iso3_of[code]
        for tag in LANGUAGES
        for code, name in Locale.parse(tag).territories.items()
        if code in iso3_of
    }
    return usual | country_index()


def _names_of(row: Country) -> list[str]:
    formal = row.formal_name.by_language.values()
    without_article = (name.removeprefix("the ") for name in formal)
    return [*row.name.by_language.values(), *formal, *without_article]


@audit.remembered("framework.reference", "framework.targets")
def country_groups() -> list[CountryGroup]:
    return list(CountryGroup.objects.all())


@audit.remembered("framework.reference", "framework.targets")
def members_of(code: str) -> frozenset[str]:
    """Return the members' iso3 codes; empty if there is no such group."""
    return frozenset(
        Country.objects.filter(groups__code=code).values_list("iso3", flat=True)
    )


@audit.remembered("framework.reference", "framework.targets")
def memberships() -> list[tuple[str, str]]:
    """Return every group's code with each of its members' iso3. One query."""
    members = Country.objects.filter(groups__isnull=False).order_by()
    return list(members.values_list("groups__code", "iso3"))


def groups_of(iso3: str) -> list[CountryGroup]:
    return list(CountryGroup.objects.filter(members=iso3))
