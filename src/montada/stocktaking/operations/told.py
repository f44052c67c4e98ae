"""Who is told of what happens to an entry, each in their own language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from montada.language.engine.harmless import harmless_words
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.participation import operations as participation
from montada.participation import queries as people
from montada.stocktaking import queries
from montada.stocktaking.choices import VersionState
from montada.stocktaking.models import Project, ProjectMember, ProjectVersion

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST_TITLE = 150
"""Characters of a title in the subject of a message."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What happened, for a message of the template `stocktaking_<template>.txt`."""

    template: str
    title: LocalizedText
    url_name: str
    url_args: tuple[Any, ...] = ()
    due_on: date | None = None
    projects: Sequence[Project] = ()
    values: dict[str, Any] = field(default_factory=dict)


def letter_of(version: ProjectVersion, template: str, **values: Any) -> Letter:
    """Return news of a version; it leads to the page on which people work on it."""
    project = version.project
    return Letter(
        template,
        title=version.record.title or project.title,
        url_name="stocktaking:version",
        url_args=(version.pk,),
        due_on=version.due_on,
        values={
            "receipt": version.receipt,
            "country": project.country.name if project.country else NO_TEXT,
        }
        | values,
    )


def letter_of_project(project: Project, template: str, **values: Any) -> Letter:
    """Return news of a project; what readers do not see leads to its history."""
    page = "site:project" if project.is_public else "stocktaking:history"
    return Letter(template, project.title, page, (project.slug,), values=values)


def letter_of_all(projects: Sequence[Project], template: str) -> Letter:
    """Return a letter about several projects at once, each with its address."""
    return Letter(template, NO_TEXT, "stocktaking:mine", projects=projects)


def tell(
    letter: Letter, to: Iterable[Person], *, at: datetime, but: Any = None
) -> None:
    """Write to each once; not to `but`, who did it, nor to who left the forum."""
    told = {person.pk: person for person in to if person.is_active and person.email}
    if but is not None:
        told.pop(but.pk, None)
    register = queries.register_at(at) if told else None
    for person in told.values():
        with translation.override(person.language):
            participation.write_message(
                to_email=person.email,
                person=person,
                language=person.language,
                template=f"stocktaking_{letter.template}",
                values=_values(letter, person, register),
                at=at,
            )


def _values(letter: Letter, person: Person, register: Any) -> dict[str, Any]:
    """Return what a letter says to one reader, in the language that is active."""

    def words(value: Any) -> Any:
        return title_shown(value) if isinstance(value, LocalizedText) else value

    projects = [
        (title_shown(project.title), _address("site:project", project.slug))
        for project in letter.projects
    ]
    return {name: words(value) for name, value in letter.values.items()} | {
        "title": title_shown(letter.title),
        "url": _address(letter.url_name, *letter.url_args),
        "projects": projects,
        "deadline": queries.deadline(letter.due_on, reader=person, register=register),
    }


def title_shown(title: LocalizedText) -> str:
    """Return a title on one line, as long as a subject may be."""
    reader = translation.get_language() or title.written_in
    words = " ".join(harmless_words(title.shown_to(reader).text).split())
    if len(words) > LONGEST_TITLE:
        words = f"{words[:LONGEST_TITLE]}…"
    return words or gettext("Project without a title")


def _address(name: str, *args: Any) -> str:
    return people.forum_address(reverse(name, args=args))


def members_of(project: Project) -> list[Person]:
    """Return who looks after a project and is still here."""
    rows = ProjectMember.objects.filter(project=project, person__is_active=True)
    return [row.person for row in rows.select_related("person")]


def keepers_of(project: Project) -> list[Person]:
    """
    Return who looks after a project, or the secretariat where all of them left.

    Nobody for a record that a source wrote and nobody ever looked after.
    """
    members = members_of(project)
    has_lost_them = not members and project.members.exists()
    return secretariat() if has_lost_them else members


def focal_points_of(project: Project) -> list[Person]:
    return list(people.focal_points_of(project.country_id))


def secretariat() -> list[Person]:
    return list(people.secretariat())


def tell_of_entry(*, version: ProjectVersion, at: datetime) -> None:
    """Tell its authors that an entry came in, and those for whom it waits now."""
    project, country = version.project, focal_points_of(version.project)
    tell(letter_of(version, "received"), members_of(project), at=at)
    if version.state == VersionState.FOCAL_POINT:
        tell(letter_of(version, "to_endorse"), country, at=at)
        return
    tell(letter_of(version, "entered"), country, at=at)
    tell(letter_of(version, "to_publish"), secretariat(), at=at)


def tell_of_publication(*, version: ProjectVersion, at: datetime) -> None:
    """Tell its authors and its country that an entry is in the register."""
    project = version.project
    letter = letter_of_project(project, "published", number=version.number)
    tell(letter, [*members_of(project), *focal_points_of(project)], at=at)
