"""
The programme as iCalendar (RFC 5545): for the calendars of people.

A calendar that was subscribed to is read again and again: what it knows a session by
stays, SEQUENCE rises with each release that changes it, and what no longer takes place
is still there, marked as cancelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vDuration,
)

from montada.language.engine.harmless import harmless_words
from montada.language.engine.text import Shown
from montada.programme.engine.outgoing import OutgoingProgramme, OutgoingSession

AGAIN = timedelta(hours=1)
"""After how long calendars may look whether something changed."""
NOBODY_KNOWS = datetime(2000, 1, 1, tzinfo=UTC)
AROUND = timedelta(days=366)
"""The clock is described for so long before and after the forum: all its changes."""


def calendar_of(
    programme: OutgoingProgramme, sessions: Sequence[OutgoingSession], name: str
) -> bytes:
    """
    Return a calendar of some sessions; those without a time are left out.

    One whose end nobody says begins and ends at its start, as RFC 5545 has it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Montada//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", programme.timezone)
    calendar.add("refresh-interval", vDuration(AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(AGAIN))
    timed = [one for one in sessions if one.starts]
    days = [one.starts.date() for one in timed if one.starts]
    if days:
        calendar.add_component(_zone(programme.timezone, min(days), max(days)))
    for session in timed:
        calendar.add_component(_event(programme, session))
    return bytes(calendar.to_ical())


@lru_cache(maxsize=16)
def _zone(name: str, first: date, last: date) -> Timezone:
    zone = Timezone.from_tzid(name, first_date=first - AROUND, last_date=last + AROUND)
    zone.pop("comment", None)
    for change in zone.subcomponents:
        _tell_by_old_clock(change)
    return zone


def _tell_by_old_clock(change: TimezoneStandard | TimezoneDaylight) -> None:
    """
    Say when the clock changes as it stands before it does (RFC 5545, 3.6.5).

    Where it is put forward icalendar says what it shows afterwards.
    """
    forward = change.TZOFFSETTO - change.TZOFFSETFROM
    if forward > timedelta():
        change.DTSTART -= forward
        others = [leaf.dt - forward for leaf in getattr(change.get("rdate"), "dts", ())]
        change.pop("rdate", None)
        if others:
            change.add("rdate", others)


def _event(programme: OutgoingProgramme, session: OutgoingSession) -> Event:
    event = Event()
    event.add("uid", f"{session.guid}")
    known_at = session.changed_at or programme.released_at or NOBODY_KNOWS
    event.add("dtstamp", known_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", known_at.astimezone(UTC).replace(microsecond=0))
    # Cancelling is a change as well, before any release tells of it: it comes between
    # the last release and the next one, which may take it back.
    event.add("sequence", 2 * session.changed_in + session.is_cancelled)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("dtstart", session.starts)
    if session.ends is not None:
        event.add("dtend", session.ends)
    _say(event, "summary", session.title)
    if place := ", ".join(filter(None, (session.room, programme.venue))):
        event.add("location", harmless_words(place))
    if words := "\n\n".join(_description(session)):
        event.add("description", words)
    if tags := [t for t in (session.kind, *session.lines) if t]:
        event.add("categories", tags)
    event.add("url", session.url)
    return event


def _say(event: Event, name: str, words: Shown) -> None:
    parameters = {"LANGUAGE": words.language} if words.language else {}
    event.add(name, harmless_words(words.text), parameters=parameters)


def _description(session: OutgoingSession) -> Iterator[str]:
    if session.summary.text:
        yield harmless_words(session.summary.text)
    if session.organisers:
        yield harmless_words(" · ".join(session.organisers))
    if session.people:
        yield harmless_words(" · ".join(person.name for person in session.people))
    for _title, address in session.links:
        yield harmless_words(address)
