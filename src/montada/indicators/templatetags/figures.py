"""
Figures and charts on pages.

`{% line_chart chart %}`, `{{ value|figure:unit }}`, `{{ unit|unit_name }}`,
`{{ release|release_name }}`.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from montada.djangokit.page_language import page_language
from montada.indicators.choices import RELEASES, UNITS
from montada.indicators.queries import MIN_COVERAGE, Chart
from montada.language.engine.numbers import written_number, written_percent

register = template.Library()


@register.inclusion_tag("indicators/_line_chart.html")
def line_chart(chart: Chart, note: bool = True) -> dict[str, Any]:
    """
    Draw lines by years, with a legend in words and the same figures as a table.

    `note=False` leaves out how lines of groups are made, where the page says it once.
    """
    series, drawing = chart.series, chart.drawing
    return {"chart": chart, "series": series, "drawing": drawing, "note": note}


@register.simple_tag
def least_coverage() -> float:
    """Return the percentage of a group's people below which its line is not shown."""
    return 100 * MIN_COVERAGE


@register.filter
def figure(value: float | None, unit: str) -> str:
    """Write a figure as its unit asks: 47.3%, 0.731, 3,420."""
    if value is None:
        return ""
    reader = page_language()
    if unit.startswith("percent"):
        return written_percent(value, reader, digits=settings.DIGITS, places=1)
    return written_number(
        value, reader, digits=settings.DIGITS, places=_places(value, unit)
    )


def _places(value: float, unit: str) -> int:
    if unit.startswith("index"):
        return 3
    return 0 if abs(value) >= 1000 else 1


@register.filter
def unit_name(unit: str) -> str:
    return str(UNITS.get(unit, unit))


@register.filter
def release_name(release: str) -> str:
    return str(RELEASES.get(release, release))
