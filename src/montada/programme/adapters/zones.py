"""Time zones by name, from the tables of the machine or of the package tzdata."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo


def zone_named(name: str) -> tzinfo:
    """
    Return the zone of a name such as Africa/Cairo.

    Raises
    ------
    KeyError
        If there is none; a name may be anything.
    """
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):
        raise KeyError(name) from None
