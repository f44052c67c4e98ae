"""When the made-up edition happens, so that its chosen stage is what is open now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Zurich")
USUAL_START = date(2027, 7, 5)
"""Monday of the week in which the demonstration prefers to happen."""
N_DAYS = 5

STAGES = {
    "consultation": (-270, -130),
    "selection": (-130, -60),
    "programme": (-60, 0),
    "live": (0, N_DAYS),
    "review": (N_DAYS, 120),
}
"""First day, and first day after, counted from the forum's first day."""

KIND_OF_STAGE = {"live": "forum"}
"""The kind of phase that is open in a stage, where it has another name."""

PHASES = {
    "consultation": (-270, -110),
    "submission": (-240, -130),
    "selection": (-130, -60),
    "programme": (-60, 0),
    "forum": (0, N_DAYS),
    "review": (N_DAYS, 120),
}
"""As STAGES; the pattern of real editions, which open the two calls side by side."""


@dataclass(frozen=True, slots=True)
class Window:
    kind: str
    opens_at: datetime
    closes_at: datetime


def first_day(stage: str, today: date) -> date:
    """
    Return the Monday on which the forum opens if `stage` is to be open `today`.

    The usual week of July 2027 wherever that fits, else the week that puts today early
    into the stage.
    """
    opens, closes = STAGES[stage]
    if opens <= (today - USUAL_START).days < closes:
        return USUAL_START
    wanted = today - timedelta(days=opens + (closes - opens) * 2 // 5)
    # Back to Monday: at most six days, and no stage but "live" is shorter than that.
    monday = wanted - timedelta(days=wanted.weekday())
    return monday if stage != "live" else today - timedelta(days=today.weekday() % 5)


def phases(start: date) -> list[Window]:
    """Return the phases of an edition that opens on `start`, midnight to midnight."""

    def midnight(n_days: int) -> datetime:
        return datetime.combine(start + timedelta(days=n_days), time(), ZONE)

    return [
        Window(kind, midnight(opens), midnight(closes))
        for kind, (opens, closes) in PHASES.items()
    ]
