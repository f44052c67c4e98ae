"""Kinds of sessions and places by right that an edition begins with: the data file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from montada.language.engine.text import LocalizedText
from montada.programme.engine.values import KindPlan, RightPlan

FILE = Path(__file__).parents[1] / "data" / "kinds.toml"
ALL_LINES = "all"
"""Written for the lines: one row for each action line of the framework."""


@cache
def default_kinds() -> tuple[KindPlan, ...]:
    """Return the kinds of sessions in the file's order."""
    return tuple(
        KindPlan(
            code=row["code"],
            name=_text(row),
            minutes=row.get("minutes", 60),
            lengths=tuple(row.get("lengths", ())),
            needs=tuple(row.get("needs", ())),
            audience=row.get("audience", 0),
            is_stand=row.get("is_stand", False),
            answers=tuple(row.get("answers", ())),
        )
        for row in _read()["kind"]
    )


@cache
def default_rights() -> tuple[RightPlan, ...]:
    """Return the places by right in the file's order."""
    return tuple(
        RightPlan(
            holder=row["holder"],
            name=_text(row),
            n_places=row["n_places"],
            lines=(ALL_LINES,) if row.get("lines") == ALL_LINES else (),
        )
        for row in _read()["right"]
    )


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def _text(row: dict[str, Any]) -> LocalizedText:
    return LocalizedText.of("en", row["en"], ar=row["ar"], fr=row["fr"])
