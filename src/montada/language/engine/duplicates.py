"""
Near duplicates: pairs of texts that a person should look at together, and why.

Nothing is ever merged here. A pair has a level:

- *same*: eight tenths or more of the shingles are shared, and nothing was found that
  tells the texts apart. "It is already there: support it?"
- *similar*: six tenths or more are shared, or the texts mean about the same.
- *opposite*: alike by letters or meaning, but one denies what the other says.
- *differs*: alike, but with other numbers, dates, countries or contrasts.

Only letters make two texts *same*. Meaning alone, and texts in two languages, are at
most similar: vectors of "we support it" and "we oppose it" lie close together.

The bounds were measured on statements of a consultation with the cosine of character
n-grams (at .8 no pair of opposite meaning, at .6 7 %). Dice is that cosine for sets of
equal size; Dice .6 is a Jaccard of .43, where copies with 12 % of their words dropped
or moved part best from other texts (.42).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from montada.language.engine.differences import OPPOSITE, Difference
from montada.language.engine.vectors import Vectors

SAME_LETTERS = 0.8
SIMILAR_LETTERS = 0.6
SAME_MEANING = 0.67
"""Cosine of centred e5 vectors, where copies part best from other texts."""
SAME_ACROSS = 0.70
"""Cosine of USE vectors, where translations part best from other texts."""

NEAREST = 3
"""
By meaning, two texts of one language are paired where each is among the other's so many
nearest: in a collection in which all texts sound alike, a cosine alone says little.
"""
NEAREST_ACROSS = 10
"""A text has up to five translations, and may have been sent in twice."""

_ROWS_AT_ONCE = 256


class Level(StrEnum):
    SAME = "same"
    SIMILAR = "similar"
    OPPOSITE = "opposite"
    DIFFERS = "differs"


class Measure(StrEnum):
    """What `similarity` is: Dice of shingles, or a cosine of vectors."""

    LETTERS = "letters"
    MEANING = "meaning"
    ACROSS = "meaning across languages"


_BOUNDS = {
    Measure.MEANING: (SAME_MEANING, NEAREST),
    Measure.ACROSS: (SAME_ACROSS, NEAREST_ACROSS),
}


@dataclass(frozen=True, slots=True)
class Alike:
    """Two texts by their places, first < second, and how alike they are (0 to 1)."""

    first: int
    second: int
    similarity: float
    measure: Measure


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts to look at together, and in what they differ that decides."""

    first: int
    second: int
    level: Level
    similarity: float
    measure: Measure
    differs: tuple[Difference, ...]


def close(vectors: Vectors, groups: Sequence[str], measure: Measure) -> list[Alike]:
    """
    Return the pairs whose vectors are close, in one group or, for `ACROSS`, in two.

    Parameters
    ----------
    vectors : shape (n, dimensions), unit rows
        A row of zeros stands for a text without a vector and is close to none.
    groups : n tags
        The language of each text; "" belongs to no group and is left out.
    """
    is_across = measure is Measure.ACROSS
    at_least, most = _BOUNDS[measure]
    group = np.unique(np.asarray(groups, dtype=str), return_inverse=True)[1]
    known = np.array([tag != "" for tag in groups], bool)
    near: dict[tuple[int, int], float] = {}
    for start in range(0, len(group), _ROWS_AT_ONCE):
        rows = np.arange(start, min(start + _ROWS_AT_ONCE, len(group)))
        cosines = vectors[rows] @ vectors.T
        wanted = ((group[rows, np.newaxis] == group) != is_across) & known
        wanted[np.arange(len(rows)), rows] = False
        cosines[~wanted | ~known[rows, np.newaxis]] = -1.0
        best = np.argsort(-cosines, axis=1, kind="stable")[:, :most]
        for row, places in zip(rows.tolist(), best.tolist(), strict=True):
            for place in places:
                cosine = float(cosines[row - start, place])
                if cosine >= at_least:
                    near[row, place] = min(cosine, 1.0)
    return [
        Alike(first, second, cosine, measure)
        for (first, second), cosine in sorted(near.items())
        if first < second and (second, first) in near
    ]


def judged(
    alike: Iterable[Alike],
    differences_of: Callable[[Alike], tuple[Difference, ...]],
) -> list[Pair]:
    """
    Return the pairs with their level, each once, by places.

    Of a pair that was found by several measures the first one given is kept.
    """
    kept: dict[tuple[int, int], Alike] = {}
    for found in alike:
        kept.setdefault((found.first, found.second), found)
    return [
        _judged(kept[places], differences_of(kept[places])) for places in sorted(kept)
    ]


def _judged(found: Alike, differs: tuple[Difference, ...]) -> Pair:
    if any(difference.kind in OPPOSITE for difference in differs):
        level = Level.OPPOSITE
    elif differs:
        level = Level.DIFFERS
    elif found.measure is Measure.LETTERS and found.similarity >= SAME_LETTERS:
        level = Level.SAME
    else:
        level = Level.SIMILAR
    return Pair(
        found.first, found.second, level, found.similarity, found.measure, differs
    )
