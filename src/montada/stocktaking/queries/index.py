"""
The index of the project list: which project has which value of which facet.

Three statements, whatever the number of projects; kept until the next decision.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import CharField, IntegerField, Min, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from montada.audit import queries as audit
from montada.language.engine.folding import sort_key
from montada.stocktaking.engine.facets import FacetIndex, bits_of, facet_index
from montada.stocktaking.models import Project, ProjectDistinction

KEPT_SECONDS = 3600
FACETS = ("group", "country", "line", "goal", "year", "stakeholder", "distinction")
STATED = ("title", "organisation")
"""Facets that only tell whether a source states it; reached from the list of gaps."""
REACHED = "reached"
"""A facet for cards alone: kind and year of a distinction, as "winner 2018"."""

_PAIRED = (*(name for name in FACETS if name != "group"), *STATED, REACHED)


@dataclass(frozen=True, slots=True)
class Label:
    """How a value of a facet is written for one reader."""

    value: str
    text: str
    language: str = ""
    short: str = ""
    """The code of an action line: «جيم7»."""


@dataclass(frozen=True, slots=True)
class ProjectIndex:
    """Projects by position, newest first; labels for one reader."""

    ids: array[int]
    words: str
    """A line for each project: its folded title and organisation."""
    facets: FacetIndex
    labels: dict[str, dict[str, Label]]

    def found(self, query: str) -> int:
        """Return the projects whose title or organisation holds all words of `query`."""
        wanted = [sort_key(word) for word in query.split()]
        wanted = [word for word in wanted if word]
        if not wanted:
            return self.facets.everything
        lines = self.words.split("\n")
        hits = (
            i for i, line in enumerate(lines) if all(word in line for word in wanted)
        )
        return bits_of(hits, len(self.ids))


def project_index(language: str) -> ProjectIndex:
    key = f"stocktaking.index.{audit.last_entry_id()}.{language}"
    index: ProjectIndex | None = cache.get(key)
    if index is None:
        index = _built(language)
        cache.set(key, index, KEPT_SECONDS)
    return index


_ROW = (
    "sort_key",
    "organisation__sort_key",
    "country",
    "stakeholder_group",
    "first_year",
    "last_year",
)


def _built(language: str) -> ProjectIndex:
    ids, lines = array("q"), []
    pairs: dict[str, list[tuple[int, str]]] = {name: [] for name in _PAIRED}
    for item, row in enumerate(Project.objects.values_list("pk", *_ROW)):
        pk, title, organisation, country, group, first, last = row
        ids.append(pk)
        lines.append(f"{title} {organisation or ''}")
        stated = {
            "title": title and "stated",
            "organisation": organisation and "stated",
            "country": country,
            "stakeholder": group,
        }
        for facet, value in stated.items():
            if value:
                pairs[facet].append((item, value))
        pairs["year"] += [(item, str(year)) for year in {first, last} - {None}]
    item_of = {pk: item for item, pk in enumerate(ids)}
    for pk, facet, value, year in _links():
        pairs[facet].append((item_of[pk], value))
        if facet == "distinction":
            pairs[REACHED].append((item_of[pk], f"{value} {year or ''}"))
            if year:
                pairs["year"].append((item_of[pk], str(year)))
    names = sorted(_names(language), key=itemgetter(0, 1))
    facets = facet_index(len(ids), pairs).with_sums(
        "group",
        "country",
        ((name.value, name.more) for name in names if name.facet == "group"),
    )
    return ProjectIndex(ids, "\n".join(lines), facets, _labels(names, language))


def _links() -> Iterator[tuple[int, str, str, int | None]]:
    """Yield project, facet, value and year of everything that hangs on projects."""
    no_year = Cast(Value(None), IntegerField())
    lines = Project.action_lines.through.objects.values_list(
        "project_id", Value("line"), "actionline_id", no_year
    )
    goals = Project.goals.through.objects.values_list(
        "project_id", Value("goal"), Cast("goal_id", CharField()), no_year
    )
    distinctions = ProjectDistinction.objects.order_by().values_list(
        "project_id", Value("distinction"), "kind", "year"
    )
    yield from lines.union(goals, distinctions, all=True)


class _Name(NamedTuple):
    """A value that some project has, in one reader's language."""

    facet: str
    order: int
    value: str
    more: str
    """Of a line, its Arabic code; of a group of countries, one member."""
    own: str | None
    """The name in the reader's language, where there is one."""
    english: str


def _names(language: str) -> list[_Name]:
    lines = _one_for_each("actionline", Project.action_lines.through.objects.all())
    goals = _one_for_each("goal", Project.goals.through.objects.all())
    groups = _one_for_each("stakeholder_group", Project.objects.order_by())
    countries = _one_for_each("country", Project.objects.order_by())
    in_groups = countries.filter(country__groups__isnull=False)
    nothing, first = Value("", CharField()), Cast(Value(0), IntegerField())
    number, member = Cast("goal__number", CharField()), "country__iso3"
    described: list[tuple[str, Any, str, Any, Any, Any, str]] = [
        ("country", countries, "country", first, "iso3", nothing, "name"),
        (
            "group",
            in_groups,
            "country__groups",
            "order",
            "code",
            "country__iso3",
            "name",
        ),
        ("stakeholder", groups, "stakeholder_group", "order", "code", nothing, "name"),
        ("line", lines, "actionline", "order", "code", "actionline__code_ar", "title"),
        ("goal", goals, "goal", "number", number, nothing, "title"),
    ]
    first_set, *others = (
        rows.values_list(
            Value(facet),
            f"{path}__{order}" if isinstance(order, str) else order,
            f"{path}__{value}" if isinstance(value, str) else value,
            more,
            _words(f"{path}__{column}", language),
            _words(f"{path}__{column}", "en"),
        )
        for facet, rows, path, order, value, more, column in described
    )
    return [_Name(*row) for row in first_set.union(*others, all=True)]


def _one_for_each(column: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return one row for each value of `column`, so that its name is read once."""
    having = rows.filter(**{f"{column}__isnull": False})
    return having.filter(pk__in=having.values(column).annotate(n=Min("pk")).values("n"))


def _words(column: str, language: str) -> KeyTextTransform:
    """Return one wording of a `LocalizedText`: reading all six takes far longer."""
    return KeyTextTransform(
        "text", KeyTransform(language, KeyTransform("wordings", column))
    )


def _labels(names: Iterable[_Name], language: str) -> dict[str, dict[str, Label]]:
    """Return the labels in the framework's order; countries by their name."""
    labels: dict[str, dict[str, Label]] = defaultdict(dict)
    for name in names:
        if name.value not in labels[name.facet]:
            labels[name.facet][name.value] = _label(name, language)
    by_name = sorted(labels["country"].items(), key=lambda pair: sort_key(pair[1].text))
    return dict(labels) | {"country": dict(by_name)}


def _label(name: _Name, language: str) -> Label:
    text, written_in = (name.own, language) if name.own else (name.english, "en")
    if name.facet != "line":
        return Label(name.value, text, written_in)
    short = name.more if language == "ar" else name.value.split("-")[0]
    return Label(name.value, f"{short} – {text}", written_in, short)
