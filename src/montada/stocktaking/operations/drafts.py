"""Writing: a draft is begun, and saved as it grows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.stocktaking import queries
from montada.stocktaking.choices import (
    MemberRole,
    Visibility,
)
from montada.stocktaking.engine.harmless import harmless_name, harmless_record
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.models import Project, ProjectVersion
from montada.stocktaking.operations.addresses import DRAFT
from montada.stocktaking.operations.filing import labels_by_project
from montada.stocktaking.operations.writing import check_member, editable

if TYPE_CHECKING:
    from montada.participation.models import Person


class VersionOpenAlready(Refusal):
    code = "stocktaking.version_open_already"
    message = _("A version of this project is being written already: go on with it.")


class SavedMeanwhile(Refusal):
    code = "stocktaking.saved_meanwhile"
    message = _(
        "%(name)s saved this draft while you were writing. Compare, and save again to "
        "keep your words."
    )


@transaction.atomic
def begin_project(
    *,
    record: ProjectRecord,
    organisation_name: str = "",
    country_id: str | None = None,
    stakeholder_group_id: str | None = None,
    begun_by: Person,
    at: datetime,
) -> ProjectVersion:
    """Begin a project that nobody else sees yet; who begins it owns it."""
    record = harmless_record(record)
    project = Project(
        title=record.title,
        visibility=Visibility.UNSEEN,
        country_id=country_id,
        stakeholder_group_id=stakeholder_group_id,
    )
    project.slug = f"{DRAFT}{project.key[:12]}"
    project.save()
    project.members.create(person=begun_by, role=MemberRole.OWNER, since=at)
    return _begun(project, record, organisation_name, begun_by, at)


@transaction.atomic
def begin_version(
    *, project: Project, begun_by: Person, at: datetime
) -> ProjectVersion:
    """
    Begin a version that starts from what readers see, its lines and goals included.

    Raises
    ------
    NotYourProject, VersionOpenAlready
    """
    check_member(project, begun_by)
    if queries.open_version(project) is not None:
        raise VersionOpenAlready
    name = str(project.organisation.name) if project.organisation else ""
    version = _begun(project, queries.published_record(project), name, begun_by, at)
    version.labels = tuple(labels_by_project([project.pk])[project.pk])
    version.save(update_fields=["labels"])
    return version


def _begun(
    project: Project,
    record: ProjectRecord,
    organisation_name: str,
    begun_by: Person,
    at: datetime,
) -> ProjectVersion:
    newest = project.versions.first()
    version = ProjectVersion.objects.create(
        project=project,
        number=newest.number + 1 if newest else 1,
        record=record,
        organisation_name=harmless_name(organisation_name),
        written_by=begun_by,
        written_at=at,
    )
    audit.record(
        action="stocktaking.version_begun",
        actor=begun_by,
        subject=project,
        at=at,
        details={"version": version.number},
    )
    return version


@transaction.atomic
def save_draft(  # noqa: PLR0913 - one parameter for each thing a form holds
    *,
    version: ProjectVersion,
    record: ProjectRecord,
    revision: int,
    saved_by: Person,
    at: datetime,
    organisation_name: str = "",
    country_id: str | None = None,
    stakeholder_group_id: str | None = None,
) -> ProjectVersion:
    """
    Save a draft as it stands; broken rules do not keep it from being saved.

    `revision` is that of the version its writer saw. Country and group of a project
    that was published already stay what they are. A draft is no decision: it leaves no
    entry in the trail.

    Raises
    ------
    NotYourProject, VersionNotEditable, SavedMeanwhile
    """
    version = editable(version, saved_by)
    if version.revision != revision:
        raise SavedMeanwhile(name=version.written_by or "")
    record = harmless_record(record)
    project = version.project
    if project.visibility == Visibility.UNSEEN:
        project.country_id = country_id
        project.stakeholder_group_id = stakeholder_group_id
        project.title = record.title
        project.save()
    version.record = record
    version.organisation_name = harmless_name(organisation_name)
    version.revision += 1
    version.written_by, version.written_at = saved_by, at
    version.save()
    return version
