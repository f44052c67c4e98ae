"""The map of opinion: points of five people or more, outlines around points."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from montada.consultation.engine.portrait import Point, outline, points_of

coordinates = st.floats(-5, 5, allow_nan=False).map(lambda x: round(x, 3))
people = st.lists(st.tuples(coordinates, coordinates, st.integers(-1, 2)), max_size=60)


def test_eleven_people_are_two_points_cut_at_the_median() -> None:
    # x is 0 … 10, y always 0: the lower five stand at 2 on average, the upper six at
    # (5 + … + 10) / 6 = 7.5.
    places = np.array([[x, 0.0] for x in range(11)])

    assert points_of(places, np.zeros(11, np.int64)) == (
        Point(2.0, 0.0, 5, 0),
        Point(7.5, 0.0, 6, 0),
    )


def test_four_people_of_a_group_are_not_shown() -> None:
    places = np.zeros((9, 2))
    groups = np.array([0] * 5 + [1] * 4)

    assert points_of(places, groups) == (Point(0.0, 0.0, 5, 0),)


@settings(max_examples=50, deadline=None)
@given(people)
def test_no_point_is_of_fewer_than_five_and_nobody_is_in_two(
    told: list[tuple[float, float, int]],
) -> None:
    places = np.array([[x, y] for x, y, _group in told]).reshape(-1, 2)
    groups = np.array([group for _x, _y, group in told], np.int64)

    points = points_of(places, groups)

    assert all(point.n_people >= 5 for point in points)
    for group in set(groups.tolist()):
        n_people = int((groups == group).sum())
        shown = sum(point.n_people for point in points if point.group == group)
        assert shown == (n_people if n_people >= 5 else 0)


def test_an_outline_goes_around_counter_clockwise() -> None:
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (1.0, 1.0), (1.0, 0.0)]

    assert outline(square) == ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0))
    assert outline([(1.0, 1.0), (1.0, 1.0)]) == ((1.0, 1.0),)
