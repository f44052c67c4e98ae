"""What the programme does later: solving plans, telling of releases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
    _each(
        _runs(),
        lambda run: operations.solve(run=run, at=timezone.now(), clock=monotonic),
    )


def _runs() -> Iterator[Any]:
    """Yield open runs, each once; those that are asked for meanwhile come last."""
    done = 0
    while (run := queries.next_run(after=done)) is not None:
        yield run
        done = run.pk


def _each(rows: Iterable[Any], work: Callable[[Any], object]) -> None:
    """Do what waits; one that fails holds up no other, and is raised at the end."""
    failures = []
    for row in rows:
        try:
            work(row)
        except Exception as failure:  # noqa: BLE001 - raised again when all were tried
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} failed", failures)


@receiver(solver_asked)
def _solve_soon(**_announced: Any) -> None:
    if not language.is_task_waiting(solve_plans.module_path):
        solve_plans.enqueue()


@task()
def tell_of_releases() -> None:
    """Write the letters about each release of which nobody was told."""
    _each(
        queries.untold_releases(),
        lambda release: operations.tell_of_release(release=release, at=timezone.now()),
    )


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
