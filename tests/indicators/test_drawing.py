"""A chart on a page: what is said beside the lines, and in whose digits."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from montada.indicators.engine.groups import group_line
from montada.indicators.queries import WORLD, Chart, ChartLine, SeriesFacts, chart_of
from montada.language.engine.text import LocalizedText

USE = SeriesFacts(
    slug="internet_users_pct",
    name=LocalizedText.of("en", "Individuals using the Internet"),
    definition=LocalizedText(),
    code="IT.NET.USER.ZS",
    unit="percent of population",
    source="ITU, through World Bank WDI",
    source_url="https://data.example.org/series",
    licence="CC BY 4.0",
)
EGYPT = LocalizedText.of("en", "Egypt", ar="مصر")


def chart() -> Chart:
    """Egypt without 2001, and a world of which 2000 is covered too little."""
    values = {"EGY": {2000: 0.6, 2002: 2.7}, "JOR": {2002: 5.9}}
    populations = {
        "EGY": dict.fromkeys((2000, 2001, 2002), 50.0),
        "JOR": dict.fromkeys((2000, 2001, 2002), 50.0),
    }
    world = group_line(values, populations, populations)
    lines = [ChartLine(EGYPT, values["EGY"]), ChartLine.of_group(WORLD, world)]
    return chart_of("internet", USE, lines)


def drawn(language: str = "en", **values: Any) -> str:
    template = Template("{% load figures %}{% line_chart chart note %}")
    with translation.override(language):
        return template.render(Context({"chart": chart(), "note": True, **values}))


def test_summary_says_both_ends_of_each_line() -> None:
    page = drawn()

    assert 'role="img"' in page
    assert "Egypt: 0.6% in 2000, 2.7% in 2002." in page
    assert "World: 4.3% in 2002." in page


def test_gap_leaves_dots_and_no_line() -> None:
    page = drawn()

    assert page.count("<circle") == 3
    assert 'class="line line-1" d="M76' not in page


def test_table_holds_the_same_figures_with_gaps_and_coverage() -> None:
    cells = [
        (year, [(c.value, c.coverage_percent) for c in row])
        for year, row in chart().rows
    ]

    assert cells == [
        (2002, [(2.7, None), (pytest.approx(4.3), 100.0)]),
        (2001, [(None, None), (None, 0.0)]),
        (2000, [(0.6, None), (None, 50.0)]),
    ]


def test_chart_names_its_source_and_how_groups_are_made() -> None:
    page = drawn()

    assert 'href="https://data.example.org/series"' in page
    assert "CC BY 4.0" in page
    assert "cover 60% of the group" in page
    assert "cover 60% of the group" not in drawn(note=False)


def test_no_style_attribute_is_written() -> None:
    assert "style=" not in drawn()


def test_coordinates_keep_their_points_where_decimals_have_commas() -> None:
    page = drawn("fr")

    assert "2,7\N{NO-BREAK SPACE}%" in page
    assert 'cy="314.2"' in page


def test_digits_follow_the_site(settings: Any) -> None:
    settings.DIGITS = "arabic-indic"

    page = drawn("ar")

    assert "٢٫٧٪" in page
    assert ">٢٠٠٠</text>" in page


def test_series_without_any_figure_is_said_in_words() -> None:
    empty = chart_of("internet", USE, [ChartLine(EGYPT, {})])

    page = drawn(chart=empty)

    assert '<svg class="chart"' not in page
    assert "no figures" in page


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (47.26, "percent of population", "47.3%"),
        (0.7314, "index 0-1", "0.731"),
        (3420.6, "current US$", "3,421"),
        (95.5, "subscriptions per 100 people", "95.5"),
        (None, "people", ""),
    ],
)
def test_figure_is_written_as_its_unit_asks(
    value: float | None, unit: str, written: str
) -> None:
    template = Template("{% load figures %}{{ value|figure:unit }}")

    assert template.render(Context({"value": value, "unit": unit})) == written
