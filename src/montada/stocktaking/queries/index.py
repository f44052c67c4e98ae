"""
The index of the project list: which project has which value of which facet.

Two statements, whatever the number of projects; kept until the next decision.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast, Concat

from montada.audit import queries as audit
from montada.framework import queries as framework
from montada.language.engine.folding import sort_key
from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.facets import FacetIndex, bits_of, facet_index
from montada.stocktaking.models import Project, ProjectDistinction
from montada.stocktaking.queries.suggestions import open_suggestions

if TYPE_CHECKING:
    from montada.framework.models import ActionLine

FACETS = ("group", "country", "line", "goal", "year", "stakeholder", "distinction")
STATED = ("title", "organisation")
"""Facets that only tell whether a source states it; reached from the list of gaps."""
REACHED = "reached"
"""A facet for cards alone: kind and year of a distinction, as "winner 2018"."""

SUGGESTED = {"line": "suggested_action_line", "goal": "suggested_goal"}
"""Facets of what titles suggest beside what is stated in a facet."""
TOO = "suggested"
"""A facet of one value, for lists that take in what is only suggested."""
YES = "1"

_PAIRED = (
    *(name for name in FACETS if name != "group"),
    *STATED,
    REACHED,
    *SUGGESTED.values(),
)


@dataclass(frozen=True, slots=True)
class Label:
    """How a value of a facet is written for one reader."""

    value: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ProjectIndex:
    """Projects by position, newest first; labels for one reader."""

    ids: array[int]
    words: str
    """A line for each project: its folded title and organisation."""
    facets: FacetIndex
    labels: dict[str, dict[str, Label]]

    def taking_in(self, with_suggested: bool) -> FacetIndex:
        """Return the facets, suggested lines and goals among the stated if asked."""
        index = self.facets
        for facet, suggested in SUGGESTED.items() if with_suggested else ():
            index = index.with_also(facet, suggested)
        return index

    def found(self, query: str) -> int:
        """Return the projects whose title or organisation holds all words asked for."""
        wanted = [sort_key(word) for word in query.split()]
        wanted = [word for word in wanted if word]
        if not wanted:
            return self.facets.everything
        lines = self.words.split("\n")
        hits = (
            i for i, line in enumerate(lines) if all(word in line for word in wanted)
        )
        return bits_of(hits, len(self.ids))


@audit.remembered
def project_index(language: str) -> ProjectIndex:
    """Return the index of this moment, with labels for readers of `language`."""
    return _built(language)


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
        if pk not in item_of:
            continue
        pairs[facet].append((item_of[pk], value))
        if facet == "distinction":
            pairs[REACHED].append((item_of[pk], f"{value} {year or ''}"))
            if year:
                pairs["year"].append((item_of[pk], str(year)))
    pairs[TOO] = [(item, YES) for item in range(len(ids))]
    index = facet_index(len(ids), pairs).with_sums("group", "country", _memberships())
    return ProjectIndex(ids, "\n".join(lines), index, facet_labels(language))


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
    suggested = (
        open_suggestions()
        .order_by()
        .values_list(
            F("subject_pk"), Concat(Value("suggested_"), "axis"), "code", no_year
        )
    )
    yield from lines.union(goals, distinctions, suggested, all=True)


@audit.remembered
def _memberships() -> list[tuple[str, str]]:
    """Return groups of countries with the members that have projects. One query."""
    projects = Project.objects.filter(country__groups__isnull=False).order_by()
    pairs = projects.values_list("country__groups__code", "country")
    return list(pairs.distinct())


@audit.remembered
def facet_labels(language: str) -> dict[str, dict[str, Label]]:
    """Return the framework's names in its own order; countries by name."""
    countries = [
        _label(country.iso3, country.name, language)
        for country in framework.countries()
    ]
    described = {
        "group": [(g.code, g.name) for g in framework.country_groups()],
        "stakeholder": [(g.code, g.name) for g in framework.stakeholder_groups()],
        "goal": [(str(g.number), g.title) for g in framework.goals()],
    }
    labels: dict[str, list[Label]] = {
        facet: [_label(value, name, language) for value, name in named]
        for facet, named in described.items()
    }
    labels["country"] = sorted(countries, key=lambda label: sort_key(label.text))
    labels["line"] = [_line_label(line, language) for line in framework.action_lines()]
    return {
        facet: {label.value: label for label in named}
        for facet, named in labels.items()
    }


def _label(value: str, name: LocalizedText, language: str) -> Label:
    shown = name.shown_to(language)
    return Label(value, shown.text, shown.language)


def _line_label(line: ActionLine, language: str) -> Label:
    shown = line.title.shown_to(language)
    code = line.code_ar if language == "ar" else line.latin_code
    return Label(line.code, f"{code} – {shown.text}", shown.language)
