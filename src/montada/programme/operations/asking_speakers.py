"""The letter to who is asked to speak, and the trail of their seat."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from montada.audit import operations as audit
from montada.language.engine.text import LANGUAGES
from montada.participation import queries as people
from montada.programme.operations.told_of_proposals import write_letter

if TYPE_CHECKING:
    from montada.participation.models import Person
    from montada.programme.models import Seat


def edition_of_seat(seat: Seat) -> Any:
    """Return the edition in which somebody speaks."""
    where: Any = seat.proposal or seat.session
    return where.edition


def ask_by_letter(seat: Seat, language: str, at: datetime) -> None:
    """Write to a speaker; of the key only its digest is kept."""
    key = secrets.token_urlsafe(32)
    seat.digest, seat.asked_at = people.digest_of(key), at
    seat.save(update_fields=["digest", "asked_at"])
    person = seat.speaker.person
    reads = person.language if person else language
    write_letter(
        about=seat.proposal or seat.session,
        template="programme_speaker_asked",
        email=seat.speaker.email,
        person=person,
        language=reads if reads in LANGUAGES else "en",
        path=["programme:speaking", edition_of_seat(seat).slug, key],
        at=at,
        name=seat.speaker.name,
        role=seat.role,
    )


def record_seat(
    action: str, seat: Seat, by: Person | None, at: datetime, **details: Any
) -> None:
    """Leave an entry in the trail about a seat, under what it is a seat of."""
    where: Any = seat.proposal or seat.session
    audit.record(
        action=action,
        actor=by,
        subject=where,
        at=at,
        details={"speaker": seat.speaker.slug} | details,
    )
