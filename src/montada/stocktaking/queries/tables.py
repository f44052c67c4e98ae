"""What is known before somebody's table is read: how columns and values are called."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from django.db import models
from django.utils import translation

from montada.audit import queries as audit
from montada.framework import queries as framework
from montada.language.engine.folding import folded
from montada.language.engine.text import (
    LANGUAGES,
    OWN_NAMES,
    UNDETERMINED,
    LocalizedText,
)
from montada.stocktaking.choices import (
    Beneficiary,
    Coverage,
    EntryType,
    ProjectStatus,
)
from montada.stocktaking.engine.tables.columns import Heads, Preset
from montada.stocktaking.engine.tables.values import Vocabulary

WORDS = Path(__file__).parents[1] / "data" / "columns.toml"

_LISTS: dict[str, type[models.TextChoices]] = {
    "entry_type": EntryType,
    "status": ProjectStatus,
    "coverage": Coverage,
    "beneficiaries": Beneficiary,
}

_TARGETS = [
    f"{goal}.{end}" for goal in range(1, 18) for end in (*range(1, 20), *"abcdefgh")
]
"""How targets may be called; the framework knows which of them there are."""


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


@cache
def heads() -> Heads:
    """Return how columns are called in six languages, and well-known tables."""
    fields = {
        folded(word): field
        for field, words in _words()["fields"].items()
        for word in words
    }
    presets = [
        Preset(key, preset["name"], frozenset(preset["head"]), preset["columns"])
        for key, preset in _words()["preset"].items()
    ]
    return Heads(fields, _languages(), presets)


@cache
def _languages() -> dict[str, str]:
    """Return names and codes of the six languages, in each of them → code."""
    names = {folded(own): tag for tag, own in OWN_NAMES.items()}
    names |= {tag: tag for tag in (*LANGUAGES, UNDETERMINED)}
    for reader in LANGUAGES:
        for tag in LANGUAGES:
            name = folded(Locale.parse(reader).languages[tag])
            names[name] = tag
            # «بالعربية», "in Arabic": how heads write it, and adjectives' endings.
            if reader == "ar":
                names[name.removeprefix("ال")] = names["ب" + name] = tag
    return names


@audit.remembered("framework.reference", "framework.targets")
def vocabulary() -> Vocabulary:
    """Return the words that cells may hold, in six languages. Six queries."""
    lists = {name: _list_of(name) for name in _LISTS}
    groups = _coded(
        (group.code, group.name) for group in framework.stakeholder_groups()
    )
    return Vocabulary(
        countries=framework.wide_country_index(),
        action_lines=_lines(),
        goals=_coded((str(goal.number), goal.title) for goal in framework.goals()),
        targets={folded(code): code for code in known_targets()},
        objectives=_coded(
            (str(one.number), one.title) for one in framework.gdc_objectives()
        ),
        values={**lists, "stakeholder_group": _of_file("stakeholder_group") | groups},
        areas=_areas(),
        languages=_languages(),
        empty=frozenset(map(folded, _words()["empty"]["words"])),
    )


@audit.remembered("framework.reference", "framework.targets")
def known_targets() -> list[str]:
    return list(framework.targets_by_code(_TARGETS))


def _of_file(name: str) -> dict[str, str]:
    return {
        folded(word): value
        for value, words in _words()["values"].get(name, {}).items()
        for word in (value, *words)
    }


def _list_of(name: str) -> dict[str, str]:
    """Return the words for the values of one of our lists, our own names among them."""
    known = _of_file(name)
    for language in LANGUAGES:
        with translation.override(language):
            known |= {folded(str(one.label)): str(one.value) for one in _LISTS[name]}
    return known


def _coded(named: Iterable[tuple[str, LocalizedText]]) -> dict[str, str]:
    return {
        folded(word): code
        for code, name in named
        for word in (code, *name.by_language.values())
    }


def _lines() -> dict[str, str]:
    """Return titles and codes of the lines; the Arabic code of C7 alone is no line."""
    lines = framework.action_lines()
    known = _coded((line.code, line.title) for line in lines)
    codes = [line.code_ar for line in lines]
    for line in lines:
        known[folded(line.latin_code)] = line.code
        if codes.count(line.code_ar) == 1:
            known[folded(line.code_ar)] = line.code
    if "c7" in known:
        del known["c7"]
    return known


def _areas() -> Mapping[str, str]:
    areas = _words()["areas"]
    names = {folded(name): name for name in areas["names"]}
    return names | {folded(code): name for code, name in areas["codes"].items()}
