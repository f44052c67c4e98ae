"""Which statement comes next: floors, seeds, what a vote can teach, and chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from montada.consultation.engine.routing import (
    MOST_SEEDS,
    UNIFORM,
    Offer,
    Reader,
    probabilities,
    weight,
)
from montada.consultation.engine.tallies import Tally
from montada.consultation.engine.votes import UNGROUPED
from tests.consultation.polis import polis_priority

N = 8
SOMEBODY = Reader(group=0, n_votes=20, n_seeds=0)


def offer(
    agree: list[list[int]],
    *,
    seeds: tuple[int, ...] = (),
    answered: tuple[int, ...] = (),
) -> Offer:
    n = len(agree[0])
    counts = Tally(np.array(agree), np.zeros((2, n), int), np.zeros((2, n), int))
    is_seed, is_open = np.zeros(n, bool), np.ones(n, bool)
    is_seed[list(seeds)] = True
    is_open[list(answered)] = False
    return Offer(counts, is_seed, is_open)


def test_polis_priority_by_hand() -> None:
    # Nobody saw it: p = a = 1/2; (1/2 · (1 + 2) · 1/2 · (1 + 8))² = 6.75²
    nobody = Tally(np.array([[0]]), np.array([[0]]), np.array([[0]]))

    assert polis_priority(nobody, np.array([2.0])).tolist() == [6.75**2]


def test_what_nobody_saw_teaches_most() -> None:
    weights = weight(offer([[50, 5, 0]] * 2).counts)

    assert weights[2] > weights[1] > weights[0]


def test_what_ones_own_group_never_saw_comes_first_half_the_time() -> None:
    # The first group never saw the last statement; the second saw all of them.
    seen = [[9] * 7 + [0], [9] * 8]

    own = probabilities(offer(seen), SOMEBODY)
    other = probabilities(offer(seen), Reader(group=1, n_votes=20, n_seeds=0))

    assert own[7] >= (1 - UNIFORM) / 2
    assert own[7] > other[7]


def test_what_was_answered_does_not_come_again() -> None:
    chances = probabilities(offer([[3] * 4] * 2, answered=(1,)), SOMEBODY)

    assert chances[1] == 0
    assert chances.sum() == pytest.approx(1)


def test_no_seed_comes_before_seven_votes_unless_there_is_nothing_else() -> None:
    newcomer = Reader(group=0, n_votes=6, n_seeds=0)

    assert probabilities(offer([[3] * 3] * 2, seeds=(0,)), newcomer)[0] == 0
    only_seeds = offer([[3] * 2] * 2, seeds=(0, 1))
    assert probabilities(only_seeds, newcomer).sum() == pytest.approx(1)


def test_who_has_seen_a_third_of_seeds_sees_no_more() -> None:
    # The fourth of twelve would be one in three; the fifth of twelve would be more.
    fourth = Reader(group=0, n_votes=11, n_seeds=3)
    fifth = Reader(group=0, n_votes=11, n_seeds=4)
    shown = offer([[3] * 3] * 2, seeds=(0,))

    assert probabilities(shown, fourth)[0] > 0
    assert probabilities(shown, fifth)[0] == 0


def test_nothing_open_has_no_chances() -> None:
    assert probabilities(offer([[1]] * 2, answered=(0,)), SOMEBODY).tolist() == [0]


counts = arrays(np.int64, (2, N), elements=st.integers(0, 60))
flags = arrays(np.bool_, N)
readers = st.builds(
    Reader,
    group=st.sampled_from([UNGROUPED, 0, 1]),
    n_votes=st.integers(0, 60),
    n_seeds=st.integers(0, 20),
)


@given(counts, counts, flags, flags, readers)
def test_chances_are_chances_and_every_open_statement_has_one(
    agree: np.ndarray,
    passed: np.ndarray,
    is_seed: np.ndarray,
    is_open: np.ndarray,
    reader: Reader,
) -> None:
    shown = Offer(Tally(agree, np.zeros_like(agree), passed), is_seed, is_open)

    chances = probabilities(shown, reader)

    assert (chances >= 0).all()
    assert (chances[~is_open] == 0).all()
    assert chances.sum() == pytest.approx(1 if is_open.any() else 0)
    others = is_open & ~is_seed
    assert (chances[others] >= UNIFORM / N - 1e-12).all()
    if others.any():
        assert chances[is_seed].sum() <= MOST_SEEDS + 1e-9
