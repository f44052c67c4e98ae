"""
Polarity: the words of a text that decide what it says, whatever else it says.

"We support it" and "we do not support it" share nearly all their letters. What turns a
statement around, or makes it one of something else, is found by words: negations and
the words they deny, words that have an opposite, numbers, dates, countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from montada.language.engine.cues import Found, Phrases, Token, outermost, tokens_of
from montada.language.engine.quantities import quantities

Kind = Literal["negation", "opposite", "contrast", "number", "date", "country"]
"""A contrast names another thing of one kind: rural and urban, first and last."""

_REACH_OF_ONE_DENIAL = {"fr": 5, "es": 5, "ru": 5}
"""Words within which two negations deny once: ne … jamais, no … nadie, никто не."""

_BORNE_UPON = 2
"""Words after a deciding one, stop words left out, that it is taken to bear upon."""
_NEAR = 12

LONGEST = 100_000
"""Characters of a text in which deciding words are looked for."""

_LIST_NUMBER = re.compile(r"\s*[(\[]?\d{1,3}(?:[.)\]:]\s|[)\]])")
_YEARS = frozenset(map(str, range(1900, 2101)))
_MONTH_REACH = 2
_MORE_THAN_MONTHS = frozenset({"=march", "=may", "=mars", "=اب"})
"""To march, may, the planet, a father: months only beside a number."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """
    The words of one language that decide.

    Labels of `negations` are "not" for what denies a sentence and "lack" for what
    denies a word; of `poles` "opposite-3+" and "opposite-3-" for the sides of one pair,
    "contrast-…" for contrasts; of `numbers` as in `quantities`; of `names` "month-7"
    and "country-EG". `prefixes` deny a stem of at least so many letters.
    """

    negations: Phrases
    denying_nothing: Phrases
    poles: Phrases
    numbers: Phrases
    names: Phrases
    prefixes: Mapping[str, int]
    stop_stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A deciding word of a text: what it stands for, and the stems it bears upon."""

    kind: Kind
    value: str
    written: str
    upon: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Marked:
    """The deciding words of a text, and its words as written by stem and by form."""

    language: str
    marks: tuple[Mark, ...]
    written: Mapping[str, str]

    def of(self, *kinds: Kind) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind in kinds]


def marked(text: str, language: str, lexicon: Lexicon) -> Marked:
    """Return the deciding words of a text in the language of the lexicon."""
    numbered = _LIST_NUMBER.match(text)
    text = text[numbered.end() if numbered else 0 : LONGEST]
    reader = _Reader(text, language, tokens_of(text, language), lexicon)
    marks = (*reader.negations(), *reader.poles(), *reader.numbers(), *reader.names())
    written: dict[str, str] = {}
    for token in reader.tokens:
        form = text[token.start : token.end]
        written |= {token.stem: form, form.casefold(): form}
    return Marked(language, marks, written)


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    language: str
    tokens: Sequence[Token]
    lexicon: Lexicon

    def _written(self, found: Found) -> str:
        start, end = self.tokens[found.first].start, self.tokens[found.end - 1].end
        return self.text[start:end]

    def _upon(self, end: int) -> frozenset[str]:
        stop_stems = self.lexicon.stop_stems
        near = self.tokens[end : end + _NEAR]
        telling = [token.stem for token in near if token.stem not in stop_stems]
        return frozenset(telling[:_BORNE_UPON])

    def negations(self) -> Iterator[Mark]:
        spared = {
            place
            for found in self.lexicon.denying_nothing.found(self.tokens)
            for place in range(found.first, found.end)
        }
        free_from = 0
        for found in self.lexicon.negations.found(self.tokens):
            if found.first in spared or found.first < free_from:
                continue
            free_from = found.first + _REACH_OF_ONE_DENIAL.get(self.language, 0)
            upon = self._upon(found.end)
            yield Mark("negation", found.label, self._written(found), upon)

    def poles(self) -> Iterator[Mark]:
        for found in self.lexicon.poles.found(self.tokens):
            is_opposite = found.label.startswith("opposite")
            kind: Kind = "opposite" if is_opposite else "contrast"
            upon = self._upon(found.end)
            yield Mark(kind, found.label, self._written(found), upon)

    def numbers(self) -> Iterator[Mark]:
        for number in quantities(self.text, self.tokens, self.lexicon.numbers):
            written = self.text[number.start : number.end]
            is_year = number.value in _YEARS
            yield Mark("date" if is_year else "number", number.value, written)

    def names(self) -> Iterator[Mark]:
        for found in outermost(self.lexicon.names.found(self.tokens)):
            written = self._written(found)
            keys = self.tokens[found.first].keys
            if keys & _MORE_THAN_MONTHS and not self._is_by_a_number(found):
                continue
            is_month = found.label.startswith("month-")
            # Where a script has capitals a country has one, unlike "chad" and "turkey".
            if is_month or not written[0].islower():
                yield Mark("date" if is_month else "country", found.label, written)

    def _is_by_a_number(self, found: Found) -> bool:
        near = self.tokens[
            max(found.first - _MONTH_REACH, 0) : found.end + _MONTH_REACH
        ]
        return any(self.text[token.start].isdigit() for token in near)
