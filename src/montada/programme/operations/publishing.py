"""What a search may find of sessions."""

from __future__ import annotations

from collections.abc import Collection

from montada.language import operations as language
from montada.language.engine.values import IndexedRecord
from montada.programme.models import Session

KIND = "session"


def publish_sessions(*, ids: Collection[int] | None = None) -> int:
    """Let sessions be found, all without `ids`; return how many rows changed."""
    public = Session.objects.public().order_by("pk")
    sessions = public.prefetch_related("action_lines", "goals")
    if ids is not None:
        sessions = sessions.filter(pk__in=ids)
    return language.publish(
        texts=(_indexed(session) for session in sessions.iterator(chunk_size=500))
    )


def _indexed(session: Session) -> IndexedRecord:
    return IndexedRecord(
        kind=KIND,
        key=session.slug,
        title=session.title,
        facets={
            "year": (str(session.year),) if session.year else (),
            "line": tuple(line.pk for line in session.action_lines.all()),
            "goal": tuple(str(goal.pk) for goal in session.goals.all()),
        },
    )
