"""What waits for somebody, over all features; the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from montada.language.engine.text import LocalizedText
from montada.participation import queries as participation
from montada.stocktaking import queries as stocktaking

if TYPE_CHECKING:
    from montada.participation.models import Person


TRANSLATOR = "translator"
"""Kind of the role whose task translating is."""

DRAFT = "draft"
"""State of a version that its writer has not sent."""


@dataclass(frozen=True, slots=True)
class Task:
    said: str
    """What is asked, in the reader's words."""
    url: str
    title: LocalizedText | None = None
    """Of the one thing it is about; None for a whole list of things."""
    deadline: stocktaking.Deadline | None = None
    since: datetime | None = None

    @property
    def days_over(self) -> int:
        """Return how many days the deadline has passed; 0 before it has."""
        return max(0, -self.deadline.days_left) if self.deadline else 0


def tasks_of(person: Person, *, at: datetime) -> list[Task]:
    """Return what waits for a person: what has a deadline first, then the oldest."""
    found = [*_waiting(person, at), *_drafts(person), *_lists(person)]
    return sorted(found, key=_urgency)


def _urgency(task: Task) -> tuple[bool, float, bool, float]:
    due, since = task.deadline, task.since
    return (
        due is None,
        due.ends_at.timestamp() if due else 0.0,
        since is None,
        since.timestamp() if since else 0.0,
    )


def _waiting(person: Person, at: datetime) -> Iterator[Task]:
    """Yield the steps of the register that are this person's."""
    register = stocktaking.register_at(at)
    for one in stocktaking.waiting_for(person):
        yield Task(
            one.said,
            reverse(one.url_name, args=one.url_args),
            title=one.title,
            deadline=stocktaking.deadline(one.due_on, reader=person, register=register),
            since=one.since,
        )


def _drafts(person: Person) -> Iterator[Task]:
    """Yield what the person writes and has not sent."""
    projects: Iterable[Any] = stocktaking.my_projects(person)
    for project in projects:
        for version in project.open_versions:
            if version.state == DRAFT:
                yield Task(
                    _("Your draft is not sent yet"),
                    reverse("stocktaking:draft", args=[version.pk]),
                    title=version.record.title or project.title,
                    since=version.written_at,
                )


def _lists(person: Person) -> Iterator[Task]:
    """Yield the lists of small decisions, each as one task with how many they are."""
    reach = participation.reach_of(person)
    n_labels = stocktaking.waiting_labels(reach=reach).count() if reach else 0
    if n_labels:
        said = ngettext(
            "%(n)s suggested label waits for your decision",
            "%(n)s suggested labels wait for your decision",
            n_labels,
        )
        yield Task(said % {"n": n_labels}, reverse("stocktaking:suggestions"))
    n_texts = _n_to_translate(person)
    if n_texts:
        said = ngettext(
            "%(n)s project waits for your translation",
            "%(n)s projects wait for your translation",
            n_texts,
        )
        url = reverse("stocktaking:to_translate", args=[person.language])
        yield Task(said % {"n": n_texts}, url)


def _n_to_translate(person: Person) -> int:
    """Return what waits in a translator's language; for who only may, nothing waits."""
    kinds = {role.kind for role in participation.roles_shown(person)}
    if TRANSLATOR not in kinds:
        return 0
    return stocktaking.to_translate(person.language).count()
