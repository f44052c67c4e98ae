"""Everything that is read from the figures, and in what shape."""

from montada.indicators.engine.groups import MIN_COVERAGE, GroupYear
from montada.indicators.queries.charts import Chart, ChartLine, chart_of
from montada.indicators.queries.figures import (
    INTERNET_USE,
    ITU_ESTIMATES,
    POPULATION,
    WORLD,
    Estimate,
    Figures,
    LatestFigure,
    SeriesFacts,
    estimates,
    figures_of,
    group_line,
    line_of,
    series,
)

__all__ = [
    "INTERNET_USE",
    "ITU_ESTIMATES",
    "MIN_COVERAGE",
    "POPULATION",
    "WORLD",
    "Chart",
    "ChartLine",
    "Estimate",
    "Figures",
    "GroupYear",
    "LatestFigure",
    "SeriesFacts",
    "chart_of",
    "estimates",
    "figures_of",
    "group_line",
    "line_of",
    "series",
]
