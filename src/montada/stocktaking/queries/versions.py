"""Versions of projects, and whose words they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from montada.stocktaking.choices import EDITABLE, IN_CHECK, VersionState
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.models import Project, ProjectFile, ProjectVersion

if TYPE_CHECKING:
    from montada.participation.models import Person


def version(pk: int) -> ProjectVersion | None:
    """Return a version with its project and what its page shows of it."""
    return (
        ProjectVersion.objects.filter(pk=pk)
        .select_related(
            "project__organisation",
            "project__country",
            "project__stakeholder_group",
            "written_by",
        )
        .first()
    )


def open_version(project: Project) -> ProjectVersion | None:
    """Return the version of a project that is not published yet."""
    return project.versions.exclude(state=VersionState.PUBLISHED).first()


def published_version(project: Project) -> ProjectVersion | None:
    """Return the version that readers see."""
    return project.versions.filter(state=VersionState.PUBLISHED).first()


def newest_versions(project_ids: Collection[int]) -> dict[int, int]:
    """Return the key of each project's newest published version. One query."""
    published = ProjectVersion.objects.filter(
        project__in=project_ids, state=VersionState.PUBLISHED
    )
    return dict(published.order_by("number").values_list("project_id", "pk"))


def published_record(project: Project) -> ProjectRecord:
    """Return what readers see; only the title of what was never published."""
    found = published_version(project)
    return found.record if found else ProjectRecord(title=project.title)


def may_edit(person: Any, project: Project) -> bool:
    """Return whether the project's words are this person's to change."""
    return bool(
        person.is_authenticated and project.members.filter(person_id=person.pk).exists()
    )


def my_projects(person: Person) -> QuerySet[Project]:
    """
    Return the projects whose words are this person's, those in work first.

    `open_versions` of each holds the version that is not published yet, if any.
    """
    unpublished = ProjectVersion.objects.exclude(state=VersionState.PUBLISHED)
    return (
        Project.objects.filter(members__person=person)
        .select_related("organisation", "country")
        .prefetch_related(Prefetch("versions", unpublished, to_attr="open_versions"))
        .order_by("visibility", "sort_key", "pk")
    )


def file(pk: int) -> ProjectFile | None:
    return ProjectFile.objects.filter(pk=pk).select_related("project").first()


def is_file_shown(file: ProjectFile) -> bool:
    """Return whether readers see a file."""
    is_sent = ProjectFile.objects.shown().filter(pk=file.pk).exists()
    return file.project.is_public and is_sent


def files_of(project: Project) -> QuerySet[ProjectFile]:
    """Return a project's files, each with `is_shown`: whether readers see it yet."""
    return project.files.with_shown()


def version_citing(file: ProjectFile) -> ProjectVersion | None:
    """Return the newest version, published or waiting, that proves something by it."""
    versions = file.project.versions.filter(
        state__in=[VersionState.PUBLISHED, *IN_CHECK]
    )
    cited = (v for v in versions if file.pk in {e.file_id for e in v.record.evidence})
    return next(cited, None)


def file_of(project: Project, pk: str) -> ProjectFile | None:
    found = file(int(pk)) if pk.isdecimal() and len(pk) < 18 else None
    return found if found and found.project_id == project.pk else None


def is_editable(version: ProjectVersion) -> bool:
    return version.state in EDITABLE
