"""What the pages of organisations show, in the shape in which they show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from montada.framework import queries as framework
from montada.language.engine.folding import sort_key
from montada.language.engine.text import OWN_NAMES, TextState, direction_of
from montada.participation.models import Organisation
from montada.participation.queries.organisations import (
    LONGEST_NAME,
    key_of,
    organisations,
    organisations_like,
)


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """Organisations narrowed by seat, group and words, and the choices there are."""

    rows: QuerySet[Organisation]
    countries: Sequence[Any]
    """In the alphabet of the reader's language."""
    groups: Sequence[Any]
    unknown: Sequence[str]
    """Chosen values that are no country and no group: nothing is left then."""


def organisation_list(
    *, country: str, group: str, text: str, reader: str
) -> OrganisationList:
    """Return the list of organisations; empty values choose nothing. Two queries."""
    countries = {row.iso3: row for row in countries_by_name(reader)}
    groups = {row.code: row for row in framework.stakeholder_groups()}
    unknown = [country] if country and country not in countries else []
    unknown += [group] if group and group not in groups else []
    rows = organisations_like(text[:LONGEST_NAME])
    if unknown:
        rows = rows.none()
    if country:
        rows = rows.filter(country=country)
    if group:
        rows = rows.filter(stakeholder_group=group)
    return OrganisationList(
        rows=rows,
        countries=list(countries.values()),
        groups=list(groups.values()),
        unknown=unknown,
    )


def countries_by_name(reader: str) -> list[Any]:
    """Return the countries in the alphabet of the reader's language. One query."""
    return sorted(
        framework.countries(),
        key=lambda country: sort_key(country.name.shown_to(reader).text),
    )


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an organisation, with the language it is in."""

    text: str
    language: str
    own_name: str
    """What the language calls itself; empty where the source stated no language."""
    direction: str
    is_draft: bool


def names_of(organisation: Organisation) -> list[Name]:
    """Return the names in all languages, the one it was written in first."""
    name = organisation.name
    return sorted(
        (
            Name(
                text=wording.text,
                language=tag,
                own_name=OWN_NAMES.get(tag, ""),
                direction=direction_of(tag),
                is_draft=wording.state is not TextState.APPROVED,
            )
            for tag, wording in name.wordings.items()
        ),
        key=lambda row: row.language != name.written_in,
    )


def other_names_of(organisation: Organisation) -> list[str]:
    """Return the aliases that are not one of its names or its acronym. One query."""
    names = (*organisation.name.by_language.values(), organisation.acronym)
    shown = {key_of(name) for name in names}
    aliases = organisation.aliases.order_by("text")
    return [alias.text for alias in aliases if alias.key not in shown]


def parts_of(organisation: Organisation) -> list[Organisation]:
    """Return the organisations that are directly a part of it. One query."""
    return list(organisations().filter(parent=organisation))
