"""Which types a statement may have: suggestions with the words that led to them."""

from __future__ import annotations

from functools import cache

import numpy as np

from montada.framework.adapters import statement_cues
from montada.framework.engine.statement_likeness import (
    Example,
    Likeness,
    most_like,
)
from montada.framework.engine.statement_types import (
    Compare,
    Cues,
    statement_types,
)
from montada.framework.engine.values import StatementTypes
from montada.language import queries as language_tools
from montada.language.engine.text import LANGUAGES
from montada.language.engine.vectors import Vectors

LONGEST_STATEMENT = 100_000
"""Characters that are read of a text."""


def statement_type_of(
    text: str, language: str = "", *, by_meaning: bool = True
) -> StatementTypes:
    """
    Return the types a text suggests, best first, with the words that gave them away.

    Parameters
    ----------
    language
        One of the six; found out where it is not given.
    by_meaning
        Whether sentences without a clear cue are compared with examples, where an
        encoder works on this machine.
    """
    text = text[:LONGEST_STATEMENT]
    known = language if language in LANGUAGES else ""
    known = known or language_tools.language_of(text).language
    if not known:
        return StatementTypes("", ())
    compare = _comparing(known) if by_meaning else None
    return statement_types(text, known, _cues(known), compare)


@cache
def _cues(language: str) -> Cues:
    return statement_cues.cues(language, language_tools.deciding_words(language))


def _comparing(language: str) -> Compare | None:
    """Return what compares a sentence with the examples; None without an encoder."""
    try:
        examples, rows = _examples()
    except language_tools.EncoderMissing:
        return None

    def compare(sentence: str) -> Likeness | None:
        vector = language_tools.passage_vector(sentence, language)
        return None if vector is None else most_like(rows @ vector, examples, language)

    return compare


@cache
def _examples() -> tuple[list[Example], Vectors]:
    """Return the examples of every language: type matters more than language."""
    examples = statement_cues.examples()
    vectors = [
        language_tools.passage_vector(example.text, example.language)
        for example in examples
    ]
    return examples, np.array(vectors, np.float32)
