"""What changed from one version of a record to the next, part by part, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

import regex

from montada.stocktaking.engine.record import PARTS, TEXTS, ProjectRecord

_WORDS = regex.compile(r"(?V1w)\b")
MOST_COMPARED = 4000
"""Pieces of a text compared one by one, twice what the rules allow: time grows with
their square."""

Mark = Literal["kept", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stand in both versions, or only in one."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Difference:
    """
    A part in which two records differ.

    Of texts `pieces` say how, in one language; of other parts `before` and `after` are
    their values.
    """

    part: str
    before: Any
    after: Any
    language: str = ""
    pieces: tuple[Piece, ...] = ()


def differences(before: ProjectRecord, after: ProjectRecord) -> tuple[Difference, ...]:
    """Return where two records differ, in the order of their parts."""
    return tuple(
        difference
        for part in PARTS
        for difference in (
            _of_text(part, before, after) if part in TEXTS else _of(part, before, after)
        )
    )


def _of(part: str, before: ProjectRecord, after: ProjectRecord) -> Iterator[Difference]:
    old, new = getattr(before, part), getattr(after, part)
    if old != new:
        yield Difference(part, old, new)


def _of_text(
    part: Any, before: ProjectRecord, after: ProjectRecord
) -> Iterator[Difference]:
    old, new = before.text(part).by_language, after.text(part).by_language
    for language in dict.fromkeys([*old, *new]):
        words, now = old.get(language, ""), new.get(language, "")
        if words != now:
            yield Difference(part, words, now, language, tuple(pieces(words, now)))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Yield both texts as one, word by word, marked where they differ."""
    old, new = _split(before), _split(after)
    matcher = SequenceMatcher(None, old, new)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("".join(old[i:j]), "kept")
            continue
        if i < j:
            yield Piece("".join(old[i:j]), "gone")
        if k < m:
            yield Piece("".join(new[k:m]), "new")


def _split(text: str) -> list[str]:
    parts = [part for part in _WORDS.split(text) if part]
    return parts if len(parts) <= MOST_COMPARED else [text]
