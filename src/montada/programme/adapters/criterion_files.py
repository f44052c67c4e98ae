"""The rubric that an edition begins with: the data file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from montada.language.engine.text import LocalizedText

FILE = Path(__file__).parents[1] / "data" / "criteria.toml"


@dataclass(frozen=True, slots=True)
class CriterionPlan:
    """A line of the rubric as an edition begins with it."""

    key: str
    name: LocalizedText
    weight: int
    most: int


@cache
def default_criteria() -> tuple[CriterionPlan, ...]:
    """Return the criteria in the file's order."""
    return tuple(
        CriterionPlan(
            key=row["key"],
            name=LocalizedText.of("en", row["en"], ar=row["ar"], fr=row["fr"]),
            weight=row["weight"],
            most=row.get("most", 5),
        )
        for row in tomllib.loads(FILE.read_text("utf-8"))["criterion"]
    )
