"""
Training labelling: from texts with labels to the arrays that `label_arrays` writes.

One regression over words and one over meaning for each axis, their evidence added; how
evidence becomes a chance is fitted on texts that the regressions have not seen.
scikit-learn is a tool of developers: without it `Trainer` raises ImportError.
`docs/explanation/labels.md` tells how each number here was chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from montada.framework.adapters.label_texts import Example
from montada.framework.engine.label_model import (
    Calibration,
    Head,
    Matrix,
    Row,
    Vocabulary,
)
from montada.framework.engine.label_reading import Reading, reading_of
from montada.framework.engine.label_text import read
from montada.framework.engine.values import Axis
from montada.language.engine.text import LANGUAGES

SEED = 1
N_FOLDS = 5
FEWEST_TEXTS = 2
"""Texts in which a term must stand to have a place in the vocabulary."""
STRENGTH_OF_WORDS = 10.0
STRENGTH_OF_MEANING = 1.0
STRENGTH_OF_RELEVANCE = 3.0
STRENGTH_OF_CALIBRATION = 1.0
"""How closely each regression follows its texts: scikit-learn's C."""
SHARE_OF_WORDS = 0.5
"""What the evidence of words counts against that of meaning."""
NONE = ""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tools:
    """What training asks of the language tools."""

    terms_of: Callable[[str, str], list[str]]
    language_of: Callable[[str], str]
    """One of the six; English where a title tells none."""
    vectors_of: Callable[[Sequence[str], str], Matrix]
    """Texts of one language to their vectors, both encoders side by side."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Examples as the model sees them; row n of `vectors` is example n."""

    examples: tuple[Example, ...]
    terms: tuple[list[str], ...]
    vectors: Matrix

    def __len__(self) -> int:
        return len(self.examples)

    def of(self, rows: NDArray[np.intp]) -> Seen:
        return Seen(
            tuple(self.examples[row] for row in rows),
            tuple(self.terms[row] for row in rows),
            self.vectors[rows],
        )

    def __add__(self, other: Seen) -> Seen:
        return Seen(
            self.examples + other.examples,
            self.terms + other.terms,
            np.vstack([self.vectors, other.vectors]),
        )


def seen(examples: Sequence[Example], tools: Tools) -> Seen:
    """Return the examples as the model sees them."""
    texts = [" ".join(read(example.text).split()) for example in examples]
    rows: dict[int, Row] = {}
    for language in LANGUAGES:
        places = [n for n, one in enumerate(examples) if one.language == language]
        if places:
            vectors = tools.vectors_of([texts[place] for place in places], language)
            rows |= dict(zip(places, vectors, strict=True))
    terms = [
        tools.terms_of(text, example.language)
        for text, example in zip(texts, examples, strict=True)
    ]
    return Seen(
        tuple(examples), tuple(terms), np.array([rows[n] for n in range(len(examples))])
    )


def vocabulary_of(texts: Seen) -> Vocabulary:
    """Return the terms that stand in enough texts, rarest weighing most."""
    counts = Counter(term for terms in texts.terms for term in set(terms))
    kept = sorted(
        term
        for term, n in counts.items()
        if n >= FEWEST_TEXTS and len(term) > 1 and not term.isdecimal()
    )
    n_with = np.array([counts[term] for term in kept])
    rarity = (np.log((1 + len(texts)) / (1 + n_with)) + 1).astype(np.float16)
    places = {term: place for place, term in enumerate(kept)}
    return Vocabulary(places, rarity.astype(np.float32))


class Trainer:
    """Fits the regressions; chance plays no part in it."""

    def __init__(
        self, axis: Axis, codes: Sequence[str], vocabulary: Vocabulary
    ) -> None:
        # Developers' tools, which come without types: who only labels has none.
        from scipy import (  # type: ignore[import-untyped]  # noqa: PLC0415
            sparse,
        )

        # As above.
        from sklearn.linear_model import (  # type: ignore[import-untyped]  # noqa: PLC0415
            LogisticRegression,
        )

        self._sparse = sparse
        self._regression = LogisticRegression
        self.axis = axis
        self.codes = tuple(codes)
        self.vocabulary = vocabulary

    def table(self, texts: Seen) -> Any:
        """Return the TF-IDF weights of texts, sparse, shape (n, n_terms)."""
        found = [self.vocabulary.weights(terms) for terms in texts.terms]
        lengths = np.cumsum([0, *(len(places) for places, _weights in found)])
        places = np.concatenate([places for places, _weights in found])
        weights = np.concatenate([weights for _places, weights in found])
        shape = (len(found), len(self.vocabulary.places))
        return self._sparse.csr_matrix((weights, places, lengths), shape=shape)

    def fitted(self, texts: Seen, relevance: Row | None = None) -> Head:
        """Return a head, not calibrated yet, from texts with labels."""
        rows, answers, weights = self._answers(texts)
        words, bias_of_words = self._fit(
            self.table(texts)[rows], answers, weights, STRENGTH_OF_WORDS
        )
        meaning, bias = self._fit(
            texts.vectors[rows], answers, weights, STRENGTH_OF_MEANING
        )
        if relevance is None:
            relevance = np.zeros(texts.vectors.shape[1] + 1, np.float32)
        return Head(
            axis=self.axis,
            codes=self.codes,
            words=words * SHARE_OF_WORDS,
            meaning=meaning,
            bias=bias + bias_of_words * SHARE_OF_WORDS,
            relevance=relevance,
            calibration=Calibration(0.0, 1.0, np.zeros_like(bias)),
            threshold=0.5,
            most=len(self.codes),
        )

    def _answers(
        self, texts: Seen
    ) -> tuple[NDArray[np.intp], NDArray[np.str_], NDArray[np.float64]]:
        """Return rows, one answer each, and weights: labels of a text share it."""
        answers = [
            (row, label, example.weight / max(len(example.labels), 1))
            for row, example in enumerate(texts.examples)
            for label in example.labels or (NONE,)
        ]
        rows, labels, weights = zip(*answers, strict=True)
        return np.array(rows), np.array(labels), np.array(weights)

    def _fit(
        self,
        table: Any,
        answers: NDArray[np.str_],
        weights: NDArray[np.float64],
        strength: float,
    ) -> tuple[Matrix, Row]:
        fitted = self._regression(C=strength, max_iter=1_000)
        fitted.fit(table, answers, sample_weight=weights)
        place = {str(code): at for at, code in enumerate(fitted.classes_)}
        chosen = [place[code] for code in self.codes]
        return (
            fitted.coef_[chosen].T.astype(np.float32),
            fitted.intercept_[chosen].astype(np.float32),
        )

    def relevance(self, relevant: Matrix, off_topic: Matrix) -> Row:
        """Return what tells relevant texts from others, both weighing the same."""
        fitted = self._regression(
            C=STRENGTH_OF_RELEVANCE, max_iter=1_000, class_weight="balanced"
        )
        answers = np.repeat([1, 0], [len(relevant), len(off_topic)])
        fitted.fit(np.vstack([relevant, off_topic]), answers)
        return np.append(fitted.coef_[0], fitted.intercept_[0]).astype(np.float32)

    def calibrated(
        self,
        evidence: Matrix,
        answers: Mask,
        weights: NDArray[np.float64],
        *,
        by_label: bool,
    ) -> Calibration:
        """
        Return how evidence becomes a chance.

        Parameters
        ----------
        evidence, answers : shape (n, n_labels)
            Of texts that the head has not seen, and whether each label is right.
        weights : shape (n,)
            Of the texts; their mean is 1.
        by_label
            Whether labels differ in their offset.
        """
        n_texts, n_labels = evidence.shape
        against = evidence - np.logaddexp.reduce(evidence, axis=1, keepdims=True)
        table = np.stack([evidence.ravel(), against.ravel()], axis=1)
        if by_label:
            table = np.hstack([table, np.tile(np.eye(n_labels), (n_texts, 1))])
        fitted = self._regression(C=STRENGTH_OF_CALIBRATION, max_iter=2_000)
        fitted.fit(table, answers.ravel(), sample_weight=np.repeat(weights, n_labels))
        own, other, *offsets = fitted.coef_[0].tolist()
        apart = np.array(offsets or [0.0] * n_labels, np.float32)
        return Calibration(own, other, apart + np.float32(fitted.intercept_[0]))


def readings_of(
    texts: Seen, vocabulary: Vocabulary, tools: Tools
) -> list[Reading | None]:
    """Return the texts as pages and commands read them."""
    return [
        reading_of(
            example.text,
            example.language,
            vocabulary,
            partial(_vector, language=example.language, tools=tools),
            tools.terms_of,
        )
        for example in texts.examples
    ]


def _vector(text: str, language: str, tools: Tools) -> Row | None:
    (vector,) = tools.vectors_of([text], language)
    return vector if vector.any() else None


def evidence_of(head: Head, readings: Iterable[Reading | None]) -> Matrix:
    """Return what each text says for each label, shape (n, n_labels)."""
    return np.array(
        [
            head.bias if reading is None else reading.evidence(head, reading.vector())
            for reading in readings
        ]
    )


def folds(groups: Sequence[str]) -> list[NDArray[np.intp]]:
    """Return `N_FOLDS` sets of rows; what shares a group shares a fold."""
    order = np.random.default_rng(SEED).permutation(sorted(set(groups)))
    fold_of = {group: at % N_FOLDS for at, group in enumerate(order.tolist())}
    fold = np.array([fold_of[group] for group in groups])
    return [np.flatnonzero(fold == at) for at in range(N_FOLDS)]


def is_right(texts: Seen, codes: Sequence[str]) -> Mask:
    """Return which labels each text has, shape (n, n_labels)."""
    return np.array(
        [[code in one.labels for code in codes] for one in texts.examples], bool
    )
