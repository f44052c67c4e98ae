"""Facets: choices narrow, counts say what a further choice would give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from montada.stocktaking.engine.facets import (
    NOT_STATED,
    bits_of,
    facet_index,
    items_in,
)

# Items 0..3; item 3 states no colour, item 0 has two.
INDEX = facet_index(
    4,
    {
        "colour": [(0, "red"), (0, "blue"), (1, "red"), (2, "blue")],
        "size": [(0, "s"), (1, "l"), (2, "l"), (3, "l")],
    },
)


def test_values_of_one_facet_add_and_facets_narrow_each_other() -> None:
    assert items_in(INDEX.chosen({"colour": ["red", "blue"]})) == [0, 1, 2]
    assert items_in(INDEX.chosen({"colour": ["red", "blue"], "size": ["l"]})) == [1, 2]
    assert items_in(INDEX.chosen({"colour": [NOT_STATED]})) == [3]
    assert items_in(INDEX.chosen({"colour": ["green"]})) == []
    assert items_in(INDEX.chosen({"colour": []})) == [0, 1, 2, 3]


def test_counts_are_taken_under_the_other_facets_only() -> None:
    choice = {"colour": ["red"], "size": ["l"]}

    # Among the large ones: one red, one blue, one not stated.
    assert INDEX.counts("colour", choice, INDEX.everything) == {
        "red": 1,
        "blue": 1,
        NOT_STATED: 1,
    }
    # Among the red ones: one of each size.
    assert INDEX.counts("size", choice, INDEX.everything) == {"s": 1, "l": 1}


def test_a_chosen_value_stays_among_the_counts_when_nothing_has_it() -> None:
    counted = INDEX.counts("size", {"size": ["s"]}, bits_of([1, 2], 4))

    assert counted == {"s": 0, "l": 2}


def test_a_gathering_facet_joins_the_values_it_gathers() -> None:
    summed = INDEX.with_sums(
        "warmth", "colour", [("warm", "red"), ("any", "red"), ("any", "blue")]
    )

    assert items_in(summed.bits["warmth"]["warm"]) == [0, 1]
    assert items_in(summed.bits["warmth"]["any"]) == [0, 1, 2]
    assert items_in(summed.bits["warmth"][NOT_STATED]) == [3]


VALUES = st.sampled_from(["a", "b", "c"])
ITEMS = st.lists(st.tuples(st.sets(VALUES), st.sets(VALUES)), max_size=30)


@given(ITEMS, st.lists(VALUES), st.lists(VALUES))
def test_the_index_agrees_with_looking_at_every_item(
    items: list[tuple[set[str], set[str]]], one: list[str], two: list[str]
) -> None:
    pairs = [[(i, v) for i, item in enumerate(items) for v in item[f]] for f in (0, 1)]
    index = facet_index(len(items), {"one": pairs[0], "two": pairs[1]})

    def has(item: set[str], wanted: list[str]) -> bool:
        return not wanted or bool(item & set(wanted))

    kept = [i for i, (a, b) in enumerate(items) if has(a, one) and has(b, two)]
    counted = {v: sum(v in a and has(b, two) for a, b in items) for v in "abc"}
    counts = index.counts("one", {"one": one, "two": two}, index.everything)

    assert items_in(index.chosen({"one": one, "two": two})) == kept
    assert {v: counts.get(v, 0) for v in "abc"} == counted


@given(st.sets(st.integers(0, 200)))
def test_bits_hold_exactly_their_items(items: set[int]) -> None:
    assert items_in(bits_of(items, 201)) == sorted(items)
