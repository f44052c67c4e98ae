"""Equal shares: by hand, against exact fractions and public libraries, by promise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from benchmarks.phragmen import sequential_phragmen
from hypothesis import given, settings
from hypothesis import strategies as st

from montada.programme.engine.shares.completion import selection
from montada.programme.engine.shares.election import Election, election
from montada.programme.engine.shares.endowments import Grouping, groupings, per_voter
from montada.programme.engine.shares.equal_shares import equal_shares
from montada.programme.engine.shares.ties import tie_order
from tests.programme.shares_asked import ballots_of_matrix
from tests.programme.shares_reference import Exact

ORACLE = json.loads(
    (Path(__file__).parent / "shares_oracle.json").read_text(encoding="utf-8")
)


def _election(table: npt.ArrayLike, places: float, **rules: Any) -> Election:
    ballots = ballots_of_matrix(table)
    return election(ballots, places, [per_voter(ballots)], **rules)


def _bought(asked: Election) -> list[int]:
    return [p.proposal for p in equal_shares(asked, asked.money).purchases]


def _taken(asked: Election) -> list[int]:
    return [one.proposal for one in sequential_phragmen(asked)]


def _table(case: dict[str, Any]) -> list[list[int]]:
    return [
        [int(proposal in ballot) for proposal in range(case["n_proposals"])]
        for ballot in case["ballots"]
    ]


def test_supporters_buy_in_the_order_of_what_each_must_pay() -> None:
    # Two places, four voters: 0.5 each. Three want a (1/3 each), then own 1/6 each; b
    # is wanted by one of them and the fourth: before a is bought they would pay 1/2
    # each, now they have 1/6 + 1/2 < 1. c is wanted by the fourth alone, who has 1/2.
    run = equal_shares(
        _election([[1, 1, 0], [1, 0, 0], [1, 0, 0], [0, 1, 1]], 2), money=2
    )

    assert [purchase.proposal for purchase in run.purchases] == [0]
    assert run.purchases[0].rho == pytest.approx(1 / 3)
    assert run.purchases[0].voters.tolist() == [0, 1, 2]
    assert run.purchases[0].paid == pytest.approx([1 / 3] * 3)
    assert run.left == pytest.approx([1 / 6, 1 / 6, 1 / 6, 1 / 2])


def test_who_has_less_than_the_price_pays_what_is_left() -> None:
    # With three places each owns 0.75. a: 1/3 each; v0, v1, v2 have 5/12 left, v3 3/4.
    # b: 1/3 each of v0, v1, v3. Then v0, v1: 1/12, v2: 5/12, v3: 5/12. c has v0 and v2
    # and v3: 1/12 + 5/12 + 5/12 = 11/12 < 1. With money 4: 1 each; 2/3, 2/3, 2/3, 1;
    # 1/3, 1/3, 2/3, 2/3; c: v0 pays all (1/3), v2 and v3 pay 1/3: rho 1/3.
    table = [[1, 1, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]]

    poor = equal_shares(_election(table, 3), money=3)
    rich = equal_shares(_election(table, 3), money=4)

    assert [purchase.rho for purchase in poor.purchases] == pytest.approx([1 / 3] * 2)
    assert [purchase.rho for purchase in rich.purchases] == pytest.approx([1 / 3] * 3)
    assert rich.left.sum() == pytest.approx(1)


def test_utility_is_what_a_payment_is_measured_by() -> None:
    # Cost 3, utilities 2 and 1, 2 owned each: rho * 3 = 3, so v0 pays 2 and v1 pays 1.
    asked = _election([[2], [1]], 4, costs=[3])
    run = equal_shares(asked, money=4)

    assert run.purchases[0].rho == pytest.approx(1)
    assert run.purchases[0].paid == pytest.approx([2, 1])


def test_a_limited_supporter_leaves_the_rest_to_the_others() -> None:
    # Cost 3, 2 owned each, utilities 5 and 1: v0 would pay 2.5, has 2; v1
    # pays 1: rho 1.
    run = equal_shares(_election([[5], [1]], 4, costs=[3]), money=4)

    assert run.purchases[0].rho == pytest.approx(1)
    assert run.purchases[0].paid == pytest.approx([2, 1])
    assert run.left == pytest.approx([0, 1])


def test_equal_prices_are_told_and_the_seed_decides() -> None:
    table = [[1, 1, 1]] * 3
    orders = {seed: _bought(_election(table, 3, seed=seed)) for seed in range(1, 7)}

    assert orders == {
        seed: np.argsort(tie_order(["p0", "p1", "p2"], seed)).tolist()
        for seed in orders
    }
    assert len({tuple(order) for order in orders.values()}) > 1
    first = equal_shares(_election(table, 3), money=3).purchases[0]
    assert first.tied == (0, 1, 2)


def test_ties_can_be_computed_by_anybody() -> None:
    # printf '1:a' | sha256sum begins 4162, 1:b 6f05, 1:c b8a9, 1:فكرة 9748.
    found = tie_order(["a", "b", "c", "فكرة"], 1)

    assert found.tolist() == [0, 1, 3, 2]


def test_a_public_library_chooses_the_same() -> None:
    others = [
        case
        for case in ORACLE["approval"]
        if sorted(_bought(_election(_table(case), case["seats"])))
        not in case["committees"]
    ]

    assert others == []


def test_a_public_library_takes_the_same_by_phragmen() -> None:
    others = [
        case
        for case in ORACLE["phragmen"]
        if sorted(_taken(_election(_table(case), case["seats"])))
        not in case["committees"]
    ]

    assert others == []


def test_a_public_library_buys_the_same_for_money() -> None:
    cases = ORACLE["costs"]

    assert [
        sorted(_bought(_election(one["utilities"], one["money"], costs=one["costs"])))
        for one in cases
    ] == [one["chosen"] for one in cases]


def test_a_public_library_raises_money_as_far() -> None:
    cases = ORACLE["add_one"]

    assert [
        sorted(selection(_election(_table(one), one["seats"])).bought) for one in cases
    ] == [one["bought"] for one in cases]


def _drawn(number: int) -> tuple[list[list[int]], list[int], int, list[int]]:
    """Draw utilities of few values, so that ties are frequent, costs, money, groups."""
    rng = np.random.default_rng(number)
    n_voters, n_proposals = rng.integers(1, 9), rng.integers(1, 8)
    largest = rng.choice([1, 1, 3])
    table = rng.integers(0, largest + 1, (n_voters, n_proposals))
    costs = rng.integers(1, rng.choice([2, 2, 5]), n_proposals)
    groups = rng.integers(0, 3, n_voters)
    money = int(rng.integers(0, costs.sum() + 2))
    return table.tolist(), costs.tolist(), money, groups.tolist()


def _exact_shares(groups: Sequence[int]) -> list[Fraction]:
    n_groups = len(set(groups))
    return [Fraction(1, n_groups * groups.count(group)) for group in groups]


@pytest.mark.parametrize("block", range(6))
def test_exact_fractions_choose_the_same(block: int) -> None:
    for number in range(block * 100, block * 100 + 100):
        table, costs, money, groups = _drawn(number)
        ballots = ballots_of_matrix(table)
        divisions = [Grouping(np.array(groups))] if number % 2 else [per_voter(ballots)]
        shares = _exact_shares(groups if number % 2 else [0] * len(table))
        asked = election(ballots, money, divisions, costs=costs, seed=number)
        exact = Exact(table, costs, shares, asked.order.tolist())

        expected = exact.equal_shares(Fraction(money))
        run = equal_shares(asked, money)
        assert [p.proposal for p in run.purchases] == expected.chosen, number
        assert [p.rho for p in run.purchases] == pytest.approx(
            [float(rho) for rho in expected.rhos]
        )
        assert run.left == pytest.approx([float(left) for left in expected.left])

        step = Fraction(min(costs))
        raised, endowment = exact.add_one(Fraction(money), step)
        choice = selection(asked)
        assert choice.bought == tuple(raised.chosen), number
        assert choice.run.money == pytest.approx(float(endowment))
        assert list(choice.by_support) == exact.by_support(
            raised.chosen, Fraction(money)
        )
        assert _taken(asked) == exact.phragmen(money)


approvals = st.integers(2, 7).flatmap(
    lambda n_proposals: st.lists(
        st.lists(st.integers(0, 1), min_size=n_proposals, max_size=n_proposals),
        min_size=1,
        max_size=8,
    )
)
utilities = st.integers(1, 6).flatmap(
    lambda n_proposals: st.lists(
        st.lists(
            st.one_of(st.just(0.0), st.floats(1e-6, 1e6)),
            min_size=n_proposals,
            max_size=n_proposals,
        ),
        min_size=1,
        max_size=8,
    )
)


@settings(max_examples=150, deadline=None)
@given(table=approvals, places=st.integers(1, 5))
def test_every_group_that_agrees_enough_has_somebody_satisfied(
    table: list[list[int]], places: int
) -> None:
    """Extended justified representation, over every set of proposals."""
    chosen = set(_bought(_election(table, places)))
    n_voters = len(table)
    for size in range(1, places + 1):
        for agreed in combinations(range(len(table[0])), size):
            unhappy = [
                row
                for row in table
                if all(row[p] for p in agreed) and sum(row[p] for p in chosen) < size
            ]
            # A group of at least size/places of all voters may not be unhappy whole.
            assert len(unhappy) * places < size * n_voters


@settings(max_examples=150, deadline=None)
@given(table=utilities, places=st.integers(0, 7), raised=st.floats(1, 50))
def test_nobody_pays_more_than_is_owned_and_every_cost_is_paid(
    table: list[list[float]], places: int, raised: float
) -> None:
    asked = _election(table, places)
    run = equal_shares(asked, places * raised)
    own = places * raised * asked.shares
    paid = np.zeros(len(table))
    for purchase in run.purchases:
        assert purchase.paid.min() >= 0
        assert purchase.paid.sum() == pytest.approx(1)
        supporters = np.array(table)[purchase.voters, purchase.proposal]
        assert np.all(purchase.paid <= purchase.rho * supporters * (1 + 1e-9))
        paid[purchase.voters] += purchase.paid

    assert np.all(run.left >= 0)
    assert np.all(paid <= own * (1 + 1e-9))
    assert run.left == pytest.approx(own - paid, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(table=approvals, places=st.integers(0, 7), shuffle=st.randoms())
def test_other_rows_and_columns_are_other_names_only(
    table: list[list[int]], places: int, shuffle: Any
) -> None:
    n_proposals = len(table[0])
    columns = list(range(n_proposals))
    shuffle.shuffle(columns)
    rows = [[row[p] for p in columns] for row in table]
    shuffle.shuffle(rows)
    asked, mixed = _election(table, places), _election(rows, places)
    # Ids carry the ties with them.
    object.__setattr__(mixed, "order", asked.order[columns])
    chosen, other = selection(asked), selection(mixed)

    assert [columns[p] for p in other.chosen] == list(chosen.chosen)
    assert other.factor == pytest.approx(chosen.factor)


@settings(max_examples=100, deadline=None)
@given(
    table=approvals, places=st.integers(1, 6), members=st.integers(1, 8), data=st.data()
)
def test_a_group_that_votes_alike_has_its_share(
    table: list[list[int]], places: int, members: int, data: st.DataObject
) -> None:
    wanted = data.draw(st.integers(0, len(table[0])))
    ballot = [int(p < wanted) for p in range(len(table[0]))]
    everybody = table + [ballot] * members
    chosen = set(_bought(_election(everybody, places)))

    share = members * places // len(everybody)
    assert len(chosen & set(range(wanted))) >= min(share, wanted)


@settings(max_examples=100, deadline=None)
@given(table=approvals, places=st.integers(1, 9), members=st.integers(1, 3))
def test_a_small_group_that_agrees_decides_over_an_equal_part(
    table: list[list[int]], places: int, members: int
) -> None:
    everybody = table + [[1] * len(table[0])] * members
    ballots = ballots_of_matrix(everybody, ["large"] * len(table) + ["small"] * members)
    asked = election(ballots, places, groupings(ballots, "group"))

    assert len(_bought(asked)) >= min(places // 2, len(table[0]))


@pytest.mark.parametrize(
    ("table", "places", "chosen"),
    [
        (np.ones((1, 2)), 0, []),
        (np.ones((1, 2)), 5, [0, 1]),
        (np.zeros((2, 2)), 2, []),
        (np.array([[0, 1, 0]]), 1, [1]),
        (np.array([[1e6, 1e-6]]), 2, [0, 1]),
        (np.zeros((0, 2)), 3, []),
        (np.zeros((2, 0)), 3, []),
    ],
    ids=["no place", "many", "no support", "one voter", "huge", "no voter", "nothing"],
)
def test_what_there_is_little_of(
    table: npt.NDArray[np.float64], places: int, chosen: list[int]
) -> None:
    asked = _election(table, places)

    assert sorted(selection(asked).chosen) == chosen
    assert sorted(_taken(asked)) == chosen


@pytest.mark.parametrize("places", [-1, float("nan"), float("inf")])
def test_places_are_a_number(places: float) -> None:
    with pytest.raises(ValueError, match="number of places"):
        _election([[1]], places)


@pytest.mark.parametrize("cost", [0, -1, float("nan"), float("inf")])
def test_everything_costs_something(cost: float) -> None:
    with pytest.raises(ValueError, match="cost above 0"):
        _election([[1]], 1, costs=[cost])
