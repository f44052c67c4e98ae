"""Counting words as Unicode does (UAX #29), in any script."""

from __future__ import annotations

import regex

_BOUNDARY = regex.compile(r"(?V1w)\b")
_LETTER = regex.compile(r"[\p{L}\p{N}]")


def n_words(text: str) -> int:
    """
    Return how many words a text has.

    A word is a piece between two of Unicode's default word boundaries that holds a
    letter or a digit: "l'eau" and "e-mail" are one and two, each Chinese character is
    one.
    """
    return sum(1 for piece in _BOUNDARY.split(text) if _LETTER.search(piece))
