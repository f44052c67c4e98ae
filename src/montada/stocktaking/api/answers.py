"""From rows to what programs read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from montada.stocktaking import queries
from montada.stocktaking.api.router import HERE
from montada.stocktaking.api.schemas import (
    DraftListed,
    DraftOut,
    ImportOut,
    ImportRowOut,
    LabelOut,
    ListedProject,
    Named,
    ProblemOut,
    ProjectOut,
    Reached,
    Record,
    SourceOut,
    Text,
    VersionListed,
)
from montada.stocktaking.choices import Visibility


def listed(project: Any) -> ListedProject:
    return ListedProject(**_facts(project))


def project(page: Any) -> ProjectOut:
    row, version = page.project, page.version
    return ProjectOut(
        **_facts(row),
        version=page.number,
        published_at=version.published_at if version else None,
        record=record(page.record),
        labels=[label(one) for one in version.labels] if version else [],
        sources=[
            SourceOut(system=one.system, identifier=one.identifier, url=one.url)
            for one in page.sources
        ],
        same_as=[twin.slug for twin in page.twins],
        links=_links(row),
    )


def draft_listed(version: Any) -> DraftListed:
    return DraftListed(**_draft_facts(version))


def draft(version: Any, at: datetime) -> DraftOut:
    project = version.project
    return DraftOut(
        **_draft_facts(version),
        organisation=version.organisation_name,
        country=project.country_id,
        stakeholder_group=project.stakeholder_group_id,
        record=record(version.record),
        labels=[label(one) for one in version.labels],
        problems=[
            ProblemOut(
                field=one.part,
                code=one.code,
                message=queries.sentence_of(one),
                is_needed_to_send=one.is_needed_to_send,
            )
            for one in queries.problems_in(version, at)
        ],
        missing={one.name: list(one.missing) for one in queries.purposes_of(version)},
    )


def errors_of(problems: Any) -> list[dict[str, str]]:
    """Return what stands in the way of sending, as members of a problem."""
    return [
        {"in": "record", "field": one.part, "message": queries.sentence_of(one)}
        for one in problems
    ]


def record(told: Any) -> Record:
    """Return the parts of a record; who approved a translation is not for everybody."""
    return Record(**told.as_json())


def label(one: Any) -> LabelOut:
    return LabelOut(
        axis=one.axis,
        code=one.code,
        source=one.source,
        confidence=one.confidence,
        words=list(one.words),
    )


def version_listed(slug: str, version: Any) -> VersionListed:
    return VersionListed(
        number=version.number,
        published_at=version.published_at,
        url=f"{HERE}/{slug}/versions/{version.number}",
    )


def import_run(run: Any) -> ImportOut:
    return ImportOut(
        **{name: getattr(run, name) for name in _OF_RUN},
        id=run.pk,
        url=f"{HERE}/imports/{run.pk}",
    )


_OF_RUN = (
    "name",
    "format",
    "system",
    "state",
    "mapping",
    "position",
    "n_rows",
    "counts",
    "error",
    "started_at",
    "finished_at",
)


def import_row(said: Any) -> ImportRowOut:
    return ImportRowOut(
        row=said.row,
        id=said.id,
        status=said.status,
        field=said.field,
        reason=said.reason,
    )


def named(organisation: Any) -> Named | None:
    if organisation is None:
        return None
    return Named(slug=organisation.slug, name=Text.of(organisation.name))


def _facts(row: Any) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "url": f"{HERE}/{row.slug}",
        "page": reverse("site:project", args=[row.slug]),
        "title": Text.of(row.title),
        "organisation": named(row.organisation),
        "country": row.country_id,
        "stakeholder_group": row.stakeholder_group_id,
        "action_lines": [link.actionline_id for link in row.line_links.all()],
        "goals": sorted(link.goal_id for link in row.goal_links.all()),
        "distinctions": [
            Reached(kind=one.kind, year=one.year) for one in row.distinctions.all()
        ],
        "entry_type": row.entry_type,
        "status": row.status,
        "written_in": row.written_in,
        "has_evidence": row.has_evidence,
        "has_gap": row.has_gap,
        "first_year": row.first_year,
        "last_year": row.last_year,
        "current_on": row.current_on,
        "is_archived": row.visibility == Visibility.ARCHIVED,
    }


def _draft_facts(version: Any) -> dict[str, Any]:
    return {
        "id": version.pk,
        "slug": version.project.slug,
        "title": Text.of(version.record.title),
        "number": version.number,
        "state": version.state,
        "revision": version.revision,
        "receipt": version.receipt,
        "written_at": version.written_at,
        "due_on": version.due_on,
        "url": f"{HERE}/drafts/{version.pk}",
    }


def _links(row: Any) -> dict[str, str]:
    return {
        "page": reverse("site:project", args=[row.slug]),
        "versions": f"{HERE}/{row.slug}/versions",
        "json": reverse("projects:file", args=[row.slug, "json"]),
        "jsonld": reverse("projects:file", args=[row.slug, "jsonld"]),
    }
