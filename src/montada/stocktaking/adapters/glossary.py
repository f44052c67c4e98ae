"""The glossary that ships with the product."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from montada.stocktaking.engine.terms import Term

FILE = Path(__file__).parents[1] / "data" / "terms.csv"
LANGUAGES = ("en", "ar", "fr")


@cache
def glossary() -> tuple[Term, ...]:
    """Return its terms in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        return tuple(
            Term({tag: row[tag].strip() for tag in LANGUAGES if row[tag].strip()})
            for row in csv.DictReader(opened)
        )
