"""What pages of several features read together."""

from __future__ import annotations

from datetime import datetime

from montada.audit import queries as audit
from montada.edition import queries as edition


def stamp(moment: datetime) -> str:
    """
    Return the mark under which every page stays the same.

    It changes with every decision, since each leaves one entry in the trail; with every
    phase that opens or closes by itself; and with the hour, since pages say how many
    days remain, and a day ends at another hour in each edition's zone.
    """
    passed = edition.n_boundaries_passed(moment)
    return f"{audit.last_entry_id()}.{passed}.{moment:%Y%m%d%H}"
