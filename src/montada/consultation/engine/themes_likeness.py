"""
How alike texts are: by what they mean, by their words, and by their labels.

Meaning is the cosine of vectors, words that of TF-IDF weights. Where both are known
seven tenths are meaning, which joins languages and synonyms, and three tenths words,
which tell apart what only sounds alike: in a collection where every text is about one
town, a cosine of meaning says that all are about that town. Words of two languages
cannot be compared, so there meaning stands alone. By words alone a cosine is about a
third as high, so it is stretched to the same scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from montada.language.engine.vectors import Vectors, unit

Likeness = NDArray[np.float32]
"""Shape (n, m): of each of n texts with each of m."""

MEANING = 0.7
"""Of likeness, where it is known of both texts; the rest is for words."""

ACROSS = 0.8
"""
By what a cosine of meaning is multiplied between two languages. (Of targets of the
Sustainable Development Goals in six languages .87 are whole in one theme like this, at
the same purity as with `MEANING`, which leaves .33 of them whole.)
"""

WORDS_ALONE = 2.5
"""By what a cosine of words is multiplied where the meaning is not known."""

LABELS = 0.1
"""
What shared labels add to likeness, and labels that have nothing in common take away;
where one of two texts has none, nothing is known and nothing is added.
"""


@dataclass(frozen=True, slots=True)
class Text:
    """
    A contribution or a statement, read.

    Attributes
    ----------
    key : what it is called by; decides nothing
    terms : its analysed words, in their order
    labels : each of its labels ("line:C5", "goal:9") with its weight, 0 to 1
    decided : the theme under which people put it; "" for none
    """

    key: str
    words: str
    language: str
    terms: tuple[str, ...]
    labels: tuple[tuple[str, float], ...] = ()
    decided: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """
    Texts as rows: unit rows of meaning, words and labels; zeros where unknown.

    `languages` are numbers, shape (n,).
    """

    languages: NDArray[np.int64]
    meaning: Vectors
    words: Vectors
    labels: Vectors

    def rows(self, places: NDArray[np.int64]) -> Read:
        return Read(
            self.languages[places],
            self.meaning[places],
            self.words[places],
            self.labels[places],
        )


def read(texts: Sequence[Text], vectors: Vectors | None) -> Read:
    """Return texts as rows; `vectors` are unit rows of their meaning, or zeros."""
    n = len(texts)
    meaning = np.zeros((n, 1), np.float32) if vectors is None else vectors
    labels = sorted({label for text in texts for label, _weight in text.labels})
    tags = sorted({text.language for text in texts})
    return Read(
        languages=np.array([tags.index(text.language) for text in texts], np.int64),
        meaning=unit(np.asarray(meaning, np.float32)),
        words=_words([Counter(text.terms) for text in texts]),
        labels=unit(_rows([dict(text.labels) for text in texts], labels)),
    )


def _words(counted: Sequence[Counter[str]]) -> Vectors:
    """Return TF-IDF rows; a term of one text alone makes it longer and no more."""
    n_with = Counter(term for terms in counted for term in terms)
    rarity = {term: log(1 + len(counted) / n) for term, n in n_with.items()}
    weights = [
        {term: (1 + log(count)) * rarity[term] for term, count in terms.items()}
        for terms in counted
    ]
    shared = sorted(term for term, n in n_with.items() if n > 1)
    lengths = [sqrt(sum(w**2 for w in row.values())) or 1.0 for row in weights]
    scaled: Vectors = _rows(weights, shared) / np.array(lengths, np.float32)[:, None]
    return scaled


def _rows(weights: Sequence[Mapping[str, float]], columns: Sequence[str]) -> Vectors:
    column_of = {name: column for column, name in enumerate(columns)}
    rows = np.zeros((len(weights), max(len(columns), 1)), np.float32)
    for place, row in enumerate(weights):
        for name, weight in row.items():
            if name in column_of:
                rows[place, column_of[name]] = weight
    return rows


def likeness(one: Read, other: Read) -> Likeness:
    """Return how alike the texts are by meaning and words, about 0 to 1."""
    by_words = one.words @ other.words.T
    by_meaning = one.meaning @ other.meaning.T
    is_one_language = np.equal.outer(one.languages, other.languages)
    both = np.where(
        is_one_language,
        MEANING * by_meaning + (1 - MEANING) * by_words,
        ACROSS * by_meaning,
    )
    alone = np.minimum(WORDS_ALONE * by_words, 1)
    found: Likeness = np.where(_both(one.meaning, other.meaning), both, alone)
    return found.astype(np.float32)


def nearness_of_labels(one: Read, other: Read) -> Likeness:
    """Return what labels add to likeness, `-LABELS` to `LABELS`."""
    shared = one.labels @ other.labels.T
    both = _both(one.labels, other.labels)
    added = np.where(shared > 0, shared, -1) * both
    found: Likeness = (LABELS * added).astype(np.float32)
    return found


def _both(one: Vectors, other: Vectors) -> NDArray[np.bool_]:
    """Return for which pairs something is known of both."""
    both: NDArray[np.bool_] = np.logical_and.outer(
        np.any(one != 0, axis=1), np.any(other != 0, axis=1)
    )
    return both
