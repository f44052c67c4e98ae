"""
Likeness: which type of statement a sentence is most like, judged by examples.

The examples of all six languages are asked, and the mean of a type's cosines decides:
the nearest example alone tells the subject of a sentence, not what it does. Set with
the examples themselves, each left out with its translations: right in half of the
cases, and in four of five of the sixth in which a type stands out by `STANDS_OUT`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from montada.framework.engine.values import StatementKind
from montada.language.engine.vectors import Vector

STANDS_OUT = 0.08
"""How far the mean cosine of the best type is above that of the second."""


class Example(NamedTuple):
    kind: StatementKind
    language: str
    text: str


class Likeness(NamedTuple):
    """The type a sentence is most like, and the example of it in the same language."""

    kind: StatementKind
    example: str


def most_like(
    cosines: Vector, examples: Sequence[Example], language: str
) -> Likeness | None:
    """
    Return the type that stands out; None where none does.

    Parameters
    ----------
    cosines : shape (n_examples,)
        Of the sentence with each example, all seen from their languages' centres.
    """
    kinds = sorted({example.kind for example in examples})
    of_kind = np.array([kinds.index(example.kind) for example in examples])
    means = np.array([cosines[of_kind == at].mean() for at in range(len(kinds))])
    best, second = np.argsort(-means, kind="stable")[:2]
    if means[best] - means[second] < STANDS_OUT:
        return None
    kind = kinds[best]
    shown = [
        (float(cosine), example.text)
        for cosine, example in zip(cosines, examples, strict=True)
        if example.kind == kind and example.language == language
    ]
    return Likeness(kind, max(shown)[1])
