"""
Key phrases: the words by which a text, or a group of texts, differs from others.

A phrase is one to three words next to each other (in Chinese two to five characters)
with no stop word and no number at either end. Inflections count as one phrase, which is
shown in the form the author wrote most.

Against a background of other groups, phrases are weighed by class-based TF-IDF: the
share of the group's phrases, times log(1 + A / f), where A is the mean number of
phrases in a group and f how often the phrase stands in all of them. Without a
background nobody can say what is special, only what is repeated: count times the length
in words, so that the longer of two equally frequent phrases comes first. For a short
text that repeats nothing this is little more than its longest phrases.

References
----------
Grootendorst (2022), "BERTopic: Neural topic modeling with a class-based TF-IDF
procedure", arXiv:2203.05794, equation 2.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from montada.language.engine.analysis import Word, normalised, words_of
from montada.language.engine.stop_words import (
    NO_STOP_WORDS,
    StopWords,
    is_stop_word,
)

MOST_WORDS = 3
CHARACTERS = range(2, 6)
"""Lengths of a Chinese phrase: most words have two characters, terms up to five."""

_JOINED = re.compile(r"[ \t\u00a0]*(?:[-‐‑'’ʼ]|\r?\n)?[ \t\u00a0]*")
"""What may stand between two words of a phrase; any other sign ends it."""


PhrasesIn = tuple[tuple[str, str], ...]
"""The phrases of a text: for each the key of its stems, and its written form."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    A phrase as the author wrote it.

    `score` compares phrases of one answer only; `count` is how often it stands there in
    any form.
    """

    text: str
    score: float
    count: int


@dataclass(frozen=True, slots=True)
class Background:
    """How often each phrase stands in all groups, and the mean phrases of a group."""

    counts: Mapping[str, int]
    mean_phrases: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or one Chinese character, with what a phrase must know of it."""

    stem: str
    start: int
    end: int
    may_be_edge: bool


def phrases_in(
    text: str, language: str, stop_words: StopWords = NO_STOP_WORDS
) -> PhrasesIn:
    """Return every phrase of a text, in its order: what the others here compare."""
    return tuple(_phrases(text, language, stop_words))


def background_of(groups: Iterable[Sequence[PhrasesIn]]) -> Background:
    """Return the background that groups of texts in one language make."""
    counts: Counter[str] = Counter()
    n_groups = 0
    for texts in groups:
        counts.update(_counted(texts))
        n_groups += 1
    return Background(counts, counts.total() / max(n_groups, 1))


def key_phrases(
    texts: Sequence[PhrasesIn], background: Background | None, n: int
) -> list[Phrase]:
    """
    Return the `n` best phrases of the texts taken together, best first.

    Phrases that say the same again are left out: a part of a longer phrase that never
    stands without it, and one that shares more than half its words with a better one.
    """
    counts = _counted(texts)
    scores = _scores(counts, background)
    chosen: list[str] = []
    for key in sorted(_closed(counts), key=lambda key: (-scores[key], key)):
        if len(chosen) >= n:
            break
        if not any(_says_again(key, better, counts) for better in chosen):
            chosen.append(key)
    written = _as_written(texts, frozenset(chosen))
    return [Phrase(written[key], scores[key], counts[key]) for key in chosen]


def _counted(texts: Sequence[PhrasesIn]) -> Counter[str]:
    return Counter(key for phrases in texts for key, _form in phrases)


def _scores(counts: Counter[str], background: Background | None) -> dict[str, float]:
    if background is None:
        return {key: float(count * _length(key)) for key, count in counts.items()}
    n_phrases = counts.total()
    return {
        key: count
        / n_phrases
        * log(1 + background.mean_phrases / max(background.counts.get(key, 0), count))
        for key, count in counts.items()
    }


def _length(key: str) -> int:
    return key.count(" ") + 1


def _closed(counts: Counter[str]) -> Iterator[str]:
    """Yield the phrases that also stand outside every phrase one word longer."""
    always_inside: set[str] = set()
    for key, count in counts.items():
        words = key.split(" ")
        for part in (" ".join(words[:-1]), " ".join(words[1:])):
            if counts.get(part) == count > 1:
                always_inside.add(part)
    return (key for key in counts if key not in always_inside)


def _says_again(key: str, better: str, counts: Counter[str]) -> bool:
    words = key.split(" ")
    n_shared = len(set(words) & set(better.split(" ")))
    return n_shared * 2 > len(words) and counts[key] <= counts[better]


def _as_written(texts: Sequence[PhrasesIn], keys: frozenset[str]) -> dict[str, str]:
    """Return the most frequent form of each phrase; the first of equally frequent."""
    forms: dict[str, Counter[str]] = {key: Counter() for key in keys}
    for phrases in texts:
        for key, form in phrases:
            if key in keys:
                forms[key][form] += 1
    return {
        key: " ".join(counted.most_common(1)[0][0].split())
        for key, counted in forms.items()
    }


def _phrases(
    text: str, language: str, stop_words: StopWords
) -> Iterator[tuple[str, str]]:
    """Yield every phrase of a text: the key of its stems, and its written form."""
    plain = normalised(text)
    for stretch, lengths in _stretches(plain, language, stop_words):
        for first, piece in enumerate(stretch):
            if not piece.may_be_edge:
                continue
            for length in lengths:
                if first + length > len(stretch):
                    break
                last = stretch[first + length - 1]
                if last.may_be_edge:
                    parts = stretch[first : first + length]
                    key = " ".join(part.stem for part in parts)
                    yield key, plain[piece.start : last.end]


def _stretches(
    plain: str, language: str, stop_words: StopWords
) -> Iterator[tuple[list[_Piece], range]]:
    """Yield what stands together without a sign, and the lengths its phrases have."""
    open_stretch: list[_Piece] = []
    for word in words_of(plain, language):
        is_joined = (
            open_stretch
            and word.language != "zh"
            and _JOINED.fullmatch(plain, open_stretch[-1].end, word.start)
        )
        if open_stretch and not is_joined:
            yield open_stretch, range(1, MOST_WORDS + 1)
            open_stretch = []
        if word.language == "zh":
            yield list(_characters(word, stop_words)), CHARACTERS
        else:
            open_stretch.append(_piece(word, stop_words))
    if open_stretch:
        yield open_stretch, range(1, MOST_WORDS + 1)


def _piece(word: Word, stop_words: StopWords) -> _Piece:
    may_be_edge = (
        len(word.text) > 1
        and not word.text.isdigit()
        and bool(word.stem)
        and not is_stop_word(word.folded, word.language, stop_words)
    )
    return _Piece(word.stem or "_", word.start, word.end, may_be_edge)


def _characters(word: Word, stop_words: StopWords) -> Iterator[_Piece]:
    """Yield the characters of a Chinese run; those in a stop word are no edge."""
    listed = stop_words.get("zh", frozenset())
    is_stop = [False] * len(word.text)
    for length in (1, 2, 3):
        for at in range(len(word.text) - length + 1):
            if word.text[at : at + length] in listed:
                is_stop[at : at + length] = [True] * length
    for at, character in enumerate(word.text):
        start = word.start + at
        yield _Piece(character, start, start + 1, not is_stop[at])
