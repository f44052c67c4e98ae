"""
Stop words: words that stand in every text and tell nothing of what it is about.

A list is a text file: words apart by spaces or lines, "#" begins a comment. Words are
compared folded, so a list needs one spelling of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from montada.language.engine.folding import folded

StopWords = Mapping[str, frozenset[str]]
"""Folded stop words by language."""

NO_STOP_WORDS: StopWords = MappingProxyType({})

_CONJUNCTIONS = ("و", "ف")


def read_stop_words(lines: str) -> frozenset[str]:
    """Return the folded words of one list."""
    words = (word for line in lines.splitlines() for word in _before_comment(line))
    return frozenset(folded(word) for word in words) - {""}


def _before_comment(line: str) -> list[str]:
    return line.partition("#")[0].split()


def is_stop_word(word: str, language: str, stop_words: StopWords) -> bool:
    """
    Say whether a folded word is in the language's list.

    Arabic writes "and" onto the next word: والتي is a stop word because التي is.
    """
    listed = stop_words.get(language, frozenset())
    if word in listed:
        return True
    return (
        language == "ar"
        and len(word) > 2
        and word.startswith(_CONJUNCTIONS)
        and word[1:] in listed
    )
