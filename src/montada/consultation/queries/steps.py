"""Which steps the secretariat may take with a contribution as it stands."""

from __future__ import annotations

from django.utils.translation import gettext as _

from montada.consultation.choices import ContributionState
from montada.consultation.engine.life import MERGED_AWAY, may_follow
from montada.consultation.models import Contribution
from montada.consultation.queries.appeals import appeal_waits


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
    waits = appeal_waits(of)
    # What was declined is decided about anew when its author appeals, not before.
    is_over = of.state == ContributionState.DECLINED and not waits
    open_now = [
        (step, said)
        for step, to, said in offered
        if may_follow(of.state, to) and not is_over
    ]
    if of.state == MERGED_AWAY and waits:
        open_now += [
            ("apart", _("Take apart again")),
            ("stay", _("Leave it merged")),
        ]
    return [*open_now, ("group", _("Group under the theme"))]
