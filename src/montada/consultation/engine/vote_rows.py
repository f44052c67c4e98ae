"""
Votes as rows that are published, and when two tables of them may stand beside each
other.

Who holds two tables puts together rows that hold the same votes, whatever voters are
called in them; what is left are the people who voted in between. Hence the rule of
`may_be_published`: between any two tables the votes of nobody differ, or of five people
or more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b

import numpy as np

from montada.consultation.engine.groups import SMALLEST_GROUP
from montada.consultation.engine.votes import IntArray, VoteMatrix

_STATEMENT_BITS, _VALUE_BITS = 32, 2

Prints = Mapping[int, int]
"""Of each voter, a digest of all their votes."""


def packed_votes(votes: VoteMatrix) -> IntArray:
    """
    Return one number a vote, in the order of voters; ids are numbers below 2³⁰.

    Shape (n_votes,): the voter, the statement and the value in one integer.
    """
    voters = np.array(votes.participant_ids, np.int64)[votes.people]
    statements = np.array(votes.statement_ids, np.int64)[votes.statements]
    cells = (voters << (_STATEMENT_BITS - _VALUE_BITS)) | statements
    return np.sort((cells << _VALUE_BITS) | (votes.values.astype(np.int64) + 1))


def unpacked_votes(packed: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return voters, statements and values of `packed_votes`, each (n_votes,)."""
    cells = packed >> _VALUE_BITS
    bits = _STATEMENT_BITS - _VALUE_BITS
    values = (packed & ((1 << _VALUE_BITS) - 1)) - 1
    return cells >> bits, cells & ((1 << bits) - 1), values


def prints_of(packed: IntArray) -> dict[int, int]:
    """Return a digest of each voter's votes: 64 bits, the same for the same votes."""
    voters, firsts = np.unique(packed >> _STATEMENT_BITS, return_index=True)
    rows = np.split(packed, firsts[1:])
    return {
        voter: int.from_bytes(
            blake2b(row.tobytes(), digest_size=8).digest(), "big", signed=True
        )
        for voter, row in zip(voters.tolist(), rows, strict=False)
    }


def n_apart(one: Prints, other: Prints) -> int:
    """Return how many people's votes differ between two tables."""
    return sum(one.get(voter) != other.get(voter) for voter in one.keys() | other)


def may_be_published(now: Prints, earlier: Iterable[Prints]) -> bool:
    """
    Return whether a table may be published after others.

    Not one that differs from an earlier one, or from no votes at all, by the votes of
    one to four people.
    """
    tables: list[Prints] = [{}, *earlier]
    return not any(0 < n_apart(now, table) < SMALLEST_GROUP for table in tables)
