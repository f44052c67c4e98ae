"""
The index of the project list: which project has which value of which facet.

One statement, whatever the number of projects; kept until the next decision.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import compress

import numpy as np
import numpy.typing as npt

from montada.audit import queries as audit
from montada.framework import queries as framework
from montada.stocktaking.choices import Visibility
from montada.stocktaking.engine.facets import (
    FacetIndex,
    bits_by_value,
    bits_of,
    index_of_bits,
)
from montada.stocktaking.engine.freshness import FreshnessBounds
from montada.stocktaking.queries.facet_labels import Label, facet_labels
from montada.stocktaking.queries.index_rows import (
    REACHED,
    SUGGESTED,
    YES,
    Said,
    register,
)
from montada.stocktaking.queries.words import ABOUT, projects_with

IntArray = npt.NDArray[np.int64]

FACETS = (
    "group",
    "country",
    "line",
    "goal",
    "year",
    "stakeholder",
    "distinction",
    "type",
    "status",
    "region",
    "work",
    "language",
    "freshness",
    "evidence",
    "gap",
)
STATED = ("title", "organisation")
"""Facets that only tell whether a source states it; reached from the list of gaps."""
TOO = "suggested"
"""A facet of one value, for lists that take in what is only suggested."""

ARCHIVED = "archived"
"""Of freshness: what nobody called true for so long that it was put away."""

_FACET_OF = {"first_year": "year", "last_year": "year"}
"""Facets of columns that have another name."""

_GATHERED = {"group": "country", "region": "work"}
"""Facets of groups of countries, each with the facet of their members."""


_LINKED = (REACHED, *SUGGESTED.values())


@dataclass(frozen=True, slots=True, eq=False)
class ListOrder:
    """Public projects in the order of their list, newest first."""

    ids: array[int]
    item_of: IntArray
    """Position by key; -1 for one that is not public, as the last, which is none."""

    def items(self, keys: IntArray) -> IntArray:
        """Return the positions of projects; -1 for one that is not public."""
        return self.item_of[np.minimum(keys, len(self.item_of) - 1)]


@dataclass(frozen=True, slots=True)
class ProjectIndex:
    """Which public project has which value; labels for one reader."""

    order: ListOrder
    facets: FacetIndex
    labels: dict[str, dict[str, Label]]

    @property
    def ids(self) -> array[int]:
        return self.order.ids

    def taking_in(self, with_suggested: bool) -> FacetIndex:
        """Return the facets, suggested lines and goals among the stated if asked."""
        index = self.facets
        for facet, suggested in SUGGESTED.items() if with_suggested else ():
            index = index.with_also(facet, suggested)
        return index

    def found(self, query: str) -> int:
        """
        Return the projects that hold all words asked for, in any of their languages.

        In the title, the names of the organisation, or the summary.
        """
        keys = projects_with(query)
        if keys is None:
            return self.facets.everything
        items = self.order.items(np.array(keys, np.int64))
        return bits_of(items[items >= 0], len(self.ids))


def project_index(language: str, bounds: FreshnessBounds | None = None) -> ProjectIndex:
    """
    Return the index of this moment, with labels for readers of `language`.

    Without bounds every project's freshness counts as not stated.
    """
    built = _dated(bounds) if bounds else _built()
    return ProjectIndex(built.order, built.facets, facet_labels(language))


@dataclass(frozen=True, slots=True)
class _Built:
    order: ListOrder
    facets: FacetIndex
    current_on: list[str]
    """By position the day on which a project's word was last good; "" for none."""
    archived: int
    """As bits."""


@audit.remembered(*ABOUT)
def _built() -> _Built:
    told = register()
    order = _order(told.in_order)
    said: dict[str, tuple[Said, ...]] = {}
    for one in (*told.columns.values(), *told.links):
        facet = _FACET_OF.get(one.facet, one.facet)
        said[facet] = (*said.get(facet, ()), one)
    every = (*FACETS, *STATED, *_LINKED)
    bits = {facet: _bits(order, said.get(facet, ())) for facet in every}
    bits[TOO] = {YES: (1 << len(order.ids)) - 1}
    index = index_of_bits(len(order.ids), bits)
    memberships = framework.memberships()
    for group, member in _GATHERED.items():
        index = index.with_sums(group, member, memberships)
    archived = _bits(order, said["visibility"]).get(Visibility.ARCHIVED, 0)
    return _Built(order, index, _by_item(order, told.columns["current_on"]), archived)


# What comes below depends on these texts alone: most are as before the last decision.


@lru_cache(maxsize=1)
def _order(in_order: str) -> ListOrder:
    ids = _numbers(in_order)
    item_of = np.full(ids.max(initial=0) + 2, -1)
    item_of[ids] = np.arange(len(ids))
    return ListOrder(array("q", ids.tolist()), item_of)


@lru_cache(maxsize=len((*FACETS, *STATED, *_LINKED, "visibility")))
def _bits(order: ListOrder, said: tuple[Said, ...]) -> Mapping[str, int]:
    """Return who has each value that several columns or links say."""
    values: list[str] = []
    items = [np.empty(0, np.int64)]
    for one in said:
        of = order.items(_numbers(one.keys))
        public = of >= 0
        words = _words(one)
        values += words if public.all() else compress(words, public)
        items.append(of[public])
    bits = bits_by_value(values, np.concatenate(items), len(order.ids))
    bits.pop("", None)
    return bits


@lru_cache(maxsize=1)
def _by_item(order: ListOrder, said: Said) -> list[str]:
    """Return the value of each project by its position."""
    words, places = _words(said), np.argsort(order.items(_numbers(said.keys)))
    return [words[place] for place in places.tolist()]


def _numbers(text: str) -> IntArray:
    return np.fromstring(text, np.int64, sep=",")


def _words(said: Said) -> list[str]:
    return said.values.split(",") if said.keys else []


@audit.remembered(*ABOUT)
def _dated(bounds: FreshnessBounds) -> _Built:
    """Return the index with the facet that changes from day to day."""
    built = _built()
    light_of = {
        day: bounds.freshness_of(date.fromisoformat(day) if day else None)
        for day in set(built.current_on)
    }
    n = len(built.order.ids)
    lights = bits_by_value([light_of[day] for day in built.current_on], range(n), n)
    lights.pop("unknown", None)
    kept = {light: bits & ~built.archived for light, bits in lights.items()}
    kept[ARCHIVED] = built.archived
    stated = {light: bits for light, bits in kept.items() if bits}
    dated = index_of_bits(n, {"freshness": stated})
    bits = {**built.facets.bits, **dated.bits}
    return replace(built, facets=replace(built.facets, bits=bits))
