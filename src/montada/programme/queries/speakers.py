"""Speakers: who speaks in an edition, where, when they can, and who holds a key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from montada.language.engine.folding import folded, sort_key
from montada.participation import queries as people
from montada.programme.choices import SeatState
from montada.programme.models import Availability, Seat, Session, Speaker


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker with the sessions of one edition that anybody may read."""

    speaker: Speaker
    sessions: tuple[Session, ...]


def public_seats(edition: Any) -> QuerySet[Seat]:
    """Return who said that they speak, in sessions that were released."""
    return Seat.objects.filter(
        session__edition=edition,
        session__is_public=True,
        session__is_cancelled=False,
        state=SeatState.CONFIRMED,
    )


def speakers_of(edition: Any, words: str = "") -> list[SpeakerRow]:
    """Return the speakers of an edition by name, each once. One query."""
    rows = public_seats(edition).select_related(
        "session", "speaker__organisation", "speaker__country"
    )
    found: dict[int, tuple[Speaker, list[Session]]] = {}
    for seat in rows.order_by("speaker_id", "session__held_on", "pk"):
        _speaker, sessions = found.setdefault(seat.speaker_id, (seat.speaker, []))
        if seat.session is not None:
            sessions.append(seat.session)
    wanted = folded(words).split()
    by_name = sorted(found.values(), key=lambda row: sort_key(row[0].name))
    return [
        SpeakerRow(speaker, tuple(sessions))
        for speaker, sessions in by_name
        if not wanted or all(word in _said_of(speaker) for word in wanted)
    ]


def _said_of(speaker: Speaker) -> str:
    organisation = speaker.organisation
    names = organisation.name.by_language.values() if organisation else ()
    return folded(" ".join([speaker.name, speaker.position, *names]))


def speaker(slug: str) -> Speaker | None:
    rows = Speaker.objects.select_related(
        "organisation", "stakeholder_group", "country", "person"
    )
    return rows.filter(slug=slug).first()


def seats_of(speaker: Speaker, edition: Any) -> tuple[list[Seat], list[Seat]]:
    """Return where somebody speaks in released sessions: of an edition, of others."""
    rows = Seat.objects.filter(
        speaker=speaker,
        session__is_public=True,
        session__is_cancelled=False,
        state=SeatState.CONFIRMED,
    ).select_related("session__edition")
    rows = rows.order_by("-session__year", "session__held_on", "pk")
    here = list(rows.filter(session__edition=edition))
    return here, list(rows.exclude(session__edition=edition))


def speaker_of(person: Any) -> Speaker | None:
    """Return the profile of somebody who signed in."""
    rows = Speaker.objects.select_related("organisation", "person")
    return rows.filter(person=person).first()


def seats_in(edition: Any, speaker: Speaker) -> list[Seat]:
    """Return everything a speaker was asked for in an edition. One query."""
    of_edition = Q(proposal__edition=edition) | Q(session__edition=edition)
    return list(_with_all().filter(of_edition, speaker=speaker))


def editions_asking(speaker: Speaker) -> dict[int, Any]:
    """Return the editions in which a speaker was asked and has not declined, by key."""
    rows = Seat.objects.filter(speaker=speaker).exclude(state=SeatState.DECLINED)
    return editions_of_seats(
        rows.select_related("proposal__edition", "session__edition")
    )


def editions_of_seats(seats: Iterable[Seat]) -> dict[int, Any]:
    places = (place for seat in seats for place in (seat.proposal, seat.session))
    editions = [place.edition for place in places if place and place.edition]
    return {edition.pk: edition for edition in editions}


def seat(pk: int) -> Seat | None:
    return _with_all().filter(pk=pk).first()


def seat_of_key(edition: Any, key: str) -> Seat | None:
    """Return the seat about which a letter with this key was written."""
    rows = _with_all().exclude(digest="").filter(digest=people.digest_of(key))
    return rows.filter(
        Q(proposal__edition=edition) | Q(session__edition=edition)
    ).first()


def _with_all() -> QuerySet[Seat]:
    return Seat.objects.select_related(
        "speaker__organisation",
        "speaker__person",
        "proposal__edition",
        "proposal__kind",
        "session__edition",
        "session__room",
    )


def availability_of(edition: Any, speaker: Speaker) -> list[Availability]:
    """Return in which times a speaker can be there; none for always."""
    return list(Availability.objects.filter(edition=edition, speaker=speaker))


def is_past(edition: Any, moment: datetime) -> bool:
    """Return whether an edition's last day is over, wherever somebody is."""
    return bool(edition.is_over_at(moment - timedelta(days=1)))
