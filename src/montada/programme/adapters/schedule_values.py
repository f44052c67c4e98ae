"""Values of published programmes: something usable, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any


def day_in(value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def clock_in(value: str) -> time | None:
    try:
        return time.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def object_in(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def objects_in(value: Any) -> list[Mapping[str, Any]]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]


def said(value: object) -> str:
    """Return a value as words; JSON may name halves of letters, no file holds them."""
    return str(value or "").encode("utf-8", "ignore").decode().strip()


def unique(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.strip() for v in values if v.strip()))
