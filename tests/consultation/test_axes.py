"""Axes of opinion: by hand, against whole decompositions, and what they do not see."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from montada.consultation.engine.axes import opinion_axes
from montada.consultation.engine.eigen import two_largest
from tests.consultation.voters import NAN, camps, matrix, noise, table


def test_axes_by_hand() -> None:
    # Means 0 and 1/2. Centred: (1, 1/2), (-1, 1/2), (0, -1)·, unseen is 0.
    votes = matrix([[1, 1], [-1, 1], [0, -1], [NAN, 1]])

    axes = opinion_axes(votes, held_back=0)

    # Products: [[2, 0], [0, 1/4 + 1/4 + 9/4 + 1/4]]: the second statement is wider.
    np.testing.assert_allclose(axes.mean, [0, 1 / 2])
    np.testing.assert_allclose(axes.spread, [3, 2])
    np.testing.assert_allclose(axes.components, [[0, 1], [1, 0]], atol=1e-12)
    # √(2 statements / 2 votes) = 1; the last person cast one vote: √2 · 1/2.
    expected = [[1 / 2, 1], [1 / 2, -1], [-3 / 2, 0], [np.sqrt(2) / 2, 0]]
    np.testing.assert_allclose(axes.places, expected, atol=1e-12)
    # |1 - mean| · length of the loadings · √2
    np.testing.assert_allclose(axes.extremity, [np.sqrt(2), np.sqrt(2) / 2])


def test_who_cast_seven_votes_stands_at_half_of_the_square_of_the_distance() -> None:
    votes, _of = camps(20, 7, 2, seed=1, seen=1.0)

    free, held = opinion_axes(votes, held_back=0), opinion_axes(votes)

    np.testing.assert_allclose(held.places, free.places / np.sqrt(2))


@pytest.mark.parametrize("shape", [(30, 12), (12, 30), (9_000, 500)])
def test_axes_are_those_of_a_whole_decomposition(shape: tuple[int, int]) -> None:
    votes = noise(*shape, seed=4, seen=0.05 if shape[0] > 100 else 0.6)
    values = table(votes)
    centred = np.nan_to_num(values - np.nanmean(values, axis=0))
    expected = np.linalg.eigh(centred.T @ centred)

    axes = opinion_axes(votes)

    np.testing.assert_allclose(axes.spread, expected[0][::-1][:2])
    along = np.abs((axes.components * expected[1].T[::-1][:2]).sum(axis=1))
    np.testing.assert_allclose(along, 1)
    largest = np.abs(axes.components).argmax(axis=1)
    assert (axes.components[[0, 1], largest] > 0).all()


@pytest.mark.parametrize("size", [250, 400])
def test_a_matrix_of_few_directions_has_no_others(size: int) -> None:
    # The products of a block end after one step here; the whole is decomposed instead.
    rng = np.random.default_rng(size)
    direction = rng.standard_normal((size, 1))

    values, vectors = two_largest(direction @ direction.T)

    np.testing.assert_allclose(values[0], (direction**2).sum())
    unit = direction[:, 0] / np.linalg.norm(direction)
    np.testing.assert_allclose(abs(vectors[0] @ unit), 1)


def test_votes_that_do_not_differ_have_no_axes() -> None:
    axes = opinion_axes(matrix([[1, 0, -1]] * 5))

    assert not axes.components.any()
    assert not axes.places.any()


def test_no_votes_have_axes_of_nothing() -> None:
    axes = opinion_axes(matrix(np.full((3, 2), NAN)))

    assert axes.places.tolist() == [[0, 0]] * 3


cells = st.sampled_from([-1.0, 0.0, 1.0, NAN])


@settings(max_examples=40)
@given(arrays(np.float64, (9, 6), elements=cells))
def test_turning_every_vote_turns_every_place(values: np.ndarray) -> None:
    axes, turned = opinion_axes(matrix(values)), opinion_axes(matrix(-values))

    np.testing.assert_allclose(turned.places, -axes.places, atol=1e-9)


@settings(max_examples=40)
@given(arrays(np.float64, (9, 6), elements=cells), st.permutations(range(9)))
def test_the_order_of_people_does_not_move_them(
    values: np.ndarray, order: list[int]
) -> None:
    axes = opinion_axes(matrix(values))
    reordered = opinion_axes(matrix(values[order]))

    np.testing.assert_allclose(reordered.spread, axes.spread, atol=1e-9)
    if axes.spread[0] - axes.spread[1] > 1e-3 and axes.spread[1] > 1e-3:
        distances = np.abs(reordered.places[:, 0]) - np.abs(axes.places[order, 0])
        np.testing.assert_allclose(distances, 0, atol=1e-6)
