"""
Integrity: who votes suspiciously alike, and what the result is without them.

No measure of consensus withstands many accounts in one hand; counting again does. Two
recounts are published beside the result: without the most active accounts, and with
each set of accounts that vote alike counted once. Nothing is deleted, and nobody is
accused: people in one room who are of one mind look the same.

Two accounts vote alike if they cast the same votes on at least ten statements, on two
fifths of what the less active of them voted on, and far more often than chance: by
normalised pointwise mutual information (Bouma 2009), smoothed. Where moments of votes
are known, only those within twenty minutes of each other count. Bounds as in Community
Notes (`post_selection_similarity.py`, `quasi_clique_detection.py`), with two changes.
There a rater picks among a million notes, and picking the same says much; here all are
shown the same few hundred statements, and most agree with most. So a vote weighs the
information in it, -log of the share of people who cast it (agreeing with what all agree
with says nothing), and the bound of information is higher.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from montada.consultation.engine.votes import (
    BoolArray,
    FloatArray,
    IntArray,
    VoteMatrix,
    VoteValue,
)

GUEST = "guest"
"""
Tier of people of whom nothing is sure: sixty of them are made in a minute. Their votes
are counted beside the others', and rank nothing.
"""

MOST_ACTIVE = 0.001
"""Share of accounts left out of the first recount; one at least."""

FEWEST_SAME = 10
LEAST_OVERLAP = 0.4
WITHIN = 20 * 60 * 1000
"""Milliseconds."""

LEAST_NPMI = 0.75
"""
Community Notes has .55. Where all see the same statements, that joins up to a half of
the people of honest consultations; .75 joins none to one in ten. Of twenty accounts
that copy some of one person's votes, a tenth of them changed, it finds nearly all among
hundreds of people, half among a hundred or two, hardly any among two dozen.
"""

SMOOTHING = 2.0
"""Pseudo-votes of mean information: one rare vote in common is no likeness."""

LEAST_DENSITY = 0.25
"""Of the pairs in a set of accounts, that must vote alike: else the set is cut."""

MOST_COMPARED = 20_000
"""Accounts with ten votes or more that are compared each with each."""

BLOCK = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """
    Sets of accounts that vote alike.

    Attributes
    ----------
    sets : tuple of tuples of rows
        Largest first; in each, the account with most votes first.
    is_compared : bool
        False where there are too many accounts to compare each with each.
    """

    sets: tuple[tuple[int, ...], ...]
    is_compared: bool = True

    def once(self, n_people: int) -> BoolArray:
        """Return whom to count so that a set counts once: its most active account."""
        kept = np.ones(n_people, np.bool_)
        for rows in self.sets:
            kept[list(rows[1:])] = False
        return kept


def without_most_active(votes: VoteMatrix) -> BoolArray:
    """
    Return who is left, (n_people,), without the 0.1 % who voted most (one or more).

    Where several cast as many as the last one left out, they all stay: who of them
    goes would be chance.
    """
    n_votes = votes.n_votes_by_person()
    n_out = int(np.ceil(MOST_ACTIVE * np.count_nonzero(n_votes)))
    if not n_out:
        return np.ones(votes.n_people, np.bool_)
    ranked = np.sort(n_votes)[::-1]
    limit = ranked[n_out - 1]
    is_shared = np.count_nonzero(n_votes >= limit) > n_out
    out: BoolArray = n_votes > limit if is_shared else n_votes >= limit
    return ~out


def voting_alike(votes: VoteMatrix) -> Alike:
    """
    Return sets of accounts that vote alike.

    Costs n_accounts² · n_statements; above 20,000 accounts nothing is compared.
    """
    accounts = np.flatnonzero(votes.n_votes_by_person() >= FEWEST_SAME)
    if len(accounts) > MOST_COMPARED:
        return Alike((), is_compared=False)
    pairs = list(_pairs(votes, accounts))
    if not pairs:
        return Alike(())
    found = np.concatenate(pairs)
    return Alike(_sets(found, votes.n_votes_by_person()))


def _pairs(votes: VoteMatrix, accounts: IntArray) -> Iterator[IntArray]:
    """Yield rows of accounts that vote alike, (n, 2), block by block."""
    items = _Items.of(votes, accounts)
    for start in range(0, len(accounts), BLOCK):
        first, second = np.nonzero(items.are_alike(start)) + np.array([[start]] * 2)
        is_new = first < second
        pairs = np.stack([first[is_new], second[is_new]], axis=1)
        if votes.times is not None:
            pairs = pairs[items.are_alike_in_time(pairs)]
        yield accounts[pairs]


@dataclass(frozen=True, slots=True, eq=False)
class _Items:
    """
    Votes of the accounts compared, written out: (n_accounts, n_statements).

    `values` holds votes, 2 where there is none; `times` milliseconds; `information` is
    of each vote on each statement, (3, n_statements), by value + 1.
    """

    values: NDArray[np.int8]
    times: IntArray | None
    information: NDArray[np.float32]
    n_votes: IntArray
    weights: FloatArray
    total: float

    @classmethod
    def of(cls, votes: VoteMatrix, accounts: IntArray) -> _Items:
        place = np.full(votes.n_people, -1)
        place[accounts] = np.arange(len(accounts))
        is_compared = place[votes.people] >= 0
        rows, columns = place[votes.people[is_compared]], votes.statements[is_compared]
        values = np.full((len(accounts), votes.n_statements), 2, np.int8)
        values[rows, columns] = votes.values[is_compared]
        times = None
        if votes.times is not None:
            times = np.zeros(values.shape, np.int64)
            times[rows, columns] = votes.times[is_compared]
        n = np.stack([(values == value).sum(axis=0) for value in VoteValue])
        seen = np.maximum(n.sum(axis=0), 1)
        information = np.where(n > 0, -np.log(np.maximum(n, 1) / seen), 0)
        weights = np.bincount(
            rows,
            information[votes.values[is_compared] + 1, columns],
            minlength=len(accounts),
        )
        return cls(
            values,
            times,
            information.astype(np.float32),
            np.bincount(rows, minlength=len(accounts)),
            weights.astype(np.float64),
            float(information.sum()),
        )

    def are_alike(self, start: int) -> BoolArray:
        """
        Return which accounts vote alike, whenever they do.

        Rows are those of the block from `start` on, columns all from `start` on.
        """
        other = np.arange(start, len(self.values))
        one = other[:BLOCK]
        shape = (len(one), len(other))
        same, shared = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        for value in VoteValue:
            cast = (self.values[start:] == value).astype(np.float32)
            same += cast[:BLOCK] @ cast.T
            shared += (cast[:BLOCK] * self.information[value + 1]) @ cast.T
        return self._judged(same, shared, one[:, np.newaxis], other)

    def are_alike_in_time(self, pairs: IntArray) -> BoolArray:
        """Return which of the pairs, (n, 2), vote alike within twenty minutes."""
        if self.times is None:
            raise ValueError("moments of votes are not known")
        results = [np.zeros(0, np.bool_)]
        for start in range(0, len(pairs), BLOCK):
            one, other = pairs[start : start + BLOCK].T
            is_same = self.values[one] == self.values[other]
            is_same &= self.values[one] != 2
            is_same &= np.abs(self.times[one] - self.times[other]) <= WITHIN
            votes = self.values[one].clip(-1, 1) + 1
            gains = np.take_along_axis(self.information, votes.astype(np.intp), axis=0)
            shared = np.where(is_same, gains, 0).sum(axis=1)
            results.append(self._judged(is_same.sum(axis=1), shared, one, other))
        return np.concatenate(results)

    def _judged(
        self,
        same: NDArray[np.float32] | IntArray,
        shared: NDArray[np.float32],
        one: IntArray,
        other: IntArray,
    ) -> BoolArray:
        least = np.minimum(self.n_votes[one], self.n_votes[other])
        held = SMOOTHING * self.total / max(3 * self.information.shape[1], 1)
        expected = (self.weights[one] + held) * (self.weights[other] + held)
        # Nothing in common, or nothing that says anything, is far from alike.
        total = max(self.total, 1.0)
        joint = np.clip(shared, 1e-9 * total, (1 - 1e-9) * total)
        # log p(both) / (p(one) p(other)), divided by -log p(both): 1 is the same votes.
        gained = np.log(joint * total / np.maximum(expected, 1e-9))
        npmi = gained / -np.log(joint / total)
        alike: BoolArray = (
            (same >= FEWEST_SAME)
            & (same >= LEAST_OVERLAP * least)
            & (npmi >= LEAST_NPMI)
        )
        return alike


def _sets(pairs: IntArray, n_votes: IntArray) -> tuple[tuple[int, ...], ...]:
    """
    Return accounts joined by pairs, in sets of which a quarter of all pairs vote alike.

    A chain of chance likenesses is no set: while too few pairs of a set vote alike, the
    account with the fewest is let go.
    """
    neighbours: dict[int, set[int]] = {}
    for one, other in pairs.tolist():
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    sets = []
    while neighbours:
        joined = _joined(neighbours, min(neighbours))
        dense = _dense({row: neighbours.pop(row) for row in joined})
        sets.append(tuple(sorted(dense, key=lambda row: (-n_votes[row], row))))
    sets.sort(key=lambda rows: (-len(rows), rows))
    return tuple(sets)


def _joined(neighbours: dict[int, set[int]], start: int) -> set[int]:
    reached, waiting = {start}, [start]
    while waiting:
        fresh = neighbours[waiting.pop()] - reached
        reached |= fresh
        waiting += fresh
    return reached


def _dense(neighbours: dict[int, set[int]]) -> set[int]:
    n_pairs = sum(map(len, neighbours.values())) / 2
    while n_pairs < LEAST_DENSITY * len(neighbours) * (len(neighbours) - 1) / 2:
        loosest = min(neighbours, key=lambda row: (len(neighbours[row]), row))
        for other in neighbours.pop(loosest):
            neighbours[other].discard(loosest)
            n_pairs -= 1
    return set(neighbours)
