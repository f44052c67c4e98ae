"""Texts summed up in their own sentences, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from montada.language.engine.clean import readable
from montada.language.engine.summary import Cited, Document, candidates, summary
from montada.language.engine.vectors import Vectors
from montada.language.queries.tools import language_of, stop_words
from montada.language.queries.vectors import encoder, passage_vector

MOST_BY_MEANING = 400
"""Sentences whose meaning is read, at about 40 ms each: more are compared by words."""


def summary_of(
    documents: Sequence[Document], n: int = 3, *, by_meaning: bool = False
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

    Raises
    ------
    EncoderMissing
        If meaning is asked for and no encoder works on this machine.
    """
    read = [_read(document) for document in documents]
    vectors = _vectors(read) if by_meaning else None
    return summary(read, n, stop_words=stop_words(), vectors=vectors)


def _read(document: Document) -> Document:
    text = readable(document.text).text
    language = document.language or language_of(text).language
    return replace(document, text=text, language=language)


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
