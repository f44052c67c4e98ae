"""Snippets: the part of a text that shows why it was found, its words marked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from montada.language.engine.analysis import Word, normalised, words_of
from montada.language.engine.stemming import bigrams

LENGTH = 200
"""Characters of a snippet: two or three lines of a list."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a snippet; `is_match` where it is a word that was asked for."""

    text: str
    is_match: bool = False


def snippet_of(
    text: str, language: str, terms: Collection[str], *, length: int = LENGTH
) -> tuple[Piece, ...]:
    """
    Return about `length` characters of a text around most of its matches, in pieces.

    Words are cut nowhere; what is left out is an ellipsis. Without a match it is the
    beginning.
    """
    text = " ".join(normalised(text).split())
    matches = _matches(text, language, frozenset(terms))
    start, end = _window(text, matches, length)
    pieces = list(_pieces(text, start, end, matches))
    return tuple(
        piece
        for piece in (
            Piece("… " * (start > 0)),
            *pieces,
            Piece(" …" * (end < len(text))),
        )
        if piece.text
    )


def words_matched(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return the marked words as written, each once."""
    return tuple(dict.fromkeys(piece.text for piece in pieces if piece.is_match))


def _matches(text: str, language: str, terms: frozenset[str]) -> list[tuple[int, int]]:
    """Return where words stand whose term is asked for; none overlap."""
    found: list[tuple[int, int]] = []
    for word in words_of(text, language):
        for start, end in _hits(word, terms):
            if found and start < found[-1][1]:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return found


def _hits(word: Word, terms: frozenset[str]) -> Iterator[tuple[int, int]]:
    if word.language != "zh":
        if not terms.isdisjoint(word.stem.split()):
            yield word.start, word.end
        return
    for offset, pair in enumerate(bigrams(word.text)):
        if pair in terms:
            yield word.start + offset, word.start + offset + len(pair)


def _window(
    text: str, matches: Sequence[tuple[int, int]], length: int
) -> tuple[int, int]:
    """Return the start and end of the stretch that holds most matches, the first so."""
    if len(text) <= length:
        return 0, len(text)
    best, most = 0, 0
    for start, _end in matches:
        n = sum(start <= s and e <= start + length for s, e in matches)
        if n > most:
            best, most = start, n
    start = max(0, min(best - length // 4, len(text) - length))
    if start:
        start = text.find(" ", start, start + length // 4) + 1 or start
    end = start + length
    if end < len(text):
        space = text.rfind(" ", start + length // 2, end + 1)
        end = space if space > 0 else end
    return start, min(end, len(text))


def _pieces(
    text: str, start: int, end: int, matches: Sequence[tuple[int, int]]
) -> Iterator[Piece]:
    here = start
    for first, last in matches:
        if first < here or last > end:
            continue
        yield Piece(text[here:first])
        yield Piece(text[first:last], is_match=True)
        here = last
    yield Piece(text[here:end])
