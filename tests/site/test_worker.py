"""A worker that begins takes up what an earlier one left."""

from __future__ import annotations

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from montada.djangokit.signals import worker_started

pytestmark = pytest.mark.django_db


def waiting() -> list[str]:
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return sorted(ready.values_list("task_path", flat=True))


def test_a_worker_puts_in_again_what_may_be_unfinished_and_each_once() -> None:
    DBTaskResult.objects.all().delete()

    worker_started.send(sender=None)
    worker_started.send(sender=None)

    assert waiting() == [
        "montada.consultation.tasks.count_votes",
        "montada.consultation.tasks.label_statements",
        "montada.desk.tasks.send_digests",
        "montada.language.tasks.embed_texts",
        "montada.programme.tasks.solve_plans",
        "montada.programme.tasks.tell_of_releases",
        "montada.stocktaking.tasks.keep_register",
        "montada.stocktaking.tasks.label_projects",
    ]
