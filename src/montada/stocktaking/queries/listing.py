"""The project list as its page shows it: facets with counts, chips, cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from montada.language.engine.text import LocalizedText
from montada.stocktaking.choices import Distinction
from montada.stocktaking.engine.facets import NOT_STATED, items_in
from montada.stocktaking.models import Project
from montada.stocktaking.queries.index import (
    FACETS,
    REACHED,
    STATED,
    SUGGESTED,
    TOO,
    YES,
    Label,
    ProjectIndex,
    project_index,
)

Choice = Mapping[str, Sequence[str]]


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
class ProjectCard:
    """What a list shows of one project. `None` and empty: no source says it."""

    slug: str
    title: LocalizedText
    organisation_slug: str | None
    organisation: LocalizedText | None
    country_id: str | None
    country: Label | None
    lines: tuple[Label, ...]
    reached: tuple[str, ...]
    """Each distinction in words, with its year."""
    suggested: tuple[Label, ...]
    """Chosen lines and goals that only its title suggests: why it is listed."""
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class ProjectListing:
    index: ProjectIndex
    ids: list[int]
    """Of all matching projects, newest first."""
    facets: tuple[Facet, ...]
    choice: Choice

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


def project_listing(*, choice: Choice, query: str, language: str) -> ProjectListing:
    """
    Return the projects that have, of each facet in `choice`, one of its values.

    Raises
    ------
    NoSuchFilterValue
    """
    index = project_index(language)
    names = (*FACETS, TOO, *STATED)
    choice = {name: tuple(dict.fromkeys(choice.get(name, ()))) for name in names}
    for name, values in choice.items():
        for value in values:
            _check(index, name, value)
    found = index.found(query)
    kept = index.taking_in(bool(choice[TOO])).chosen(choice) & found
    facets = tuple(_facet(index, name, choice, query, found) for name in names)
    ids = [index.ids[i] for i in items_in(kept)]
    return ProjectListing(index, ids, facets, choice)


def _check(index: ProjectIndex, facet: str, value: str) -> None:
    """Let through what some project has, and what the framework knows without any."""
    known = index.labels.get(facet, {}).keys() | {NOT_STATED}
    if facet == TOO:
        known = {YES}
    if facet == "distinction":
        known |= set(Distinction.values)
    if value not in known and value not in index.facets.bits[facet]:
        raise NoSuchFilterValue(facet, value)


def _facet(
    index: ProjectIndex, name: str, choice: Choice, query: str, found: int
) -> Facet:
    facets = index.taking_in(name == TOO or bool(choice[TOO]))
    counts = facets.counts(name, choice, found)
    rest = {facet: values for facet, values in choice.items() if facet != name}
    before = urlencode([*_pairs(rest), *([("q", query)] if query else [])])
    values = []
    for label in _labels_in_order(index, name, {*counts, *choice[name]}):
        chosen = choice[name]
        is_chosen = label.value in chosen
        kept = [v for v in chosen if v != label.value] + [label.value] * (not is_chosen)
        own = urlencode([(name, value) for value in kept])
        url = f"?{'&'.join(filter(None, (before, own)))}"
        values.append(FacetValue(label, counts.get(label.value, 0), is_chosen, url))
    return Facet(name, tuple(values))


def _pairs(choice: Choice) -> list[tuple[str, str]]:
    return [(name, value) for name, values in choice.items() for value in values]


def _labels_in_order(index: ProjectIndex, name: str, shown: set[str]) -> list[Label]:
    """Return the labels of the values to show; what is not stated comes last."""
    if name == "year":
        labels = {year: Label(year, year) for year in sorted(shown, reverse=True)}
    elif name == TOO:
        labels = {YES: Label(YES, _("suggested by the title too"))}
    elif name == "distinction":
        labels = {
            kind.value: Label(kind.value, str(kind.label)) for kind in Distinction
        }
    else:
        labels = index.labels.get(name, {})
    known = [label for value, label in labels.items() if value in shown - {NOT_STATED}]
    return known + [Label(NOT_STATED, "")] * (NOT_STATED in shown)


_CARD = (
    "pk",
    "slug",
    "title",
    "organisation__slug",
    "organisation__name",
    "country_id",
    "first_year",
    "last_year",
)


def project_cards(
    index: ProjectIndex, ids: Iterable[int], choice: Choice | None = None
) -> list[ProjectCard]:
    """
    Return cards in the order of `ids`, in the language of the index. One query.

    With the choice of a list, cards say where they are in it by suggestion alone.
    """
    ids = list(ids)
    item_of = {pk: item for item, pk in enumerate(index.ids)}
    rows = Project.objects.filter(pk__in=ids).order_by().values_list(*_CARD)
    cards = {
        row[0]: _card(index, item_of[row[0]], row[1:], choice or {})
        for row in rows
        if row[0] in item_of
    }
    return [cards[pk] for pk in ids if pk in cards]


def _card(
    index: ProjectIndex, item: int, row: Sequence[Any], choice: Choice
) -> ProjectCard:
    slug, title, organisation_slug, organisation, country_id, first, last = row
    lines, countries = index.labels.get("line", {}), index.labels.get("country", {})
    return ProjectCard(
        slug=slug,
        title=title,
        organisation_slug=organisation_slug,
        organisation=organisation,
        country_id=country_id,
        country=countries.get(country_id),
        lines=tuple(lines[code] for code in lines if _has(index, "line", code, item)),
        reached=tuple(_reached(index, item)),
        suggested=tuple(_suggested(index, item, choice)),
        first_year=first,
        last_year=last,
    )


def _has(index: ProjectIndex, facet: str, value: str, item: int) -> bool:
    return bool(index.facets.bits[facet].get(value, 0) >> item & 1)


def _suggested(index: ProjectIndex, item: int, choice: Choice) -> Iterable[Label]:
    for facet, suggested in SUGGESTED.items() if choice.get(TOO) else ():
        for value in choice[facet]:
            if value != NOT_STATED and _has(index, suggested, value, item):
                yield index.labels[facet][value]


def _reached(index: ProjectIndex, item: int) -> Iterable[str]:
    for value in sorted(index.facets.bits[REACHED], key=lambda v: v.split(" ")[-1]):
        if value != NOT_STATED and _has(index, REACHED, value, item):
            kind, year = value.split(" ")
            name = str(Distinction(kind).label)
            # Here and not in the template: a card is written fifty times a page.
            said = _("%(distinction)s, %(year)s") % {"distinction": name, "year": year}
            yield said if year else name
