"""What a choice hangs on: floors, another endowment, other voters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montada.programme.engine.shares.completion import selection
from montada.programme.engine.shares.election import election
from montada.programme.engine.shares.endowments import groupings, per_voter
from montada.programme.engine.shares.floors import (
    Floor,
    Reserved,
    Unmet,
    with_floors,
)
from montada.programme.engine.shares.ledger import ledger_of_floors
from montada.programme.engine.shares.measures import gains
from montada.programme.engine.shares.stability import (
    OneLess,
    chosen_how_often,
    without_each,
)
from tests.programme.shares_asked import asked_of, ballots_of_matrix, tables


def test_a_floor_that_is_met_changes_nothing() -> None:
    floored = with_floors(asked_of(2), [Floor("small", frozenset({3}), 1)])

    assert (floored.reserved, floored.unmet) == ((), ())
    assert (floored.gained, floored.lost) == ((), ())
    assert floored.chosen == floored.without.chosen


def test_a_floor_is_paid_by_everybody_and_its_effect_is_shown() -> None:
    # One place goes to the majority; a rule demands d. All pay for it: nothing is left
    # for the large group.
    floored = with_floors(asked_of(1), [Floor("small", frozenset({3}), 1)])

    assert floored.reserved == (Reserved(3, "small"),)
    assert floored.chosen == (3,)
    assert floored.gained == (3,)
    assert floored.lost == floored.without.chosen
    assert ledger_of_floors(floored)["reserved"] == [
        {"proposal": "p3", "floor": "small"}
    ]
    assert ledger_of_floors(floored)["gained"] == ["p3"]


def test_a_floor_that_cannot_be_kept_says_how_much_is_missing() -> None:
    floored = with_floors(
        asked_of(2),
        [
            Floor("two of d", frozenset({3}), 2),
            Floor("all", frozenset({0, 1, 2, 3}), 2),
        ],
    )

    assert floored.unmet == (Unmet("two of d", 1),)
    assert ledger_of_floors(floored)["unmet"] == {"two of d": 1}
    assert len(floored.chosen) == 2


def test_a_floor_takes_the_best_supported_of_its_proposals() -> None:
    table = [[1, 0, 0, 0]] * 5 + [[0, 1, 1, 0], [0, 0, 1, 0]]
    floored = with_floors(asked_of(1, table), [Floor("f", frozenset({1, 2, 3}), 1)])

    assert floored.chosen == (2,)


@settings(max_examples=60, deadline=None)
@given(table=tables, places=st.integers(0, 6), data=st.data())
def test_floors_are_kept_or_said_to_be_unmet(
    table: list[list[int]], places: int, data: st.DataObject
) -> None:
    proposals = st.frozensets(st.integers(0, len(table[0]) - 1), max_size=4)
    floors = [
        Floor(name, data.draw(proposals), data.draw(st.integers(0, 3)))
        for name in ("one", "two")
    ]
    floored = with_floors(asked_of(places, table), floors)
    unmet = {one.floor: one.missing for one in floored.unmet}

    assert len(set(floored.chosen)) == len(floored.chosen) <= places
    for floor in floors:
        there = len(floor.proposals & set(floored.chosen))
        assert there + unmet.get(floor.name, 0) >= floor.at_least


def test_another_endowment_shows_who_comes_and_who_goes() -> None:
    # Two places. By heads nine voters own 1.8 and take both after Add1; by groups they
    # own one place, and the tenth voter the other.
    ballots = ballots_of_matrix([[1, 1, 0]] * 9 + [[0, 0, 1]], ["x"] * 9 + ["y"])
    heads = selection(election(ballots, 2, groupings(ballots, "voter")))
    groups = selection(election(ballots, 2, groupings(ballots, "group")))

    assert sorted(heads.chosen) == [0, 1]
    assert set(groups.chosen) - set(heads.chosen) == {2}
    assert len(set(heads.chosen) - set(groups.chosen)) == 1
    assert gains(groups)[1].bought == pytest.approx(1)


def test_a_choice_that_hangs_on_one_voter_is_found() -> None:
    # One place: a has three supporters of five, b two. Without one of a's all is even
    # and the seed decides, for b only with some seeds.
    table = [[1, 0]] * 3 + [[0, 1]] * 2
    ballots = ballots_of_matrix(table)
    divisions = [per_voter(ballots)]
    seed = next(
        seed
        for seed in range(20)
        if election(ballots, 1, divisions, seed=seed).order[1] == 0
    )
    changes = without_each(election(ballots, 1, divisions, seed=seed), divisions)

    assert changes == tuple(OneLess(voter, (1,), (0,)) for voter in range(3))


def test_draws_of_voters_say_how_sure_a_place_is() -> None:
    table = [[1, 1, 0]] * 6 + [[1, 0, 1]] * 5
    ballots = ballots_of_matrix(table)
    divisions = groupings(ballots, "group")
    asked = election(ballots, 1, divisions)
    often = chosen_how_often(asked, divisions, n_draws=50, rng=np.random.default_rng(1))

    # All want a. Nobody's second idea can be bought.
    assert often.tolist() == [1, 0, 0]
    again = election(ballots, 2, divisions)
    split = chosen_how_often(again, divisions, n_draws=50, rng=np.random.default_rng(1))
    assert split[0] == 1
    assert split[1:].sum() == pytest.approx(1)
    assert 0.3 < split[1] < 0.9
    with pytest.raises(ValueError, match="draw"):
        chosen_how_often(asked, divisions, n_draws=0, rng=np.random.default_rng(1))
