"""What became of a project: its versions, what was said of them, what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from montada.audit import queries as audit
from montada.stocktaking.choices import RemarkKind, VersionState
from montada.stocktaking.engine.differences import Difference, Piece, differences
from montada.stocktaking.models import Project, ProjectRemark, ProjectVersion
from montada.stocktaking.queries.label_names import labels_in_words
from montada.stocktaking.queries.problems import PART_NAMES
from montada.stocktaking.queries.rules import register_at
from montada.stocktaking.queries.values_in_words import values_in_words

_SAID_TO_ALL: dict[str, Any] = {
    "stocktaking.endorsement_ended": _("Endorsement ended: the words may change"),
    "stocktaking.project_archived": _("Archived: not updated for long"),
    "stocktaking.project_brought_back": _("Brought back from the archive"),
    "stocktaking.project_confirmed": _("Confirmed: all is still true"),
    "stocktaking.project_republished": _("Put back into the register"),
    "stocktaking.project_unpublished": _("Taken from the register"),
    "stocktaking.twins_linked": _("Joined to another record of the same project"),
    "stocktaking.twins_unlinked": _("Separated from another record"),
    "stocktaking.version_endorsed": _("Endorsed by the country"),
    "stocktaking.version_published": _("Version published"),
}
_SAID_INSIDE: dict[str, Any] = {
    "stocktaking.change_advised": _("Change advised by the focal point"),
    "stocktaking.change_asked": _("Change asked for by the focal point"),
    "stocktaking.endorsement_taken_back": _("Endorsement taken back"),
    "stocktaking.file_added": _("File added to a project"),
    "stocktaking.file_removed": _("File taken from a project"),
    "stocktaking.member_added": _("Co-editor added"),
    "stocktaking.member_removed": _("Co-editor or owner left"),
    "stocktaking.project_handed_over": _("Handed over to a new owner"),
    "stocktaking.version_begun": _("Version begun"),
    "stocktaking.version_commented": _("Comment made"),
    "stocktaking.version_passed_on": _("Passed on: the focal point’s time was over"),
    "stocktaking.version_returned": _("Returned to the author by the secretariat"),
    "stocktaking.version_submitted": _("Version sent"),
}


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """A part that changed: a text word by word, anything else before and after."""

    name: str
    language: str
    """Of a text; empty for anything else."""
    pieces: tuple[Piece, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionStep:
    """A published version, and where it differs from the one before."""

    version: ProjectVersion
    differences: tuple[DifferenceShown, ...]
    is_first: bool
    endorsements: tuple[ProjectRemark, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """A decision about the project; moments are in the edition's time zone."""

    said: str
    happened_at: datetime
    number: int | None
    """Of the version that it was about."""
    actor: str
    """Shown to those inside only; empty where the forum acted by itself."""
    reason: str


@dataclass(frozen=True, slots=True)
class ProjectHistory:
    project: Project
    steps: tuple[VersionStep, ...]
    """Newest first."""
    remarks: tuple[ProjectRemark, ...]
    """Requests and comments, newest first; empty for who is not inside."""
    happenings: tuple[Happening, ...]
    open_version: ProjectVersion | None
    """The version under way, for those inside."""


def any_project(slug: str) -> Project | None:
    """Return the project at an address, whoever may read it."""
    return (
        Project.objects.filter(slug=slug)
        .select_related("country", "organisation", "same_as")
        .first()
    )


def history_of(project: Project, *, is_inside: bool, at: datetime) -> ProjectHistory:
    """
    Return a project's history, as readers see it or those inside. Seven queries.

    `is_inside`: owners, co-editors, focal points of the country, the secretariat.
    """
    remarks = _remarks(project)
    said = remarks if is_inside else []
    versions = list(project.versions.all())
    published = [v for v in versions if v.state == VersionState.PUBLISHED]
    under_way = [v for v in versions if v.state != VersionState.PUBLISHED]
    return ProjectHistory(
        project=project,
        steps=tuple(_steps(published, remarks)),
        remarks=tuple(r for r in said if r.kind != RemarkKind.ENDORSEMENT),
        happenings=tuple(_happenings(project, is_inside, at)),
        open_version=under_way[0] if under_way and is_inside else None,
    )


def _remarks(project: Project) -> list[ProjectRemark]:
    return list(
        ProjectRemark.objects.filter(version__project=project)
        .select_related("author", "country", "version")
        .order_by("-pk")
    )


def _steps(
    published: list[ProjectVersion], remarks: list[ProjectRemark]
) -> list[VersionStep]:
    labels = labels_in_words(published)
    return [
        VersionStep(
            version,
            _differences(before, version, labels) if before else (),
            before is None,
            tuple(
                remark
                for remark in remarks
                if remark.version_id == version.pk
                and remark.kind == RemarkKind.ENDORSEMENT
            ),
        )
        for version, before in zip(published, [*published[1:], None], strict=False)
    ]


def _differences(
    before: ProjectVersion,
    after: ProjectVersion,
    labels: dict[int, dict[str, tuple[str, ...]]],
) -> tuple[DifferenceShown, ...]:
    return (
        *map(_shown, differences(before.record, after.record)),
        *_of_labels(labels[before.pk], labels[after.pk]),
    )


def _of_labels(
    before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]]
) -> Iterator[DifferenceShown]:
    """Yield what left each axis and what came to it."""
    for part, now in after.items():
        gone = tuple(one for one in before[part] if one not in now)
        new = tuple(one for one in now if one not in before[part])
        if gone or new:
            yield DifferenceShown(str(PART_NAMES[part]), "", (), gone, new)


def _shown(one: Difference) -> DifferenceShown:
    is_text = bool(one.language)
    return DifferenceShown(
        name=str(PART_NAMES[one.part]),
        language=one.language,
        pieces=one.pieces,
        before=() if is_text else values_in_words(one.part, one.before),
        after=() if is_text else values_in_words(one.part, one.after),
    )


def _happenings(project: Project, is_inside: bool, at: datetime) -> list[Happening]:
    said = _SAID_TO_ALL | (_SAID_INSIDE if is_inside else {})
    zone = register_at(at).zone
    entries = audit.entries_about(project).filter(action__in=said)
    return [
        Happening(
            said=str(said[entry.action]),
            happened_at=entry.happened_at.astimezone(zone),
            number=entry.details.get("version"),
            actor=str(entry.actor or "") if is_inside else "",
            reason=entry.reason
            if is_inside or entry.action == "stocktaking.project_unpublished"
            else "",
        )
        for entry in entries
    ]
