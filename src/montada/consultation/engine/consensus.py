"""
Consensus: what all groups support, and what divides them.

A majority lets the largest group decide. Here every group has the same say, however
small: a statement is as much common ground as the geometric mean over groups of the
share that surely agrees. "Surely" is a lower bound, so that what few people saw cannot
win; passes count as not agreeing. Sources: Small et al. (2021), "Polis: scaling
deliberation by mapping high dimensional opinion spaces", Recerca 26(2),
doi:10.6035/recerca.5516, for the product over groups; bounds instead of smoothed
shares are ours.

The number is for ranking statements of one consultation. It is no percentage of people.
"""

from __future__ import annotations

import numpy as np

from montada.consultation.engine.tallies import Tally, lower_bound, upper_bound
from montada.consultation.engine.votes import FloatArray


def common_ground(counts: Tally) -> FloatArray:
    """
    Return how far all groups agree with each statement, 0 to 1, (n_statements,).

    The geometric mean over groups of the lower bound of agreement; 0 if any group has
    nobody who agreed, or nobody who saw the statement.
    """
    bounds = lower_bound(counts.agree, counts.seen)
    result: FloatArray = np.prod(bounds, axis=0) ** (1 / max(len(bounds), 1))
    return result


def divides(counts: Tally) -> FloatArray:
    """
    Return how far each statement surely sets people apart, 0 to 1, (n_statements,).

    Of several groups: the widest gap between the share that surely agrees in one and
    the share that at most agrees in another; 0 where bounds overlap. Of one: twice the
    share of the smaller side, its lower bound, so that 1 is half against half.
    """
    if len(counts.agree) == 1:
        sides = np.minimum(counts.agree, counts.disagree)[0]
        return np.minimum(2 * lower_bound(sides, counts.seen[0]), 1)
    lowest = lower_bound(counts.agree, counts.seen)
    highest = upper_bound(counts.agree, counts.seen)
    gaps: FloatArray = lowest.max(axis=0) - highest.min(axis=0)
    return np.maximum(gaps, 0)
