"""The project list as its page shows it: facets with counts, chips, what matches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from montada.stocktaking.engine.facets import NOT_STATED, FacetIndex, items_in
from montada.stocktaking.engine.freshness import FreshnessBounds
from montada.stocktaking.queries.cards import Choice
from montada.stocktaking.queries.facet_labels import Label
from montada.stocktaking.queries.index import (
    FACETS,
    STATED,
    TOO,
    ProjectIndex,
    project_index,
)
from montada.stocktaking.queries.index_rows import SUGGESTED

FILTERS = (*FACETS, TOO, *STATED)
"""Everything a list can be narrowed by, in the order in which pages show it."""


class NoSuchFilterValue(LookupError):
    """The framework has no such country, line, goal, …; `args` are facet and value."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    label: Label
    n_projects: int
    is_chosen: bool
    url: str
    """The list with this value added; taken away where it is chosen."""

    @property
    def is_not_stated(self) -> bool:
        return self.label.value == NOT_STATED


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    values: tuple[FacetValue, ...]

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        return tuple(value for value in self.values if value.is_chosen)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The projects that a choice and a query keep."""

    index: ProjectIndex
    facets: FacetIndex
    """What is only suggested counted in, if the choice says so."""
    choice: Choice
    query: str
    found: int
    """Those that hold the words of the query, as bits."""

    @property
    def kept(self) -> int:
        return self.facets.chosen(self.choice) & self.found

    @property
    def address(self) -> str:
        """The choice as the query of an address, without "?"."""
        return self.address_with({})

    def address_with(self, values: Mapping[str, str]) -> str:
        """Return the address with some facets narrowed to one value each."""
        words = [("q", self.query)] if self.query else []
        choice = {**self.choice, **{name: (one,) for name, one in values.items()}}
        return urlencode([*_pairs(choice), *words])

    def address_without(self, facet: str) -> str:
        """Return the address with one facet left open."""
        return replace(self, choice={**self.choice, facet: ()}).address

    def counts(self, facet: str) -> dict[str, int]:
        """Return how many of the kept projects have each value; none has 0."""
        kept = self.kept
        counted = {
            value: (bits & kept).bit_count()
            for value, bits in self.facets.bits[facet].items()
        }
        return {value: n for value, n in counted.items() if n}


@dataclass(frozen=True, slots=True)
class ProjectListing:
    narrowed: Narrowed
    ids: list[int]
    """Of all matching projects, newest first."""
    facets: tuple[Facet, ...]

    @property
    def index(self) -> ProjectIndex:
        return self.narrowed.index

    @property
    def choice(self) -> Choice:
        return self.narrowed.choice

    @property
    def shown_facets(self) -> tuple[Facet, ...]:
        return self.facets[: len(FACETS) + self.may_take_in]

    @property
    def may_take_in(self) -> bool:
        """Whether suggestions could change this list: only beside a line or a goal."""
        return any(self.choice[name] for name in (TOO, *SUGGESTED))

    @property
    def n_projects(self) -> int:
        """Of the whole register, not of the matching ones."""
        return len(self.index.ids)

    @property
    def chosen(self) -> list[tuple[Facet, FacetValue]]:
        return [(facet, value) for facet in self.facets for value in facet.chosen]


def narrowed(
    *,
    choice: Choice,
    query: str,
    language: str,
    bounds: FreshnessBounds | None = None,
) -> Narrowed:
    """
    Return the projects that have, of each facet in `choice`, one of its values.

    Without bounds (see `register_at`) no project counts as fresh, ageing or stale.

    Raises
    ------
    NoSuchFilterValue
    """
    index = project_index(language, bounds)
    choice = {name: tuple(dict.fromkeys(choice.get(name, ()))) for name in FILTERS}
    for name, values in choice.items():
        for value in values:
            _check(index, name, value)
    facets = index.taking_in(bool(choice[TOO]))
    return Narrowed(index, facets, choice, query, index.found(query))


def project_listing(
    *,
    choice: Choice,
    query: str,
    language: str,
    bounds: FreshnessBounds | None = None,
    kept: Mapping[str, str] | None = None,
) -> ProjectListing:
    """
    Return the matching projects, and every facet with where its values lead.

    `kept` are further parameters of the address that its links keep.

    Raises
    ------
    NoSuchFilterValue
    """
    it = narrowed(choice=choice, query=query, language=language, bounds=bounds)
    facets = tuple(_facet(it, name, kept or {}) for name in FILTERS)
    ids = [it.index.ids[i] for i in items_in(it.kept)]
    return ProjectListing(it, ids, facets)


def _check(index: ProjectIndex, facet: str, value: str) -> None:
    """Let through what some project has, and what is known without any."""
    known = index.labels.get(facet, {}).keys() | {NOT_STATED}
    if facet == TOO:
        known -= {NOT_STATED}
    if value not in known and value not in index.facets.bits[facet]:
        raise NoSuchFilterValue(facet, value)


def _facet(it: Narrowed, name: str, kept: Mapping[str, str]) -> Facet:
    facets = it.index.taking_in(name == TOO or bool(it.choice[TOO]))
    counts = facets.counts(name, it.choice, it.found)
    rest = {facet: values for facet, values in it.choice.items() if facet != name}
    words = [("q", it.query)] if it.query else []
    before = urlencode([*_pairs(rest), *words, *kept.items()])
    values = []
    for label in labels_in_order(it.index, name, {*counts, *it.choice[name]}):
        chosen = it.choice[name]
        is_chosen = label.value in chosen
        own = [v for v in chosen if v != label.value] + [label.value] * (not is_chosen)
        url = "&".join(filter(None, (before, urlencode([(name, v) for v in own]))))
        values.append(
            FacetValue(label, counts.get(label.value, 0), is_chosen, f"?{url}")
        )
    return Facet(name, tuple(values))


def _pairs(choice: Choice) -> list[tuple[str, str]]:
    return [(name, value) for name, values in choice.items() for value in values]


def label_of(index: ProjectIndex, facet: str, value: str) -> Label:
    """Return how a value of a facet is written; "" as text where none is stated."""
    return next(iter(labels_in_order(index, facet, {value})), Label(value, value))


def labels_in_order(index: ProjectIndex, name: str, shown: set[str]) -> list[Label]:
    """Return the labels of the values to show; what is not stated comes last."""
    if name == "year":
        labels = {year: Label(year, year) for year in sorted(shown, reverse=True)}
    else:
        labels = index.labels.get(name, {})
    known = [label for value, label in labels.items() if value in shown - {NOT_STATED}]
    return known + [Label(NOT_STATED, "")] * (NOT_STATED in shown)
