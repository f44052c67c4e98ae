"""A personal plan: never two at once, and no plan is worth more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from montada.programme.engine.my_plan import Wish, best_plan

NINE = datetime(2027, 7, 5, 9, tzinfo=UTC)


def wish(key: str, start: int, end: int, weight: int) -> Wish:
    """From `start` to `end` minutes after nine."""
    at = [NINE + timedelta(minutes=minutes) for minutes in (start, end)]
    return Wish(key, at[0], at[1], weight)


def keys(*wishes: Wish) -> list[str]:
    return [one.key for one in best_plan(wishes)]


def test_two_short_ones_win_over_a_long_one_of_less_weight() -> None:
    # 3 + 3 = 6 is more than 5.
    assert keys(
        wish("long", 0, 90, 5), wish("first", 0, 45, 3), wish("second", 45, 90, 3)
    ) == ["first", "second"]


def test_a_long_one_of_more_weight_wins_over_two_short_ones() -> None:
    # 7 is more than 3 + 3.
    assert keys(
        wish("long", 0, 90, 7), wish("first", 0, 45, 3), wish("second", 45, 90, 3)
    ) == ["long"]


def test_one_may_begin_when_the_other_ends() -> None:
    assert keys(wish("a", 0, 60, 1), wish("b", 60, 120, 1)) == ["a", "b"]


def test_of_equal_ones_the_earlier_is_chosen_whatever_comes_first() -> None:
    early, late = wish("z", 0, 60, 4), wish("a", 30, 90, 4)
    assert keys(early, late) == keys(late, early) == ["z"]


def test_what_lasts_no_time_and_what_nobody_wants_is_left_out() -> None:
    assert keys(wish("a", 10, 10, 9), wish("b", 20, 10, 9), wish("c", 0, 60, 0)) == []


WISHES = st.lists(
    st.builds(
        lambda start, length, weight: (start, start + length, weight),
        st.integers(0, 20),
        st.integers(0, 12),
        st.integers(0, 9),
    ),
    max_size=9,
).map(lambda rows: [wish(f"{n}", *row) for n, row in enumerate(rows)])


def _apart(wishes: tuple[Wish, ...] | list[Wish]) -> bool:
    return all(
        a.ends <= b.starts or b.ends <= a.starts for a, b in combinations(wishes, 2)
    )


@given(WISHES, st.randoms(use_true_random=False))
def test_no_plan_is_worth_more_and_order_decides_nothing(
    wishes: list[Wish], chance: object
) -> None:
    chosen = best_plan(wishes)
    possible = [
        sum(w.weight for w in some)
        for n in range(len(wishes) + 1)
        for some in combinations([w for w in wishes if w.starts < w.ends], n)
        if _apart(some)
    ]
    assert _apart(chosen)
    assert sum(w.weight for w in chosen) == max(possible)
    chance.shuffle(wishes)  # type: ignore[attr-defined]  # a Random of Hypothesis
    assert best_plan(wishes) == chosen
