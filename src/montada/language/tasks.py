"""What language does later: encoding what was published."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from montada.djangokit.signals import worker_started
from montada.language import operations, queries
from montada.language.signals import texts_published

TEXTS_A_TASK = 500
"""About a minute; then other work has its turn."""


@task()
def embed_texts() -> None:
    """Encode what waits, and come back if there is more."""
    left = operations.embed_waiting(keep_going=lambda: True, limit=TEXTS_A_TASK)
    operations.note_encoded(done=left, at=timezone.now())
    if left.n_done and left.n_waiting:
        embed_texts.enqueue()


@receiver([texts_published, worker_started])
def _embed_soon(**_announced: Any) -> None:
    if not queries.is_task_waiting(embed_texts.module_path):
        embed_texts.enqueue()
