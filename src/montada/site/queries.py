"""What pages of several features read together."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime

from montada.audit import queries as audit
from montada.consultation import queries as consultation
from montada.edition import queries as edition


def stamp(moment: datetime) -> str:
    """
    Return the mark under which every page stays the same.

    It changes with every decision, since each leaves one entry in the trail; with every
    phase or call that opens or closes by itself; and with the hour, since pages say how
    many days remain, and a day ends at another hour in each edition's zone.
    """
    passed = bisect_right(_boundaries(), moment)
    return f"{audit.last_entry_id()}.{passed}.{moment:%Y%m%d%H}"


@audit.remembered("edition.", "consultation.call")
def _boundaries() -> list[datetime]:
    """Return every opening and closing in the order of time. One query."""
    windows = edition.phase_windows().union(consultation.call_windows())
    return sorted(moment for window in windows for moment in window)
