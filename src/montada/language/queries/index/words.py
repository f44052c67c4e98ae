"""The words of the index, for what somebody misspelt or wrote in another script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import connection

from montada.language.engine.folding import folded
from montada.language.engine.names import Spelling, Spellings
from montada.language.models import IndexedWord

PLACES = Path(__file__).parents[2] / "data" / "places.txt"

_kept: tuple[tuple[int, str] | None, Spellings] | None = None


def spellings() -> Spellings:
    """Return the words that stand in titles; one query where none was added."""
    global _kept  # noqa: PLW0603 - the process's one copy
    newest = IndexedWord.objects.order_by("-pk").values_list("pk", "text").first()
    kept = _kept
    if connection.in_atomic_block:
        return Spellings(_words())
    if kept is None or kept[0] != newest:
        _kept = kept = (newest, Spellings(_words()))
    return kept[1]


def _words() -> Iterator[Spelling]:
    columns = ("language", "text", "key", "term", "sound")
    for row in IndexedWord.objects.values_list(*columns).iterator(chunk_size=10_000):
        yield Spelling(*row)


@dataclass(frozen=True, slots=True)
class Place:
    """A city under its names, as (language, name)."""

    iso3: str
    names: tuple[tuple[str, str], ...]


@cache
def places() -> dict[str, Place]:
    """Return the cities of `data/places.txt` by each folded name."""
    found: dict[str, Place] = {}
    for line in PLACES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            iso3, *named = (part.strip() for part in line.split(";"))
            names = [(tag, name) for tag, _equals, name in map(_parted, named)]
            place = Place(iso3, tuple(names))
            found |= {folded(name): place for _language, name in names}
    return found


def _parted(pair: str) -> tuple[str, str, str]:
    return pair.partition("=")


def places_in(text: str) -> list[tuple[str, Place]]:
    """Return the names of cities in a text, folded, each with its city."""
    words, found = folded(text).split(), list[tuple[str, Place]]()
    for n_words in (1, 2):
        for start in range(len(words) - n_words + 1):
            name = " ".join(words[start : start + n_words])
            if place := places().get(name):
                found.append((name, place))
    return found
