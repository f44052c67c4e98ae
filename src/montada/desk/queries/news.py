"""What is new among what somebody follows, and in one place of the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from montada.desk.choices import FollowKind
from montada.desk.models import Follow, Reading
from montada.framework import queries as framework
from montada.participation import queries as participation
from montada.stocktaking import queries as stocktaking

if TYPE_CHECKING:
    from montada.participation.models import Person

N_ON_HOME = 5
N_ON_PAGE = 50
N_IN_FEED = 50
N_IN_MAIL = 20

SETTLING = timedelta(minutes=10)
"""Mail tells what is older: a large import is written under the moment it began."""


@dataclass(frozen=True, slots=True)
class WhatIsNew:
    """What somebody has not seen yet; `until` is what "mark as read" sends back."""

    news: stocktaking.News
    until: datetime
    follows_anything: bool


def what_is_new(person: Person, *, at: datetime, limit: int = N_ON_HOME) -> WhatIsNew:
    """
    Return what happened since somebody marked the news as read.

    Seven queries at most: follows, organisations, how far they read, and the news.
    """
    scope = scope_of(_pairs_of(person))
    reading = Reading.objects.filter(person=person).first()
    since = reading.seen_at if reading else None
    # Nobody who follows is without a reading: it begins with the first follow.
    found = stocktaking.news(scope=scope, since=since, until=at, limit=limit)
    return WhatIsNew(found, at, scope != stocktaking.Scope())


def news_of(person: Person, *, at: datetime) -> stocktaking.News:
    """Return the newest of all that somebody follows, seen or not, for their feed."""
    scope = scope_of(_pairs_of(person))
    return stocktaking.news(scope=scope, since=None, until=at, limit=N_IN_FEED)


def news_for_digest(reading: Reading, *, until: datetime) -> stocktaking.News:
    """Return what mail has not told yet."""
    scope, since = scope_of(_pairs_of(reading.person)), reading.digested_at
    return stocktaking.news(scope=scope, since=since, until=until, limit=N_IN_MAIL)


def news_at(kind: FollowKind, key: str, *, at: datetime) -> stocktaking.News:
    """Return the newest of one thing that may be followed: its public feed."""
    scope = scope_of([(kind, key)])
    return stocktaking.news(scope=scope, since=None, until=at, limit=N_IN_FEED)


def scope_of(follows: Iterable[tuple[str, str]]) -> stocktaking.Scope:
    """Return whose news follows ask for; a query where organisations are among them."""
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in follows:
        keys[kind].add(key)
    members = (framework.members_of(code) for code in keys[FollowKind.GROUP])
    slugs = keys[FollowKind.ORGANISATION]
    organisations = participation.organisations_at(slugs) if slugs else {}
    return stocktaking.Scope(
        slugs=frozenset(keys[FollowKind.PROJECT]),
        organisation_ids=frozenset(one.pk for one in organisations.values()),
        country_ids=frozenset(keys[FollowKind.COUNTRY]).union(*members),
        line_ids=frozenset(keys[FollowKind.LINE]),
    )


def _pairs_of(person: Person) -> list[tuple[str, str]]:
    return list(Follow.objects.filter(person=person).values_list("kind", "key"))
