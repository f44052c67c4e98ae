"""What a list of results can be narrowed by, with the names of the values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from montada.audit import queries as audit
from montada.discovery.choices import Kind
from montada.framework import queries as framework
from montada.language.engine.text import UNDETERMINED

if TYPE_CHECKING:
    from montada.framework.models import ActionLine

FACETS = ("kind", "language", "country", "year", "line", "goal")

MOST_VALUES = 12
"""Values of a facet that are offered, the most frequent ones; and those chosen."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value; `text` is "" where nobody says (the language of a name)."""

    value: str
    text: str
    n_found: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    values: tuple[FacetValue, ...]

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        return tuple(value for value in self.values if value.is_chosen)


def facets_of(
    counts: Mapping[str, Mapping[str, int]],
    choice: Mapping[str, Sequence[str]],
    language: str,
) -> tuple[Facet, ...]:
    """Return the facets that part what was found, or are chosen."""
    facets = []
    for name in FACETS:
        found, chosen = counts.get(name, {}), choice.get(name, ())
        text_of = _texts(name, language)
        offered = sorted(found, key=lambda v: (-found[v], v))[:MOST_VALUES]
        values = tuple(
            FacetValue(value, text_of(value), found.get(value, 0), value in chosen)
            for value in dict.fromkeys([*offered, *chosen])
        )
        if len(values) > 1 or any(value.is_chosen for value in values):
            facets.append(Facet(name, values))
    return tuple(facets)


def _texts(facet: str, language: str) -> Callable[[str], str]:
    """Return what says a value's name, or the value itself where it has none."""
    named = _named(facet, language)
    return lambda value: named.get(value, value)


def _named(facet: str, language: str) -> dict[str, str]:
    if facet == "kind":
        return {kind.value: str(kind.label) for kind in Kind}
    if facet == "language":
        return {tag: str(name) for tag, name in settings.LANGUAGES} | {UNDETERMINED: ""}
    if facet == "country":
        return country_names(language)
    if facet == "line":
        return _line_names(language)
    if facet == "goal":
        return _goal_names(language)
    return {}


@audit.remembered("framework.reference", "framework.targets")
def _line_names(language: str) -> dict[str, str]:
    return {
        line.code: f"{_code(line, language)} – {line.title.shown_to(language).text}"
        for line in framework.action_lines()
    }


@audit.remembered("framework.reference", "framework.targets")
def _goal_names(language: str) -> dict[str, str]:
    return {
        str(goal.number): f"{goal.number} – {goal.title.shown_to(language).text}"
        for goal in framework.goals()
    }


def _code(line: ActionLine, language: str) -> str:
    return line.code_ar if language == "ar" else line.latin_code


@audit.remembered("framework.reference", "framework.targets")
def country_names(language: str) -> dict[str, str]:
    """Return the names of countries by iso3, as they are shown in `language`."""
    return {
        country.iso3: country.name.shown_to(language).text
        for country in framework.countries()
    }
