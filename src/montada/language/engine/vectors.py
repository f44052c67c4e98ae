"""
Vectors of texts: texts that mean the same point the same way, whatever their language.

All vectors are float32 of length 1, so that a product is a cosine.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""Shape (dimensions,)."""
Vectors = NDArray[np.float32]
"""Shape (n, dimensions)."""

_SHORTEST = np.float32(1e-9)


def unit(vectors: Vectors) -> Vectors:
    """Return a vector or rows of vectors at length 1; what is all zeros stays so."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, _SHORTEST)).astype(np.float32)
    return scaled


def centred(vectors: Vectors, mean: Vector) -> Vectors:
    """
    Return vectors as seen from `mean`, at length 1.

    Any two texts of one language share a direction that says nothing but the language
    (the raw cosine of unrelated texts is about .74 with e5). Taking its mean away makes
    cosines of two languages comparable.
    """
    return unit(vectors - mean)


def joined(parts: Sequence[Vector]) -> Vector:
    """
    Return several models' unit vectors of one text as one unit vector.

    The cosine of two such vectors is the mean of the models' cosines, of which the
    first counts twice. (Chosen on the vocabulary's keywords as queries for the lines'
    scopes in three languages: alone, the first model finds less in other languages;
    counted alike, less in its own.)
    """
    weights = np.ones(len(parts), np.float32)
    weights[0] = 2 if len(parts) > 1 else 1
    shares = np.sqrt(weights / weights.sum())
    return np.concatenate([w * part for w, part in zip(shares, parts, strict=True)])


def cosines(query: Vector, vectors: Vectors) -> Vector:
    """Return the cosine of the query with each row, -1 to 1."""
    products: Vector = vectors @ query
    return products
