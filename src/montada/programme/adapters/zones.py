"""Time zones by name, from the tables of the machine or of the package tzdata."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo

OF_NO_PLACE = ("right/", "posix/", "posixrules", "localtime", "Factory")
"""Beginnings of names that machines keep beside those of places, for themselves."""


def zone_named(name: str) -> tzinfo:
    """
    Return the zone of a name such as Africa/Cairo.

    Raises
    ------
    KeyError
        If there is none; a name may be anything.
    """
    if name.startswith(OF_NO_PLACE):
        raise KeyError(name)
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):
        raise KeyError(name) from None
