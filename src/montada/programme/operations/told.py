"""Who is told of a release: those whose session changed, each in their language."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from montada.consultation import operations as consultation
from montada.consultation import queries as requests
from montada.consultation.engine.life import may_follow
from montada.participation import operations as participation
from montada.participation import queries as people
from montada.programme import queries
from montada.programme.choices import SeatState
from montada.programme.engine.releases import Change
from montada.programme.models import Release, Session

if TYPE_CHECKING:
    from montada.participation.models import Person


MOST_LINES = 30
"""Of changes in one letter; the page it leads to has all."""


@dataclass
class _Reader:
    """Somebody who gets one letter, whatever happened to how many of their sessions."""

    email: str
    person: Person | None
    language: str
    zone: ZoneInfo | None
    changes: list[Change] = field(default_factory=list)


@transaction.atomic
def tell_of_release(*, release: Release, at: datetime) -> int:
    """
    Write the letters about a release, once; return how many.

    Its speakers, whoever proposed or organises a session, also as a part of it, and
    whoever marked it are told of that session alone; who released it knows. Requests
    of the consultation get their place in its trace.
    """
    row = Release.objects.select_for_update(of=("self",)).select_related("edition")
    release = row.get(pk=release.pk)
    if release.told_at is not None:
        return 0
    release.told_at = at
    release.save(update_fields=["told_at"])
    changes = {
        stored["session"]: Change.from_json(stored) for stored in release.changes
    }
    readers: dict[str, _Reader] = {}
    sessions = Session.objects.filter(slug__in=changes, edition=release.edition)
    for session in sessions.select_related(
        "proposal__submitted_by", "proposal__contribution"
    ).prefetch_related("seats__speaker__person", "bookmarks__person"):
        change = changes[session.slug]
        traced = _traced(session, change, release, at)
        for reader in _concerned(session, traced):
            readers.setdefault(reader.email, reader).changes.append(change)
    by = release.released_by
    told = [reader for reader in readers.values() if reader.person != by or by is None]
    for reader in told:
        _write(reader, release, at)
    return len(told)


def _concerned(session: Session, traced: Container[int | None]) -> Iterator[_Reader]:
    found: dict[str, _Reader] = {}
    language = session.title.written_in
    for seat in session.seats.all():
        if seat.state == SeatState.DECLINED:
            continue
        speaker = seat.speaker
        person = speaker.person
        email = person.email if person else speaker.email
        if email:
            zone = speaker.timezone or getattr(person, "timezone", "")
            found[email] = _Reader(
                email,
                person,
                person.language if person else language,
                ZoneInfo(zone) if zone else None,
            )
    for person in _others(session, traced):
        if person.is_active and person.email:
            found.setdefault(person.email, _of(person))
    yield from found.values()


def _others(session: Session, traced: Container[int | None]) -> Iterable[Person]:
    """Yield who marked it, and whose it is unless the trace has told them."""
    yield from (mark.person for mark in session.bookmarks.all())
    if session.proposal is not None:
        for person in queries.people_of(session.proposal):
            if person.pk not in traced:
                yield person


def _of(person: Person) -> _Reader:
    zone = ZoneInfo(person.timezone) if person.timezone else None
    return _Reader(person.email, person, person.language, zone)


def _traced(
    session: Session, change: Change, release: Release, at: datetime
) -> set[int | None]:
    """Say in the consultation's trace where a request is now; return who is told."""
    contribution = session.proposal.contribution if session.proposal else None
    if contribution is None or change.kind not in ("added", "moved"):
        return set()
    if not may_follow(contribution.state, "scheduled") or change.after is None:
        return set()
    starts = datetime.fromisoformat(change.after["starts"])
    consultation.schedule_contribution(
        contribution=contribution,
        session_at=starts.replace(tzinfo=release.edition.zone),
        session_url=reverse("programme:session", args=[session.slug]),
        # Who released it was asked then; their role may have ended since.
        scheduled_by=None,
        at=at,
    )
    parts = requests.merged_below(contribution)
    return {request.author_id for request in (contribution, *parts)}


def _write(reader: _Reader, release: Release, at: datetime) -> None:
    forum = release.edition.zone
    with translation.override(reader.language):
        participation.write_message(
            to_email=reader.email,
            person=reader.person,
            language=reader.language,
            template="programme_released",
            values={
                "edition": release.edition,
                "number": release.number,
                "n_changes": len(reader.changes),
                "n_more": max(0, len(reader.changes) - MOST_LINES),
                "lines": [
                    queries.sentence_of_change(change, forum=forum, reader=reader.zone)
                    for change in reader.changes[:MOST_LINES]
                ],
                "zone": reader.zone.key if reader.zone else "",
                "url": people.forum_address(
                    reverse(
                        "programme:release", args=[release.edition.slug, release.number]
                    )
                ),
            },
            at=at,
        )
