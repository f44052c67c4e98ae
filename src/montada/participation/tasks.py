"""What participation does later: mailing what waits in the outbox."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.signals import message_written


@task()
def send_outbox() -> None:
    """Mail what is due, and come back when a message is to be tried again."""
    round_ = participation.send_waiting(at=timezone.now())
    due_at = queries.next_message_due_at()
    # A round in which nothing was due leaves the next one to who scheduled it.
    if due_at and round_.n_sent + round_.n_refused:
        send_outbox.using(run_after=max(due_at, timezone.now())).enqueue()


@receiver(message_written)
def _send_soon(**_announced: Any) -> None:
    # Without a mail server messages wait for the administrator's terminal.
    if settings.EMAIL_HOST:
        send_outbox.enqueue()
