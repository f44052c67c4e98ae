"""Sending: a version that is whole gets its number and goes its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.participation import queries as participation
from montada.stocktaking import queries, signals
from montada.stocktaking.choices import (
    VersionState,
)
from montada.stocktaking.engine.rules import Problem
from montada.stocktaking.models import Project, ProjectVersion
from montada.stocktaking.operations.writing import editable

if TYPE_CHECKING:
    from montada.participation.models import Person

GOVERNMENT = "government"
"""Whose entries wait for the focal point; nobody else's do."""


class NotReady(Refusal):
    """`problems` tells part by part what is missing or broken."""

    code = "stocktaking.not_ready"
    message = _("The entry cannot be sent yet: see what is said beside its fields.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


@transaction.atomic
def submit_version(
    *, version: ProjectVersion, submitted_by: Person, at: datetime
) -> ProjectVersion:
    """
    Send a version; it gets its number, and waits for who has to see it.

    That is the focal point for the entry of a government whose country has one, until
    the day the edition rules; the secretariat for every other.

    Raises
    ------
    NotYourProject, VersionNotEditable, NotReady
    """
    version = editable(version, submitted_by)
    if problems := queries.problems_in(version, at):
        raise NotReady(problems)
    version.receipt = version.receipt or f"{at.year}-{version.pk:05d}"
    version.submitted_at = at
    version.state, version.due_on = VersionState.SECRETARIAT, None
    if _waits_for_focal_point(version.project):
        register = queries.register_at(at)
        days = timedelta(days=register.rules.focal_point_days)
        version.state = VersionState.FOCAL_POINT
        version.due_on = register.today + days
    version.save()
    audit.record(
        action="stocktaking.version_submitted",
        actor=submitted_by,
        subject=version.project,
        at=at,
        details={"version": version.number, "receipt": version.receipt},
    )
    signals.version_submitted.send(sender=ProjectVersion, version=version, at=at)
    return version


def _waits_for_focal_point(project: Project) -> bool:
    return (
        project.stakeholder_group_id == GOVERNMENT
        and project.country_id is not None
        and participation.focal_points_of(project.country_id).exists()
    )
