"""The outlines of countries: `data/world.json`, or a TopoJSON of the operator's own."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from montada.framework.engine.maps.drawing import Outlines, outlines
from montada.framework.engine.maps.topojson import Atlas, decoded

FILE = Path(__file__).parents[1] / "data" / "world.json"

Place = tuple[str, tuple[float, float]]
"""A country's code, and where it lies in degrees east and north."""


def atlas(file: Path) -> Atlas:
    """
    Return the countries of a file, read again when it has changed.

    Raises
    ------
    OSError
        If it cannot be read.
    NotAMap
        If it is no TopoJSON of countries.
    ValueError
        If it is not even JSON.
    """
    return _atlas(file, _version(file))


def drawn(
    file: Path, places: tuple[Place, ...], members: frozenset[str] | None
) -> Outlines:
    """Return a map as `outlines` draws it, once for each group and file."""
    return _drawn(file, _version(file), places, members)


def _version(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=1)
def _atlas(file: Path, version: tuple[int, int]) -> Atlas:
    try:
        with _no_collection():
            return decoded(json.loads(file.read_bytes()))
    except RecursionError:
        raise ValueError("nested too deeply") from None


@contextmanager
def _no_collection() -> Iterator[None]:
    """
    Leave cycles of objects alone meanwhile.

    A file is tens of thousands of short lists, none in a cycle and soon gone; looking
    through everything for their sake takes longer than reading them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@lru_cache(maxsize=32)
def _drawn(
    file: Path,
    version: tuple[int, int],
    places: tuple[Place, ...],
    members: frozenset[str] | None,
) -> Outlines:
    return outlines(_atlas(file, version), dict(places), members)
