"""
The phrases of a text that say most for a label.

A phrase is up to three words next to each other (in Chinese four characters), with a
word at either end that speaks for the label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from montada.framework.engine.label_text import Piece

MOST_PIECES = 3
LEAST_OF_BEST = 0.35
"""What a phrase must say against the best one."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, its place in the text, and how much its terms say together."""

    start: int
    end: int
    terms: frozenset[str]
    said: float


def best_phrases(
    sentences: Iterable[Sequence[Piece]], said: Mapping[str, float], most: int
) -> list[Phrase]:
    """
    Return at most `most` phrases, best first, none inside or repeating another.

    Parameters
    ----------
    said
        What each term says for the label; terms that are not there say nothing.
    """
    candidates = sorted(
        (phrase for pieces in sentences for phrase in _phrases(pieces, said)),
        key=lambda phrase: (-phrase.said, phrase.start, phrase.end),
    )
    chosen: list[Phrase] = []
    for phrase in candidates:
        if len(chosen) == most or phrase.said < LEAST_OF_BEST * candidates[0].said:
            break
        if not any(_overlap(phrase, better) for better in chosen):
            chosen.append(phrase)
    return chosen


def _overlap(phrase: Phrase, better: Phrase) -> bool:
    is_apart = phrase.end <= better.start or phrase.start >= better.end
    return not is_apart or phrase.terms <= better.terms


def _phrases(pieces: Sequence[Piece], said: Mapping[str, float]) -> Iterator[Phrase]:
    speaks = [any(said.get(t, 0.0) > 0 for t in piece.terms) for piece in pieces]
    for first, piece in enumerate(pieces):
        for last in range(first, min(first + MOST_PIECES, len(pieces))):
            if last > first and not pieces[last].is_joined:
                break
            if speaks[first] and speaks[last]:
                run = pieces[first : last + 1]
                terms = frozenset(term for one in run for term in one.terms)
                total = sum(said.get(term, 0.0) for term in terms)
                yield Phrase(piece.start, pieces[last].end, terms, total)
