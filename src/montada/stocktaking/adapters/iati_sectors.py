"""The table of sectors that travels with the product."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from montada.stocktaking.engine.iati.values import SectorRow

FILE = Path(__file__).parents[1] / "data" / "iati_sectors.csv"


@cache
def sectors() -> Mapping[str, SectorRow]:
    """
    Return what each purpose code of the OECD's list says, by code.

    The column `reason`, which is for editors, stays in the file.
    """
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: SectorRow(
                lines=tuple(row["lines"].split()),
                lines_with_ict=tuple(row["lines_with_ict"].split()),
                goals=tuple(row["goals"].split()),
            )
            for row in csv.DictReader(file)
        }
