"""
Appeals: what the author of a contribution that was declined or merged into another says
to the decision, once.

An appeal is a step of the contribution that leaves it as it is, without what every
decision has: a reason from the list, or the other contribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery

from montada.consultation.choices import ContributionState, DeclineReason
from montada.consultation.models import Contribution, ContributionStep
from montada.consultation.signals import appeal_until_asked

if TYPE_CHECKING:
    from django.db.models import QuerySet

APPEAL_TIME = timedelta(days=7)
"""
A week: long enough to ask one's organisation, and the programme cannot wait more. Who
decides about requests under rules of their own answers `appeal_until_asked`.
"""


APPEALABLE = (ContributionState.DECLINED, ContributionState.MERGED)


@dataclass(frozen=True, slots=True)
class AppealWindow:
    """Until when, from the newest decision on; `is_waiting` for its answer now."""

    decided_at: datetime
    until: datetime
    is_used: bool
    is_waiting: bool

    def is_open_at(self, moment: datetime) -> bool:
        return not self.is_used and moment < self.until


def is_appeal(step: ContributionStep) -> bool:
    return step.state in APPEALABLE and not (step.reason or step.into_id)


def appeal_window(of: Contribution) -> AppealWindow | None:
    """Return how an appeal stands; None where there is none. Two queries."""
    if of.state not in APPEALABLE:
        return None
    window = window_of(ContributionStep.objects.filter(contribution=of))
    return window and _by_its_rules(of, window)


def _by_its_rules(of: Contribution, window: AppealWindow) -> AppealWindow | None:
    """Return a window as those who decided say; None where they let nobody appeal."""
    answers: list[tuple[Any, Any]] = appeal_until_asked.send(
        sender=Contribution, contribution=of, decided_at=window.decided_at
    )
    for _receiver, until in answers:
        if until is not None:
            window = replace(window, until=until)
    is_shut = window.until <= window.decided_at and not window.is_used
    return None if is_shut else window


def appeal_waits(of: Contribution) -> bool:
    """Return whether the author of a contribution waits for an answer. Two queries."""
    window = appeal_window(of)
    return window is not None and window.is_waiting


def window_of(
    steps: Sequence[ContributionStep] | QuerySet[ContributionStep],
) -> AppealWindow | None:
    """Return how an appeal stands after these steps, the first first, by the week."""
    since: list[ContributionStep] = []
    for step in steps:
        since = [*since, step] if step.state in APPEALABLE else []
    decisions = [step for step in since if not is_appeal(step)]
    if not decisions or decisions[-1].reason == DeclineReason.WITHDRAWN:
        return None
    return AppealWindow(
        decided_at=decisions[-1].happened_at,
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
