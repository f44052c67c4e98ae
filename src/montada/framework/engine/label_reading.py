"""
A text as the model sees it: as a whole, and each of its sentences alone.

What a text says for a label is the mean of two evidences: that of the whole, and that
of its sentences (log of the mean of exp), so that a text on two subjects speaks for
both. A text without one of its sentences is seen the same way, which is how the share
of a sentence in a label is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from montada.framework.engine import label_text
from montada.framework.engine.label_model import Head, Row, Vocabulary
from montada.framework.engine.label_text import Window
from montada.language.engine.sentences import Sentence
from montada.language.engine.vectors import Vector, unit

TermsOf = Callable[[str, str], Sequence[str]]
Encode = Callable[[str], Vector | None]
"""Text to a vector of the model's dimensions; `None` where there is no word."""

SHARE_OF_SENTENCES = 0.5
NO_TERMS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence with its terms and its vector, and the window it stands in."""

    sentence: Sentence
    window: int
    terms: tuple[str, ...]
    vector: Vector


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a text that were read, with all that the model needs of them."""

    language: str
    windows: tuple[Window, ...]
    vectors: tuple[Vector, ...]
    parts: tuple[Part, ...]
    vocabulary: Vocabulary
    encode: Encode

    def words(self, left_out: Part | None = None) -> list[str]:
        """Return the terms of the text, without those of one sentence."""
        return [t for part in self.parts if part is not left_out for t in part.terms]

    def vector(self, left_out: Part | None = None) -> Vector:
        """
        Return the mean vector of the windows, weighted by length.

        Where a sentence is left out, its window is encoded anew.
        """
        total = np.zeros_like(self.vectors[0])
        for place, window in enumerate(self.windows):
            vector, length = self.vectors[place], window.length
            if left_out and left_out.window == place:
                shorter = self.encode(window.without(left_out.sentence))
                length -= len(left_out.sentence.text)
                vector = np.zeros_like(total) if shorter is None else shorter
            total += vector * length
        return unit(total)

    def evidence(
        self,
        head: Head,
        vector: Vector,
        *,
        left_out: Part | None = None,
        silent: frozenset[str] = NO_TERMS,
    ) -> Row:
        """
        Return what the text says for each label of an axis.

        Parameters
        ----------
        vector
            Of the text without what is left out.
        silent
            Terms that say nothing, though they stay in the text.
        """
        whole = head.evidence(self.said(head, self.words(left_out), silent), vector)
        parts = [part for part in self.parts if part is not left_out]
        if len(parts) < 2:
            return whole
        alone = np.stack([self.of_part(head, part, silent) for part in parts])
        sentences = np.logaddexp.reduce(alone, axis=0) - np.log(len(parts))
        mean: Row = whole + SHARE_OF_SENTENCES * (sentences - whole)
        return mean.astype(np.float32)

    def of_part(self, head: Head, part: Part, silent: frozenset[str] = NO_TERMS) -> Row:
        """Return what one sentence says alone."""
        return head.evidence(self.said(head, part.terms, silent), part.vector)

    def said(
        self, head: Head, words: Sequence[str], silent: frozenset[str] = NO_TERMS
    ) -> Row:
        """Return what words say for each label, some of them silent."""
        places, weights = self.vocabulary.weights(words)
        if silent:
            weights = weights * ~np.isin(places, self.vocabulary.places_of(silent))
        said: Row = weights @ head.words[places].astype(np.float32)
        return said

    def of_each_word(self, head: Head, label: int) -> dict[str, float]:
        """Return what each known term says for a label against the other labels."""
        words = self.words()
        places, weights = self.vocabulary.weights(words)
        rows = weights[:, np.newaxis] * head.words[places].astype(np.float32)
        apart = (rows[:, label] - rows.mean(axis=1)).tolist()
        by_place = dict(zip(places.tolist(), apart, strict=True))
        known = {term for term in words if term in self.vocabulary.places}
        return {term: by_place[self.vocabulary.places[term]] for term in known}


def reading_of(
    text: str, language: str, vocabulary: Vocabulary, encode: Encode, terms_of: TermsOf
) -> Reading | None:
    """Return how the model sees a text; `None` where there is no word to judge."""
    found = label_text.windows(label_text.read(text), language)
    seen = [(window, encode(window.text)) for window in found]
    kept = [(window, vector) for window, vector in seen if vector is not None]
    parts = tuple(
        Part(sentence, place, tuple(terms_of(sentence.text, language)), alone)
        for place, (window, vector) in enumerate(kept)
        for sentence, alone in _alone(window, vector, encode)
    )
    if not any(_is_word(term) for part in parts for term in part.terms):
        return None
    return Reading(
        language,
        tuple(window for window, _vector in kept),
        tuple(vector for _window, vector in kept),
        parts,
        vocabulary,
        encode,
    )


def _alone(
    window: Window, vector: Vector, encode: Encode
) -> list[tuple[Sentence, Vector]]:
    """Return the sentences of a window that have words, each with its vector."""
    if len(window.sentences) == 1:
        return [(window.sentences[0], vector)]
    vectors = [(sentence, encode(sentence.text)) for sentence in window.sentences]
    return [(sentence, alone) for sentence, alone in vectors if alone is not None]


def _is_word(term: str) -> bool:
    return len(term) > 1 and not term.isdecimal()
