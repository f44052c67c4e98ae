"""
Why a label was given: the sentences and phrases without which its score falls.

A sentence weighs what the score loses when the text is judged without it (leave one
out). Within sentences, a phrase weighs what the score loses when its words are silent;
the encoders are not asked again for phrases, so that an answer takes a second, not ten.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from montada.framework.engine.label_model import Head, Row
from montada.framework.engine.label_phrases import best_phrases
from montada.framework.engine.label_reading import Part, Reading, TermsOf
from montada.framework.engine.label_text import pieces
from montada.framework.engine.values import Evidence
from montada.language.engine.vectors import Vector

MOST_LEFT_OUT = 8
"""Sentences that are left out in turn, those first that alone say most."""
MOST_SENTENCES = 2
MOST_PHRASES = 3
LEAST = 0.01
"""What a score must lose; less is chance."""


class Explainer:
    """Finds evidence for labels of one text, leaving each sentence out only once."""

    def __init__(self, text: str, reading: Reading, terms_of: TermsOf) -> None:
        self._text = text
        self._reading = reading
        self._terms_of = terms_of
        self._vector = reading.vector()
        self._vectors: dict[int, Vector] = {}

    def evidence(self, head: Head, label: int) -> tuple[Evidence, ...]:
        """
        Return what led to a label, sentences before phrases, heaviest first.

        Of a text with one sentence only the phrases, if there are any.
        """
        given = self._score(head, label)
        promising = self._promising(head, label)
        sentences = self._sentences(head, label, given, promising)
        best = [part for _weight, part in sentences]
        phrases = self._phrases(head, label, given, best or self._first(promising))
        if len(self._reading.parts) == 1 and phrases:
            return phrases
        told = [
            self._told(part.sentence.start, part.sentence.end, weight)
            for weight, part in sentences
        ]
        return (*told, *phrases)

    def _told(self, start: int, end: int, weight: float) -> Evidence:
        return Evidence(self._text[start:end], start, end, round(weight, 4))

    def _first(self, promising: Sequence[int]) -> list[Part]:
        return [self._reading.parts[at] for at in promising[:MOST_SENTENCES]]

    def _score(
        self, head: Head, label: int, silent: frozenset[str] = frozenset()
    ) -> float:
        evidence = self._reading.evidence(head, self._vector, silent=silent)
        return float(head.scores(evidence, self._vector)[label])

    def _promising(self, head: Head, label: int) -> list[int]:
        """Return places of sentences, those first that alone say most for a label."""
        alone = [self._reading.of_part(head, part) for part in self._reading.parts]
        said = np.array([row[label] - row.mean() for row in alone])
        return [int(at) for at in np.argsort(-said, kind="stable")]

    def _sentences(
        self, head: Head, label: int, given: float, promising: Sequence[int]
    ) -> list[tuple[float, Part]]:
        """Return sentences with what the label's score loses, heaviest first."""
        weighed = [
            (given - float(self._without(head, at)[label]), self._reading.parts[at])
            for at in promising[:MOST_LEFT_OUT]
        ]
        weighed.sort(key=lambda one: (-one[0], one[1].sentence.start))
        return [one for one in weighed if one[0] >= LEAST][:MOST_SENTENCES]

    def _without(self, head: Head, at: int) -> Row:
        """Return the scores of the text without a sentence; zeros without any word."""
        left_out = self._reading.parts[at]
        if not self._reading.words(left_out):
            return np.zeros(len(head.codes), np.float32)
        if at not in self._vectors:
            self._vectors[at] = self._reading.vector(left_out)
        vector = self._vectors[at]
        evidence = self._reading.evidence(head, vector, left_out=left_out)
        return head.scores(evidence, vector)

    def _phrases(
        self, head: Head, label: int, given: float, parts: Sequence[Part]
    ) -> tuple[Evidence, ...]:
        language = self._reading.language
        found = best_phrases(
            [list(pieces(part.sentence, language, self._terms_of)) for part in parts],
            self._reading.of_each_word(head, label),
            MOST_PHRASES,
        )
        told = [
            self._told(
                phrase.start,
                phrase.end,
                given - self._score(head, label, phrase.terms),
            )
            for phrase in found
        ]
        told.sort(key=lambda one: (-one.weight, one.start))
        return tuple(one for one in told if one.weight >= LEAST)
