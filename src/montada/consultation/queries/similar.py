"""Statements that say about the same, in any language, before another one is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from montada.audit import queries as audit
from montada.consultation.models import Statement
from montada.consultation.queries.statements import open_statements
from montada.language import queries as language
from montada.language.engine.duplicates import Level
from montada.language.engine.shingles import Hashes, dice, shingles
from montada.language.engine.vectors import Vector, Vectors, cosines

SAME, SIMILAR = 0.8, 0.6
"""Of letters (Dice) or of meaning (cosine), where the words do not turn it around."""

MOST_SHOWN = 5
MOST_READ = 12
"""Closest ones whose deciding words are compared."""

APART = frozenset({Level.OPPOSITE, Level.DIFFERS})
"""What sounds alike and says something else."""

ENCODER: Literal["use"] = "use"
"""Near in meaning across languages, and quick: three thousandths of a second a text."""


@dataclass(frozen=True, slots=True)
class SimilarStatement:
    statement: Statement
    likeness: float
    """0 to 1."""
    is_same: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Shelf:
    """Open statements: rows of `vectors` are zeros where none is known."""

    ids: list[int]
    texts: list[str]
    letters: list[Hashes]
    vectors: Vectors


def meaning_of(words: str, tag: str) -> bytes:
    """Return a statement's vector as it is stored; empty where no encoder works."""
    vector = vector_of(words, tag)
    return b"" if vector is None else vector.astype(np.float16).tobytes()


def similar_statements(
    edition: Any, words: str, tag: str
) -> tuple[SimilarStatement, ...]:
    """
    Return open statements that say about the same, closest first, at most five.

    What denies the other, or names another number, date or country, is left out. Only
    statements whose deciding words could be compared are called the same. Without an
    encoder, by letters alone.
    """
    shelf = _shelf(edition.pk)
    if not shelf.ids or not words.strip():
        return ()
    near = _likeness(shelf, words, tag)
    closest = np.argsort(-near, kind="stable")[:MOST_READ]
    places = [int(at) for at in closest if near[at] >= SIMILAR]
    levels = levels_of(words, [shelf.texts[at] for at in places])
    kept = [
        (at, bool(near[at] >= SAME and level is not None))
        for at, level in zip(places, levels, strict=True)
        if level not in APART
    ][:MOST_SHOWN]
    rows = open_statements(edition).in_bulk([shelf.ids[at] for at, _same in kept])
    return tuple(
        SimilarStatement(rows[shelf.ids[at]], round(float(near[at]), 4), same)
        for at, same in kept
        if shelf.ids[at] in rows
    )


@audit.remembered("consultation.statement")
def _shelf(edition_pk: int) -> _Shelf:
    rows = open_statements(edition_pk).values_list("pk", "text", "vector")
    ids, texts, vectors = [], [], []
    for pk, text, vector in rows:
        # Translations are found as well: each wording has a row of its own.
        for words in text.by_language.values():
            ids.append(pk)
            texts.append(words)
            vectors.append(np.frombuffer(bytes(vector), np.float16))
    width = max((len(v) for v in vectors), default=0)
    matrix = np.zeros((len(ids), width), np.float32)
    for at, row in enumerate(vectors):
        if len(row) == width:
            matrix[at] = row
    return _Shelf(ids, texts, [shingles(words) for words in texts], matrix)


def _likeness(shelf: _Shelf, words: str, tag: str) -> Vector:
    """Return how close each row is, by letters or meaning; each statement once."""
    mine = shingles(words)
    near = np.array([dice(mine, theirs) for theirs in shelf.letters], np.float32)
    vector = vector_of(words, tag)
    if vector is not None and shelf.vectors.shape[1] == len(vector):
        near = np.maximum(near, np.minimum(cosines(vector, shelf.vectors), 1))
    best: dict[int, int] = {}
    for at in np.argsort(-near, kind="stable"):
        best.setdefault(shelf.ids[at], int(at))
    is_best = np.zeros(len(near), bool)
    is_best[list(best.values())] = True
    return np.where(is_best, near, np.float32(0))


def vector_of(words: str, tag: str) -> Vector | None:
    """Return what words mean in any language; None where no encoder works."""
    try:
        return language.passage_vector(words, tag, ENCODER)
    except language.EncoderMissing:
        return None


def levels_of(words: str, others: list[str]) -> list[Level | None]:
    """Return how each other text relates to the words; None where nothing was found."""
    try:
        pairs = language.duplicates_of(
            [words, *others], by_meaning=False, across_languages=True
        )
    except language.EncoderMissing:
        pairs = language.duplicates_of([words, *others], by_meaning=False)
    found = {pair.second: pair.level for pair in pairs if pair.first == 0}
    return [found.get(at) for at in range(1, len(others) + 1)]
