"""Texts summed up in their own sentences, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from montada.language.engine.clean import readable
from montada.language.engine.summary import Cited, Document, candidates, summary
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
    read = [_read(document) for document in documents]
    vectors = _vectors(read) if by_meaning else _whole_vectors(read, meanings or {})
    return summary(read, n, stop_words=stop_words(), vectors=vectors, support=support)


def _read(document: Document) -> Document:
    text = readable(document.text).text
    language = document.language or language_of(text).language
    return replace(document, text=text, language=language)


def _whole_vectors(
    documents: Sequence[Document], meanings: Mapping[str, Vector]
) -> Vectors | None:
    """Return for each sentence the vector of its document; None where none is known."""
    known = [meanings[one.id] for one in documents if one.id in meanings]
    if not known:
        return None
    unknown = np.zeros_like(known[0])
    found = candidates(documents, stop_words())
    rows = [meanings.get(one.cited.id, unknown) for one in found]
    return np.array(rows, np.float32).reshape(len(rows), len(unknown))


def _vectors(documents: Sequence[Document]) -> Vectors | None:
    found = candidates(documents, stop_words())
    if not found or len(found) > MOST_BY_MEANING:
        return None
    rows = np.zeros((len(found), encoder().dimensions), np.float32)
    for place, candidate in enumerate(found):
        vector = passage_vector(candidate.cited.text, candidate.cited.language)
        if vector is not None:
            rows[place] = vector
    return rows
