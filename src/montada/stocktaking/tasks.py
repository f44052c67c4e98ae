"""What stocktaking does later: reading titles for the labels they suggest."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from montada.djangokit.signals import worker_started
from montada.language import queries as language
from montada.stocktaking import operations
from montada.stocktaking.signals import projects_recorded

TITLES_A_TASK = 50
"""Some seconds; what is suggested shows on pages after each."""


@task()
def label_projects() -> None:
    """Read titles that wait, and come back if there are more."""
    done = operations.label_waiting(
        at=timezone.now(), keep_going=lambda: True, limit=TITLES_A_TASK
    )
    if done.n_read and done.n_waiting:
        label_projects.enqueue()


@receiver([projects_recorded, worker_started])
def _label_soon(**_announced: Any) -> None:
    if not language.is_task_waiting(label_projects.module_path):
        label_projects.enqueue()
