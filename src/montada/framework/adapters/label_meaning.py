"""The meaning of a text as labelling sees it: what both encoders say of it."""

from __future__ import annotations

import numpy as np

from montada.language import queries as language_queries
from montada.language.engine.vectors import Vector, unit


def meaning_of(text: str, language: str) -> Vector | None:
    """
    Return the vectors of both encoders side by side, at length 1.

    `None` for a text without a word.
    """
    # Capitals alone look like another language to the encoders.
    text = text.lower() if text.isupper() else text
    by_topic = language_queries.passage_vector(text, language, "e5")
    by_sense = language_queries.passage_vector(text, language, "use")
    if by_topic is None or by_sense is None:
        return None
    return unit(np.concatenate([by_topic, by_sense]))
