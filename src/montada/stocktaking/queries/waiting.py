"""What waits for one person: to change, to confirm, to endorse, to publish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from montada.audit import queries as audit
from montada.language.engine.text import LocalizedText
from montada.participation import queries as participation
from montada.stocktaking.choices import PUBLIC, VersionState
from montada.stocktaking.models import Project, ProjectVersion
from montada.stocktaking.queries.rules import RegisterAt

if TYPE_CHECKING:
    from montada.participation.models import Person

KINDS = {
    "change": _("Change your entry"),
    "endorse": _("Endorse an entry of your country, or ask for a change"),
    "publish": _("Check an entry and publish it"),
    "confirm": _("Say whether all is still true"),
}
"""Kinds of what waits, the most pressing first, in words."""

UPDATE_CALLED = "stocktaking.update_called"
"""What the trail calls asking an owner whether all is still true."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for somebody, and where it is done."""

    kind: str
    """A key of `KINDS`."""
    title: LocalizedText
    url_name: str
    url_args: tuple[Any, ...]
    due_on: date | None
    """By the edition's calendar; see `deadline`."""
    since: datetime | None

    @property
    def said(self) -> str:
        return str(KINDS[self.kind])


def waiting_for(person: Person) -> list[Waiting]:
    """Return what waits for a person, what is due first in front. Six queries."""
    found = [
        *_versions("change", _to_change(person)),
        *_versions("endorse", to_endorse(person)),
        *_versions("publish", to_publish(person)),
        *_to_confirm(person),
    ]
    kinds = list(KINDS)
    return sorted(
        found, key=lambda one: (one.due_on or date.max, kinds.index(one.kind))
    )


def to_endorse(person: Person) -> QuerySet[ProjectVersion]:
    """Return the entries that wait for a focal point of their country."""
    countries = participation.reach_of(person).country_ids
    return _waiting(VersionState.FOCAL_POINT).filter(project__country__in=countries)


def to_publish(person: Person) -> QuerySet[ProjectVersion]:
    """Return the entries that wait for the secretariat; none for anybody else."""
    waiting = _waiting(VersionState.SECRETARIAT)
    is_theirs = person.has_perm("stocktaking.publish_project")
    return waiting if is_theirs else waiting.none()


def _to_change(person: Person) -> QuerySet[ProjectVersion]:
    return _waiting(VersionState.CHANGE_ASKED).filter(project__members__person=person)


def _waiting(state: str) -> QuerySet[ProjectVersion]:
    return (
        ProjectVersion.objects.filter(state=state)
        .annotate(n_endorsements=Count("remarks", Q(remarks__kind="endorsement")))
        .select_related("project__country", "project__organisation")
        .order_by("due_on", "submitted_at", "pk")
    )


def _versions(kind: str, versions: QuerySet[ProjectVersion]) -> Iterator[Waiting]:
    for version in versions:
        yield Waiting(
            kind,
            version.record.title or version.project.title,
            "stocktaking:version",
            (version.pk,),
            version.due_on,
            version.submitted_at,
        )


def _to_confirm(person: Person) -> Iterator[Waiting]:
    """Yield the projects about which the last call asked and nobody has answered."""
    calls = audit.entries_about(person).filter(action=UPDATE_CALLED)
    called_at = calls.values_list("happened_at", flat=True).first()
    if called_at is None:
        return
    theirs = Project.objects.filter(
        members__person=person, members__role="owner", visibility__in=PUBLIC
    )
    for project in theirs.filter(current_on__lt=called_at.date()):
        yield Waiting(
            "confirm",
            project.title,
            "stocktaking:history",
            (project.slug,),
            None,
            called_at,
        )


def called_in_year_of(register: RegisterAt) -> frozenset[str]:
    """Return, as the trail names them, who was asked in the register's year so far."""
    new_year = datetime(register.today.year, 1, 1, tzinfo=register.zone)
    calls = audit.entries_matching(action=UPDATE_CALLED)
    since = calls.filter(happened_at__gte=new_year)
    return frozenset(since.values_list("subject", flat=True))
