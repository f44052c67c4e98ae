"""What a list shows of one project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from montada.language.engine.text import LocalizedText
from montada.stocktaking.choices import Distinction
from montada.stocktaking.engine.facets import NOT_STATED
from montada.stocktaking.models import Project
from montada.stocktaking.queries.facet_labels import Label
from montada.stocktaking.queries.index import TOO, ProjectIndex
from montada.stocktaking.queries.index_rows import REACHED, SUGGESTED

Choice = Mapping[str, Sequence[str]]
"""Facet → chosen values."""


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
    items = index.order.items(np.array(ids, np.int64)).tolist()
    item_of = dict(zip(ids, items, strict=True))
    rows = Project.objects.public().filter(pk__in=ids).order_by().values_list(*_CARD)
    cards = {
        row[0]: _card(index, item_of[row[0]], row[1:], choice or {})
        for row in rows
        if item_of[row[0]] >= 0
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
