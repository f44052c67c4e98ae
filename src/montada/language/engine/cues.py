"""
Cue phrases: words that give away what a sentence does, found where they stand.

A phrase is written as in a text and found in every inflection, by the stems of the
index. In a phrase `=word` asks for that very form (folded), `one|other` for either, and
`*` allows up to three words in between. Chinese is found character by character.

Places are those of the text as given: marks on letters, tatweel and direction signs
stay where the author put them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from montada.language.engine.analysis import normalised, words_of

MOST_BETWEEN = 3
"""Words that `*` passes over; in Chinese twice as many characters."""

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\xad"
    "\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069"
)
_TOKEN = re.compile(rf"[{_HAN}]|[^\W_{_HAN}](?:[^\W_{_HAN}]|[{_MARKS}])*")
_CONJUNCTIONS = ("و", "ف")
_SHORTEST_AFTER_CONJUNCTION = 2


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or one Chinese character: its place, and the keys it is found under."""

    start: int
    end: int
    stem: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a list of tokens: `tokens[first:end]`, and what it stands for."""

    first: int
    end: int
    label: str


def tokens_of(text: str, language: str) -> list[Token]:
    """Return the words of a text, Chinese by characters, in order."""
    return [
        Token(match.start(), match.end(), word.stem, _keys(word.folded, word.stem))
        for match in _TOKEN.finditer(text)
        for word in words_of(normalised(match[0]), language)
    ]


def _keys(folded: str, stem: str) -> frozenset[str]:
    keys = {stem, f"={folded}"}
    if folded.startswith(_CONJUNCTIONS) and len(folded) > _SHORTEST_AFTER_CONJUNCTION:
        keys.add(f"={folded[1:]}")
    return frozenset(keys)


@dataclass(frozen=True, slots=True)
class _Step:
    key: str
    after_gap: bool


class Phrases:
    """
    Cue phrases of one language, each with what it stands for, ready to be found.

    A phrase may be given several times, to stand for several things.
    """

    def __init__(self, labels: Iterable[tuple[str, str]], language: str) -> None:
        self._longest_gap = MOST_BETWEEN * (2 if language == "zh" else 1)
        self._by_first: dict[str, list[tuple[tuple[_Step, ...], str]]]
        self._by_first = defaultdict(list)
        for source, label in labels:
            for steps in _steps(source, language):
                self._by_first[steps[0].key].append((steps, label))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def found(self, tokens: Sequence[Token]) -> list[Found]:
        """
        Return the phrases in the tokens, in order; the longest of those at one place.

        Phrases of different labels may overlap, of one label they do not.
        """
        hits: list[Found] = []
        ends: dict[str, int] = {}
        for first in range(len(tokens)):
            longest: dict[str, int] = {}
            for steps, label in self._starting_at(tokens[first]):
                end = self._end(tokens, first + 1, steps[1:])
                longest[label] = max(end, longest.get(label, 0))
            for label, end in longest.items():
                if end and first >= ends.get(label, 0):
                    hits.append(Found(first, end, label))
                    ends[label] = end
        return hits

    def _starting_at(self, token: Token) -> Iterator[tuple[tuple[_Step, ...], str]]:
        for key in sorted(token.keys):
            yield from self._by_first.get(key, ())

    def _end(self, tokens: Sequence[Token], at: int, steps: Sequence[_Step]) -> int:
        """Return where the rest of a phrase ends, 0 where it does not stand there."""
        if not steps:
            return at
        reach = self._longest_gap if steps[0].after_gap else 0
        for place in range(at, min(at + reach + 1, len(tokens))):
            if steps[0].key in tokens[place].keys:
                end = self._end(tokens, place + 1, steps[1:])
                if end:
                    return end
        return 0


def outermost(hits: Iterable[Found]) -> list[Found]:
    """Return the hits that stand in no longer one: "South Sudan" is not "Sudan"."""
    kept: list[Found] = []
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.end)):
        if not kept or hit.end > kept[-1].end:
            kept.append(hit)
    return kept


def _steps(source: str, language: str) -> Iterator[tuple[_Step, ...]]:
    """Yield every way of saying a phrase, each alternative written out."""
    gaps: set[int] = set()
    words: list[list[list[str]]] = []
    for part in source.split():
        if part == "*":
            gaps.add(len(words))
        else:
            words.append([_keys_of(word, language) for word in part.split("|")])
    for choice in product(*words):
        steps = tuple(
            _Step(key, place == 0 and at in gaps)
            for at, keys in enumerate(choice)
            for place, key in enumerate(keys)
        )
        if steps:
            yield steps


def _keys_of(word: str, language: str) -> list[str]:
    exact = word.startswith("=")
    tokens = tokens_of(word.removeprefix("="), language)
    return [_exact_key(token) if exact else token.stem for token in tokens]


def _exact_key(token: Token) -> str:
    return max((key for key in token.keys if key.startswith("=")), key=len)
