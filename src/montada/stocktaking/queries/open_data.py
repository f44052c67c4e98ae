"""What programs read and write of projects: lists, labels with sources, versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from montada.language.engine.text import LocalizedText, TextState, Wording
from montada.stocktaking.choices import LinkSource, VersionState
from montada.stocktaking.engine.record import NO_RECORD, TEXTS, ProjectRecord
from montada.stocktaking.engine.values import LabelAxis, LabelOf
from montada.stocktaking.models import Project, ProjectVersion

if TYPE_CHECKING:
    from montada.participation.models import Person

_LINKS: dict[LabelAxis, tuple[str, str]] = {
    "action_line": ("line_links", "actionline_id"),
    "goal": ("goal_links", "goal_id"),
    "target": ("target_links", "target_id"),
    "objective": ("objective_links", "objective_id"),
}


def projects_listed(ids: Sequence[int]) -> list[Project]:
    """Return public projects in the order of `ids`. Four queries."""
    rows = (
        Project.objects.public()
        .select_related("organisation")
        .prefetch_related("line_links", "goal_links", "distinctions")
        .in_bulk(list(ids))
    )
    return [rows[pk] for pk in ids if pk in rows]


def labels_of(project: Project) -> list[LabelOf]:
    """Return all that a project is filed under, and who says so. Four queries."""
    return [
        LabelOf(
            axis=axis,
            code=str(getattr(link, column)),
            source=link.source,
            confidence=link.confidence,
            words=tuple(map(str, link.words)),
        )
        for axis, (name, column) in _LINKS.items()
        for link in sorted(_rows(project, name), key=lambda row: row.pk)
    ]


def _rows(project: Project, name: str) -> list[Any]:
    return list(getattr(project, name).all())


def my_open_versions(person: Person) -> list[ProjectVersion]:
    """Return the versions of a person's projects that are not published. One query."""
    mine = ProjectVersion.objects.filter(project__members__person=person)
    unpublished = mine.exclude(state=VersionState.PUBLISHED)
    return list(unpublished.select_related("project").order_by("-written_at", "-pk"))


def labels_written(chosen: Iterable[tuple[LabelAxis, str]]) -> list[LabelOf]:
    """Return labels as their author's own choice."""
    return [LabelOf(axis, code, LinkSource.AUTHOR.value) for axis, code in chosen]


def record_written(
    sent: Mapping[str, Any], seen: ProjectRecord = NO_RECORD
) -> ProjectRecord:
    """
    Return the record that a program sent whole, instead of `seen`.

    Who approved a translation is kept where neither it nor the original changed; a
    translation of other words is a draft again.
    """
    record = ProjectRecord.from_json(sent)
    return record.with_texts(
        {name: _approvals_kept(record.text(name), seen.text(name)) for name in TEXTS}
    )


def _approvals_kept(text: LocalizedText, seen: LocalizedText) -> LocalizedText:
    own = text.written_in
    is_same = (own, str(text)) == (seen.written_in, str(seen))

    def kept(tag: str, wording: Wording) -> Wording:
        before = seen.wordings.get(tag)
        if before is None or before.text != wording.text:
            return wording
        if is_same or tag == own:
            return before
        return Wording(before.text, TextState.DRAFT)

    return LocalizedText(own, {t: kept(t, w) for t, w in text.wordings.items()})


def published_versions(project: Project) -> QuerySet[ProjectVersion]:
    """Return what a project said over time, the newest first."""
    return ProjectVersion.objects.filter(
        project=project, state=VersionState.PUBLISHED
    ).order_by("-number")
