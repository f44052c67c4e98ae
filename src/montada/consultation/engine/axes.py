"""
Axes of opinion: the two directions in which votes differ most, and where people stand.

Principal components of the votes, each statement centred on its mean; a missing vote
counts as the mean, that is as nothing. A person's place is divided by how many
statements they saw, so that few votes do not mean the middle, as in Polis (pca.clj,
`sparsity-aware-project-ptpt`; Small et al. 2021, doi:10.6035/recerca.5516). Two things
differ. Polis iterates from random vectors a fixed number of times; here the axes are
exact, and signs are fixed. And a place is held back towards the middle as
if everybody had cast a few more votes, all of them average: seven votes say less of a
person than seventy, and should not throw them as far out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import iadd

import numpy as np

from montada.consultation.engine.eigen import two_largest
from montada.consultation.engine.votes import FloatArray, IntArray, VoteMatrix

N_AXES = 2

HELD_BACK = 7.0
"""
Average votes that are added to everybody's own when their place is measured.

As many as a person must cast to be grouped: whoever has just come in stands at 1/√2 of
the distance that their votes alone would give. 0 is what Polis does where no statement
was taken out by moderators.
"""

BLOCK_CELLS = 4_000_000
"""Cells of the matrix that are written out at once: 32 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """
    Where votes differ most.

    Attributes
    ----------
    mean : float array (n_statements,)
        Mean vote on each statement; 0 where there is none.
    components : float array (2, n_statements)
        Unit vectors, the wider axis first; the loading that is largest by size is
        positive. Zeros where votes do not differ in a second (or in any) direction.
    places : float array (n_people, 2)
        Where each person stands; zero for people without votes.
    spread : float array (2,)
        Sum of squares of the centred votes along each axis.
    extremity : float array (n_statements,)
        How far out a person stands who only agreed with that statement (not held back).
    """

    mean: FloatArray
    components: FloatArray
    places: FloatArray
    spread: FloatArray
    extremity: FloatArray


def opinion_axes(votes: VoteMatrix, *, held_back: float = HELD_BACK) -> Axes:
    """
    Return the two axes on which people differ most, and everybody's place on them.

    Time grows with n_people · n_statements · the smaller of both; memory with the
    square of the smaller.
    """
    n_seen = votes.n_votes_by_statement()
    total = np.bincount(votes.statements, votes.values, minlength=votes.n_statements)
    mean = total / np.maximum(n_seen, 1)
    centred = votes.values - mean[votes.statements]
    components, spread = _components(votes, centred)
    return Axes(
        mean=mean,
        components=components,
        places=_places(votes, centred, components, held_back),
        spread=spread,
        extremity=np.abs(1 - mean)
        * np.linalg.norm(components, axis=0)
        * np.sqrt(votes.n_statements),
    )


def with_places_of(
    axes: Axes, others: VoteMatrix, *, held_back: float = HELD_BACK
) -> Axes:
    """Return the axes with places for people who had no say in where they lie."""
    centred = others.values - axes.mean[others.statements]
    places = _places(others, centred, axes.components, held_back)
    return replace(axes, places=axes.places + places)


def _places(
    votes: VoteMatrix, centred: FloatArray, components: FloatArray, held_back: float
) -> FloatArray:
    sums = [
        np.bincount(votes.people, centred * axis[votes.statements], votes.n_people)
        for axis in components
    ]
    n_votes = np.maximum(votes.n_votes_by_person() + held_back, 1)
    scale: FloatArray = np.sqrt(votes.n_statements / n_votes)
    return np.stack(sums, axis=1) * scale[:, np.newaxis]


def _components(
    votes: VoteMatrix, centred: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return unit vectors over statements, (2, n_statements), and sums of squares."""
    column_of, n_columns = _columns(votes, centred)
    if n_columns <= votes.n_people:
        blocks = _rows(votes, centred, column_of[votes.statements], n_columns)
        values, vectors = two_largest(reduce(iadd, (one.T @ one for one in blocks)))
    else:
        # Fewer people than statements: the same axes from products of people.
        block = np.zeros((votes.n_people, n_columns))
        block[votes.people, column_of[votes.statements]] = centred
        values, people = two_largest(block @ block.T)
        vectors = people @ block
    vectors = vectors[:, column_of]
    components = np.zeros((N_AXES, votes.n_statements))
    for axis, (value, vector) in enumerate(zip(values, vectors, strict=True)):
        if value > 1e-9 * max(1.0, float(values[0])):
            sign = np.sign(vector[np.argmax(np.abs(vector))])
            components[axis] = vector * sign / np.linalg.norm(vector)
    spread = np.zeros(N_AXES)
    spread[: len(values)] = values
    return components, spread


def _columns(votes: VoteMatrix, centred: FloatArray) -> tuple[IntArray, int]:
    """
    Return the column in which each statement is computed, and how many there are.

    Statements on which all votes are the same, such as those that only their author
    saw, take part in no axis: they share the last column, which is empty.
    """
    has_part = np.bincount(votes.statements, centred != 0, votes.n_statements) > 0
    n_parts = np.count_nonzero(has_part)
    column_of = np.where(has_part, np.cumsum(has_part) - 1, n_parts)
    return column_of, int(column_of.max(initial=-1)) + 1


def _rows(
    votes: VoteMatrix, centred: FloatArray, columns: IntArray, n_columns: int
) -> Iterator[FloatArray]:
    """Yield the centred votes as dense matrices of as many people as fit a block."""
    n = max(1, min(votes.n_people, BLOCK_CELLS // max(n_columns, 1)))
    starts: IntArray = np.append(0, np.cumsum(votes.n_votes_by_person()))
    for first in range(0, max(votes.n_people, 1), n):
        last = min(first + n, votes.n_people)
        of_block = votes.by_person[starts[first] : starts[last]]
        block = np.zeros((last - first, n_columns))
        block[votes.people[of_block] - first, columns[of_block]] = centred[of_block]
        yield block
