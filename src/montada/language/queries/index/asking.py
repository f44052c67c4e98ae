"""What is searched for, and in which language it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from montada.language.engine.clean import readable
from montada.language.engine.folding import folded
from montada.language.engine.names import script_of
from montada.language.engine.narrowing import Choice
from montada.language.engine.text import LANGUAGES
from montada.language.queries.tools import language_of

LONGEST_QUERY = 300
"""Characters that are read of a query: two sentences."""

SURE = 0.6
"""Confidence from which a query is taken not to be in the reader's own language."""

_LATIN = frozenset({"en", "fr", "es"})


@dataclass(frozen=True, slots=True)
class Query:
    """
    What is searched for.

    Attributes
    ----------
    text : as typed
    reader : the reader's language, by which a query of one word is read
    choice : facet to values; "kind" and "language" are facets too
    favoured : facet to values of which having one counts in favour
    favoured_are_found : whether having one is enough: nothing else was asked for
    named : facet to values of what the query is the name of: it comes first
    right : folded words that are spelt right, whatever the index has
    """

    text: str
    reader: str
    choice: Choice = field(default_factory=dict)
    favoured: Choice = field(default_factory=dict)
    favoured_are_found: bool = False
    named: Choice = field(default_factory=dict)
    right: frozenset[str] = frozenset()


def words_in(text: str) -> str:
    """Return what is read of a query: its words, on one line."""
    return " ".join(readable(text[: 4 * LONGEST_QUERY]).text.split())[:LONGEST_QUERY]


def language_to_read_in(text: str, language: str) -> str:
    """
    Return which of the six languages' rules a text follows.

    Its own where it is said to be one of them, else what it looks like, else English.
    """
    if language in LANGUAGES:
        return language
    return language_of(text).language or "en"


def language_of_query(text: str, reader: str) -> str:
    """
    Return the language a query is read in.

    A word or two tell little among English, French and Spanish: the reader's own
    language is believed, unless the letters or many words say another.
    """
    guess = language_of(text)
    is_latin = script_of(folded(text)) == "latin"
    if is_latin and reader in _LATIN and guess.confidence < SURE:
        return reader
    if guess.language:
        return guess.language
    return "en" if is_latin else reader
