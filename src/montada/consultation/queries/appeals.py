"""
Appeals: what the author of a contribution that was declined or merged into another says
to the decision, once.

An appeal is a step of the contribution that leaves it as it is, without what every
decision has: a reason from the list, or the other contribution.
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


APPEALABLE = (ContributionState.DECLINED, ContributionState.MERGED)


@dataclass(frozen=True, slots=True)
class AppealWindow:
    """Until when, from the newest decision on; `is_waiting` for its answer now."""

    until: datetime
    is_used: bool
    is_waiting: bool

    def is_open_at(self, moment: datetime) -> bool:
        return not self.is_used and moment < self.until


def is_appeal(step: ContributionStep) -> bool:
    return step.state in APPEALABLE and not (step.reason or step.into_id)


def appeal_window(of: Contribution) -> AppealWindow | None:
    """Return how an appeal stands; None where there is nothing to appeal. One query."""
    if of.state not in APPEALABLE:
        return None
    return window_of(ContributionStep.objects.filter(contribution=of))


def appeal_waits(of: Contribution) -> bool:
    """Return whether the author of a contribution waits for an answer. One query."""
    window = appeal_window(of)
    return window is not None and window.is_waiting


def window_of(
    steps: Sequence[ContributionStep] | QuerySet[ContributionStep],
) -> AppealWindow | None:
    """Return how an appeal stands after these steps, the first one first."""
    since: list[ContributionStep] = []
    for step in steps:
        since = [*since, step] if step.state in APPEALABLE else []
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
    last = steps.order_by("-happened_at", "-pk")
    appealed = Q(state__in=APPEALABLE, last_reason="", last_into=None)
    return rows.annotate(
        last_reason=Subquery(last.values("reason")[:1]),
        last_into=Subquery(last.values("into")[:1]),
    ).filter(appealed | others)
