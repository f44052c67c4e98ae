"""Groups of people who vote alike: found where they are planted, however they come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (  # type: ignore[import-untyped] # it has no types
    adjusted_rand_score,
    silhouette_score,
)

from montada.consultation.engine.groups import (
    best_grouping,
    gathered,
    k_means,
    rand_index,
    silhouettes,
)


def clouds(n: int, seed: int, centres: list[list[float]]) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.normal(c, 0.4, (n, 2)) for c in centres])


def test_silhouette_by_hand() -> None:
    # On a line at 0, 1 and 5, 5. First: own 1, other 5: 4/5. Second: own 1, other 4:
    # 3/4. The others: own 0: 1 each. Mean (0.8 + 0.75 + 1 + 1) / 4.
    cells = gathered(np.array([[0, 0], [1, 0], [5, 0], [5, 0]], float))
    labels = (cells.points[:, 0] > 2).astype(np.int64)

    assert silhouettes(cells, [labels]) == [pytest.approx(3.55 / 4)]


def test_silhouette_of_somebody_alone_is_nothing() -> None:
    cells = gathered(np.array([[0, 0], [1, 0], [5, 0]], float))
    labels = (cells.points[:, 0] > 2).astype(np.int64)

    assert silhouettes(cells, [labels]) == [pytest.approx((4 / 5 + 3 / 4) / 3)]


def test_silhouettes_are_those_of_the_reference() -> None:
    cells = gathered(clouds(40, 1, [[0, 0], [2, 1], [0, 3]]))
    labels = k_means(cells, 3, np.random.default_rng(1))

    expected = silhouette_score(cells.points, labels)

    assert silhouettes(cells, [labels]) == [pytest.approx(expected)]


def test_a_cell_counts_as_the_people_in_it() -> None:
    many = np.repeat(clouds(700, 2, [[0, 0], [3, 3]]), 2, axis=0)

    cells = gathered(many)

    assert (cells.weights.sum(), len(cells.points) <= 1_000) == (2_800, True)
    centre = cells.weights @ np.abs(cells.points) / 2_800
    np.testing.assert_allclose(centre, np.abs(many).mean(axis=0), atol=0.05)


def test_gathering_thousands_finds_what_all_of_them_would() -> None:
    few = clouds(300, 3, [[0, 0], [3, 0], [0, 3]])
    many = clouds(3_000, 3, [[0, 0], [3, 0], [0, 3]])

    groupings = [best_grouping(x, np.random.default_rng(1)) for x in (few, many)]

    assert all(groupings)
    silhouettes_of = [one.silhouette for one in groupings if one]
    assert silhouettes_of[0] == pytest.approx(silhouettes_of[1], abs=0.02)
    truth = np.repeat(np.arange(3), 3_000)
    assert groupings[1]
    assert rand_index(truth, groupings[1].groups) > 0.95


def test_a_handful_far_out_is_no_group() -> None:
    places = np.concatenate([clouds(100, 4, [[0, 0]]), np.full((3, 2), 50.0)])

    found = best_grouping(places, np.random.default_rng(1))

    assert found is None or np.bincount(found.groups).min() >= 5


def test_people_on_one_point_are_no_groups() -> None:
    assert best_grouping(np.ones((20, 2)), np.random.default_rng(1)) is None


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.booleans(), st.booleans())
def test_groups_do_not_depend_on_order_or_on_the_signs_of_axes(
    seed: int, turns_first: bool, turns_second: bool
) -> None:
    places = clouds(30, seed, [[0, 0], [2, 1], [1, 3]])
    order = np.random.default_rng(seed).permutation(len(places))
    signs = [-1 if turns_first else 1, -1 if turns_second else 1]

    found = best_grouping(places, np.random.default_rng(1))
    other = best_grouping((places * signs)[order], np.random.default_rng(1))

    assert found
    assert other
    assert other.silhouette == pytest.approx(found.silhouette)
    assert rand_index(found.groups[order], other.groups) == 1.0
    assert (np.diff(np.bincount(found.groups)) <= 0).all()


labels = st.lists(st.integers(0, 3), min_size=8, max_size=8).map(np.array)


@given(labels, labels)
def test_rand_index_is_that_of_the_reference(
    one: np.ndarray, other: np.ndarray
) -> None:
    assert rand_index(one, other) == pytest.approx(adjusted_rand_score(one, other))
