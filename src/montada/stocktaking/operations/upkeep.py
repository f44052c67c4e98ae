"""Keeping the register true: the yearly call, a word that all still is, the archive."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from montada.audit import operations as audit
from montada.audit.queries import name_of as audit_name
from montada.stocktaking import queries
from montada.stocktaking.choices import PUBLIC, MemberRole, Visibility
from montada.stocktaking.engine.freshness import months_before
from montada.stocktaking.models import Project, ProjectMember
from montada.stocktaking.operations import told
from montada.stocktaking.operations.standing import (
    NotYoursToDecide,
    check_visibility,
    held_project,
)
from montada.stocktaking.permissions import role_in

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_ARCHIVED = 500
"""Projects of one round: a first one must not hold the database for long."""


def call_for_updates(*, at: datetime) -> int:
    """
    Ask owners once a year whether their published projects are still true; how many.

    In the month that the edition's rules name, one letter to each owner. Without an
    edition nobody calls. Each letter is a decision of its own: who became an owner
    later in the month is asked as well.
    """
    register = queries.register_at(at)
    is_the_month = register.today.month == register.rules.update_call_month
    if register.edition is None or not is_the_month:
        return 0
    projects_of: dict[Person, list[Project]] = defaultdict(list)
    owners = ProjectMember.objects.filter(
        role=MemberRole.OWNER,
        project__visibility=Visibility.PUBLISHED,
        person__is_active=True,
    )
    for owner in owners.select_related("person", "project").order_by("project__pk"):
        projects_of[owner.person].append(owner.project)
    called = queries.called_in_year_of(register)
    waiting = [person for person in projects_of if audit_name(person) not in called]
    for person in waiting:
        _call(person, projects_of[person], at)
    return len(waiting)


@transaction.atomic
def _call(person: Person, projects: list[Project], at: datetime) -> None:
    told.tell(told.letter_of_all(projects, "update_call"), [person], at=at)
    audit.record(
        action=queries.UPDATE_CALLED,
        actor=None,
        subject=person,
        at=at,
        details={"n_projects": len(projects)},
    )


@transaction.atomic
def confirm_current(*, project: Project, confirmed_by: Person, at: datetime) -> Project:
    """
    Say that what stands in the register is still true; it leaves the archive with that.

    Raises
    ------
    EntryGone, NotYoursToDecide, EntryMovedOn
    """
    row = held_project(project)
    if not role_in(confirmed_by, row):
        raise NotYoursToDecide
    check_visibility(row, PUBLIC)
    was_archived = row.visibility == Visibility.ARCHIVED
    row.current_on = queries.register_at(at).today
    row.visibility = Visibility.PUBLISHED
    row.save(update_fields=["current_on", "visibility"])
    audit.record(
        action="stocktaking.project_brought_back"
        if was_archived
        else "stocktaking.project_confirmed",
        actor=confirmed_by,
        subject=row,
        at=at,
    )
    if was_archived:
        to = [*told.members_of(row), *told.focal_points_of(row)]
        letter = told.letter_of_project(row, "brought_back")
        told.tell(letter, to, at=at, but=confirmed_by)
    return row


@transaction.atomic
def archive_stale(*, at: datetime) -> int:
    """
    Archive published projects of which nobody has said for long that they are true.

    At most `MOST_ARCHIVED` at once; how many. A project that never said when it was
    current is not judged.
    """
    register = queries.register_at(at)
    before = months_before(register.today, register.rules.archive_months)
    stale = list(
        Project.objects.filter(visibility=Visibility.PUBLISHED, current_on__lt=before)
        .select_for_update()
        .order_by("pk")[:MOST_ARCHIVED]
    )
    Project.objects.filter(pk__in=[project.pk for project in stale]).update(
        visibility=Visibility.ARCHIVED
    )
    for project in stale:
        audit.record(
            action="stocktaking.project_archived", actor=None, subject=project, at=at
        )
        letter = told.letter_of_project(project, "archived")
        told.tell(letter, told.keepers_of(project), at=at)
    return len(stale)
