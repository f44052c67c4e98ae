"""
Numbers of countries as a map with its table: `{% country_map drawing title=title %}`.

An address makes links of the countries that have a number:

    {% country_map drawing title=… counted=… says=sentence address="?country=" %}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings

from montada.djangokit.page_language import page_language
from montada.framework.queries import CountedCountry, MapDrawing, MappedLand
from montada.language.engine.numbers import written_number

register = template.Library()


@dataclass(frozen=True, slots=True)
class SaidLand:
    """A land and its sentence, "Egypt: 12 projects"; "" for a neighbour."""

    land: MappedLand
    sentence: str

    @property
    def has_count(self) -> bool:
        return bool(self.land.country and self.land.country.count)


@register.inclusion_tag("framework/_map.html")
def country_map(
    drawing: MapDrawing,
    title: str,
    counted: str,
    says: Any = "%(country)s: %(shown)s",
    address: str = "",
    slug: str = "map",
) -> dict[str, Any]:
    """
    Draw a map, its legend in numbers, and the table that says the same.

    Parameters
    ----------
    title : the map's accessible name, "Projects by country"
    counted : heading of the table's numbers, "Projects"
    says : a sentence of "%(country)s" and "%(shown)s", from `ngettext_lazy` with "n"
    address : to which a country's iso3 is added; none, no links
    slug : begins the ids, where a page has two maps
    """
    said = [SaidLand(land, _said(says, land.country)) for land in drawing.lands]
    paths = [one for one in said if one.land.path]
    return {
        "drawing": drawing,
        "plain": [one for one in paths if not (address and one.has_count)],
        "linked": [one for one in paths if address and one.has_count],
        "dots": [one for one in said if one.land.dot],
        "title": title,
        "counted": counted,
        "address": address,
        "slug": slug,
    }


def _said(says: Any, country: CountedCountry | None) -> str:
    if country is None:
        return ""
    reader = page_language()
    shown = written_number(country.count, reader, digits=settings.DIGITS)
    values = {"country": country.name.text, "shown": shown, "n": country.count}
    return str(says % values)
