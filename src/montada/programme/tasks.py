"""What the programme does later: solving plans, telling of releases."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from montada.djangokit.signals import worker_started
from montada.language import queries as language
from montada.programme import operations, queries
from montada.programme.signals import programme_released, solver_asked


@task()
def solve_plans() -> None:
    """Do each run that waits, or that an earlier worker left in the middle."""
    while (run := queries.next_run()) is not None:
        operations.solve(run=run, at=timezone.now(), clock=monotonic)


@receiver(solver_asked)
def _solve_soon(**_announced: Any) -> None:
    if not language.is_task_waiting(solve_plans.module_path):
        solve_plans.enqueue()


@task()
def tell_of_releases() -> None:
    """
    Write the letters about each release of which nobody was told.

    One that fails is tried again with the next, holds up none, and is raised at last.
    """
    failures = []
    for release in queries.untold_releases():
        try:
            operations.tell_of_release(release=release, at=timezone.now())
        except Exception as failure:  # noqa: BLE001 - raised again when all were tried
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"Releases not told: {len(failures)}", failures)


@receiver(programme_released)
def _tell_soon(**_announced: Any) -> None:
    if not language.is_task_waiting(tell_of_releases.module_path):
        tell_of_releases.enqueue()


@receiver(worker_started)
def _take_up(**_announced: Any) -> None:
    """Go on with what was asked for when the last worker stopped."""
    for work in (solve_plans, tell_of_releases):
        if not language.is_task_waiting(work.module_path):
            work.enqueue()
