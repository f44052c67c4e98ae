"""What stocktaking does later: reading titles for labels, keeping the register true."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from montada.djangokit.refusals import Refusal
from montada.djangokit.signals import worker_started
from montada.language import queries as language
from montada.stocktaking import operations, queries
from montada.stocktaking.choices import ImportState
from montada.stocktaking.signals import import_waits, projects_recorded

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


PAUSE = timedelta(hours=1)
"""Between two looks at the calendar: deadlines end at midnight in Geneva."""


@task()
def keep_register() -> None:
    """Do what the calendar asks for, and come back in an hour."""
    now = timezone.now()
    operations.pass_overdue(at=now)
    operations.call_for_updates(at=now)
    operations.archive_stale(at=now)
    keep_register.using(run_after=now + PAUSE).enqueue()


@receiver(worker_started)
def _keep_soon(**_announced: Any) -> None:
    if not language.is_task_waiting(keep_register.module_path):
        keep_register.enqueue()


SLICE = timedelta(minutes=5)
"""Of a file at once; then other work has its turn."""


@task()
def take_file_in(run_pk: int, is_trial: bool) -> None:
    """Take in a file that waits, or try it; come back if there is more of it."""
    run = queries.import_run(run_pk)
    if run is None or run.state not in (ImportState.WAITING, ImportState.RUNNING):
        return
    now = timezone.now()
    try:
        file = operations.opened_import(run=run)
        if is_trial:
            operations.try_import(run=run, file=file, at=now, keep_going=lambda: True)
            return
        run = operations.run_import(
            run=run,
            file=file,
            at=now,
            keep_going=lambda: timezone.now() < now + SLICE,
            left_as=ImportState.WAITING,
        )
    except Refusal:
        return
    if run.state == ImportState.WAITING:
        take_file_in.enqueue(run_pk, False)


@receiver(import_waits)
def _take_in_soon(run_pk: int, is_trial: bool, **_announced: Any) -> None:
    take_file_in.enqueue(run_pk, is_trial)


@receiver(worker_started)
def _take_up_imports(**_announced: Any) -> None:
    operations.recover_imports(at=timezone.now())
