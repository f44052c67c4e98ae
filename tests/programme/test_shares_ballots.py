"""Ballots: read whatever their order, refused where they are no ballots."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montada.programme.engine.shares.ballot_rows import (
    LONGEST_ID,
    BallotProblem,
    BallotRow,
    ballots_of_rows,
)
from montada.programme.engine.shares.ballots import Ballots
from montada.programme.engine.shares.completion import selection
from montada.programme.engine.shares.election import election
from montada.programme.engine.shares.endowments import (
    Grouping,
    groupings,
    money_of_voters,
    per_group,
    per_voter,
)
from tests.programme.shares_asked import ballots_of_matrix


def _rows(*cells: str) -> list[BallotRow]:
    return [
        BallotRow(number, *(cell.split(",")))
        for number, cell in enumerate(cells, start=2)
    ]


def _dense(ballots: Ballots) -> list[list[float]]:
    table = np.zeros((len(ballots.voters), len(ballots.proposals)))
    for proposal in range(len(ballots.proposals)):
        supporters, utilities = ballots.cells_of(proposal)
        table[supporters, proposal] = utilities
    return table.tolist()


def test_rows_become_a_table_in_the_order_of_ids() -> None:
    ballots = ballots_of_rows(
        _rows("zoe,gov,b,", "amina, civil ,b,2.5", "zoe,gov,a,0", " amina,civil,c,1e-3")
    )

    assert ballots.voters == ("amina", "zoe")
    assert ballots.groups == ("civil", "gov")
    assert ballots.proposals == ("a", "b", "c")
    assert ballots.group_of.tolist() == [0, 1]
    assert _dense(ballots) == [[0, 2.5, 0.001], [0, 1, 0]]
    assert ballots.n_supporters().tolist() == [0, 2, 1]


def test_sums_are_over_supporters_and_over_groups() -> None:
    ballots = ballots_of_matrix([[1, 0], [2, 3], [0, 5]], ["x", "y", "y"])
    owned = np.array([0.5, 0.25, 0.125])

    assert ballots.held_by_supporters(owned).tolist() == [0.75, 0.375]
    assert ballots.support(owned).tolist() == [1.0, 1.375]
    assert ballots.by_group(owned).tolist() == [0.5, 0.375]


@settings(max_examples=60, deadline=None)
@given(
    cells=st.dictionaries(
        st.tuples(st.integers(0, 6), st.integers(0, 5)), st.integers(0, 3), min_size=1
    ),
    shuffle=st.randoms(),
)
def test_the_order_of_rows_changes_nothing(
    cells: dict[tuple[int, int], int], shuffle: Any
) -> None:
    rows = _rows(*(f"v{v},g{v % 3},p{p},{u}" for (v, p), u in cells.items()))
    mixed = list(rows)
    shuffle.shuffle(mixed)
    one, other = ballots_of_rows(rows), ballots_of_rows(mixed)

    assert (one.voters, one.groups) == (other.voters, other.groups)
    assert one.proposals == other.proposals
    assert one.group_of.tolist() == other.group_of.tolist()
    assert _dense(one) == _dense(other)
    choices = [
        selection(election(ballots, 3, groupings(ballots, "mixed")))
        for ballots in (one, other)
    ]
    assert choices[0].chosen == choices[1].chosen
    assert choices[0].run.left.tolist() == choices[1].run.left.tolist()


@pytest.mark.parametrize(
    ("row", "fact", "cells"),
    [
        (",gov,a,1", "no_voter", ()),
        ("v, ,a,1", "no_group", ()),
        ("v,gov,,1", "no_proposal", ()),
        ("v,gov,a,lots", "utility_no_number", ("lots",)),
        ("v,gov,a,nan", "utility_no_number", ("nan",)),
        ("v,gov,a,inf", "utility_no_number", ("inf",)),
        ("v,gov,a,1_0", "utility_no_number", ("1_0",)),
        ("v,gov,a,٣", "utility_no_number", ("٣",)),
        ("v,gov,a,\0", "utility_no_number", ("�",)),
        ("v,gov,a,-1", "utility_out_of_range", ("-1",)),
        ("v,gov,a,1e400", "utility_out_of_range", ("1e400",)),
        ("v,gov,a,1000001", "utility_out_of_range", ("1000001",)),
        ("v,gov,a,1e-9", "utility_out_of_range", ("1e-9",)),
        ("v\0,gov,a,1", "id_unprintable", ("v�",)),
        ("v,gov,\ud800,1", "id_unprintable", ("�",)),
        (f"{'x' * (LONGEST_ID + 1)},gov,a,1", "id_too_long", ("x" * 40,)),
        ("amina,gov,b,1", "two_groups", ("amina",)),
        ("amina,civil,a,1", "twice", ("amina", "a")),
        ("amina,civil,a,0", "twice", ("amina", "a")),
    ],
)
def test_a_row_that_is_no_ballot_is_refused(
    row: str, fact: str, cells: tuple[str, ...]
) -> None:
    with pytest.raises(BallotProblem) as refused:
        ballots_of_rows(_rows("amina,civil,a,1", row))

    assert (refused.value.row, refused.value.fact, refused.value.cells) == (
        3,
        fact,
        cells,
    )


@pytest.mark.parametrize("name", ["😀", "محور", "a b", "\u200fx\u200f", "=1+1", "<b>"])
def test_a_name_may_be_anything_that_is_shown(name: str) -> None:
    ballots = ballots_of_rows([BallotRow(2, name, name, name)])

    assert (ballots.voters, ballots.groups, ballots.proposals) == (
        (name,),
        (name,),
        (name,),
    )


def test_voters_can_be_drawn_again() -> None:
    ballots = ballots_of_matrix([[1, 0], [2, 3], [0, 5]], ["x", "y", "y"])
    drawn = ballots.of_voters(np.array([2, 1, 2]))

    assert drawn.voters == ("v1", "v2", "v2")
    assert drawn.group_of.tolist() == [1, 1, 1]
    assert _dense(drawn) == [[2, 3], [0, 5], [0, 5]]
    assert _dense(ballots.of_voters(np.array([0, 1, 2]))) == _dense(ballots)
    assert ballots.of_voters(np.array([], dtype=int)).starts.tolist() == [0, 0, 0]


# Three of x, one of y.
FOUR = ballots_of_matrix([[1]] * 4, ["x", "x", "x", "y"])


def test_money_is_equal_for_voters_or_for_groups_or_both() -> None:
    # Mixed: half of 1/4, and half of 1/6 or 1/2: 1/8 + 1/12 = 5/24, 1/8 + 1/4 = 3/8.
    def owned(endowment: Any, **mix: float) -> list[float]:
        return list(money_of_voters(4, groupings(FOUR, endowment, **mix)))

    assert owned("voter") == [0.25] * 4
    assert owned("group") == pytest.approx([1 / 6] * 3 + [1 / 2])
    assert owned("mixed") == pytest.approx([5 / 24] * 3 + [3 / 8])
    assert owned("mixed", mix=1) == pytest.approx(owned("voter"))
    assert owned("mixed", mix=0) == pytest.approx(owned("group"))


def test_regions_are_another_grouping_and_weights_mix_them() -> None:
    # Voters 1/2, groups 1/4, regions 1/4. Region of v0 alone, of the others together:
    # v0: 1/8 + 1/24 + 1/8 = 7/24; v3: 1/8 + 1/8 + 1/24 = 7/24; v1, v2: 5/24.
    regions = Grouping(np.array([7, 2, 2, 2]), 1)
    owned = money_of_voters(4, [per_voter(FOUR, 2), per_group(FOUR, 1), regions])

    assert owned == pytest.approx([7 / 24, 5 / 24, 5 / 24, 7 / 24])
    assert owned.sum() == pytest.approx(1)


def test_groups_without_a_voter_own_nothing() -> None:
    # Of the group x nobody is left: y owns all.
    left = FOUR.of_voters(np.array([3]))

    assert money_of_voters(1, groupings(left, "group")).tolist() == [1]
    assert money_of_voters(0, [Grouping(np.zeros(0, dtype=int))]).tolist() == []


@pytest.mark.parametrize(
    "divisions",
    [
        [],
        [per_voter(FOUR, 0)],
        [per_voter(FOUR, -1), per_group(FOUR, 2)],
        [Grouping(np.array([0, 1]))],
        [Grouping(np.array([0, 0, 0, -1]))],
    ],
    ids=["none", "no weight", "below zero", "too few", "nowhere"],
)
def test_groupings_that_do_not_fit_are_refused(divisions: list[Grouping]) -> None:
    with pytest.raises(ValueError, match="grouping"):
        money_of_voters(4, divisions)


def test_a_mix_is_a_share() -> None:
    with pytest.raises(ValueError, match="mix"):
        groupings(FOUR, "mixed", mix=1.5)
