"""Values that travel between files, tables and pages."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

BOUNDS = {
    "percent": (0.0, 100.0),
    "index 0-1": (0.0, 1.0),
    "people": (0.0, math.inf),
    "subscriptions": (0.0, math.inf),
}
"""What a figure can be, by the beginning of its unit; other units have no bounds."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years outside are taken for slips of the hand."""

_YEAR = re.compile(r"(\d{4})(?:\s*\[YR(\d{4})\])?")
"""Four digits of any script; as the World Bank heads its columns: 2003 [YR2003]."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one area in one year, as one release states it."""

    series: str
    area: str
    year: int
    value: float
    release: str = ""
    note: str = ""
    source_url: str = ""

    @property
    def place(self) -> tuple[str, str, int, str]:
        """Where the figure stands: there is one in each place."""
        return (self.series, self.area, self.year, self.release)


def number_in(text: str) -> float | None:
    """Return the finite number that `text` writes with a decimal point, else None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None


def year_in(text: str) -> int | None:
    """
    Return the year that `text` writes with four digits, else None.

    The digits may be of any script, and the World Bank's "2003 [YR2003]" is a year too.
    """
    written = _YEAR.fullmatch(text)
    if written is None:
        return None
    years = {int(part) for part in written.groups() if part}
    year = years.pop()
    return year if not years and FIRST_YEAR <= year <= LAST_YEAR else None


def is_possible(value: float, unit: str) -> bool:
    """Return whether a figure in `unit` can be `value`."""
    for beginning, (lowest, highest) in BOUNDS.items():
        if unit.startswith(beginning):
            return lowest <= value <= highest
    return True
