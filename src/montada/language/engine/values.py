"""What features publish, and what a search gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from montada.language.engine.text import NO_TEXT, LocalizedText


@dataclass(frozen=True, slots=True)
class IndexedRecord:
    """
    A record as its feature publishes it.

    Attributes
    ----------
    kind, key : what it is, and its own name within its kind, as in its address
    title : by which it is found first, one row for each of its languages
    body : a few sentences or names more, shown where they were found
    facets : name to values ("country" to ("EGY",)); without spaces and colons
    is_name_only : whether it is found by its words and not by its meaning: a country's
        name means the next country to an encoder
    """

    kind: str
    key: str
    title: LocalizedText
    body: LocalizedText = NO_TEXT
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_name_only: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the index that somebody may mean by a word of theirs."""

    asked: str
    text: str
    language: str
    term: str
    likeness: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A record that a search found.

    Attributes
    ----------
    text_id : the row that found it
    score : 0 to 1, comparable within one search only
    has_words : whether it shares words with the query
    meaning : centred cosine with the query, -1 to 1; None where none is known
    near : the words it was found by that the query does not quite hold
    is_favoured : whether it has what the caller favours (a country that is named)
    """

    text_id: int
    score: float
    has_words: bool
    meaning: float | None
    near: tuple[Near, ...] = ()
    is_favoured: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """
    Everything that a search found, best first.

    Attributes
    ----------
    language : of the query, as it was read
    terms : of the query, analysed in that language
    counts : facet to value to the number of records
    by_meaning : whether meaning was compared: not where no encoder works
    """

    language: str
    terms: tuple[str, ...]
    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]
    by_meaning: bool
