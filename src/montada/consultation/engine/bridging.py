"""
Bridging: what is liked by people who otherwise disagree, without any groups.

Every vote is taken apart: vote = mean + person + statement + side of the person · side
of the statement + error. What is left in `statement` once the sides are taken out is
support that does not come from one side. It serves as a check on consensus, and where
there are no clear groups.

Source: Wojcik et al. (2022), "Birdwatch", arXiv:2210.15723, and the
published ranking of Community Notes: one side, and intercepts held back five times as
strongly as sides. Solved by alternating least squares, which needs no chance: sides
start from the widest axis of opinion.
"""

from __future__ import annotations

import numpy as np

from montada.consultation.engine.axes import Axes
from montada.consultation.engine.votes import FloatArray, IntArray, VoteMatrix

INTERCEPT_HELD, SIDE_HELD = 0.15, 0.03
"""Weight of squares, of the mean square of a parameter against the mean error²."""

ROUNDS = 60
"""At most; it stops when no statement moves by `STILL`."""

STILL = 1e-7


def bridging(votes: VoteMatrix, axes: Axes) -> FloatArray:
    """
    Return the support of each statement across sides, shape (n_statements,).

    Votes are 1, ½ and 0; 0 is a statement liked as much as the mean one. A statement
    with few votes stays near 0. Costs n_votes a round.
    """
    if not len(votes.values):
        return np.zeros(votes.n_statements)
    given = (votes.values + 1) / 2
    by_person = _Side(votes.people, votes.n_people)
    by_statement = _Side(votes.statements, votes.n_statements)
    person, statement = np.zeros(votes.n_people), np.zeros(votes.n_statements)
    side, sided = _scaled(axes.places[:, 0]), _scaled(axes.components[0])
    for _round in range(ROUNDS):
        before = statement
        product = side[votes.people] * sided[votes.statements]
        own = person[votes.people] + statement[votes.statements]
        mean = float((given - product - own).mean())
        rest = given - mean - product
        person = by_person.intercepts(rest - statement[votes.statements])
        statement = by_statement.intercepts(rest - person[votes.people])
        rest = given - mean - person[votes.people] - statement[votes.statements]
        side = by_person.sides(rest, sided[votes.statements])
        sided = by_statement.sides(rest, side[votes.people])
        if np.abs(statement - before).max() < STILL:
            break
    return statement


class _Side:
    """Least squares of the parameters of all people, or of all statements."""

    def __init__(self, of: IntArray, n: int) -> None:
        self._of, self._n = of, n
        self._counts = np.bincount(of, minlength=n)
        # A mean over parameters against a mean over votes: their ratio is this.
        self._votes_each = len(of) / max(int(np.count_nonzero(self._counts)), 1)

    def intercepts(self, rest: FloatArray) -> FloatArray:
        held = INTERCEPT_HELD * self._votes_each
        return np.bincount(self._of, rest, self._n) / (self._counts + held)

    def sides(self, rest: FloatArray, others: FloatArray) -> FloatArray:
        held = SIDE_HELD * self._votes_each
        squares = np.bincount(self._of, others**2, self._n)
        return np.bincount(self._of, rest * others, self._n) / (squares + held)


def _scaled(start: FloatArray) -> FloatArray:
    size = float(np.sqrt((start**2).mean()))
    return start / size / 2 if size else start
