"""What somebody follows, under the names that readers know it by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from montada.desk.choices import FollowKind
from montada.desk.models import Follow
from montada.framework import queries as framework
from montada.participation import queries as participation
from montada.stocktaking import queries as stocktaking

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_FOLLOWS = 500
"""Of one person: far more than anybody reads of, and little enough for one query."""


@dataclass(frozen=True, slots=True)
class Followed:
    kind: FollowKind
    key: str
    subject: Any
    """Its row; None where it is not there for readers any more."""
    since: datetime

    @property
    def name(self) -> Any:
        """Return its name as a text in several languages; empty without a title."""
        return _name_of(self.kind, self.subject) if self.subject else None


def _name_of(kind: FollowKind, subject: Any) -> Any:
    is_titled = kind in (FollowKind.PROJECT, FollowKind.LINE)
    return subject.title if is_titled else subject.name


def follows_of(person: Person) -> list[tuple[str, list[Followed]]]:
    """Return what a person follows, by the name of its kind. Six queries at most."""
    rows = list(Follow.objects.filter(person=person))
    subjects = subjects_of(rows)
    grouped: dict[FollowKind, list[Followed]] = {kind: [] for kind in FollowKind}
    for row in rows:
        kind = FollowKind(row.kind)
        subject = subjects[kind].get(row.key)
        grouped[kind].append(Followed(kind, row.key, subject, row.since))
    return [(str(kind.label), found) for kind, found in grouped.items() if found]


def is_following(person: Person, kind: str, key: str) -> bool:
    return Follow.objects.filter(person=person, kind=kind, key=key).exists()


def n_follows(person: Person) -> int:
    return Follow.objects.filter(person=person).count()


def key_to_follow(kind: str, key: str) -> str | None:
    """
    Return the key under which something is followed; None if there is no such thing.

    Of an organisation that was merged, that of what it is now.
    """
    if kind not in FollowKind.values or not key.isprintable():
        return None
    subject = _FOUND[FollowKind(kind)]([key]).get(key)
    if subject is None:
        return None
    return str(subject.slug) if kind == FollowKind.ORGANISATION else key


def name_of(kind: FollowKind, key: str) -> Any:
    """Return the name of what may be followed; None if there is no such thing."""
    subject = _FOUND[kind]([key]).get(key)
    return _name_of(kind, subject) if subject else None


def subjects_of(rows: Iterable[Follow]) -> Mapping[FollowKind, Mapping[str, Any]]:
    """Return the rows that are followed, by kind and key. One query a kind."""
    keys: dict[FollowKind, list[str]] = defaultdict(list)
    for row in rows:
        keys[FollowKind(row.kind)].append(row.key)
    return {kind: _FOUND[kind](wanted) for kind, wanted in keys.items()}


def _countries(codes: Collection[str]) -> dict[str, Any]:
    return {one.iso3: one for one in framework.countries() if one.iso3 in codes}


def _groups(codes: Collection[str]) -> dict[str, Any]:
    return {one.code: one for one in framework.country_groups() if one.code in codes}


def _lines(codes: Collection[str]) -> dict[str, Any]:
    return {one.code: one for one in framework.action_lines() if one.code in codes}


_FOUND: dict[FollowKind, Callable[[Collection[str]], Mapping[str, Any]]] = {
    FollowKind.PROJECT: stocktaking.projects_at,
    FollowKind.ORGANISATION: participation.organisations_at,
    FollowKind.COUNTRY: _countries,
    FollowKind.GROUP: _groups,
    FollowKind.LINE: _lines,
}
