"""
Routing: which statements a person is shown next.

Polis draws by a weight (server.ts, `selectProb`): statements that are agreed with, that
place people far out, that few pass and few have seen. Known groups change three things:
no stakeholder group may be left out of a statement (an exposure floor comes first),
statements are preferred where the consensus is still unsure, not where it is already
high, and seeds keep to one in three. One draw in ten is uniform, and every statement's
probability is given, so that results can be weighted back to what an even draw would
have shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from montada.consultation.engine.tallies import Tally, lower_bound, upper_bound
from montada.consultation.engine.votes import (
    UNGROUPED,
    BoolArray,
    FloatArray,
    IntArray,
)

UNIFORM = 0.1
"""Share of draws in which every statement on offer is as likely."""

MOST_SEEDS = 1 / 3
"""Of the statements shown to a person, and of the chance in one draw."""

VOTES_BEFORE_SEEDS = 7
"""
Votes of a person before the first seed, where anything else is on offer.

In Polis statements about the people asked outweigh all others (issue 214 there).
"""

FLOOR_PERCENTILE = 10
"""Of the views in a group: a statement below it has been shown too little."""

FLOOR_SHARE = 0.5
"""Of draws that are not uniform, kept for what the person's group saw too little of."""

BOOST, HALVED_AFTER = 8.0, 5.0
"""A new statement weighs 1 + 8 times as much; the 8 halve with every five views."""


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """
    What can be shown, and what is known of it.

    Attributes
    ----------
    counts : Tally (n_groups, n_statements)
        By declared group.
    is_seed : bool array (n_statements,)
    is_open : bool array (n_statements,)
        Not yet answered by the person, not retired. A statement that was passed returns
        once: that is the caller's to say.
    """

    counts: Tally
    is_seed: BoolArray
    is_open: BoolArray


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is shown: their group (or UNGROUPED), votes cast, and seeds among them."""

    group: int
    n_votes: int
    n_seeds: int


def probabilities(offer: Offer, reader: Reader) -> FloatArray:
    """
    Return the chance of each statement to be shown next, shape (n_statements,).

    They sum to 1, or are all 0 if nothing is open. Seeds together have at most a third,
    and nothing while the person has seen a third of seeds already or cast fewer than
    seven votes; unless only seeds are open.
    """
    allowed: BoolArray = offer.is_open & (~offer.is_seed | _may_seed(reader))
    if not allowed.any():
        allowed = offer.is_open
    if not allowed.any():
        return np.zeros(len(offer.is_open))
    chances = _drawn(offer.counts, allowed)
    below: BoolArray = allowed & _below_floor(offer.counts, reader.group)
    if below.any():
        of_floor = _drawn(offer.counts, below)
        chances = FLOOR_SHARE * of_floor + (1 - FLOOR_SHARE) * chances
    even = allowed / allowed.sum()
    return _seeds_capped((1 - UNIFORM) * chances + UNIFORM * even, offer.is_seed)


def _drawn(counts: Tally, allowed: BoolArray) -> FloatArray:
    weights = np.where(allowed, weight(counts), 0.0)
    chances: FloatArray = weights / weights.sum()
    return chances


def weight(counts: Tally) -> FloatArray:
    """
    Return how much a vote on each statement can still teach, above 0, (n_statements,).

    The widest interval of agreement among all groups (95 % on each side), where few
    pass, times the boost of what is new; squared as in Polis.
    """
    seen = counts.seen
    interval = upper_bound(counts.agree, seen) - lower_bound(counts.agree, seen)
    passed = (counts.passed.sum(axis=0) + 1) / (seen.sum(axis=0) + 2)
    widest = interval.max(axis=0, initial=0)
    result: FloatArray = (widest * (1 - passed) * _boost(seen.sum(axis=0))) ** 2
    return np.maximum(result, 1e-12)


def _below_floor(counts: Tally, group: int) -> BoolArray:
    """Return what the group never saw, or less often than nine in ten statements."""
    if group == UNGROUPED:
        return np.zeros(counts.seen.shape[1], np.bool_)
    seen = counts.seen[group]
    below: BoolArray = (seen < np.percentile(seen, FLOOR_PERCENTILE)) | (seen == 0)
    return below


def _boost(seen: IntArray) -> FloatArray:
    boost: FloatArray = 1 + BOOST * 2.0 ** (-seen / HALVED_AFTER)
    return boost


def _may_seed(reader: Reader) -> bool:
    if reader.n_votes < VOTES_BEFORE_SEEDS:
        return False
    return (reader.n_seeds + 1) <= MOST_SEEDS * (reader.n_votes + 1)


def _seeds_capped(chances: FloatArray, is_seed: BoolArray) -> FloatArray:
    """Return the chances with those of seeds together brought down to a third."""
    of_seeds = float(chances[is_seed].sum())
    if of_seeds <= MOST_SEEDS or of_seeds >= 1 - 1e-12:
        return chances
    return np.where(
        is_seed,
        chances * MOST_SEEDS / of_seeds,
        chances * (1 - MOST_SEEDS) / (1 - of_seeds),
    )
