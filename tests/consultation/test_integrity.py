"""Recounts: who is left out, who votes alike, and what is left of a clone attack."""

from __future__ import annotations

import numpy as np
import pytest

from montada.consultation.engine import integrity
from montada.consultation.engine.integrity import voting_alike, without_most_active
from montada.consultation.engine.tallies import tally_of_all
from montada.consultation.engine.votes import VoteMatrix, vote_matrix
from tests.consultation.voters import NAN, matrix, noise, table

MINUTE = 60_000


def with_clones(votes: VoteMatrix, n_clones: int) -> VoteMatrix:
    """Return the votes with copies of the first person added at the end."""
    values = table(votes)
    return matrix(np.concatenate([values, np.tile(values[:1], (n_clones, 1))]))


def at(votes: VoteMatrix, minutes_apart: int) -> VoteMatrix:
    """Return the votes with moments: each person votes on all at once, one by one."""
    return vote_matrix(
        people=votes.people,
        statements=votes.statements,
        values=votes.values,
        times=votes.people * minutes_apart * MINUTE,
        participant_ids=votes.participant_ids,
        statement_ids=votes.statement_ids,
    )


def test_the_most_active_one_in_a_thousand_is_left_out_one_at_least() -> None:
    votes = matrix([[1, 1, 1], [1, NAN, NAN], [1, 1, NAN], [NAN, NAN, NAN]])

    assert without_most_active(votes).tolist() == [False, True, True, True]


def test_of_several_as_active_nobody_is_left_out_by_chance() -> None:
    assert without_most_active(matrix([[1, 1], [1, 1]])).tolist() == [True, True]


def test_without_votes_nobody_is_left_out() -> None:
    assert without_most_active(matrix([[NAN], [NAN]])).tolist() == [True, True]


def test_accounts_that_copy_each_other_are_one_set_and_others_are_none() -> None:
    votes = with_clones(noise(60, 40, seed=2), 5)

    found = voting_alike(votes)

    copies = [*(str(n) for n in range(60, 65)), "0"]
    rows = [votes.participant_ids.index(name) for name in copies]
    assert [sorted(one) for one in found.sets] == [sorted(rows)]
    assert found.once(votes.n_people).sum() == 60


def test_the_same_votes_hours_apart_are_not_alike() -> None:
    votes = with_clones(noise(60, 40, seed=2), 5)

    assert voting_alike(at(votes, minutes_apart=30)).sets == ()
    assert len(voting_alike(at(votes, minutes_apart=1)).sets) == 1


def test_agreeing_with_what_all_agree_with_is_not_alike() -> None:
    rng = np.random.default_rng(7)
    values = np.where(rng.random((80, 30)) < 0.95, 1.0, -1.0)

    flagged = {row for one in voting_alike(matrix(values)).sets for row in one}

    agreed_with_all = set(np.flatnonzero((values == 1).all(axis=1)).tolist())
    assert len(agreed_with_all) == 14
    assert flagged & agreed_with_all == set()


def test_a_chain_of_likenesses_is_cut_to_where_it_is_dense() -> None:
    # Ten in a row, each like the next: 9 of 45 pairs are under a quarter.
    chain = np.array([[n, n + 1] for n in range(9)])

    (found,) = integrity._sets(chain, np.ones(10, np.int64))

    n_pairs = sum(a in found and b in found for a, b in chain.tolist())
    assert n_pairs >= len(found) * (len(found) - 1) / 8
    assert 2 <= len(found) < 10


def test_more_accounts_than_can_be_compared_are_said_not_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(integrity, "MOST_COMPARED", 10)

    assert voting_alike(noise(30, 20, seed=1, seen=1.0)).is_compared is False


def test_counting_copies_once_takes_back_what_they_pushed() -> None:
    # Seven in ten of sixty dislike the first statement; forty copies of somebody who
    # likes it turn it over, and counting them once turns it back.
    values = table(noise(60, 40, seed=3))
    values[:, 0] = np.where(np.arange(60) % 10 < 7, -1, 1)
    values[0, 0] = 1
    votes = with_clones(matrix(values), 40)

    kept = voting_alike(votes).once(votes.n_people)

    pushed, honest = tally_of_all(votes), tally_of_all(matrix(values))
    again = tally_of_all(votes.of_people(kept))
    assert pushed.agree[0, 0] > pushed.disagree[0, 0]
    assert again.agree.tolist() == honest.agree.tolist()
