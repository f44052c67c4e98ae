"""A moment by the clock of an edition, and by the reader's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class TwoClocks:
    """`here_at` is None where the reader's clock shows the same or is not known."""

    at: datetime
    here_at: datetime | None


def on_two_clocks(moment: datetime, *, zone: ZoneInfo, reader: Any) -> TwoClocks:
    """Return a moment in `zone` and in the time zone that a person has named."""
    at = moment.astimezone(zone)
    named = getattr(reader, "timezone", "")
    if not named:
        return TwoClocks(at, None)
    here = moment.astimezone(ZoneInfo(named))
    return TwoClocks(at, None if here.utcoffset() == at.utcoffset() else here)
