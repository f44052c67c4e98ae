"""The country that a query names: in six languages, misspelt, or by a city of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from montada.audit import queries as audit
from montada.framework import queries as framework
from montada.language import queries as language
from montada.language.engine.folding import folded
from montada.language.engine.names import Spelling, Spellings, sound_of

LONGEST_NAME = 6
"""Words of a country's name that are looked at together."""

_WRITTEN_ONTO = ("ب", "ل", "و", "ف")
"""Arabic writes "in", "for", "and" onto the name: بمصر."""


@dataclass(frozen=True, slots=True)
class NamedCountry:
    """
    A country, and how a query names it.

    `is_all` says that the query names nothing else; `is_city`, that it names a city.
    """

    iso3: str
    is_all: bool
    is_city: bool = False
    words: frozenset[str] = frozenset()
    """The folded words of the name where it is spelt right."""


def country_named(text: str) -> NamedCountry | None:
    """Return the country that a query names, the longest name in it first."""
    words = folded(text).split()
    names, cities = _names(), dict(language.places_in(text))
    for name in _runs(words):
        is_all = len(name.split()) == len(words)
        if iso3 := _exact(name, names):
            return NamedCountry(iso3, is_all, words=frozenset(name.split()))
        if name in cities:
            spelt = frozenset(name.split())
            return NamedCountry(cities[name].iso3, is_all, is_city=True, words=spelt)
    if len(words) == 1:
        near = _spellings().near(words[0], is_alone=True)
        return NamedCountry(near[0].term, is_all=True) if near else None
    return None


def _runs(words: list[str]) -> Iterator[str]:
    """Yield runs of words, the longest first."""
    for n in range(min(len(words), LONGEST_NAME), 0, -1):
        for start in range(len(words) - n + 1):
            yield " ".join(words[start : start + n])


def _exact(name: str, names: dict[str, str]) -> str | None:
    if name in names or not name.startswith(_WRITTEN_ONTO):
        return names.get(name)
    return names.get(name[1:])


@audit.remembered("framework.reference", "framework.targets")
def _names() -> dict[str, str]:
    """Return folded names → iso3, codes left out: "in" and "to" are codes too."""
    index = framework.wide_country_index()
    return {
        name: iso3
        for name, iso3 in index.items()
        if not (name.isascii() and len(name) <= 3)
    }


@audit.remembered("framework.reference", "framework.targets")
def _spellings() -> Spellings:
    """Return the names of one word, for likeness; their term is the country."""
    return Spellings(
        Spelling("", name, name, iso3, sound_of(name))
        for name, iso3 in _names().items()
        if " " not in name
    )
