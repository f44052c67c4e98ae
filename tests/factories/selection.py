"""Lists of prizes as files."""

from __future__ import annotations

import csv
from pathlib import Path

from montada.selection.engine.prizes import COLUMNS

PRIZE = {
    "year": "2018",
    "category": "C2",
    "result": "nominee",
    "title": "Village telecentres",
    "organisation": "Telecentre Foundation",
    "country": "EGY",
    "stakeholder_type": "civil society",
    "source_url": "https://example.org/prizes",
}


def a_list_of_prizes(path: Path, *rows: dict[str, str]) -> Path:
    """Write rows, each with what differs from `PRIZE`, as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({**PRIZE, **row} for row in rows)
    return path
