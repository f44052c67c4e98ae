"""Counts as a map on a page: links, legend, table, and the operator's own file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.utils import translation
from django.utils.translation import ngettext_lazy

from montada.framework import queries
from montada.framework.queries import map_files as refusals
from tests.framework.maps import two_squares

pytestmark = pytest.mark.django_db

SAYS = ngettext_lazy(
    "%(country)s: %(shown)s project", "%(country)s: %(shown)s projects", "n"
)
PAGE = (
    "{% load maps %}{% country_map drawing title='Projects by country'"
    " counted='Projects' says=says address=address %}"
)


def rendered(drawing: Any, language: str = "en", address: str = "?country=") -> str:
    template = engines["django"].from_string(PAGE)
    with translation.override(language):
        return str(
            template.render({"drawing": drawing, "says": SAYS, "address": address})
        )


def test_the_table_names_what_was_counted_most_first() -> None:
    drawing = queries.world_map({"EGY": 12, "TUN": 1, "FRA": 40}, language="en")

    assert [(row.name.text, row.count, row.step) for row in drawing.table] == [
        ("France", 40, 5),
        ("Egypt", 12, 4),
        ("Tunisia", 1, 3),
    ]


def test_codes_of_no_country_and_counts_below_none_are_not_shown() -> None:
    drawing = queries.world_map({"XXX": 5, "": 3, "EGY": -2, "TUN": 1})

    assert [row.iso3 for row in drawing.table] == ["TUN"]
    assert [(one.low, one.high) for one in drawing.classes] == [(1, 1)]


def test_a_group_is_counted_alone_among_its_neighbours() -> None:
    drawing = queries.world_map({"EGY": 12, "FRA": 40}, group="itu-arab")

    assert [row.iso3 for row in drawing.table] == ["EGY"]
    assert {land.country is None for land in drawing.lands} == {True, False}
    assert "outside the group" in rendered(drawing)


def test_a_group_that_does_not_exist_has_no_map() -> None:
    with pytest.raises(queries.NoSuchGroupOfCountries):
        queries.world_map({}, group="atlantis")


def test_the_map_asks_little(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        queries.world_map({"EGY": 1, "TUN": 1, "FRA": 4}, group="itu-arab")


def test_each_country_that_has_a_number_is_a_link_that_says_it() -> None:
    html = rendered(queries.world_map({"EGY": 12, "TUN": 1}, language="en"))

    assert re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"', html) == [
        ("?country=EGY", "Egypt: 12 projects"),
        ("?country=TUN", "Tunisia: 1 project"),
    ]
    assert 'role="group"' in html


def test_without_an_address_the_map_is_one_picture() -> None:
    html = rendered(queries.world_map({"EGY": 12}, language="en"), address="")

    assert 'role="img" aria-label="Projects by country"' in html
    assert "<a " not in html
    assert "Egypt: 12 projects" in html


def test_a_small_state_is_a_dot_and_its_link_is_in_the_table() -> None:
    html = rendered(queries.world_map({"TUV": 3}, language="en"))
    svg, _, table = html.partition("</svg>")

    assert re.search(r'<circle class="heat-5"[^>]*><title>Tuvalu: 3 projects', svg)
    assert "<a " not in svg
    assert '<a href="?country=TUV">' in table


def test_the_page_says_what_the_map_does_not_mean() -> None:
    said = "do not imply official endorsement or acceptance by the United Nations."

    assert said in rendered(queries.world_map({}))


def test_colours_are_classes_and_the_legend_is_numbers() -> None:
    html = rendered(queries.world_map({"EGY": 1000, "TUN": 2, "DZA": 1}))

    assert "style=" not in html
    assert re.findall(r'map-class heat-\d">([^<]*)<', html) == ["0", "1", "2", "1,000"]


def test_nothing_counted_is_still_a_map() -> None:
    html = rendered(queries.world_map({}))

    assert html.count("<path") > 150
    assert "Nothing was counted in these countries." in html


@pytest.fixture
def own_file(settings: Any, tmp_path: Path) -> Path:
    settings.MAP = tmp_path / "own.json"
    return tmp_path / "own.json"


def test_the_operators_own_file_is_drawn(own_file: Path) -> None:
    own_file.write_text(json.dumps(two_squares()))

    drawing = queries.world_map({"EGY": 2}, language="en")

    paths = [land.country for land in drawing.lands if land.path]
    assert drawing.refusal is None
    assert {one.iso3 for one in paths if one} == {"EGY", "DZA"}
    assert "Natural Earth" not in rendered(drawing)


def test_a_file_that_was_put_right_is_read_again(own_file: Path) -> None:
    own_file.write_text("{")
    assert queries.world_map({}).refusal is not None

    own_file.write_text(json.dumps(two_squares()))
    assert queries.world_map({}).refusal is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (None, refusals.MapFileNotThere),
        (b"", refusals.MapFileNotJson),
        (b"\xff\xfe\x00", refusals.MapFileNotJson),
        (b"[" * 100_000, refusals.MapFileNotJson),
        (b"<svg/>", refusals.MapFileNotJson),
        (b"[]", refusals.MapFileNotTopojson),
        (b'{"type": "FeatureCollection"}', refusals.MapFileNotTopojson),
        (
            b'{"type": "Topology", "objects": {"land": {}}, "arcs": []}',
            refusals.MapFileWithoutCountries,
        ),
    ],
)
def test_a_file_that_cannot_be_drawn_is_refused_and_the_table_stands(
    own_file: Path, content: bytes | None, kind: type
) -> None:
    if content is not None:
        own_file.write_bytes(content)

    drawing = queries.world_map({"EGY": 12}, language="en")
    html = rendered(drawing)

    assert type(drawing.refusal) is kind
    assert "own.json" in html
    assert "<svg" not in html
    assert '<a href="?country=EGY">' in html


def test_a_file_of_other_numbers_is_refused(own_file: Path) -> None:
    content = json.dumps(two_squares()).replace('"818"', '"EG"').replace("12,", "900,")
    own_file.write_text(content)

    refusal = queries.world_map({}).refusal

    assert type(refusal) is refusals.MapFileOfUnknownCountries
    assert str(refusal) == (
        "None of the shapes in the file own.json has the ISO 3166-1 number of a "
        "country as its id."
    )


def test_a_folder_is_no_file(settings: Any, tmp_path: Path) -> None:
    settings.MAP = tmp_path

    assert type(queries.world_map({}).refusal) is refusals.MapFileNotThere
