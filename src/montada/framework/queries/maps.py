"""Numbers of countries as a map, and as the table that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from montada.framework.adapters import world
from montada.framework.engine.maps.classes import CountClass, count_classes, step_of
from montada.framework.engine.maps.drawing import Outlines
from montada.framework.models import Country
from montada.framework.queries import places
from montada.framework.queries.map_files import (
    MapFileRefused,
    check_map_file,
    map_file,
)
from montada.language.engine.folding import sort_key
from montada.language.engine.text import Shown

NOTHING_DRAWN = Outlines(0, 0, ())


class NoSuchGroupOfCountries(LookupError):
    """No group has this code."""


@dataclass(frozen=True, slots=True)
class CountedCountry:
    """`step` is 0 where nothing was counted, else the count's class, 1 to 5."""

    iso3: str
    name: Shown
    count: int
    step: int


@dataclass(frozen=True, slots=True)
class MappedLand:
    """
    What is drawn of one country: a path, or a dot where a path would not be seen.

    `country` is None for neighbours of a group, and for land of no country.
    """

    path: str
    dot: tuple[int, int] | None
    country: CountedCountry | None


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """
    A map of `width` by `height` units.

    Its table lists countries of which something was counted, most first; it may name
    one that has no place on the map. Where the operator's own file cannot be drawn,
    `refusal` says why, there are no lands, and the table still stands.
    """

    width: int
    height: int
    lands: tuple[MappedLand, ...]
    table: tuple[CountedCountry, ...]
    classes: tuple[CountClass, ...]
    is_of_group: bool
    is_shipped: bool
    refusal: MapFileRefused | None = None


def world_map(
    counts: Mapping[str, int], group: str | None = None, language: str = "ar"
) -> MapDrawing:
    """
    Return a map of the world, or one fitted to a group of countries.

    One query at most for countries and one for members, while they are not remembered.

    Parameters
    ----------
    counts : mapping
        By iso3; codes of no country, and of none in the group, are not shown.
    group : code of a group of countries, optional

    Raises
    ------
    NoSuchGroupOfCountries
    """
    members = places.members_of(group) if group else None
    if members is not None and not members:
        raise NoSuchGroupOfCountries(group)
    rows = places.countries()
    shown = [row for row in rows if members is None or row.iso3 in members]
    classes = count_classes(counts.get(row.iso3, 0) for row in shown)
    counted = {row.m49: _counted(row, counts, classes, language) for row in shown}
    outlines, refusal = _outlines(rows, frozenset(counted) if group else None)
    return MapDrawing(
        width=outlines.width,
        height=outlines.height,
        lands=tuple(_mapped(outlines, counted)),
        table=tuple(sorted(filter(_is_counted, counted.values()), key=_most_first)),
        classes=classes,
        is_of_group=members is not None,
        is_shipped=map_file() == world.FILE,
        refusal=refusal,
    )


def _counted(
    row: Country,
    counts: Mapping[str, int],
    classes: Sequence[CountClass],
    language: str,
) -> CountedCountry:
    count = max(counts.get(row.iso3, 0), 0)
    name = row.name.shown_to(language)
    return CountedCountry(row.iso3, name, count, step_of(count, classes))


def _is_counted(country: CountedCountry) -> bool:
    return country.count > 0


def _most_first(country: CountedCountry) -> tuple[int, str]:
    return -country.count, sort_key(country.name.text)


def _outlines(
    rows: Sequence[Country], members: frozenset[str] | None
) -> tuple[Outlines, MapFileRefused | None]:
    file = map_file()
    where = tuple(
        (row.m49, (row.longitude, row.latitude))
        for row in rows
        if row.longitude is not None and row.latitude is not None
    )
    try:
        check_map_file(file, {row.m49 for row in rows})
        return world.drawn(file, where, members), None
    except MapFileRefused as refused:
        return NOTHING_DRAWN, refused


def _mapped(
    outlines: Outlines, counted: Mapping[str, CountedCountry]
) -> Iterator[MappedLand]:
    """Yield neighbours and empty land first, then what was counted, most first."""
    drawn = [(counted.get(land.code), land) for land in outlines.lands]
    for country, land in drawn:
        if country is None and land.path:
            yield MappedLand(land.path, None, None)
    own = [(country, land) for country, land in drawn if country is not None]
    for country, land in sorted(own, key=lambda pair: _most_first(pair[0])):
        yield MappedLand(land.path, land.dot, country)
