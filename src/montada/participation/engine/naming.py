"""
Naming: does a name that a source writes mean an organisation that is known already?

Names repeat. There is a Ministry of Education in every country, and one FAO that every
country's list names. So a name alone decides only for organisations that are
international or stand alone under it; a ministry needs its country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

INTERNATIONAL = "io"
"""Stakeholder group whose members are the same ones from every country."""

GOVERNMENT = "government"
"""Stakeholder group whose members nobody can tell apart without a country."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """An organisation known under the name. Countries are ISO 3166 alpha-3 codes."""

    organisation_id: int
    country_id: str | None
    stakeholder_group_id: str | None


def meant(
    namesakes: Sequence[Namesake],
    *,
    country_id: str | None,
    stakeholder_group_id: str | None,
) -> Namesake | None:
    """
    Return the namesake that is meant; `None` if the name is of somebody not yet known.

    In this order: one with the same country (or, without a country, one without); an
    international one, unless the source names another group; the only one, if one of
    the two countries is not known and neither is a government.
    """
    for namesake in namesakes:
        if namesake.country_id == country_id:
            return namesake
    for namesake in namesakes:
        is_international = namesake.stakeholder_group_id == INTERNATIONAL
        if is_international and stakeholder_group_id in (None, INTERNATIONAL):
            return namesake
    if len(namesakes) != 1:
        return None
    only = namesakes[0]
    is_apart = only.country_id is not None and country_id is not None
    is_national = GOVERNMENT in (only.stakeholder_group_id, stakeholder_group_id)
    return None if is_apart or is_national else only
