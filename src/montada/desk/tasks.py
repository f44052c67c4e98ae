"""What the desk does later: telling by mail what is new."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from montada.desk import operations
from montada.djangokit.signals import worker_started
from montada.language import queries as language

BETWEEN_ROUNDS = timedelta(hours=1)
"""Mornings begin at another hour in each time zone."""


@task()
def send_digests() -> None:
    """Write the digests that are due, and come back in an hour."""
    now = timezone.now()
    operations.send_digests(at=now)
    if not language.is_task_waiting(send_digests.module_path):
        send_digests.using(run_after=now + BETWEEN_ROUNDS).enqueue()


@receiver(worker_started)
def _send_from_now_on(**_announced: Any) -> None:
    if not language.is_task_waiting(send_digests.module_path):
        send_digests.enqueue()
