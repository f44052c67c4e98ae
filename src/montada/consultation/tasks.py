"""What consultation does later: computing opinion, reading statements for labels."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from montada.consultation.operations.labels import read_statements
from montada.consultation.operations.opinion import compute_opinion
from montada.consultation.queries.opinion_due import editions_to_compute, next_closing
from montada.consultation.signals import statements_opened, vote_cast
from montada.djangokit.signals import worker_started
from montada.language import queries as language

PAUSE = timedelta(minutes=1)
"""Votes of so long are counted together: one computation serves them all."""


@task()
def count_votes() -> None:
    """Compute the opinion of each edition of which enough is new since the last one."""
    for edition in editions_to_compute(timezone.now()):
        compute_opinion(edition=edition, at=timezone.now())
    closes_at = next_closing(timezone.now())
    if closes_at and not language.is_task_waiting(count_last_votes.module_path):
        count_last_votes.using(run_after=closes_at).enqueue()


@task()
def count_last_votes() -> None:
    """Count the last few votes when voting is over, which no later ones will join."""
    count_votes.func()


@receiver(vote_cast)
def _count_soon(**_announced: Any) -> None:
    if not language.is_task_waiting(count_votes.module_path):
        count_votes.using(run_after=timezone.now() + PAUSE).enqueue()


@receiver(worker_started)
def _take_up(**_announced: Any) -> None:
    """Go on with what was begun, or not begun, when the last worker stopped."""
    if not language.is_task_waiting(count_votes.module_path):
        count_votes.enqueue()


STATEMENTS_A_TASK = 50
"""Some seconds; themes know what was read after each."""


@task()
def label_statements() -> None:
    """Read open statements that wait, and come back if there are more."""
    if read_statements(at=timezone.now(), limit=STATEMENTS_A_TASK):
        label_statements.enqueue()


@receiver([statements_opened, worker_started])
def _label_soon(**_announced: Any) -> None:
    if not language.is_task_waiting(label_statements.module_path):
        label_statements.enqueue()
