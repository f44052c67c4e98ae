"""Figures are what their definition says, and their intervals hold them."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.measures import (
    Measured,
    accuracy,
    bootstrap,
    f1,
    mean_reciprocal_rank,
    share,
    top_k,
)


def test_wilsons_interval_as_published() -> None:
    # Brown, Cai, DasGupta; 81 of 263 is the usual textbook case: .2553 to .3662
    measured = share(81, 263)

    assert round(measured.low, 4) == 0.2553
    assert round(measured.high, 4) == 0.3662
    assert measured.n == 263


@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_an_interval_holds_its_share(n_right: int, n_wrong: int) -> None:
    measured = share(n_right, n_right + n_wrong + 1)

    assert 0 <= measured.low <= measured.value <= measured.high <= 1
    assert measured.low < measured.high


@pytest.mark.parametrize(("n_right", "n"), [(0, 0), (2, 1), (-1, 3)])
def test_what_is_no_share_is_refused(n_right: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        share(n_right, n)


def test_shares_by_hand() -> None:
    assert accuracy("abcd", "abxx").value == 0.5
    assert top_k("ab", ["xa", "xyb"], 2).value == 0.5


def test_f1_by_hand() -> None:
    assert f1(2, 1, 1) == pytest.approx(2 / 3)
    assert f1(0, 0, 0) == 0


def test_reciprocal_ranks_by_hand_and_by_seed() -> None:
    measured = mean_reciprocal_rank([1, 2, 4, 4], rng=Random(1))

    assert measured.value == 0.5
    assert measured == mean_reciprocal_rank([1, 2, 4, 4], rng=Random(1))
    assert measured.low < 0.5 < measured.high


def test_cases_that_are_all_alike_leave_nothing_to_chance() -> None:
    assert bootstrap([0.5] * 9, rng=Random(1)) == Measured(0.5, 0.5, 0.5, 9)


def test_no_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="no cases"):
        bootstrap([], rng=Random(1))
