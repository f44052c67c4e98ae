"""Telling languages apart, words, and key phrases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from montada.language.adapters import identifiers
from montada.language.engine import clean
from montada.language.engine.analysis import analysed, indexed_text, words_of
from montada.language.engine.identification import Guess, identified
from montada.language.engine.keyphrases import (
    Background,
    Phrase,
    PhrasesIn,
    background_of,
    key_phrases,
    phrases_in,
)
from montada.language.engine.stop_words import StopWords, read_stop_words
from montada.language.engine.text import LANGUAGES, UNDETERMINED

DATA = Path(__file__).parents[1] / "data"

LONGEST_TEXT = clean.LONGEST
"""Characters of a text that are read; the rest is left out, and said to be."""


def language_of(text: str) -> Guess:
    """Return which of the six languages a text is in; `language` is "" for none."""
    return identified(text, identifiers.scorer())


@cache
def stop_words() -> StopWords:
    """Return the product's stop words, folded, by language."""
    return MappingProxyType(
        {
            tag: read_stop_words(
                (DATA / f"stop_words_{tag}.txt").read_text(encoding="utf-8")
            )
            for tag in LANGUAGES
        }
    )


def terms_of(text: str, language: str) -> list[str]:
    """Return the terms of a text or a query, stop words left out."""
    return analysed(text, language, stop_words())


def index_terms(text: str, language: str) -> str:
    """Return the terms of a text as one string for a full-text index."""
    return indexed_text(text, language, stop_words())


def plain_words(text: str) -> list[str]:
    """Return the words as written, in small letters: what no analysis would give."""
    return [word.text.lower() for word in words_of(text, UNDETERMINED)]


def background_phrases(groups: Sequence[Sequence[str]], language: str) -> Background:
    """Return what `key_phrases_of` compares a group with: all groups, itself too."""
    return background_of(
        [_phrases_in(text, language) for text in texts] for texts in groups
    )


def key_phrases_of(
    texts: Sequence[str],
    language: str,
    *,
    n: int = 10,
    background: Background | None = None,
) -> list[Phrase]:
    """Return the phrases that stand out in some texts of one language, best first."""
    read = [_phrases_in(text, language) for text in texts]
    return key_phrases(read, background, n)


@lru_cache(maxsize=2048)
def _phrases_in(text: str, language: str) -> PhrasesIn:
    """Return its phrases; remembered, since groups change and their texts do not."""
    return phrases_in(clean.readable(text).text, language, stop_words())
