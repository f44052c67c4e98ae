"""The whole choice: Add1, support for the rest, reasons, ledger, Phragmén."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.phragmen import sequential_phragmen
from hypothesis import given, settings
from hypothesis import strategies as st

from montada.programme.engine.shares.completion import Selection, selection
from montada.programme.engine.shares.election import election
from montada.programme.engine.shares.endowments import groupings, per_group
from montada.programme.engine.shares.equal_shares import equal_shares
from montada.programme.engine.shares.ledger import as_json, ledger
from montada.programme.engine.shares.measures import gains
from montada.programme.engine.shares.reasons import (
    GroupPart,
    MostSupported,
    NotChosen,
    reasons,
)
from montada.programme.queries.shares_sentences import why_not_chosen
from tests.programme.shares_asked import GROUPS, asked_of, ballots_of_matrix, tables


def _names(choice: Selection) -> list[str]:
    return [choice.election.ballots.proposals[p] for p in choice.chosen]


def test_money_is_raised_until_the_places_are_full() -> None:
    # Two places: 2/5 each. Large: 6/5, one place; small: 4/5 < 1. With 3: 3/5 each:
    # 9/5, and 6/5: d is bought. Two places are full: factor 3/2.
    choice = selection(asked_of(2))

    assert _names(choice)[1:] == ["p3"]
    assert choice.by_support == ()
    assert choice.factor == pytest.approx(1.5)
    assert choice.n_runs == 2
    assert choice.unspent == 0


def test_what_money_cannot_fill_without_overspending_support_does() -> None:
    # Five people, five ideas, two places: nobody can pay with less than 5, and with 5
    # all can. So nothing is bought, and support decides: the double one, then a tie.
    table = np.eye(5)
    table[3, 3] = 2
    choice = selection(asked_of(2, table))

    assert choice.bought == ()
    assert choice.factor == pytest.approx(2)  # 4 places, the last step before 5
    assert choice.by_support[0] == 3
    ranks = choice.election.order[[0, 1, 2, 4]]
    assert choice.by_support[1] == [0, 1, 2, 4][int(np.argmin(ranks))]


def test_support_counts_as_much_as_the_voter_owns() -> None:
    # Nobody shares an idea. By heads all ideas are equal; with equal money for groups
    # the idea of the one small voter has half of all endowments behind it.
    ballots = ballots_of_matrix(np.eye(4), ["large"] * 3 + ["small"])
    choice = selection(election(ballots, 1, [per_group(ballots)]))

    assert choice.chosen == (3,)


def test_proposals_that_nobody_supports_stay_out() -> None:
    choice = selection(asked_of(3, [[1, 0, 0]]))

    assert choice.chosen == (0,)
    assert choice.unspent == 2


def test_costs_are_kept_within_the_money() -> None:
    # 10 for ideas of 6, 5, 4: all three are wanted by both voters alike. Prices per
    # utility 3, 2.5, 2: c (4), then b (5); 1 is left, a does not fit.
    choice = selection(asked_of(10, [[1, 1, 1]] * 2, costs=[6, 5, 4]))

    assert choice.chosen == (2, 1)
    assert choice.unspent == pytest.approx(1)


@pytest.mark.parametrize("n_voters", [30, 3_000])
def test_ideas_that_nobody_shares_end_soon(n_voters: int) -> None:
    # One supporter each, 7 places: raised far, in few runs.
    rng = np.random.default_rng(5)
    table = np.zeros((n_voters, 25))
    table[rng.choice(n_voters, 25, replace=False), np.arange(25)] = 1
    choice = selection(asked_of(7, table))

    assert len(choice.chosen) == 7
    assert choice.n_runs < 5


def test_steps_grow_where_raising_takes_long() -> None:
    # All want the first; the others have two supporters each, so that raising goes to
    # twenty times the money: 380 places by ones, fewer runs as the step doubles.
    rng = np.random.default_rng(1)
    table = (rng.random((200, 22)) < 0.01).astype(float)
    table[:, 0] = 1
    choice = selection(asked_of(20, table))

    assert len(choice.bought) == 20
    assert 100 < choice.n_runs < choice.run.money - 20


def test_with_costs_the_step_is_the_least_cost() -> None:
    # Two own 50 each. The dear one costs all; v1 alone wants the cheap one too, which
    # is bought first (3). 97 are left of 100: raised by 3, the dear one would be
    # bought as well and overspend: the cheap one stands.
    choice = selection(asked_of(100, [[1, 0], [1, 1]], costs=[100, 3]))

    assert choice.chosen == (1,)
    assert choice.factor == 1


@settings(max_examples=150, deadline=None)
@given(table=tables, places=st.integers(0, 8), data=st.data())
def test_a_choice_never_overspends_and_leaves_nothing_that_fits(
    table: list[list[int]], places: int, data: st.DataObject
) -> None:
    costs = data.draw(
        st.lists(st.integers(1, 4), min_size=len(table[0]), max_size=len(table[0]))
    )
    choice = selection(asked_of(places, table, costs=costs))
    spent = sum(costs[proposal] for proposal in choice.chosen)

    assert len(set(choice.chosen)) == len(choice.chosen)
    assert spent <= places
    assert choice.unspent == pytest.approx(places - spent)
    assert choice.factor >= 1
    assert [
        proposal
        for proposal, cost in enumerate(costs)
        if proposal not in choice.chosen
        and cost <= places - spent
        and any(row[proposal] for row in table)
    ] == []


def test_each_place_says_who_paid_and_each_refusal_what_was_missing() -> None:
    # Two places, 3/5 each after Add1 (above). The large group pays 1/3 each for one of
    # a, b, c, and has 3 * (3/5 - 1/3) = 0.8 left for another: 0.2 missing, of the 9/5
    # that it owns 1/9. The small one pays 1/2 each for d.
    choice = selection(asked_of(2, of=GROUPS))
    told = reasons(choice)
    first = told.paid_for[0].proposal
    others = [name for name in ("p0", "p1", "p2") if name != first]

    assert [paid.proposal for paid in told.paid_for] == [first, "p3"]
    assert told.paid_for[0].parts == (GroupPart("large", 3, 1.0),)
    assert told.paid_for[1].parts == (GroupPart("small", 2, 1.0),)
    assert (told.paid_for[1].least, told.paid_for[1].most) == pytest.approx((0.5, 0.5))
    assert [one.proposal for one in told.not_chosen] == others
    refused = told.not_chosen[0]
    assert (refused.cost, refused.n_supporters) == (1, 3)
    assert (refused.left, refused.missing, refused.more) == pytest.approx(
        (0.8, 0.2, 1 / 9)
    )
    assert [spent.proposal for spent in refused.spent_on] == [first]
    assert refused.spent_on[0].paid == pytest.approx(1)


def test_what_more_people_support_than_something_chosen_says_what_they_have_left() -> (
    None
):
    # As above: three want each of a, b, c, and two want d, which is chosen. The three
    told = reasons(selection(asked_of(2, of=GROUPS))).not_chosen

    assert [one.is_above for one in told] == [True, True]
    assert [one.owned for one in told] == pytest.approx([9 / 5, 9 / 5])
    assert why_not_chosen(told[0]).startswith(
        "Not paid for, though more people support it than some of the chosen: its 3 "
        "supporters have 0.8 left of 1.8 (44%), having spent most on "
    )
    # Only the three's proposals are in this one: nobody wants less than they.
    alone = reasons(selection(asked_of(1, [[1, 1]] * 3))).not_chosen
    assert [one.is_above for one in alone] == [False]


def test_a_price_that_some_cannot_pay_names_both_amounts() -> None:
    # Money 2.5: 1/2 each. b has four supporters and comes first, at 1/4 each; then a:
    # v0 and v2 have 1/4 left, v1 1/2: together the cost, so all pay what they have.
    table = [[1, 1], [1, 0], [1, 1], [0, 1], [0, 1]]
    groups = ["x", "x", "y", "z", "z"]
    choice = selection(asked_of(2.5, table, of=groups))
    paid = {one.proposal: one for one in reasons(choice).paid_for}["p0"]

    assert (paid.round, paid.n_payers, paid.n_supporters) == (2, 3, 3)
    assert (paid.least, paid.most, paid.rho) == pytest.approx((0.25, 0.5, 0.5))
    assert paid.parts == (GroupPart("x", 2, 0.75), GroupPart("y", 1, 0.25))


def test_a_place_by_support_says_so_and_no_support_too() -> None:
    told = reasons(selection(asked_of(1, np.eye(3, 4))))

    assert told.paid_for == ()
    (taken,) = told.most_supported
    assert taken == MostSupported(taken.proposal, 1, 1.0, 1, taken.support)
    assert taken.support == pytest.approx(1 / 3)
    assert told.not_chosen[-1] == NotChosen("p3", 1, 0, 0, 0, 1, None, (), False)


def test_the_ledger_adds_up_round_by_round() -> None:
    rng = np.random.default_rng(2)
    table = rng.random((40, 12)) < 0.3
    ballots = ballots_of_matrix(table, ["x", "y", "z", "z"] * 10)
    choice = selection(election(ballots, 6, groupings(ballots, "mixed")))
    book = ledger(choice)
    left = dict(book["owned"])

    assert sum(left.values()) == pytest.approx(6 * book["factor"])
    for entry in book["rounds"]:
        assert sum(entry["paid"].values()) == pytest.approx(entry["cost"])
        assert entry["they_had"] >= entry["cost"] - 1e-9
        for group in left:
            left[group] -= entry["paid"][group]
        assert entry["left"] == pytest.approx(left, abs=1e-9)
    assert [entry["proposal"] for entry in book["rounds"]] + book[
        "by_support"
    ] == _names(choice)


def test_the_answer_has_the_shape_that_is_promised() -> None:
    answer = as_json(selection(asked_of(2, of=GROUPS)), "voter")

    assert list(answer) == ["chosen", "unspent", "factor", "endowment", "seed"]
    assert answer["chosen"][1] == {
        "proposal": "p3",
        "round": 2,
        "rho": 0.5,
        "paid_by": {"small": 1.0},
    }
    assert (answer["unspent"], answer["factor"]) == (0, 1.5)


def test_groups_see_what_they_have_of_a_choice() -> None:
    large, small = gains(selection(asked_of(1, of=GROUPS)))

    assert large.bought == pytest.approx(1)
    assert (large.mean_supported, large.with_nothing) == (1, 0)
    assert (small.bought, small.mean_supported, small.with_nothing) == (0, 0, 2)


def test_closed_proposals_are_not_for_sale() -> None:
    asked = asked_of(4)
    closed = asked.without([0], 4)

    assert 0 not in selection(closed).chosen
    assert 0 not in [one.proposal for one in sequential_phragmen(closed)]
    assert 0 in selection(asked).chosen


def test_phragmen_saves_up() -> None:
    # Income 1 a unit of time, five voters: 1/5 each. The three have 1 after 5/3, the
    # two after 5/2; then the three again after 10/3.
    taken = sequential_phragmen(asked_of(3))

    assert [one.moment for one in taken] == pytest.approx([5 / 3, 5 / 2, 10 / 3])
    assert taken[1].proposal == 3


def test_phragmen_ends_with_the_first_that_is_too_dear() -> None:
    taken = sequential_phragmen(asked_of(3, [[1, 1], [1, 1]], costs=[2, 3]))

    assert [one.proposal for one in taken] == [0]


def test_a_run_stops_where_it_overspends() -> None:
    asked = asked_of(3)

    assert len(equal_shares(asked, 300).purchases) == 4
    assert len(equal_shares(asked, 300, most=1).purchases) == 2
