"""Sessions of all forums that anybody may read."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from montada.language.engine.folding import sort_key
from montada.programme.models import Session

LONGEST_KEY = 300
"""Characters that the table keeps of a sort key."""


def sessions() -> QuerySet[Session]:
    """
    Return what anybody may read: the newest year first, days and hours as they are.

    What has no day or hour comes after what has.
    """
    return (
        Session.objects.public()
        .select_related("edition")
        .order_by(
            F("year").desc(nulls_last=True),
            F("held_on").asc(nulls_last=True),
            F("starts_at").asc(nulls_last=True),
            "sort_key",
            "pk",
        )
    )


def sessions_of(
    *,
    edition: Any = None,
    action_line: Any = None,
    goal: Any = None,
    organisation: Any = None,
) -> QuerySet[Session]:
    """Return the sessions of an edition, line, goal or organisation, or of several."""
    narrowed = sessions()
    if edition is not None:
        narrowed = narrowed.filter(edition=edition)
    if action_line is not None:
        narrowed = narrowed.filter(action_lines=action_line)
    if goal is not None:
        narrowed = narrowed.filter(goals=goal)
    if organisation is not None:
        narrowed = narrowed.filter(organisers=organisation)
    return narrowed


def session(slug: str) -> Session | None:
    """Return a session by its address, with what its page shows. Four queries."""
    return (
        sessions()
        .filter(slug=slug)
        .select_related("edition", "kind", "room__details", "series")
        .prefetch_related("organisers", "action_lines", "goals")
        .first()
    )


def n_sessions() -> int:
    return Session.objects.public().count()


Identity = tuple[int | None, str, str]
"""Year, source and folded title: sessions of one source differ by their titles."""


def title_key(title: str) -> str:
    """Return the key by which a title is sorted and recognised."""
    return sort_key(title)[:LONGEST_KEY]


def identity_of(year: int | None, source_url: str, title: str) -> Identity:
    """Return what makes two rows of tables one session."""
    return (year, source_url, title_key(title))


def sessions_by_identity() -> dict[Identity, Session]:
    """Return every session with its organisers, lines and goals. Four queries."""
    rows = Session.objects.prefetch_related("organisers", "action_lines", "goals")
    return {(row.year, row.source_url, row.sort_key): row for row in rows}
