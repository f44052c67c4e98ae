"""What tests of following lean on: versions, organisations, what a person is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from montada.desk import queries
from montada.participation.models import Organisation, Person
from montada.stocktaking.models import Project, ProjectVersion


def make_version(project: Project, number: int, at: datetime | None) -> ProjectVersion:
    """A later version; not published without a moment."""
    return ProjectVersion.objects.create(
        project=project,
        number=number,
        state="published" if at else "secretariat",
        written_at=project.versions.get(number=1).written_at,
        published_at=at,
    )


def make_organisation(slug: str, **values: Any) -> Organisation:
    return Organisation.objects.create(slug=slug, sort_key=slug, **values)


def told(person: Person, at: datetime) -> list[tuple[str, str]]:
    """What is new to a person: what happened, and to which project."""
    found = queries.what_is_new(person, at=at).news
    return [
        (item.said, str(item.project.title) if item.project else "")
        for item in found.items
    ]
