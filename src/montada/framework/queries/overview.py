"""The whole vocabulary on one page, with where each part was read."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from montada.framework.models import (
    ActionLine,
    Country,
    CountryGroup,
    GdcObjective,
    GenevaTarget,
    Goal,
    StakeholderGroup,
)
from montada.framework.queries import places, vocabulary
from montada.language.engine.folding import sort_key

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class GroupOfCountries:
    """A group and its members, by name in the reader's language."""

    group: CountryGroup
    members: tuple[Country, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything that the reference page shows."""

    action_lines: list[ActionLine]
    goals: list[Goal]
    geneva_targets: list[GenevaTarget]
    gdc_objectives: list[GdcObjective]
    stakeholder_groups: list[StakeholderGroup]
    groups: list[GroupOfCountries]
    n_countries: int
    sources: Mapping[str, tuple[str, ...]]


def reference(language: str) -> Reference:
    """Return the vocabulary for a reader of `language`. Eight queries."""
    by_name = _countries_by_name(language)
    return Reference(
        action_lines=vocabulary.action_lines(),
        goals=vocabulary.goals(),
        geneva_targets=list(GenevaTarget.objects.all()),
        gdc_objectives=vocabulary.gdc_objectives(),
        stakeholder_groups=vocabulary.stakeholder_groups(),
        groups=_groups(by_name),
        n_countries=len(by_name),
        sources=sources(),
    )


def _countries_by_name(language: str) -> list[Country]:
    rows = places.countries()
    return sorted(rows, key=lambda row: sort_key(row.name.shown_to(language).text))


def _groups(by_name: list[Country]) -> list[GroupOfCountries]:
    members: defaultdict[str, set[str]] = defaultdict(set)
    pairs = CountryGroup.members.through.objects.values_list(
        "countrygroup_id", "country_id"
    )
    for group_id, iso3 in pairs:
        members[group_id].add(iso3)
    return [
        GroupOfCountries(
            group, tuple(row for row in by_name if row.iso3 in members[group.code])
        )
        for group in places.country_groups()
    ]


@cache
def sources() -> Mapping[str, tuple[str, ...]]:
    """
    Return where each part of the vocabulary was read, from the data file itself.

    Keys: matrix, plan, facilitators, titles, goals, geneva_targets, gdc, groups.
    """
    facts = tomllib.loads((DATA / "framework.toml").read_text(encoding="utf-8"))
    provenance = facts["provenance"]
    found = {
        "matrix": [provenance["matrix_official"], provenance["matrix_repo"]],
        "plan": [provenance["plan_of_action"]],
        "facilitators": provenance["facilitators"],
        "titles": provenance["titles"],
        "goals": [facts["sdg_meta"]["source"]],
        "geneva_targets": facts["geneva_targets_meta"]["source"],
        "gdc": facts["gdc_meta"]["source"],
        "groups": facts["group_meta"]["source"],
    }
    return {key: tuple(urls) for key, urls in found.items()}
