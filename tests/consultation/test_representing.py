"""What represents a group, and what bridges sides."""

from __future__ import annotations

import numpy as np
import pytest

from montada.consultation.engine.axes import opinion_axes
from montada.consultation.engine.bridging import bridging
from montada.consultation.engine.representing import representative, standing
from montada.consultation.engine.tallies import Tally, tally
from tests.consultation.voters import NAN, camps, matrix, noise


def test_standing_by_hand() -> None:
    # Six of six agree in the group; one of four elsewhere.
    counts = Tally(np.array([[6], [1]]), np.array([[0], [3]]), np.array([[0], [0]]))

    found = standing(counts, "agree")

    # (6+1)/(6+2); 2·√7·((6+1)/(6+1) - 1/2) = √7; 7/8 over (1+1)/(4+2)
    assert found.share[0, 0] == pytest.approx(7 / 8)
    assert found.share_z[0, 0] == pytest.approx(np.sqrt(7))
    assert found.ratio[0, 0] == pytest.approx((7 / 8) / (2 / 6))
    # 7/7 against 2/5, pooled 9/12: 0.6 / √(3/16 · (1/7 + 1/5))
    expected = 0.6 / np.sqrt(3 / 16 * (1 / 7 + 1 / 5))
    assert found.ratio_z[0, 0] == pytest.approx(expected)


def test_where_all_say_the_same_nothing_tells_groups_apart() -> None:
    counts = Tally(np.array([[40], [40]]), np.zeros((2, 1), int), np.zeros((2, 1), int))

    assert standing(counts, "agree").ratio_z.tolist() == [[0], [0]]
    assert representative(counts) == ((), ())


def test_camps_are_represented_by_what_they_part_on() -> None:
    votes, of = camps(200, 20, 2, seed=3)

    first, second = representative(tally(votes, of, 2))

    assert (len(first), len(second)) == (5, 5)
    sides = {(one.statement, one.stance) for one in first}
    turned = {(s, "agree" if t == "disagree" else "disagree") for s, t in sides}
    assert turned & {(one.statement, one.stance) for one in second}
    assert [one.z for one in first] == sorted((o.z for o in first), reverse=True)


def test_groups_made_at_random_are_hardly_ever_represented() -> None:
    # 20 statements, two groups, two stances: 80 tests, of which 90 % would pass eight.
    found = [
        sum(map(len, representative(tally(noise(100, 20, seed), halves, 2))))
        for seed in range(40)
        for halves in [np.arange(100) % 2]
    ]

    assert sum(n > 0 for n in found) <= 4


def test_what_both_camps_like_bridges_and_what_one_camp_likes_does_not() -> None:
    # Two camps of 60 and 30; the first statement is liked by nine in ten of both, the
    # second by all of the larger one, the third by all of the smaller one.
    rng = np.random.default_rng(1)
    of = np.repeat([0, 1], [60, 30])
    parts = np.where(of == 0, 1.0, -1.0)
    both = np.where(rng.random(90) < 0.9, 1.0, -1.0)
    votes = matrix(np.column_stack([both, parts, -parts, parts, -parts, parts, -parts]))

    scores = bridging(votes, opinion_axes(votes))

    assert scores.argmax() == 0
    assert scores[0] > 0.2
    assert np.abs(scores[1:]).max() < scores[0] / 2


def test_bridging_does_not_change_when_people_change_places() -> None:
    votes, _of = camps(40, 10, 2, seed=5)
    values = np.full((40, 10), NAN)
    values[votes.people, votes.statements] = votes.values
    turned = matrix(values[::-1])

    one = bridging(votes, opinion_axes(votes))
    other = bridging(turned, opinion_axes(turned))

    np.testing.assert_allclose(one, other, atol=1e-5)


def test_nothing_bridges_where_nobody_voted() -> None:
    votes = matrix(np.full((2, 3), NAN))

    assert bridging(votes, opinion_axes(votes)).tolist() == [0, 0, 0]
