"""Figures of an evaluation: what was measured, how, and on which texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from montada.language.engine.measures import Measured

BESIDE = Path(__file__).parents[5] / "shared" / "data"
"""Where evaluation data lie beside the repository of a developer."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: where it stands in the JSON, how it was got, from which file."""

    path: tuple[str, ...]
    measured: Measured
    method: str
    data: Path


class Measurement(NamedTuple):
    """How figures of one name are got, and the file without which they are not."""

    name: str
    """The first step of the figures' paths."""
    file: Path
    figures: Callable[[Path, Any], Iterator[Figure]]
    """Takes the folder of data and the tools that are measured."""


def as_json(figures: Sequence[Figure]) -> dict[str, Any]:
    """Return the figures as nested mappings, each with its interval beside it."""
    tree: dict[str, Any] = {}
    for figure in figures:
        branch = tree
        for step in figure.path[:-1]:
            branch = branch.setdefault(step, {})
        name, measured = figure.path[-1], figure.measured
        branch[name] = round(measured.value, 4)
        branch[f"{name}_interval"] = [round(measured.low, 4), round(measured.high, 4)]
        branch["n"] = measured.n
    return tree
