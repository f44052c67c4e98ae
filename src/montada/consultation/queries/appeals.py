"""
Appeals: what the author of a declined contribution says to the decision, once.

An appeal is a step of the contribution that leaves it declined and has no reason from
the list: every decision to decline has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery

from montada.consultation.choices import ContributionState, DeclineReason
from montada.consultation.models import Contribution, ContributionStep

if TYPE_CHECKING:
    from django.db.models import QuerySet

APPEAL_TIME = timedelta(days=7)
"""A week: long enough to ask one's organisation, and the programme cannot wait more."""


@dataclass(frozen=True, slots=True)
class AppealWindow:
    """Until when, from the newest decision on; `is_waiting` for its answer now."""

    until: datetime
    is_used: bool
    is_waiting: bool

    def is_open_at(self, moment: datetime) -> bool:
        return not self.is_used and moment < self.until


def is_appeal(step: ContributionStep) -> bool:
    return step.state == ContributionState.DECLINED and not step.reason


def appeal_window(of: Contribution) -> AppealWindow | None:
    """Return how an appeal stands; None where there is nothing to appeal. One query."""
    if of.state != ContributionState.DECLINED:
        return None
    return window_of(ContributionStep.objects.filter(contribution=of))


def window_of(
    steps: Sequence[ContributionStep] | QuerySet[ContributionStep],
) -> AppealWindow | None:
    """Return how an appeal stands after these steps, the first one first."""
    since: list[ContributionStep] = []
    for step in steps:
        is_declined = step.state == ContributionState.DECLINED
        since = [*since, step] if is_declined else []
    decisions = [step for step in since if not is_appeal(step)]
    if not decisions or decisions[-1].reason == DeclineReason.WITHDRAWN:
        return None
    return AppealWindow(
        until=decisions[-1].happened_at + APPEAL_TIME,
        is_used=len(decisions) < len(since),
        is_waiting=is_appeal(since[-1]),
    )


def with_appeals_waiting(
    rows: QuerySet[Contribution], others: Q
) -> QuerySet[Contribution]:
    """Return rows whose author waits for an answer to an appeal, and others."""
    steps = ContributionStep.objects.filter(contribution=OuterRef("pk"))
    last = steps.order_by("-happened_at", "-pk").values("reason")[:1]
    appealed = Q(state=ContributionState.DECLINED, last_reason="")
    return rows.annotate(last_reason=Subquery(last)).filter(appealed | others)
