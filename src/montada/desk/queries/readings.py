"""How far people have read, how they want to be told, and their secret feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.signing import BadSignature, Signer

from montada.desk.choices import DigestRhythm
from montada.desk.models import Reading

if TYPE_CHECKING:
    from montada.participation.models import Person

MORNING = 7
"""Hour of the person's own day before which no digest is written."""

DAYS = {DigestRhythm.DAILY: 1, DigestRhythm.WEEKLY: 7}


def reading_of(person: Person) -> Reading | None:
    return Reading.objects.filter(person=person).first()


def feed_key(reading: Reading) -> str:
    """
    Return the secret part of the address of somebody's feed.

    It names the row of their reading: with a new row the old address is void.
    """
    return _signer().sign(str(reading.pk))


def person_of_feed(key: str) -> Person | None:
    """Return whose feed a secret address leads to; None if it leads to nobody's."""
    try:
        pk = int(_signer().unsign(key))
    except (BadSignature, ValueError):
        return None
    found = Reading.objects.filter(pk=pk, person__is_active=True)
    reading = found.select_related("person").first()
    return reading.person if reading else None


def _signer() -> Signer:
    return Signer(salt="montada.desk.feed")


def readings_due(at: datetime) -> list[int]:
    """Return the numbers of the readings whose mail is due. One query."""
    asked = Reading.objects.exclude(rhythm=DigestRhythm.NEVER).select_related("person")
    return [reading.pk for reading in asked if is_due(reading, at)]


def locked_reading(pk: int) -> Reading | None:
    """Return a reading for changing, unless somebody renewed it meanwhile."""
    rows = Reading.objects.select_for_update(of=("self",)).select_related("person")
    return rows.filter(pk=pk).first()


def is_due(reading: Reading, at: datetime) -> bool:
    """Return whether it is morning where they live, days after the last mail."""
    days = DAYS.get(DigestRhythm(reading.rhythm))
    if days is None or not reading.person.is_active or reading.digested_at is None:
        return False
    zone = zone_of(reading.person)
    here, told = at.astimezone(zone), reading.digested_at.astimezone(zone)
    return here.hour >= MORNING and (here.date() - told.date()).days >= days


def zone_of(person: Person) -> ZoneInfo:
    """Return the zone a person lives in; UTC where they have not said."""
    return ZoneInfo(person.timezone or UTC.tzname(None))
