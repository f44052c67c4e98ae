"""
Centres: the mean vector of each language, by encoder and role, as it is carried along.

`tools/centres.py` makes the file from the vocabulary's titles, which exist in all six
languages: the same contents in each, so that only the language differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from montada.language.engine.vectors import (
    Vector,
    Vectors,
    centred,
    joined,
    unit,
)

FILE = Path(__file__).parents[1] / "data" / "centres.npz"

_SAME_SPACE = {"e5-small-q4-1": "e5-small-int8-1"}
"""Engines that compute one model so alike that they share its centres."""


def seen_from_centre(vector: Vector, model: str, role: str, language: str) -> Vector:
    """
    Return a vector as seen from its language's centre, each part of it for itself.

    What is in none of the six languages is seen from English, and what a model without
    centres made from nowhere in particular.
    """
    centres = [centre_of(part, role, language) for part in model.split("+")]
    known = [centre for centre in centres if centre is not None]
    if len(known) < len(centres):
        return vector
    ends = np.cumsum([len(centre) for centre in known])[:-1]
    parts = [unit(part) for part in np.split(vector, ends)]
    return joined([centred(part, c) for part, c in zip(parts, known, strict=True)])


def centre_of(model: str, role: str, language: str) -> Vector | None:
    """Return the centre of a language to one model; None for a model without."""
    centres, name = _centres(), _SAME_SPACE.get(model, model)
    return centres.get(f"{name} {role} {language}", centres.get(f"{name} {role} en"))


@cache
def _centres() -> Mapping[str, Vector]:
    with np.load(FILE) as kept:
        return MappingProxyType(
            {name: kept[name].astype(np.float32) for name in kept.files}
        )


def write_centres(vectors: Iterable[tuple[str, str, str, Vectors]]) -> None:
    """Write the means of (model, role, language, vectors) as the file carried along."""
    means = {
        f"{model} {role} {language}": rows.mean(axis=0).astype(np.float16)
        for model, role, language, rows in vectors
    }
    np.savez_compressed(FILE, **means)
