"""The map that is carried along: whole, within its frame, and drawn as the UN do."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.world import Line, merged, topology_of

from montada.framework import queries
from montada.framework.adapters import world
from montada.framework.engine.maps.drawing import Outlines, outlines
from montada.framework.engine.maps.topojson import Atlas
from tests.framework.maps import corners

LEFT: Line = [(0, 0), (1, 0), (1, 1), (0, 1)]
RIGHT: Line = [(1, 0), (2, 0), (2, 1), (1, 1)]

CODES = sorted(world.atlas(world.FILE).codes)


def is_inside_frame(drawn: Outlines) -> bool:
    points = [point for land in drawn.lands for point in corners(land.path)]
    points += [land.dot for land in drawn.lands if land.dot]
    return all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in points)


def owner_of(atlas: Atlas, east: float, north: float) -> list[str]:
    """Return whose land it is: a ray westwards meets its outline oddly often."""
    owners = []
    for ring in atlas.rings:
        x, y = atlas.line(ring).T
        if np.ptp(x) > 180:
            x = x % 360
            place = east % 360
        else:
            place = east
        crosses = (y[:-1] > north) != (y[1:] > north)
        with np.errstate(all="ignore"):
            at = x[:-1] + (north - y[:-1]) / (y[1:] - y[:-1]) * (x[1:] - x[:-1])
        owners += [ring.code] * int((crosses & (at < place)).sum() % 2)
    return sorted({code for code in owners if owners.count(code) % 2})


@pytest.mark.parametrize(
    ("east", "north", "code"),
    [
        (31.2, 27.0, "818"),  # Egypt
        (34.1, 45.2, "804"),  # Crimea, General Assembly resolution 68/262
        (45.0, 9.8, "706"),  # the north of Somalia
        (33.4, 35.25, "196"),  # the north of Cyprus
        (-13.0, 26.0, "732"),  # Western Sahara, north-west of the wall
        (-9.0, 28.5, "504"),  # Morocco, north of the parallel
        (-53.0, 4.0, "254"),  # French Guiana
        (16.0, 78.6, "744"),  # Svalbard
        (-175.0, 66.8, "643"),  # Chukotka, beyond 180°
        (20.9, 42.6, ""),  # Kosovo: land of no country in M49
    ],
)
def test_land_is_whose_the_united_nations_show_it(
    east: float, north: float, code: str
) -> None:
    assert owner_of(world.atlas(world.FILE), east, north) == [code]


@settings(max_examples=8, deadline=None)
@given(st.sets(st.sampled_from(CODES), min_size=1, max_size=12))
def test_any_group_lies_within_its_frame_and_nobody_is_missing(
    members: set[str],
) -> None:
    drawn = outlines(world.atlas(world.FILE), {}, members)

    assert is_inside_frame(drawn)
    assert {land.code for land in drawn.lands if land.is_member} == members


def test_the_same_is_drawn_twice() -> None:
    atlas = world.atlas(world.FILE)

    assert outlines(atlas, {}) == outlines(atlas, {})


def test_two_squares_with_a_common_side_become_one_outline() -> None:
    (outline,) = merged([LEFT, RIGHT])

    assert sorted(outline) == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]


def test_neighbours_share_the_arc_between_them() -> None:
    arcs, shapes = topology_of({"012": [LEFT], "818": [RIGHT]})

    assert len(arcs) == 3
    assert {~i for i in shapes["012"][0]} & set(shapes["818"][0])


def test_islands_on_both_sides_of_180_are_near_each_other() -> None:
    # Fiji is 242, Samoa 882.
    drawn = outlines(world.atlas(world.FILE), {}, {"242", "882"})

    # 178° east and 172° west: ten degrees apart, and not 350.
    assert is_inside_frame(drawn)
    assert drawn.height > 700


@pytest.mark.django_db
class TestWithCountries:
    def test_every_country_with_a_known_place_is_on_the_map(self) -> None:
        drawing = queries.world_map({})

        shown = {land.country.iso3 for land in drawing.lands if land.country}
        # The minor outlying islands of the United States have no one place.
        assert {row.iso3 for row in queries.countries()} - shown == {"UMI"}

    def test_every_group_is_whole_and_within_its_frame(self) -> None:
        for group in queries.country_groups():
            drawing = queries.world_map({}, group=group.code)
            shown = {land.country.iso3 for land in drawing.lands if land.country}
            points = [p for land in drawing.lands for p in corners(land.path)]
            points += [land.dot for land in drawing.lands if land.dot]

            assert shown == queries.members_of(group.code)
            assert all(
                0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points
            )

    def test_the_world_is_small_enough_to_be_sent(self) -> None:
        drawing = queries.world_map({})
        length = sum(len(land.path) for land in drawing.lands)

        assert length < 70_000
        assert re.fullmatch(r"[-MLlz0-9 ]*", "".join(o.path for o in drawing.lands))
