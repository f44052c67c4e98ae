"""Which steps the secretariat may take with a contribution as it stands."""

from __future__ import annotations

from django.utils.translation import gettext as _

from montada.consultation.engine.life import MERGED_AWAY, may_follow
from montada.consultation.models import Contribution
from montada.consultation.queries.appeals import appeal_window


def _says_anew(of: Contribution) -> bool:
    """Return whether the same step may come again: a new hour, an answered appeal."""
    window = appeal_window(of)
    return window is None or window.is_waiting


def steps_open(of: Contribution) -> list[tuple[str, str]]:
    """Return the steps that may follow, each as its button sends and names it."""
    offered = (
        ("accept", "accepted", _("Accept: propose for the programme")),
        ("schedule", "scheduled", _("Schedule")),
        ("confirm", "confirmed", _("Confirm for its organiser")),
        ("held", "held", _("It was held")),
        ("outcome", "outcome", _("Note the outcome")),
        ("change", "change_asked", _("Ask for a change")),
        ("merge", "merged", _("Merge into another")),
        ("decline", "declined", _("Decline")),
    )
    open_now = [
        (step, said)
        for step, to, said in offered
        if may_follow(of.state, to) and (of.state != to or _says_anew(of))
    ]
    if of.state == MERGED_AWAY and _says_anew(of):
        open_now += [
            ("apart", _("Take apart again")),
            ("stay", _("Leave it merged")),
        ]
    return [*open_now, ("group", _("Group under the theme"))]
