"""Beginning and ceasing to follow."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.desk.choices import FollowKind
from montada.desk.models import Follow, Reading
from montada.desk.queries.follows import MOST_FOLLOWS, key_to_follow, n_follows
from montada.djangokit.refusals import Refusal

if TYPE_CHECKING:
    from montada.participation.models import Organisation, Person


class NothingToFollow(Refusal):
    code = "desk.nothing_to_follow"
    message = _("There is nothing at this address that can be followed.")


class TooMuchFollowed(Refusal):
    code = "desk.too_much_followed"
    message = _("You follow %(most)s things already. Leave one before you add another.")


@transaction.atomic
def follow(*, person: Person, kind: str, key: str, at: datetime) -> Follow:
    """
    Let somebody hear of what happens to something; again changes nothing.

    With the first, their reading begins: what was there before is not new to them.

    Raises
    ------
    NothingToFollow, TooMuchFollowed
    """
    known = key_to_follow(kind, key)
    if known is None:
        raise NothingToFollow
    found = Follow.objects.filter(person=person, kind=kind, key=known).first()
    if found is not None:
        return found
    if n_follows(person) >= MOST_FOLLOWS:
        raise TooMuchFollowed(most=MOST_FOLLOWS)
    Reading.objects.get_or_create(
        person=person, defaults={"seen_at": at, "digested_at": at}
    )
    return Follow.objects.create(person=person, kind=kind, key=known, since=at)


@transaction.atomic
def unfollow(*, person: Person, kind: str, key: str) -> bool:
    """Let somebody hear no more of something; return whether they followed it."""
    gone, _by_table = Follow.objects.filter(person=person, kind=kind, key=key).delete()
    return bool(gone)


@transaction.atomic
def follow_kept(*, kept: Organisation, merged: Organisation) -> None:
    """Let who follows a merged organisation follow what it is now, each once."""
    theirs = Follow.objects.filter(kind=FollowKind.ORGANISATION)
    both = theirs.filter(key=kept.slug).values("person")
    theirs.filter(key=merged.slug, person__in=both).delete()
    theirs.filter(key=merged.slug).update(key=kept.slug)


@transaction.atomic
def forget(*, person: Person) -> None:
    """Remove what somebody follows and how far they read: they were erased."""
    Follow.objects.filter(person=person).delete()
    Reading.objects.filter(person=person).delete()
