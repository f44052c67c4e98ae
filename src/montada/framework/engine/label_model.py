"""
The model of labelling: one linear judgement of a text's words and meaning.

For each label, evidence is the sum over the words of the text (TF-IDF, terms of all
six languages in one table) and over its vector (both encoders side by side). Chances
come from the evidence itself and from how it stands against the other labels of the
axis, times the chance that the text is about anything of the kind at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from montada.framework.engine.values import Axis

Row = NDArray[np.float32]
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms that count: their place in the tables and how rare they are."""

    places: Mapping[str, int]
    rarity: Row

    def places_of(self, terms: Iterable[str]) -> list[int]:
        """Return the places of the known terms among some."""
        return [self.places[term] for term in terms if term in self.places]

    def weights(self, terms: Sequence[str]) -> tuple[NDArray[np.intp], Row]:
        """
        Return places and TF-IDF weights of the known terms, the weights at length 1.

        (1 + log count) · rarity; terms of digits say nothing.
        """
        counts = Counter(term for term in terms if term in self.places)
        places = np.array([self.places[term] for term in counts], np.intp)
        often = 1 + np.log(np.array(list(counts.values()), np.float32))
        weights = (often * self.rarity[places]).astype(np.float32)
        return places, weights / max(float(np.linalg.norm(weights)), 1e-9)


@dataclass(frozen=True, slots=True)
class Calibration:
    """
    How evidence becomes a chance.

    chance = σ(own · e + against · log softmax(e) + offset)

    The offset, shape (n_labels,), sets right how often each label was seen in training.
    """

    own: float
    against: float
    offset: Row


@dataclass(frozen=True, slots=True)
class Head:
    """
    What judges one axis.

    Attributes
    ----------
    words : shape (n_terms, n_labels)
    meaning : shape (n_dimensions, n_labels)
    bias : shape (n_labels,)
    relevance : shape (n_dimensions + 1,)
        Of the text as a whole: the last is the offset.
    threshold : 0 to 1
        The score from which a label is suggested.
    most : how many labels are suggested at most
    """

    axis: Axis
    codes: tuple[str, ...]
    words: Matrix
    meaning: Matrix
    bias: Row
    relevance: Row
    calibration: Calibration
    threshold: float
    most: int

    def evidence(self, words: Row, vector: Row) -> Row:
        """Return the evidence for each label from summed words and a vector."""
        found: Row = words + vector @ self.meaning + self.bias
        return found

    def scores(self, evidence: Row, vector: Row) -> Row:
        """Return the chance of each label, 0 to 1, from evidence and the vector."""
        against = evidence - np.logaddexp.reduce(evidence)
        given = self.calibration
        chances = _sigmoid(
            given.own * evidence + given.against * against + given.offset
        )
        of_the_kind = _sigmoid(vector @ self.relevance[:-1] + self.relevance[-1])
        scores: Row = chances * of_the_kind
        return scores


def _sigmoid(x: Row) -> Row:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -40, 40))), np.float32)


@dataclass(frozen=True, slots=True)
class LabelModel:
    """Vocabulary and heads, with a name that changes when they do."""

    name: str
    vocabulary: Vocabulary
    heads: tuple[Head, ...]
