"""What the selection tells of: nominated, championed, awarded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from montada.audit import operations as audit
from montada.stocktaking.choices import Distinction
from montada.stocktaking.models import Project, ProjectDistinction


class NotedDistinction(NamedTuple):
    project_id: int
    kind: str
    """A value of `Distinction`."""
    year: int | None


@transaction.atomic
def note_distinction(
    *,
    project: Project,
    kind: str,
    year: int | None,
    at: datetime,
    noted_by: AbstractBaseUser | None = None,
) -> bool:
    """Remember that `project` reached `kind` in `year`; return whether that was new."""
    is_new = bool(
        note_distinctions(distinctions=[NotedDistinction(project.pk, kind, year)])
    )
    if is_new:
        audit.record(
            action="stocktaking.distinction_noted",
            actor=noted_by,
            subject=project,
            at=at,
            details={"kind": kind, "year": year},
        )
    return is_new


@transaction.atomic
def note_distinctions(*, distinctions: Iterable[NotedDistinction]) -> int:
    """
    Remember many distinctions at once; return how many were new.

    Part of a larger decision: the operation that takes it leaves the audit entry.
    """
    wanted = {
        NotedDistinction(d[0], Distinction(d[1]).value, d[2]) for d in distinctions
    }
    known = ProjectDistinction.objects.filter(
        project__in={distinction.project_id for distinction in wanted}
    ).values_list("project_id", "kind", "year")
    new = wanted - {NotedDistinction(*row) for row in known}
    rows = [ProjectDistinction(**d._asdict()) for d in sorted(new, key=_order)]
    ProjectDistinction.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _order(distinction: NotedDistinction) -> tuple[int, str, int]:
    return (distinction.project_id, distinction.kind, distinction.year or 0)
