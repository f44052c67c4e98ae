"""The whole answer: what is planted is found, noise is not, order says nothing."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from montada.consultation.engine.evidence import PERMUTATIONS, Stopped, permuted
from montada.consultation.engine.groups import rand_index
from montada.consultation.engine.opinion import Declared, Opinion, opinion
from montada.consultation.engine.votes import UNGROUPED, VoteMatrix
from tests.consultation.voters import NAN, camps, matrix, noise, table


def same(one: Opinion, other: Opinion) -> bool:
    """Whether two answers about the same people in the same order are the same."""
    return (
        one.verdict == other.verdict
        and rand_index(one.groups + 1, other.groups + 1) == 1.0
        and one.evidence == other.evidence
    )


@pytest.mark.parametrize("n_camps", [2, 3])
def test_planted_groups_are_found(n_camps: int) -> None:
    votes, truth = camps(60, 20, n_camps, seed=n_camps, seen=0.8)

    found = opinion(votes, seed=1)

    assert (found.verdict, found.reason) == ("groups", "clear")
    assert found.n_groups == n_camps
    assert found.evidence
    assert found.evidence.n_permutations == PERMUTATIONS
    is_grouped = found.groups != UNGROUPED
    assert rand_index(truth[is_grouped], found.groups[is_grouped]) >= 0.95
    assert len(found.represents) == n_camps
    assert all(found.represents)


def test_noise_has_no_clear_groups_in_nineteen_of_twenty() -> None:
    # One in a hundred beats 99 permutations, and few of these are found again.
    verdicts = Counter(opinion(noise(40, 12, s), seed=s).verdict for s in range(20))

    assert verdicts["no_clear_groups"] >= 19


def test_permuting_keeps_what_each_statement_got_and_who_saw_it() -> None:
    votes = noise(30, 8, seed=1)

    dealt = permuted(votes, np.random.default_rng(1))

    one, other = table(votes), table(dealt)
    np.testing.assert_array_equal(np.isnan(one), np.isnan(other))
    np.testing.assert_array_equal(np.sort(one, axis=0), np.sort(other, axis=0))
    assert (one != other)[~np.isnan(one)].any()


def test_turning_all_votes_or_moving_anything_gives_the_same_groups() -> None:
    votes, _of = camps(36, 20, 3, seed=9, seen=0.8)
    order = np.random.default_rng(9).permutation(36)

    found = opinion(votes, seed=1)
    turned = opinion(matrix(-table(votes)), seed=1)
    moved = opinion(matrix(table(votes)[order, ::-1]), seed=1)

    assert same(found, turned)
    assert (found.verdict, moved.verdict) == ("groups", "groups")
    assert rand_index(found.groups[order] + 1, moved.groups + 1) == 1.0
    np.testing.assert_allclose(moved.consensus[::-1], found.consensus)
    np.testing.assert_allclose(moved.divides[::-1], found.divides)


def test_the_same_votes_and_seed_give_the_same_answer() -> None:
    votes = noise(40, 12, seed=3)

    assert same(opinion(votes, seed=5), opinion(votes, seed=5))


NOTHING = np.full((0, 0), NAN)


@pytest.mark.parametrize(
    ("votes", "verdict", "reason"),
    [
        (matrix(NOTHING), "too_few", "few_statements"),
        (matrix(np.full((40, 9), NAN)), "too_few", "few_statements"),
        (matrix([[1, -1, 1]]), "too_few", "few_people"),
        (noise(14, 20, seed=1, seen=1.0), "too_few", "few_people"),
        (matrix([[1], [-1]] * 20), "too_few", "few_statements"),
        (matrix([[0] * 9] * 40), "no_clear_groups", "all_alike"),
        (matrix([[1, -1, 0] * 3] * 40), "no_clear_groups", "all_alike"),
    ],
)
def test_where_there_is_too_little_it_says_so(
    votes: VoteMatrix, verdict: str, reason: str
) -> None:
    found = opinion(votes, seed=1)

    assert (found.verdict, found.reason, found.n_groups) == (verdict, reason, 0)
    assert found.evidence is None
    assert found.represents == ()
    assert found.consensus.shape == (votes.n_statements,)


def test_people_with_fewer_than_seven_votes_are_in_no_group() -> None:
    votes, _of = camps(40, 16, 2, seed=4, seen=1.0)
    values = table(votes)
    values[0, 6:] = NAN

    found = opinion(matrix(values), seed=1)

    assert found.verdict == "groups"
    assert (found.groups == UNGROUPED).tolist() == [True] + [False] * 39
    assert found.counts.seen.sum() == 39 * 16
    assert found.everybody.seen.sum() == 39 * 16 + 6


def test_consensus_is_taken_over_declared_groups_too() -> None:
    # All twelve of the first group agree with the first statement, the six of the
    # second do not; two of a third are too few to be one.
    values = table(noise(20, 8, seed=2))
    values[:, 0] = [1] * 12 + [-1] * 6 + [1] * 2
    types = ["state"] * 12 + ["academia"] * 6 + ["private"] * 2

    found = opinion(matrix(values), seed=1, declared=Declared(types, [""] * 20))

    assert found.by_type
    assert found.by_type.groups.names == ("academia", "state")
    assert found.by_type.counts.agree[:, 0].tolist() == [0, 12]
    assert found.by_type.consensus[0] == 0
    assert found.consensus[0] > 0
    assert (found.by_region, found.by_tier) == (None, None)


def test_the_most_active_account_is_left_out_of_the_recount() -> None:
    values = table(noise(20, 12, seed=2, seen=0.7))
    values[3] = 1

    found = opinion(matrix(values), seed=1)

    assert np.flatnonzero(found.without_most_active.left_out).tolist() == [3]
    assert (found.without_most_active.consensus <= found.consensus).any()


def test_it_stops_when_asked_to() -> None:
    asked: list[int] = []

    def twice() -> bool:
        asked.append(1)
        return len(asked) <= 2

    with pytest.raises(Stopped):
        opinion(noise(40, 12, seed=1), seed=1, keep_going=twice)

    assert len(asked) == 3
