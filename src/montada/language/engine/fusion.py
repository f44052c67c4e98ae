"""
One order from two: texts that share words with a query, and texts that mean the like.

A score by words says nothing across languages (mixing both by rank makes Arabic
queries over English texts three times worse), so words count among texts of a query's
own language, meaning everywhere. Both are put on one scale of `MOST` points: words by
the share of what is asked that a text holds, meaning by how far a text stands out from
all texts, in standard deviations.

Standing out is not enough to be found: among texts that have nothing to do with a query
some stand out too. By meaning alone a text is found from `LEAST_MEANING` on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from montada.language.engine.nearest import Mask, Places
from montada.language.engine.vectors import Vector

Scores = NDArray[np.float64]

LEAST_MEANING = 0.28
"""
Centred cosine from which a text is found by meaning alone.

Chosen on names and objectives of World Bank projects: 97 % of pairs of a project of
another sector and an ICT project's objective lie below, 30 % of projects and their own
objective do too.
"""

MOST = 6.0
"""Points for all words, or standard deviations that count for the meaning."""

SMALLEST_SPREAD = 0.05
"""Of centred cosines; a handful of texts on one subject would have hardly any."""

FAVOUR = 2.0
"""Points for having what the query names (a country)."""

NEAR_WORD = 3.0
"""Points for a word that is written otherwise; times its likeness."""


@dataclass(frozen=True, slots=True)
class ByWords:
    """Rows that hold words that were asked for, and their share of all, 0 to 1."""

    places: Places
    scores: Scores


NOTHING_BY_WORDS = ByWords(np.zeros(0, np.int64), np.zeros(0))


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """
    All that speaks for each row.

    Attributes
    ----------
    meaning : float array (n_rows,)
        Centred cosines; NaN for rows without a vector, None where nothing is compared.
    words : rows in the query's language that share words with it
    near : for each misspelt word, rows that hold a like word, scored by likeness 0 to 1
    favoured, allowed : bool array (n_rows,)
    favoured_are_found : whether nothing else has to speak for those favoured
    named : bool array (n_rows,)
        What the query is the name of: it comes first.
    """

    allowed: Mask
    favoured: Mask
    meaning: Vector | None = None
    words: ByWords = NOTHING_BY_WORDS
    near: Sequence[ByWords] = ()
    favoured_are_found: bool = False
    named: Mask | None = None


def fused(evidence: Evidence) -> Scores:
    """Return a score for each row, 0 to 1; 0 for those that are not found."""
    total = np.zeros(len(evidence.allowed))
    found = evidence.favoured & evidence.favoured_are_found
    if evidence.meaning is not None:
        known = ~np.isnan(evidence.meaning)
        total[known] += _spread_scores(evidence.meaning[known])
        found |= known & (np.nan_to_num(evidence.meaning) >= LEAST_MEANING)
    words = evidence.words
    total[words.places] += MOST * words.scores
    for near in evidence.near:
        total[near.places] += NEAR_WORD * near.scores
    for by_words in (words, *evidence.near):
        found[by_words.places] = True
    # Who asks for a place alone wants what concerns it, however its name sounds.
    total[evidence.favoured] += MOST if evidence.favoured_are_found else FAVOUR
    if evidence.named is not None:
        total[evidence.named], found = 2 * MOST, found | evidence.named
    total[~(found & evidence.allowed)] = 0
    scores: Scores = np.minimum(total / (2 * MOST), 1)
    # What is found has a score, however little stands out among few texts.
    scores[found & evidence.allowed] += 1e-6
    return np.minimum(scores, 1)


def _spread_scores(cosines: Vector) -> Scores:
    """Return standard scores of all rows, those below the mean 0."""
    if len(cosines) == 0:
        return np.zeros(0)
    spread = max(float(cosines.std()), SMALLEST_SPREAD)
    standard: Scores = (cosines.astype(np.float64) - float(cosines.mean())) / spread
    return np.clip(standard, 0, MOST)
