"""Texts set side by side: near duplicates, and what tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Literal

import numpy as np

from montada.language.adapters.encoding import EncoderName
from montada.language.engine import duplicates
from montada.language.engine.clean import readable
from montada.language.engine.cues import tokens_of
from montada.language.engine.duplicates import Alike, Measure, Pair
from montada.language.engine.shingles import alike
from montada.language.engine.text import UNDETERMINED
from montada.language.engine.vectors import Vectors
from montada.language.queries.telling_apart import Compared
from montada.language.queries.tools import language_of
from montada.language.queries.vectors import encoder, vectors_of

Stage = Literal["letters", "meaning", "meaning across languages"]
Progress = Callable[[Stage, int, int], None]
"""Told what is being compared, how many texts are read, and of how many."""

FEWEST_WORDS = 3
"""Below, a text ("Yes", "Capacity building") says too little to compare its meaning."""
_BEGINNING = 200


def duplicates_of(
    texts: Sequence[str],
    *,
    by_meaning: bool = True,
    across_languages: bool = False,
    progress: Progress | None = None,
) -> list[Pair]:
    """
    Return the pairs of texts that are, or look like, the same, by their places.

    Parameters
    ----------
    by_meaning
        Whether texts of one language are compared by meaning as well as by letters.
    across_languages
        Whether texts of two languages are compared, by meaning alone.

    Raises
    ------
    EncoderMissing
        If meaning is asked for and no encoder works on this machine.
    """
    plain = [readable(text).text for text in texts]
    found = list(_alike(plain, by_meaning, across_languages, progress))
    return duplicates.judged(found, Compared(plain).differences)


def _alike(
    texts: Sequence[str],
    by_meaning: bool,
    across_languages: bool,
    progress: Progress | None,
) -> Iterator[Alike]:
    tick = partial(progress, "letters") if progress else None
    for first, second, similarity in alike(texts, duplicates.SIMILAR_LETTERS, tick):
        yield Alike(first, second, similarity, Measure.LETTERS)
    if not (by_meaning or across_languages):
        return
    languages = [_language_of_statement(text) for text in texts]
    if by_meaning:
        vectors = _vectors(texts, languages, "e5", "meaning", progress)
        yield from duplicates.close(vectors, languages, Measure.MEANING)
    if across_languages:
        vectors = _vectors(
            texts, languages, "use", "meaning across languages", progress
        )
        yield from duplicates.close(vectors, languages, Measure.ACROSS)


def _language_of_statement(text: str) -> str:
    """Return a text's language; "" where it has too few words to mean something."""
    n_words = len(tokens_of(text[:_BEGINNING], UNDETERMINED))
    return language_of(text).language if n_words >= FEWEST_WORDS else ""


def _vectors(
    texts: Sequence[str],
    languages: Sequence[str],
    name: EncoderName,
    stage: Stage,
    progress: Progress | None,
) -> Vectors:
    """Return a row a text; zeros where a text has no language or no word."""
    rows = np.zeros((len(texts), encoder(name).dimensions), np.float32)
    n_done = 0
    for language in sorted(set(languages) - {""}):
        places = [at for at, tag in enumerate(languages) if tag == language]
        vectors = vectors_of((texts[at] for at in places), language, name)
        for place, vector in zip(places, vectors, strict=True):
            if vector is not None:
                rows[place] = vector
            n_done += 1
            if progress and n_done % 100 == 0:
                progress(stage, n_done, len(texts))
    return rows
