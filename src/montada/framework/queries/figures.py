"""How good the language tools and the labels are, measured."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from montada.framework.adapters import measuring as labels
from montada.language import queries as language
from montada.language.engine.figures import BESIDE, Figure, as_json

__all__ = ["BESIDE", "FIGURES", "Figure", "as_json", "measured"]

MEASUREMENTS = (*language.MEASUREMENTS, *labels.MEASUREMENTS)
FIGURES = tuple(dict.fromkeys(one.name for one in MEASUREMENTS))


def measured(
    folder: Path, only: Collection[str] | None = None
) -> tuple[Iterator[Figure], list[Path]]:
    """Return the figures that the data in `folder` allow, and the missing files."""
    wanted = [one for one in MEASUREMENTS if not only or one.name in only]
    return language.measured_tools(folder, wanted)
