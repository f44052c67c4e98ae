"""The cue phrases of statement types, and the sentences that stand for each type."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from montada.framework.engine.statement_likeness import Example
from montada.framework.engine.statement_types import KINDS, Cues, Guard
from montada.language.engine.cues import Phrases
from montada.language.engine.polarity import Lexicon
from montada.language.engine.text import LANGUAGES

FILE = Path(__file__).parents[1] / "data" / "statement_cues.toml"

_LISTED_GUARDS: tuple[Guard, ...] = ("future", "directive", "regret", "overcoming")


def cues(language: str, deciding: Lexicon) -> Cues:
    """Return the cues of one of the six languages."""
    listed = _listed()[language]
    guards: dict[Guard, Phrases] = {
        guard: _phrases(listed[guard], language) for guard in _LISTED_GUARDS
    }
    return Cues(
        kinds={
            kind: Phrases(
                [
                    (phrase, label)
                    for label in ("strong", "weak")
                    for phrase in listed[kind][label]
                ],
                language,
            )
            for kind in KINDS
        },
        guards=guards | {"denial": deciding.negations},
        none={
            kind: _phrases(
                [*listed["except"], *listed[kind].get("except", ())], language
            )
            for kind in KINDS
        },
        no_denial=deciding.denying_nothing,
    )


def examples() -> list[Example]:
    """Return sentences of each type in each language, to compare others with."""
    return [
        Example(kind, language, sentence)
        for language in LANGUAGES
        for kind in KINDS
        for sentence in _listed()[language][kind]["like"]
    ]


def _phrases(phrases: Sequence[str], language: str) -> Phrases:
    return Phrases([(phrase, "") for phrase in phrases], language)


@cache
def _listed() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
