"""The process beside the web server: it lets readers go first."""

from __future__ import annotations

import os

from montada.site.companion import NICENESS, Companion


def test_background_work_yields_to_people_who_wait_for_a_page() -> None:
    with Companion("worker") as companion:
        niceness = os.getpriority(os.PRIO_PROCESS, companion.pid)

    assert niceness == NICENESS > os.getpriority(os.PRIO_PROCESS, 0)
