"""How far somebody has read, and how they want to be told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from montada.desk.choices import DigestRhythm
from montada.desk.models import Reading

if TYPE_CHECKING:
    from montada.participation.models import Person


@transaction.atomic
def mark_read(*, person: Person, until: datetime, at: datetime) -> Reading:
    """
    Remember that somebody has seen what happened up to `until`, which they were shown.

    Never later than `at`, and never earlier than what they saw before.
    """
    reading = _reading(person, at)
    reading.seen_at = max(min(until, at), reading.seen_at or until)
    reading.save(update_fields=["seen_at"])
    return reading


@transaction.atomic
def choose_rhythm(*, person: Person, rhythm: DigestRhythm, at: datetime) -> Reading:
    """Tell somebody by mail as often as they choose; what is old is not mailed."""
    reading = _reading(person, at)
    if reading.rhythm == DigestRhythm.NEVER:
        reading.digested_at = at
    reading.rhythm = rhythm
    reading.save(update_fields=["rhythm", "digested_at"])
    return reading


@transaction.atomic
def renew_feed(*, person: Person, at: datetime) -> Reading:
    """Give somebody's feed another secret address; the old one leads nowhere."""
    reading = _reading(person, at)
    # The address names the row, and no row's number is given twice.
    Reading.objects.filter(pk=reading.pk).delete()
    reading.pk = None
    reading.save(force_insert=True)
    return reading


def _reading(person: Person, at: datetime) -> Reading:
    reading, _is_new = Reading.objects.select_for_update().get_or_create(
        person=person, defaults={"seen_at": at, "digested_at": at}
    )
    return reading
