"""Putting a version into the register, for readers to see."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.framework import operations as framework
from montada.participation import operations as participation
from montada.stocktaking import signals
from montada.stocktaking.choices import IN_CHECK, VersionState, Visibility
from montada.stocktaking.engine.titles import language_of_title
from montada.stocktaking.models import Project, ProjectVersion
from montada.stocktaking.operations.addresses import give_slugs
from montada.stocktaking.operations.columns import set_columns, set_places
from montada.stocktaking.operations.filing import file_under
from montada.stocktaking.operations.publishing import publish_project


class NotInCheck(Refusal):
    code = "stocktaking.not_in_check"
    message = _("Only an entry that was sent and waits can be published.")


@transaction.atomic
def publish_version(
    *, version: ProjectVersion, published_by: AbstractBaseUser | None, at: datetime
) -> ProjectVersion:
    """
    Put a version that waits into the register, in place of the one before.

    Whoever may decide so is asked by `life.publish_entry`, the door to this.

    Raises
    ------
    NotInCheck
    """
    version = (
        ProjectVersion.objects.select_for_update(of=("self",))
        .select_related("project")
        .get(pk=version.pk)
    )
    if version.state not in IN_CHECK:
        raise NotInCheck
    version.state, version.published_at = VersionState.PUBLISHED, at
    version.due_on = None
    version.save(update_fields=["state", "published_at", "due_on"])
    _show(version.project, version, at)
    audit.record(
        action="stocktaking.version_published",
        actor=published_by,
        subject=version.project,
        at=at,
        details={"version": version.number, "receipt": version.receipt},
    )
    signals.version_published.send(sender=ProjectVersion, version=version, at=at)
    transaction.on_commit(_announce)
    return version


def _show(project: Project, version: ProjectVersion, at: datetime) -> None:
    """Let the project's row, its places and the search say what the version says."""
    is_new = project.visibility == Visibility.UNSEEN
    set_columns(project, version.record)
    if version.organisation_name:
        project.organisation = participation.name_organisation(
            name=version.organisation_name,
            language=language_of_title(version.organisation_name),
            country_id=project.country_id,
            stakeholder_group_id=project.stakeholder_group_id,
            source_url="",
            at=at,
        )
    project.visibility, project.visibility_reason = Visibility.PUBLISHED, ""
    project.current_on = at.date()
    project.first_year = min(project.first_year or at.year, at.year)
    project.last_year = max(project.last_year or at.year, at.year)
    if is_new:
        give_slugs([project])
    project.save()
    set_places([(project, version.record)])
    file_under(project, version.labels)
    # What was suggested and decided while it was written is the project's from now on.
    framework.hand_over_labels(giver=version, taker=project)
    publish_project(project=project)


def _announce() -> None:
    signals.projects_recorded.send_robust(sender=None)
