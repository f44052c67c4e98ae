"""
Analysis: a text as the terms under which an index keeps it and a search looks for it.

One analysis for every index: terms stand apart by one space and hold nothing but
letters and digits, so SQLite's FTS5 (unicode61) and PostgreSQL's `simple` configuration
only have to split at spaces. A query must be analysed in the language of what it
searches.

The script of a word decides first: Arabic, Cyrillic and Chinese words have one
language among our six. Latin words follow the language of the text, and in a text that
is not written in Latin letters (names of technologies, mostly) they count as English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from montada.language.engine.folding import folded, with_few_marks
from montada.language.engine.stemming import LONGEST_WORD, bigrams, stem
from montada.language.engine.stop_words import (
    NO_STOP_WORDS,
    StopWords,
    is_stop_word,
)
from montada.language.engine.text import LANGUAGES

_SIGNS = re.compile(r"[^\w\s]+")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ARABIC = "\u0620-\u065f\u066e-\u06ef\u06fa-\u06ff\u0750-\u077f\u0870-\u08ff"
_CYRILLIC = "\u0400-\u052f"
_LETTER = r"(?=[^\W_])"
_WORD = re.compile(
    rf"(?P<zh>(?:{_LETTER}[{_HAN}])+)"
    rf"|(?P<ar>(?:{_LETTER}[{_ARABIC}])+)"
    rf"|(?P<ru>(?:{_LETTER}[{_CYRILLIC}])+)"
    rf"|(?P<latin>[^\W_{_HAN}{_ARABIC}{_CYRILLIC}]+)"
)
_LATIN_LANGUAGES = frozenset({"en", "fr", "es"})


def normalised(text: str) -> str:
    """
    Return the text composed (NFKC), without marks on letters or invisible signs, its
    digits Latin. Case and letters are as written.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", with_few_marks(text))
    bare = _SIGNS.sub(lambda run: _without_marks(run[0]), composed)
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), bare)


def _without_marks(signs: str) -> str:
    return "".join(
        " " if sign == "\u200b" else sign
        for sign in signs
        if sign == "\u200b"
        or not (unicodedata.combining(sign) or unicodedata.category(sign) == "Cf")
    )


def language_of_word(script: str, language: str) -> str:
    """Return the language whose rules a word follows; "" for none of our six."""
    if language not in LANGUAGES:
        return "zh" if script == "zh" else ""
    if script != "latin":
        return script
    return language if language in _LATIN_LANGUAGES else "en"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a normalised text, where it stands, and the language it follows."""

    text: str
    start: int
    end: int
    language: str

    @property
    def folded(self) -> str:
        return _folded(self.text[:LONGEST_WORD])

    @property
    def stem(self) -> str:
        return stem(self.text, self.language)


# Every word is looked up among the stop words, and a text repeats its words.
_folded = lru_cache(maxsize=65_536)(folded)


def words_of(text: str, language: str) -> Iterator[Word]:
    """Yield the words of a normalised text in order; Chinese by unbroken runs."""
    for match in _WORD.finditer(text):
        spoken = language_of_word(match.lastgroup or "", language)
        yield Word(match[0], match.start(), match.end(), spoken)


def analysed(
    text: str, language: str, stop_words: StopWords = NO_STOP_WORDS
) -> list[str]:
    """
    Return the terms of a text, in order.

    Nothing raises: a text of signs has no terms, and neither has one of stop words
    alone.
    """
    terms: list[str] = []
    for word in words_of(normalised(text), language):
        if word.language == "zh":
            terms.extend(bigrams(word.text))
        elif not is_stop_word(word.folded, word.language, stop_words):
            terms.extend(word.stem.split())
    return terms


def indexed_text(
    text: str, language: str, stop_words: StopWords = NO_STOP_WORDS
) -> str:
    """Return the terms of a text as an index takes them, apart by one space."""
    return " ".join(analysed(text, language, stop_words))
