"""Votes as a matrix: the last one counts, order says nothing, nothing changes it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.consultation.engine.votes import VoteMatrix, vote_matrix
from tests.consultation.voters import NAN, matrix, table


def of_triples(
    triples: list[tuple[int, int, int]], times: list[int] | None = None
) -> VoteMatrix:
    return vote_matrix(
        people=[p for p, _s, _v in triples],
        statements=[s for _p, s, _v in triples],
        values=[v for _p, _s, v in triples],
        participant_ids=["10", "9", "b"],
        statement_ids=["s2", "s1"],
        times=times,
    )


def test_rows_and_columns_stand_in_the_order_of_ids_numbers_by_value() -> None:
    votes = of_triples([(0, 0, 1), (1, 1, -1)])

    assert votes.participant_ids == ("9", "10", "b")
    assert votes.statement_ids == ("s1", "s2")
    np.testing.assert_array_equal(table(votes), [[-1, NAN], [NAN, 1], [NAN, NAN]])


def test_the_vote_given_last_counts_where_moments_are_not_known() -> None:
    votes = of_triples([(0, 0, 1), (0, 0, 0), (0, 0, -1)])

    assert votes.values.tolist() == [-1]


def test_the_latest_vote_counts_wherever_it_stands() -> None:
    votes = of_triples([(0, 0, 1), (0, 0, 0), (0, 0, -1)], times=[7, 9, 8])

    assert (votes.values.tolist(), votes.times is None) == ([0], False)


def test_of_votes_at_one_moment_the_one_given_last_counts() -> None:
    assert of_triples([(0, 0, 1), (0, 0, -1)], times=[7, 7]).values.tolist() == [-1]


def test_nothing_can_be_written_into_a_matrix() -> None:
    votes = matrix([[1.0, -1.0]])

    with pytest.raises(ValueError, match="read-only"):
        votes.values[0] = 0


def test_a_value_that_is_no_vote_is_refused() -> None:
    with pytest.raises(ValueError, match="a vote is"):
        matrix([[2.0]])


def test_arrays_of_different_lengths_are_refused() -> None:
    one, two = np.zeros(1, np.int64), np.zeros(2, np.int64)

    with pytest.raises(ValueError, match="people of"):
        VoteMatrix(("a",), ("s",), two, one, np.zeros(1, np.int8))


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        vote_matrix(
            people=[],
            statements=[],
            values=[],
            participant_ids=["a", "a"],
            statement_ids=[],
        )


def test_only_the_votes_of_some_people_are_kept_and_the_people_stay() -> None:
    votes = matrix([[1, 0], [-1, NAN]]).of_people(np.array([False, True]))

    np.testing.assert_array_equal(table(votes), [[NAN, NAN], [-1, NAN]])


triples = st.tuples(st.integers(0, 2), st.integers(0, 1), st.sampled_from([-1, 0, 1]))


@given(st.lists(triples, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_timed_votes_does_not_matter(
    votes: list[tuple[int, int, int]], order: object
) -> None:
    timed = list(zip(votes, range(len(votes)), strict=True))
    shuffled = sorted(timed, key=lambda _one: order.random())  # type: ignore[attr-defined] # Hypothesis gives a Random

    one = of_triples(votes, [time for _v, time in timed])
    other = of_triples([v for v, _t in shuffled], [time for _v, time in shuffled])

    np.testing.assert_array_equal(table(one), table(other))
