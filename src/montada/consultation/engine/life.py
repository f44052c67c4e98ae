"""The way of a contribution: which step may follow which."""

from __future__ import annotations

WAITING = frozenset({"submitted", "resubmitted"})
"""Those that wait for the secretariat's first word."""

IN_PROGRAMME = frozenset({"scheduled", "confirmed", "held", "outcome"})

EDITABLE = frozenset({"draft", "change_asked"})

MERGED_AWAY = "merged"

STEPS: dict[str, frozenset[str]] = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"change_asked", "accepted", "merged", "declined"}),
    "change_asked": frozenset({"resubmitted", "declined"}),
    "resubmitted": frozenset({"change_asked", "accepted", "merged", "declined"}),
    "accepted": frozenset({"scheduled", "merged", "declined", "change_asked"}),
    # An appeal may bring back what was declined, or not.
    "declined": frozenset({"accepted", "declined"}),
    # An appeal may take apart what was merged, so that it is decided about anew.
    "merged": frozenset({"resubmitted"}),
    "scheduled": frozenset({"scheduled", "confirmed", "accepted", "declined"}),
    "confirmed": frozenset({"scheduled", "held", "accepted", "declined"}),
    "held": frozenset({"outcome"}),
    "outcome": frozenset(),
}
"""From each state, the states that may come next."""


def may_follow(state: str, following: str) -> bool:
    """Return whether a contribution in `state` may come to `following`."""
    return following in STEPS[state]
