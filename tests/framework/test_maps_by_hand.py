"""Maps: arcs, projection, thinning, cutting, classes, worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from montada.framework.engine.maps.classes import CountClass, count_classes, step_of
from montada.framework.engine.maps.clipping import around, cut, framed
from montada.framework.engine.maps.drawing import outlines
from montada.framework.engine.maps.fitting import middle_meridian
from montada.framework.engine.maps.paths import path_of
from montada.framework.engine.maps.projection import equal_earth, stretch_at
from montada.framework.engine.maps.thinning import worth_keeping
from montada.framework.engine.maps.topojson import NoCountries, NotAMap, decoded
from tests.framework.maps import corners, two_squares


def test_arcs_are_differences_and_a_border_is_read_backwards() -> None:
    atlas = decoded(two_squares())

    # Arc 0 north along 10° east; arc 1 goes on west and around, back to where it began.
    assert [(ring.code, atlas.line(ring).tolist()) for ring in atlas.rings] == [
        ("818", [[10, 0], [10, 10], [0, 10], [0, 0], [10, 0]]),
        ("012", [[10, 0], [20, 0], [20, 10], [10, 10], [10, 0]]),
    ]


def test_arcs_without_a_transform_are_degrees() -> None:
    plain = two_squares()
    del plain["transform"]
    plain["arcs"] = [
        [[10, 0], [10, 10]],
        [[10, 10], [0, 10], [0, 0], [10, 0]],
        [[10, 0], [20, 0], [20, 10], [10, 10]],
    ]

    assert np.array_equal(decoded(plain).points, decoded(two_squares()).points)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "FeatureCollection"},
        {"arcs": [[[1, 0], [0, 1]]]},
        {"arcs": None},
        {"arcs": [[["east", 0], [0, 1]]] * 3},
        {"arcs": [[[1, 0, 5], [0, 1]]] * 3},
        {"arcs": [[[math.inf, 0], [0, 1]]] * 3},
        {"arcs": [[[math.nan, 0], [0, 1]]] * 3},
        {"transform": {"scale": [10_000, 1], "translate": [0, 0]}},
        {"transform": {"scale": 3}},
        {"objects": []},
        {"objects": {"countries": {"geometries": [{"type": "Polygon", "arcs": 7}]}}},
    ],
)
def test_what_does_not_fit_together_is_no_map(change: dict[str, Any]) -> None:
    with pytest.raises(NotAMap):
        decoded(two_squares() | change)


@pytest.mark.parametrize("content", [None, 7, "map", [], {}, [[]]])
def test_other_json_is_no_map(content: Any) -> None:
    with pytest.raises(NotAMap):
        decoded(content)


@pytest.mark.parametrize(
    "objects", [{}, {"land": {}}, {"countries": {"geometries": []}}]
)
def test_a_topojson_may_hold_no_countries(objects: dict[str, Any]) -> None:
    with pytest.raises(NoCountries):
        decoded(two_squares() | {"objects": objects})


AUTHALIC_RADIUS = 6_371_007.1809
"""Metres: of the sphere as large as WGS 84."""


@pytest.mark.parametrize(
    ("place", "x", "y"),
    [
        # As PROJ says for EPSG:8857, Equal Earth of WGS 84 at Greenwich, in metres.
        ((0, 0), 0, 0),
        ((180, 0), 17_243_959.06, 0),
        ((-180, 0), -17_243_959.06, 0),
        ((0, 90), 0, 8_392_927.60),
        ((-180, -90), -10_216_474.79, -8_392_927.60),
    ],
)
def test_the_projection_has_its_published_extent(
    place: tuple[float, float], x: float, y: float
) -> None:
    found = equal_earth(np.array([place], float))[0] * AUTHALIC_RADIUS

    assert found.tolist() == pytest.approx([x, y], abs=0.01)


@pytest.mark.parametrize("latitude", [-80.0, -30.0, 5.0, 45.0, 70.0])
def test_areas_are_equal_everywhere(latitude: float) -> None:
    # A cell of 0.1° has the area 0.1° × (difference of the sines) on the sphere.
    corners = np.array(
        [[20, latitude], [20.1, latitude], [20.1, latitude + 0.1], [20, latitude + 0.1]]
    )
    x, y = equal_earth(corners).T
    drawn = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    sines = np.sin(np.radians([latitude, latitude + 0.1]))

    assert drawn == pytest.approx(math.radians(0.1) * (sines[1] - sines[0]), rel=1e-4)


def test_a_square_degree_at_60_north_is_drawn_as_half_a_square() -> None:
    latitude, step = 60.0, 0.001
    corners = np.array([[0, latitude], [step, latitude], [0, latitude + step]])
    here, east, north = equal_earth(corners)
    stretch = stretch_at(latitude)

    along, up = (east - here)[0] / stretch, (north - here)[1] * stretch
    # cos 60° = 1/2: a degree of longitude is half as long as one of latitude.
    assert along / up == pytest.approx(0.5, abs=1e-3)


def test_the_point_with_the_least_triangle_goes_first() -> None:
    # Triangles: (1, 0.1) with its neighbours 0.1; (2, 0) 1.05; (3, 2) 2.
    line = np.array([[0, 0], [1, 0.1], [2, 0], [3, 2], [4, 0]], float)
    ends = np.array([True, False, False, False, True])

    assert worth_keeping(line, ends, 0.5).tolist() == [True, False, True, True, True]
    assert worth_keeping(line, ends, 99).tolist() == [True, False, False, False, True]
    assert worth_keeping(line, ends, 0).all()


def test_a_square_is_cut_in_half() -> None:
    square = np.array([[0, 0], [4, 0], [4, 4], [0, 4]], float)

    assert cut(square, 0, 2, 1).tolist() == [[2, 0], [4, 0], [4, 4], [2, 4]]
    assert cut(square, 0, 5, 1).tolist() == []
    assert cut(square, 0, 0, 1).tolist() == square.tolist()


def test_a_frame_cuts_on_four_sides() -> None:
    square = np.array([[0, 0], [4, 0], [4, 4], [0, 4]], float)

    inside = framed(square, np.array([1.0, 1.0]), np.array([3.0, 9.0]))

    assert sorted(set(map(tuple, inside.tolist()))) == [(1, 1), (1, 4), (3, 1), (3, 4)]


def test_an_island_across_180_comes_in_two_parts_or_in_one() -> None:
    island = np.array([[179, 0], [-179, 0], [-179, 2], [179, 2], [179, 0]], float)

    at_greenwich = [np.ptp(part[:, 0]) for part in around(island, 0)]
    in_the_pacific = [sorted(set(part[:, 0])) for part in around(island, 180)]

    assert at_greenwich == [1, 1]
    assert in_the_pacific == [[-1, 1]]


@pytest.mark.parametrize("meridian", [-170.0, 0.0, 11.0, 180.0])
@pytest.mark.parametrize("turn", [1, -1])
def test_a_coast_around_the_pole_is_closed_along_it(meridian: float, turn: int) -> None:
    east = np.array([*range(-180, 180, 10), -180], float)[::turn]
    coast = np.column_stack([east, np.full(len(east), -70.0)])

    (part,) = around(coast, meridian)

    assert part.min(axis=0).tolist() == [-180, -90]
    assert part.max(axis=0).tolist() == [180, -70]


def test_the_middle_is_opposite_the_widest_sea() -> None:
    def at(*places: float) -> list[Any]:
        return [np.array([[place, 0.0]]) for place in places]

    assert middle_meridian(at(20, 40)) == 30
    assert middle_meridian(at(170, -170)) == -180
    assert middle_meridian([np.array([[179.0, 0], [-179, 0]])]) == -180


def test_a_path_is_written_in_whole_steps_and_repeats_nothing() -> None:
    square = np.array([[10, 10], [12.2, 10], [12.3, 10.1], [12, 14], [10, 14]])

    # The second and third corner fall on the same whole unit.
    assert path_of([square]) == "M10 10l2 0 0 4 -2 0z"
    assert path_of([square / 100]) == ""


def test_classes_hold_as_many_countries_each() -> None:
    # Ten counts, two to a class; the large one does not make the others look the same.
    counts = [1, 1, 2, 3, 4, 5, 6, 7, 8, 900]

    assert count_classes(counts) == (
        CountClass(1, 1, 1),
        CountClass(2, 2, 3),
        CountClass(3, 4, 5),
        CountClass(4, 6, 7),
        CountClass(5, 8, 900),
    )


def test_equal_counts_are_in_one_class_and_few_classes_are_dark() -> None:
    assert count_classes([0, 3, 3, 3, 0]) == (CountClass(5, 3, 3),)
    assert count_classes([1, 1, 1, 9]) == (CountClass(4, 1, 1), CountClass(5, 9, 9))
    assert count_classes([0, 0]) == count_classes([]) == ()


def test_a_count_has_the_step_of_its_class() -> None:
    classes = count_classes([1, 1, 1, 9])

    assert [step_of(count, classes) for count in (0, 1, 9)] == [0, 4, 5]


def test_two_squares_are_drawn_side_by_side() -> None:
    atlas = decoded(two_squares())

    drawn = outlines(atlas, {"999": (5.0, 5.0)}, frozenset({"818", "012", "999"}))

    lands = {land.code: land for land in drawn.lands}
    paths = [lands[code].path for code in ("012", "818")]
    assert sorted(lands) == ["012", "818", "999"]
    assert lands["999"].path == ""
    assert lands["999"].dot is not None
    # The square's middle is a quarter of the frame from its middle.
    assert lands["999"].dot[0] < drawn.width / 2
    # Four corners are a start and three steps: "Mx y l dx dy dx dy dx dy z".
    assert [path.count("M") for path in paths] == [1, 1]
    assert [len(list(corners(path))) for path in paths] == [5, 5]
