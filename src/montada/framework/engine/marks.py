"""A text with the words marked that led to a label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from montada.framework.engine.values import Evidence


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, never empty."""

    text: str
    is_marked: bool


def marked(text: str, evidence: Iterable[Evidence]) -> tuple[Piece, ...]:
    """
    Return `text` in pieces that join to it again, the evidence marked.

    A sentence is marked only where none of its phrases is: marking all of a title says
    nothing. Words that two phrases share are marked once; evidence that lies outside of
    the text is passed over.
    """
    spans = {(e.start, e.end) for e in evidence if 0 <= e.start < e.end <= len(text)}
    narrow = [span for span in spans if not any(_holds(span, o) for o in spans)]
    pieces, at = [], 0
    for start, end in sorted(narrow):
        pieces.append(Piece(text[at:start], is_marked=False))
        pieces.append(Piece(text[max(at, start) : end], is_marked=True))
        at = max(at, end)
    pieces.append(Piece(text[at:], is_marked=False))
    return tuple(piece for piece in pieces if piece.text)


def _holds(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and span[0] <= other[0] and other[1] <= span[1]
