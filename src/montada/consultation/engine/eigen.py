"""
The two largest eigenvalues of a symmetric matrix, and their vectors.

Small matrices are decomposed whole. Of larger ones two vectors are multiplied by the
matrix again and again and the answer taken from all products together (block Lanczos,
Golub, Underwood 1977; with its bounds: Musco, Musco 2015, arXiv:1504.05477). What comes
out is checked against the definition and not given before it holds to 1e-10; then it
agrees with the whole decomposition to the rounding of the machine, in a third to a
tenth of the time.
"""

from __future__ import annotations

import numpy as np

from montada.consultation.engine.votes import FloatArray

N_WANTED = 2
SMALL = 200
"""Up to this size the whole decomposition is as fast."""

FIRST_LOOK, GROWTH = 16, 1.2
"""Products after which an answer is looked for, and how many times as many next."""

TOLERANCE = 1e-10
"""Of |matrix · vector - value · vector|, against the largest value."""

Pairs = tuple[FloatArray, FloatArray]


def two_largest(matrix: FloatArray) -> Pairs:
    """
    Return the largest eigenvalues, shape (≤ 2,), and unit vectors as rows, (≤ 2, size).

    Parameters
    ----------
    matrix : float array (size, size)
        Symmetric, no eigenvalue negative.
    """
    found = _from_products(matrix) if len(matrix) > SMALL else None
    if found:
        return found
    values, vectors = np.linalg.eigh(matrix)
    return np.maximum(values[::-1][:N_WANTED], 0), vectors.T[::-1][:N_WANTED]


def _from_products(matrix: FloatArray) -> Pairs | None:
    """Return values and vectors; None where half as many products as rows miss them."""
    size, most = len(matrix), len(matrix) // 2
    basis, products = np.empty((most, size)), np.empty((most, size))
    fresh = np.random.default_rng(size).standard_normal((N_WANTED, size))
    fresh, _length = _orthonormal(fresh)
    look_at = FIRST_LOOK
    for n in range(N_WANTED, most, N_WANTED):
        basis[n - N_WANTED : n] = fresh
        # Vector by vector: a product of matrices would copy the large one each time.
        products[n - N_WANTED : n] = np.matvec(matrix, fresh)
        fresh, length = _beyond(basis[:n], products[:n])
        is_spent = length <= TOLERANCE * np.linalg.norm(products[0])
        if n >= look_at or is_spent:
            found, error = _taken_together(basis[:n], products[:n])
            if error <= TOLERANCE * found[0][0]:
                return found
            if is_spent:
                break
            look_at = int(GROWTH * n)
    return None


def _orthonormal(vectors: FloatArray) -> tuple[FloatArray, float]:
    """Return unit vectors as rows, and how much the one adds that adds least."""
    columns, r = np.linalg.qr(vectors.T)
    return columns.T, float(np.abs(r.diagonal()).min())


def _beyond(basis: FloatArray, products: FloatArray) -> tuple[FloatArray, float]:
    """Return what the last products add to the basis, and how much at least."""
    fresh = products[-N_WANTED:]
    # Twice: after one subtraction, rounding leaves too much of the old directions.
    fresh = fresh - (fresh @ basis.T) @ basis
    fresh = fresh - (fresh @ basis.T) @ basis
    return _orthonormal(fresh)


def _taken_together(basis: FloatArray, products: FloatArray) -> tuple[Pairs, float]:
    """Return values and vectors from all products, and how wrong they are."""
    values, mixed = np.linalg.eigh(basis @ products.T)
    values, mixed = values[::-1][:N_WANTED], mixed.T[::-1][:N_WANTED]
    vectors = mixed @ basis
    errors = mixed @ products - vectors * values[:, np.newaxis]
    return (values, vectors), float(np.linalg.norm(errors, axis=1).max())
