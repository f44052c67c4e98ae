"""Throwing a draft away, with what was kept only for its sake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from montada.audit import operations as audit
from montada.framework import operations as framework
from montada.stocktaking.models import ProjectVersion
from montada.stocktaking.operations.life import leave_twins
from montada.stocktaking.operations.writing import editable

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

    from montada.participation.models import Person


@transaction.atomic
def discard_draft(
    *, version: ProjectVersion, discarded_by: Person, at: datetime
) -> None:
    """
    Throw a draft away; a project that never had another version goes with it.

    What its words suggested, and what was decided about that, is forgotten.

    Raises
    ------
    NotYourProject, VersionNotEditable
    """
    throw_away(editable(version, discarded_by), by=discarded_by, at=at)


def throw_away(version: ProjectVersion, *, by: Person | None, at: datetime) -> None:
    """As `discard_draft`, for whoever decided it; part of their decision."""
    project = version.project
    audit.record(
        action="stocktaking.draft_discarded",
        actor=by,
        subject=project,
        at=at,
        details={"version": version.number},
    )
    framework.forget_labels(subject=version)
    if project.versions.count() == 1:
        leave_twins(project, by, at)
        stored = [file.file for file in project.files.all()]
        project.delete()
        transaction.on_commit(lambda: _forget(stored))
    else:
        version.delete()


def _forget(stored: Sequence[FieldFile]) -> None:
    for file in stored:
        file.storage.delete(str(file.name))
