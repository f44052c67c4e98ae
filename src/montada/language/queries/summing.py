"""Texts summed up in their own sentences, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from montada.language.engine.clean import readable
from montada.language.engine.summary import (
    Candidate,
    Cited,
    Document,
    Read,
    candidates,
    sentences_of,
    summary,
)
from montada.language.engine.vectors import Vector, Vectors
from montada.language.queries.tools import language_of, stop_words
from montada.language.queries.vectors import encoder, passage_vector

MOST_BY_MEANING = 400
"""Sentences whose meaning is read, at about 40 ms each: more are compared by words."""


def summary_of(
    documents: Sequence[Document],
    n: int = 3,
    *,
    by_meaning: bool = False,
    support: Mapping[str, float] | None = None,
    meanings: Mapping[str, Vector] | None = None,
) -> list[Cited]:
    """
    Return at most `n` sentences that sum the documents up, in their reading order.

    Parameters
    ----------
    documents
        A `language` of "" is found out. Places are those of the text as `readable`
        gives it: without markup and invisible signs, spaces made one.
    by_meaning
        Whether sentences are compared by meaning too; few enough of them.
    support
        What people say to documents, by id, 0 to 1.
    meanings
        Vectors of documents that are known already, by id: their sentences are compared
        by them too, so that no two translations of one text are chosen.

    Raises
    ------
    EncoderMissing
        If meaning is asked for and no encoder works on this machine.
    """
    found = candidates([one for document in documents for one in _read(document)])
    vectors = _vectors(found) if by_meaning else _whole_vectors(found, meanings or {})
    return summary(found, n, vectors=vectors, support=support)


@lru_cache(maxsize=4096)
def _read(document: Document) -> tuple[Read, ...]:
    """Return its sentences; remembered, since the same texts are summed up again."""
    text = readable(document.text).text
    language = document.language or language_of(text).language
    return sentences_of(replace(document, text=text, language=language), stop_words())


def _whole_vectors(
    found: Sequence[Candidate], meanings: Mapping[str, Vector]
) -> Vectors | None:
    """Return for each sentence the vector of its document; None where none is known."""
    known = next((meanings[c.cited.id] for c in found if c.cited.id in meanings), None)
    if known is None:
        return None
    unknown = np.zeros_like(known)
    rows = [meanings.get(one.cited.id, unknown) for one in found]
    return np.array(rows, np.float32).reshape(len(rows), len(unknown))


def _vectors(found: Sequence[Candidate]) -> Vectors | None:
    if not found or len(found) > MOST_BY_MEANING:
        return None
    rows = np.zeros((len(found), encoder().dimensions), np.float32)
    for place, candidate in enumerate(found):
        vector = passage_vector(candidate.cited.text, candidate.cited.language)
        if vector is not None:
            rows[place] = vector
    return rows
