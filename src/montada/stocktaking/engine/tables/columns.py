"""
Which field a column of somebody's table is, told by its head.

In six languages: by its exact name, folded, then by likeness. A head may say more than
the field: the language of a text ("Titre (arabe)"), the currency of an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from montada.language.engine.folding import folded
from montada.stocktaking.engine.record import TEXTS
from montada.stocktaking.engine.tables.values import (
    AMOUNTS,
    GATHERED,
    is_field,
    parts_of,
)

LIKE = 88
"""Of 100, by rapidfuzz's ratio of edits: one slip in a head of eight letters."""
SHORTEST = 5
"""Letters below which likeness says nothing."""

_BETWEEN = frozenset(
    ["in", "en", "au", "a", "la", "language", "langue", "idioma", "باللغه", "на"]
)
_CURRENCY = re.compile(r"(?<![A-Za-z])(US\$|[A-Z]{3}|€|\$|£)(?![A-Za-z])")
_SIGNS = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP"}


class Certainty(StrEnum):
    SOURCE = "source"
    """The table is a well-known source's."""
    EXACT = "exact"
    LIKELY = "likely"
    """By likeness: somebody should look."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A well-known source's table: its head, and what its columns are."""

    key: str
    name: str
    head: frozenset[str]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heads:
    """How columns are called: folded words → field, folded words → language."""

    fields: Mapping[str, str]
    languages: Mapping[str, str]
    presets: Sequence[Preset] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """Column → field, with how sure that is; what was not recognised is not there."""

    mapping: Mapping[str, str]
    certainty: Mapping[str, Certainty]
    preset: Preset | None = None


def recognise(columns: Sequence[str], heads: Heads) -> Recognised:
    """
    Return what the columns of a table are.

    The surest column has a field; a field that several columns may fill together goes
    to all of them. A field is given in the order of the columns otherwise.
    """
    preset = next((p for p in heads.presets if p.head <= set(columns)), None)
    mapping: dict[str, str] = {}
    certainty: dict[str, Certainty] = {}
    if preset:
        present = set(columns)
        for name, field in preset.columns.items():
            if name in present or name.startswith("="):
                mapping[name] = field
                certainty[name] = Certainty.SOURCE
    rest = [name for name in columns if name and name not in mapping]
    for find, how in (
        (_by_own_name, Certainty.EXACT),
        (_by_word, Certainty.EXACT),
        (_by_likeness, Certainty.LIKELY),
    ):
        for name in rest:
            field = "" if name in mapping else find(name, heads)
            if field and _is_free(field, mapping.values()):
                mapping[name] = field
                certainty[name] = how
    return Recognised(mapping, certainty, preset)


def _is_free(field: str, taken: Iterable[str]) -> bool:
    return field not in taken or parts_of(field)[0] in GATHERED


def _by_own_name(name: str, _heads: Heads) -> str:
    return name if is_field(name) else ""


def _by_word(name: str, heads: Heads) -> str:
    whole = _folded(name)
    if field := heads.fields.get(whole):
        return field
    words, language = _without_language(whole, heads)
    field = heads.fields.get(words, "")
    if language and field in TEXTS:
        return f"{field}[{language}]"
    if currency := _CURRENCY.search(name):
        rest = _folded(name[: currency.start()] + name[currency.end() :])
        field = heads.fields.get(" ".join(_without_joints(rest.split())), "")
        if field in AMOUNTS:
            return f"{field}[{_SIGNS.get(currency[0], currency[0])}]"
    return ""


def _by_likeness(name: str, heads: Heads) -> str:
    words, language = _without_language(_folded(name), heads)
    if len(words) < SHORTEST:
        return ""
    found = process.extractOne(
        words,
        [known for known in heads.fields if len(known) >= SHORTEST],
        scorer=fuzz.ratio,
        score_cutoff=LIKE,
    )
    if found is None:
        return ""
    field = heads.fields[found[0]]
    return f"{field}[{language}]" if language and field in TEXTS else field


def _folded(name: str) -> str:
    return folded(name.replace("_", " "))


def _without_language(words: str, heads: Heads) -> tuple[str, str]:
    """Return the words without the language they end with, and that language."""
    tokens = words.split()
    if len(tokens) < 2 or tokens[-1] not in heads.languages:
        return words, ""
    language = heads.languages[tokens.pop()]
    return " ".join(_without_joints(tokens)), language


def _without_joints(tokens: list[str]) -> list[str]:
    """Return the words without "in" and the like at their end."""
    while len(tokens) > 1 and tokens[-1] in _BETWEEN:
        tokens = tokens[:-1]
    return tokens
