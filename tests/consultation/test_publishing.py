"""What is published of groups: no count of fewer than five is read or worked out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from montada.consultation.engine.publishing import published
from montada.consultation.engine.tallies import Tally


def counted(seen: list[int]) -> Tally:
    column = np.array(seen)[:, np.newaxis]
    return Tally(column, np.zeros_like(column), np.zeros_like(column))


def test_a_small_count_is_hidden_and_with_it_the_next_that_would_tell_it() -> None:
    # Four are hidden; with the total, 20 and 9 would leave them: 9 is hidden too.
    shown = published(counted([20, 4, 9]), counted([33]))

    assert shown.is_shown[:, 0].tolist() == [True, False, False]
    assert shown.counts.agree[:, 0].tolist() == [20, 0, 0]


def test_small_counts_that_hide_each_other_hide_nobody_else() -> None:
    shown = published(counted([20, 4, 3]), counted([27]))

    assert shown.is_shown[:, 0].tolist() == [True, False, False]


def test_few_people_in_no_group_are_hidden_by_hiding_a_group() -> None:
    shown = published(counted([20, 9]), counted([31]))

    assert shown.is_shown[:, 0].tolist() == [True, False]


def test_where_nothing_is_small_all_is_shown() -> None:
    shown = published(counted([20, 5, 0]), counted([25]))

    assert shown.is_shown.all()


@given(arrays(np.int64, (4, 3), elements=st.integers(0, 12)), st.integers(0, 9))
def test_neither_a_cell_nor_the_rest_to_the_total_is_a_small_number(
    agree: np.ndarray, n_ungrouped: int
) -> None:
    nothing = np.zeros_like(agree)
    everybody = agree.sum(axis=0, keepdims=True) + n_ungrouped
    total = Tally(everybody, np.zeros_like(everybody), np.zeros_like(everybody))

    shown = published(Tally(agree, nothing, nothing), total)

    cells = shown.counts.seen[shown.is_shown]
    assert ((cells == 0) | (cells >= 5)).all()
    rest = everybody[0] - shown.counts.seen.sum(axis=0)
    nothing_shown = (shown.counts.seen == 0).all(axis=0)
    assert ((rest == 0) | (rest >= 5) | nothing_shown).all()
