"""A day as a table: everything in its column, nothing twice, no hole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from montada.programme.engine.day_table import Row, Spot, day_table

NINE = datetime(2027, 7, 5, 9, tzinfo=UTC)


def spot(shown: str, column: int, start: int, end: int) -> Spot[str]:
    """From `start` to `end` minutes after nine."""
    at = [NINE + timedelta(minutes=minutes) for minutes in (start, end)]
    return Spot(shown, column, at[0], at[1])


def told(rows: tuple[Row[str], ...]) -> list[list[tuple[int, int, str]]]:
    return [
        [(c.n_rows, c.n_columns, "".join(c.shown)) for c in row.cells] for row in rows
    ]


def test_rows_begin_where_something_begins_or_ends() -> None:
    rows = day_table([spot("a", 1, 0, 60), spot("b", 2, 30, 60)], [1, 2])
    assert [(row.at.minute, row.minutes) for row in rows] == [(0, 30), (30, 30)]
    # "a" takes two rows; beside it the first row of column 2 is free.
    assert told(rows) == [[(2, 1, "a"), (1, 1, "")], [(1, 1, "b")]]


def test_what_nothing_is_beside_goes_over_all_columns() -> None:
    rows = day_table(
        [spot("opening", 1, 0, 30), spot("a", 1, 30, 60), spot("b", 2, 30, 60)], [1, 2]
    )
    assert told(rows) == [[(1, 2, "opening")], [(1, 1, "a"), (1, 1, "b")]]


def test_a_break_is_a_row_of_nothing() -> None:
    rows = day_table([spot("a", 1, 0, 60), spot("b", 1, 150, 180)], [1])
    assert told(rows) == [[(1, 1, "a")], [(1, 1, "")], [(1, 1, "b")]]
    assert rows[1].minutes == 90


def test_what_overlaps_in_one_room_shares_a_cell() -> None:
    rows = day_table([spot("a", 1, 0, 60), spot("b", 1, 30, 90)], [1, 2])
    assert told(rows) == [[(3, 2, "ab")], [], []]


def test_what_has_no_column_or_lasts_no_time_is_left_out() -> None:
    assert day_table([spot("a", 9, 0, 60), spot("b", 1, 30, 30)], [1]) == ()


SPOTS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 12), st.integers(1, 5)), max_size=12
).map(
    lambda rows: [
        spot(f"{n} ", column, start * 15, (start + length) * 15)
        for n, (column, start, length) in enumerate(rows)
    ]
)


@given(SPOTS)
def test_cells_fill_every_row_and_show_everything_once(spots: list[Spot[str]]) -> None:
    rows = day_table(spots, [1, 2, 3, 4])
    filled = [0] * len(rows)
    for n, row in enumerate(rows):
        for cell in row.cells:
            for below in range(n, n + cell.n_rows):
                filled[below] += cell.n_columns
    assert filled == [4] * len(rows)
    shown = [one for row in rows for cell in row.cells for one in cell.shown]
    assert sorted(shown) == sorted(one.shown for one in spots)
