"""Made-up voters: matrices written out, camps, noise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from montada.consultation.engine.votes import VoteMatrix, vote_matrix

NAN = float("nan")


def matrix(rows: Sequence[Sequence[float]] | NDArray[np.float64]) -> VoteMatrix:
    """Return the votes of a table, a person a row; NaN is not seen."""
    values = np.asarray(rows, np.float64)
    people, statements = np.nonzero(~np.isnan(values))
    return vote_matrix(
        people=people,
        statements=statements,
        values=values[people, statements].astype(np.int8),
        participant_ids=map(str, range(values.shape[0])),
        statement_ids=map(str, range(values.shape[1])),
    )


def table(votes: VoteMatrix) -> NDArray[np.float64]:
    """Return votes written out, a person a row; NaN is not seen."""
    values = np.full((votes.n_people, votes.n_statements), NAN)
    values[votes.people, votes.statements] = votes.values
    return values


def camps(
    n_people: int, n_statements: int, n_camps: int, seed: int, seen: float = 0.6
) -> tuple[VoteMatrix, NDArray[np.int64]]:
    """Return votes of camps whose members hold to them nine times in ten, and who."""
    rng = np.random.default_rng(seed)
    of = np.arange(n_people) % n_camps
    stands = rng.choice([-1.0, 1.0], (n_camps, n_statements))
    strays = rng.random((n_people, n_statements)) < 0.1
    values = np.where(strays, -1, 1) * stands[of]
    values[rng.random(values.shape) >= seen] = NAN
    return matrix(values), of


def noise(n_people: int, n_statements: int, seed: int, seen: float = 0.6) -> VoteMatrix:
    """Return independent votes; how many agree differs from statement to statement."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet([1, 1, 1], n_statements).cumsum(axis=1)
    drawn = rng.random((n_people, n_statements, 1))
    values = (drawn > shares[:, :2]).sum(axis=2) - 1.0
    values[rng.random(values.shape) >= seen] = NAN
    return matrix(values)
