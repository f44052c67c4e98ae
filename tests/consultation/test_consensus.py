"""Common ground and what divides: by hand, and what a small group can do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from montada.consultation.engine.consensus import common_ground, divides
from montada.consultation.engine.tallies import (
    Tally,
    declared_groups,
    lower_bound,
    tally,
    tally_of_all,
    upper_bound,
)
from montada.consultation.engine.votes import UNGROUPED
from tests.consultation.polis import group_informed_consensus
from tests.consultation.voters import NAN, matrix


def counted(agree: list[list[int]], disagree: list[list[int]]) -> Tally:
    return Tally(np.array(agree), np.array(disagree), np.zeros_like(agree))


def test_counts_by_hand() -> None:
    votes = matrix([[1, 1], [1, NAN], [0, -1], [-1, 0], [1, 1]])

    counts = tally(votes, np.array([0, 0, 1, 1, UNGROUPED]), 2)

    assert counts.agree.tolist() == [[2, 1], [0, 0]]
    assert counts.disagree.tolist() == [[0, 0], [1, 1]]
    assert counts.passed.tolist() == [[0, 0], [1, 1]]
    assert counts.seen.tolist() == [[2, 1], [2, 2]]
    assert tally_of_all(votes).seen.tolist() == [[5, 4]]


def test_the_bound_of_a_share_by_hand() -> None:
    # 9 of 10, z² = 2.7055: (0.9 + 2.7055/20 - 1.6449·√(0.009 + 2.7055/400)) / 1.27055
    bounds = lower_bound(np.array([9, 0, 0, 10]), np.array([10, 10, 0, 10]))

    np.testing.assert_allclose(bounds[0], 0.652281, atol=1e-6)
    assert bounds[1:3].tolist() == [0, 0]
    # All of ten: 1 / (1 + z²/10)
    np.testing.assert_allclose(bounds[3], 1 / 1.2705543, atol=1e-6)
    assert upper_bound(np.array([0]), np.array([0])).tolist() == [1]


def test_common_ground_is_the_geometric_mean_of_bounds() -> None:
    counts = counted([[9], [10]], [[1], [0]])

    expected = np.sqrt(0.652281 / 1.2705543)
    np.testing.assert_allclose(common_ground(counts), [expected], atol=1e-6)


def test_polis_measure_by_hand() -> None:
    # (3+1)/(3+2) · (0+1)/(1+2)
    np.testing.assert_allclose(
        group_informed_consensus(counted([[3], [0]], [[0], [1]])), [4 / 15]
    )


def test_a_small_group_that_objects_outweighs_a_large_majority() -> None:
    # 90 of 100 agree with the first, none of the ten others; all are lukewarm on the
    # second, 54 of 90 and 6 of 10.
    scores = common_ground(counted([[90, 54], [0, 6]], [[0, 36], [10, 4]]))

    assert scores[1] > scores[0]


def test_what_few_people_saw_cannot_win() -> None:
    scores = common_ground(counted([[2, 80]], [[0, 20]]))

    assert scores[1] > scores[0]


def test_what_divides_is_the_gap_between_groups_that_is_sure() -> None:
    # 50 of 50 against 0 of 50; 3 of 5 against 2 of 5 may be the same.
    gaps = divides(counted([[50, 3], [0, 2]], [[0, 2], [50, 3]]))

    bound = 1 / (1 + 2.7055434 / 50)
    np.testing.assert_allclose(gaps, [2 * bound - 1, 0], atol=1e-6)


def test_without_groups_half_against_half_divides_most() -> None:
    half, most, few = divides(counted([[50, 90, 1]], [[50, 10, 1]]))

    assert half > most > 0
    assert half > few
    assert half < 1


def test_declared_groups_below_five_voters_and_blanks_are_nobody() -> None:
    votes = matrix([[1.0]] * 11 + [[NAN]])
    declared = ["state"] * 5 + ["academia"] * 4 + ["", "state", "academia"]

    groups = declared_groups(declared, votes, smallest=5)

    assert groups.names == ("state",)
    assert groups.of.tolist() == [0] * 5 + [UNGROUPED] * 5 + [0, UNGROUPED]


def test_declarations_that_do_not_fit_the_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="2 declared, 1 people"):
        declared_groups(["a", "b"], matrix([[1.0]]), smallest=5)


counts = arrays(np.int64, (3, 4), elements=st.integers(0, 30))


@given(counts, counts)
def test_scores_stay_between_zero_and_one_whatever_the_order_of_groups(
    agree: np.ndarray, disagree: np.ndarray
) -> None:
    one = Tally(agree, disagree, np.zeros_like(agree))
    other = Tally(agree[::-1], disagree[::-1], np.zeros_like(agree))

    for measure in (common_ground, divides):
        scores = measure(one)
        assert ((scores >= 0) & (scores <= 1)).all()
        np.testing.assert_allclose(measure(other), scores)


@given(st.integers(0, 40), st.integers(0, 40))
def test_bounds_hold_the_share_between_them(n_yes: int, n_no: int) -> None:
    n = n_yes + n_no
    low = lower_bound(np.array([n_yes]), np.array([n]))[0]
    high = upper_bound(np.array([n_yes]), np.array([n]))[0]

    assert 0 <= low <= (n_yes / n if n else 0.5) <= high <= 1
