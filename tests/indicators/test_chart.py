"""Where lines, dots and ticks lie."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from montada.indicators.engine.chart import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    drawing_of,
    round_top,
    runs,
    year_ticks,
)

lines = st.dictionaries(st.integers(2000, 2024), st.floats(0, 100), min_size=1)


def test_line_runs_from_the_left_to_the_right_and_from_the_floor_to_the_top() -> None:
    drawing = drawing_of([{2000: 0.0, 2001: 100.0}], top=100)

    assert drawing is not None
    assert drawing.lines[0].path == "M76 316L684 20"
    assert [(dot.x, dot.y, dot.year) for dot in drawing.lines[0].dots] == [
        (684.0, 20.0, 2001)
    ]


def test_missing_year_breaks_the_line() -> None:
    drawing = drawing_of([{2000: 0, 2001: 0, 2003: 0, 2004: 0}], top=100)

    assert drawing is not None
    assert drawing.lines[0].path == "M76 316L228 316 M532 316L684 316"


def test_figure_between_missing_years_is_a_dot() -> None:
    drawing = drawing_of([{2000: 0, 2001: 0, 2003: 0}, {2002: 1}], top=100)

    assert drawing is not None
    assert [dot.year for dot in drawing.lines[0].dots] == [2003]
    assert drawing.lines[1].path == ""
    assert [dot.year for dot in drawing.lines[1].dots] == [2002]


def test_line_without_figures_is_drawn_as_nothing() -> None:
    drawing = drawing_of([{2000: 1.0}, {}])

    assert drawing is not None
    assert (drawing.lines[1].path, drawing.lines[1].dots) == ("", ())
    assert drawing_of([{}, {}]) is None


def test_axis_ends_at_a_round_number() -> None:
    assert [round_top(x) for x in (0, 0.73, 1, 19.6, 47, 111.5, 985, 81_000)] == [
        1.0,
        0.8,
        1.0,
        20.0,
        60.0,
        200.0,
        1000.0,
        100_000.0,
    ]


def test_years_are_written_at_both_ends_and_at_fives_clear_of_them() -> None:
    assert year_ticks(2000, 2024) == (2000, 2005, 2010, 2015, 2020, 2024)
    assert year_ticks(2012, 2018) == (2012, 2015, 2018)
    assert year_ticks(2018, 2018) == (2018,)


@given(st.lists(lines, min_size=1, max_size=3))
def test_everything_lies_inside_the_box(drawn: list[dict[int, float]]) -> None:
    drawing = drawing_of(drawn)

    assert drawing is not None
    for line in drawing.lines:
        for dot in line.dots:
            assert LEFT <= dot.x <= WIDTH - RIGHT
            assert TOP <= dot.y <= HEIGHT - BOTTOM


@given(lines)
def test_runs_hold_every_year_once_and_never_cross_a_gap(
    line: dict[int, float],
) -> None:
    grouped = runs(line)

    assert [year for run in grouped for year in run] == sorted(line)
    assert all(run == list(range(run[0], run[-1] + 1)) for run in grouped)
    assert all(a[-1] + 1 < b[0] for a, b in pairwise(grouped))
