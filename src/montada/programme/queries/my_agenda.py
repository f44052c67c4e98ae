"""What somebody wants to hear: what they marked, what clashes, what would suit them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from montada.programme.engine.my_plan import Wish, best_plan
from montada.programme.models import Bookmark
from montada.programme.queries.agenda import Agenda, AgendaSession
from montada.programme.queries.agenda_shown import values_of

MARKED_WEIGHT = 10
"""Interests that a mark weighs: what somebody chose stays before what would suit."""
MOST_INTERESTS = 40
MOST_SESSIONS = 300
"""Of an address; no forum has so many in a week that one person could be at."""

INTERESTS = ("line", "goal")


def marked_sessions(person: Any, edition: Any) -> frozenset[int]:
    """Return the numbers of the sessions that somebody marked. One query, or none."""
    if not getattr(person, "is_authenticated", False):
        return frozenset()
    rows = Bookmark.objects.filter(person=person, session__edition=edition)
    return frozenset(rows.values_list("session_id", flat=True))


@dataclass(frozen=True, slots=True)
class Chosen:
    """
    A session of a personal plan, and why.

    Attributes
    ----------
    interests : facet and value of each that it meets
    is_marked : whether it was marked, or named by the address
    instead_of : what would suit as well and is at the same time
    """

    session: AgendaSession
    interests: tuple[tuple[str, str], ...]
    is_marked: bool
    instead_of: tuple[AgendaSession, ...]


def personal_plan(
    agenda: Agenda,
    *,
    interests: Mapping[str, Collection[str]],
    marked: Collection[int] = (),
) -> list[Chosen]:
    """
    Return the sessions that somebody can be at, at most one at a time, as they begin.

    Of all such plans one in which they hear most of what they asked for: each session
    counts its minutes, once for each interest it meets, and `MARKED_WEIGHT` times more
    if it is marked. Interests are facets ("line", "goal") with values.
    """
    asked = {(facet, v) for facet, values in interests.items() for v in values}
    met = {
        session.pk: tuple(
            (facet, value)
            for facet in INTERESTS
            for value in values_of(session, facet)
            if (facet, value) in asked
        )
        for session in agenda.sessions
        if session.can_be_attended
    }
    rows = {
        row.slug: row
        for row in agenda.sessions
        if row.pk in met and (met[row.pk] or row.pk in marked)
    }
    plan = best_plan(
        Wish(slug, row.starts, row.ends, _weight(row, len(met[row.pk]), marked))
        for slug, row in rows.items()
        if row.starts is not None and row.ends is not None
    )
    return [
        Chosen(
            session=rows[wish.key],
            interests=met[rows[wish.key].pk],
            is_marked=rows[wish.key].pk in marked,
            instead_of=tuple(
                row
                for slug, row in rows.items()
                if slug != wish.key and overlap(row, rows[wish.key])
            ),
        )
        for wish in plan
    ]


def _weight(session: AgendaSession, n_interests: int, marked: Collection[int]) -> int:
    minutes = 0
    if session.starts is not None and session.ends is not None:
        minutes = round((session.ends - session.starts).total_seconds() / 60)
    return minutes * (n_interests + MARKED_WEIGHT * (session.pk in marked))


def overlap(one: AgendaSession, other: AgendaSession) -> bool:
    """Return whether nobody can be at all of both."""
    if one.starts is None or one.ends is None:
        return False
    if other.starts is None or other.ends is None:
        return False
    return max(one.starts, other.starts) < min(one.ends, other.ends)


def clashes_among(
    sessions: Iterable[AgendaSession],
) -> list[tuple[AgendaSession, AgendaSession]]:
    """Return the pairs that are at the same time, the earlier first."""
    held = [session for session in sessions if session.can_be_attended]
    return [pair for pair in combinations(held, 2) if overlap(*pair)]


def sessions_in(agenda: Agenda, slugs: Sequence[str]) -> list[AgendaSession]:
    """Return the sessions of an agenda that an address names, in its order of time."""
    named = set(slugs[:MOST_SESSIONS])
    return [session for session in agenda.sessions if session.slug in named]
