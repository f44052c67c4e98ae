"""Who writes in a version, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.stocktaking import queries
from montada.stocktaking.choices import (
    EDITABLE,
)
from montada.stocktaking.models import Project, ProjectVersion

if TYPE_CHECKING:
    from montada.participation.models import Person


class NotYourProject(Refusal):
    code = "stocktaking.not_your_project"
    message = _("Only the owners and co-editors of a project write in it.")


class VersionNotEditable(Refusal):
    code = "stocktaking.version_not_editable"
    message = _(
        "This version was sent: it changes no more unless somebody asks you for a "
        "change."
    )


def editable(version: ProjectVersion, person: Person) -> ProjectVersion:
    """
    Return the version as it stands now, locked for a change by its writer.

    Raises
    ------
    NotYourProject, VersionNotEditable
    """
    now = (
        ProjectVersion.objects.select_for_update(of=("self",))
        .select_related("project", "written_by")
        .get(pk=version.pk)
    )
    check_member(now.project, person)
    if now.state not in EDITABLE:
        raise VersionNotEditable
    return now


def check_member(project: Project, person: Person) -> None:
    """Raise `NotYourProject` unless the person writes in the project."""
    if not queries.may_edit(person, project):
        raise NotYourProject
