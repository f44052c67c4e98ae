"""Marking sessions that somebody wants to be at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme.models import Bookmark, Session

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_AT_ONCE = 300


class NotToBeMarked(Refusal):
    code = "programme.not_to_be_marked"
    message = _("Only sessions that are published and not cancelled can be kept.")


class TooManyMarks(Refusal):
    code = "programme.too_many_marks"
    message = _("At most %(most)s sessions can be kept at once.")


@transaction.atomic
def mark_sessions(*, slugs: Collection[str], marked_by: Person, at: datetime) -> int:
    """
    Put sessions into somebody's own agenda; return how many were not yet in it.

    All of them or none. No entry in the trail: what somebody wants to hear is theirs
    alone, and pages that others read do not show it.

    Raises
    ------
    NotToBeMarked, TooManyMarks
    """
    wanted = set(slugs)
    if len(wanted) > MOST_AT_ONCE:
        raise TooManyMarks(most=MOST_AT_ONCE)
    rows = Session.objects.public().filter(slug__in=wanted, is_cancelled=False)
    ids = list(rows.values_list("pk", flat=True))
    if not ids or len(ids) < len(wanted):
        raise NotToBeMarked
    known = Bookmark.objects.filter(person=marked_by, session__in=ids)
    new = set(ids) - set(known.values_list("session_id", flat=True))
    Bookmark.objects.bulk_create(
        (
            Bookmark(person=marked_by, session_id=pk, made_at=at)
            for pk in ids
            if pk in new
        ),
        ignore_conflicts=True,
    )
    return len(new)


@transaction.atomic
def unmark_session(*, slug: str, unmarked_by: Person) -> None:
    """Take a session out of somebody's own agenda; nothing where it is not in it."""
    Bookmark.objects.filter(person=unmarked_by, session__slug=slug).delete()
