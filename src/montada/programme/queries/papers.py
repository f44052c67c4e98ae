"""What the papers of the programme say: the printed programme, nameplates, signs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, pgettext

from montada.djangokit.page_language import page_language
from montada.framework import queries as framework
from montada.language.engine.dates import written_date, written_weekday
from montada.language.engine.folding import sort_key
from montada.language.engine.text import LocalizedText, Shown
from montada.language.queries import in_page_digits
from montada.programme.choices import SeatState
from montada.programme.engine.outgoing import OutgoingProgramme, OutgoingSession
from montada.programme.models import Seat
from montada.programme.queries.label_words import (
    code_of_line,
    name_of_line,
    words_in,
)

Content = Mapping[str, Any]


def printed_programme(edition: Any, programme: OutgoingProgramme) -> Content:
    """Return what the printed programme says: by day and room, and two indexes."""
    lines = {line.code: line for line in framework.action_lines()}
    printed = [*programme.held, *_stands(programme)]
    used = {code for session in printed for code in session.lines}
    return _of_edition(edition, gettext("Programme")) | {
        "release": _release_words(programme),
        "clock": gettext("All times are those of the place: %(zone)s.")
        % {"zone": programme.timezone},
        "contents": gettext("Contents"),
        "days": [
            _printed_day(day, list(those), lines)
            for day, those in groupby(programme.held, key=lambda session: session.day)
            if day is not None
        ],
        "stands": {
            "title": gettext("On all days of the forum"),
            "sessions": [_printed(one, lines) for one in _stands(programme)],
        },
        "lines": {
            "title": gettext("Action lines"),
            "names": [name_of_line(line) for c, line in lines.items() if c in used],
        },
        "people": {
            "title": gettext("Speakers"),
            "entries": _index(
                (person.name, (person.sort_key, person.key), session)
                for session in printed
                for person in session.people
            ),
        },
        "rooms": {
            "title": gettext("Rooms"),
            "entries": _index(
                (session.room, _natural(session.room), session)
                for session in printed
                if session.room
            ),
        },
    }


def _of_edition(edition: Any, title: str) -> dict[str, Any]:
    name = edition.name.shown_to(page_language())
    return {
        "title": title,
        "author": name.text,
        "edition": said(name),
        "notice": gettext("Demonstration: this edition is made up.")
        if edition.is_made_up
        else "",
    }


def said(words: Shown) -> dict[str, str]:
    """Return words as papers read them, with their language and direction."""
    language = words.language or page_language()
    return {"text": words.text, "language": language, "direction": words.direction}


def _release_words(programme: OutgoingProgramme) -> str:
    if programme.released_at is None:
        return ""
    return gettext("Release %(n)s, published on %(day)s") % {
        "n": in_page_digits(programme.release),
        "day": _day(programme.released_at.astimezone(programme.zone).date()),
    }


def _stands(programme: OutgoingProgramme) -> list[OutgoingSession]:
    """Return what is there without hours."""
    return [s for s in programme.sessions if s.starts is None and not s.is_cancelled]


def _day(day: date) -> str:
    return in_page_digits(written_date(day, page_language()))


def day_in_full(day: date) -> str:
    """Return "Monday, 5 July 2027"."""
    return gettext("%(weekday)s, %(date)s") % {
        "weekday": written_weekday(day, page_language()),
        "date": _day(day),
    }


def _printed_day(
    day: date, sessions: Sequence[OutgoingSession], lines: Mapping[str, Any]
) -> Content:
    rooms: dict[str, list[Content]] = defaultdict(list)
    for session in sessions:
        rooms[session.room].append(_printed(session, lines))
    return {
        "name": day_in_full(day),
        "rooms": [
            {"name": name or gettext("Room not stated"), "sessions": those}
            for name, those in sorted(rooms.items(), key=lambda room: _natural(room[0]))
        ],
    }


def _natural(name: str) -> tuple[Any, ...]:
    """Order names by the numbers in them: Room 2 before Room 10."""
    key = sort_key(name)
    digits = "".join(c if c.isdecimal() else " " for c in key).split()
    words = "".join(c for c in key if not c.isdecimal())
    return words, tuple(map(int, digits)), name


def _printed(session: OutgoingSession, lines: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "key": f"{session.key}",
        "hours": _hours(session),
        "next_day": _next_day(session),
        "title": said(session.title),
        "kind": session.kind,
        "number": in_page_digits(session.number),
        "organisers": list(session.organisers),
        "people": [person.name for person in session.people],
        "lines": [code_of_line(lines[c]) for c in session.lines if c in lines],
    }


def _hours(session: OutgoingSession) -> str:
    moments = [f"{at:%H:%M}" for at in (session.starts, session.ends) if at]
    return in_page_digits("\N{EN DASH}".join(moments))


def _next_day(session: OutgoingSession) -> str:
    is_over = session.ends is not None and session.ends.date() != session.day
    return gettext("(the next day)") if is_over else ""


def _index(
    entries: Iterable[tuple[str, tuple[Any, ...], OutgoingSession]],
) -> list[Content]:
    """Return names by their keys, one each, with the keys of their sessions."""
    names: dict[tuple[Any, ...], str] = {}
    where: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for name, key, session in entries:
        names[key] = name
        where[key].append(f"{session.key}")
    return [{"name": names[key], "keys": where[key]} for key in sorted(where)]


def room_signs(
    edition: Any, programme: OutgoingProgramme, day: date, room: int = 0
) -> Content | None:
    """Return signs for the doors of rooms on a day; None if nothing is there then."""
    names = {pk: words_in(name) for pk, name in _rooms(edition).items()}
    here = [s for s in programme.held if s.day == day and s.room]
    if room:
        here = [s for s in here if s.room == names.get(room)]
    of_room: dict[str, list[OutgoingSession]] = defaultdict(list)
    for session in here:
        of_room[session.room].append(session)
    if not of_room:
        return None
    signs = [
        {
            "room": name,
            "day": day_in_full(day),
            "sessions": [_printed(session, {}) for session in those],
        }
        for name, those in sorted(of_room.items(), key=lambda one: _natural(one[0]))
    ]
    return _of_edition(edition, gettext("Signs for rooms")) | {"signs": signs}


def _rooms(edition: Any) -> Mapping[int, LocalizedText]:
    return dict(edition.rooms.values_list("pk", "name"))


def nameplates(
    edition: Any, *, slug: str = "", day: date | None = None, room: int = 0
) -> Content | None:
    """
    Return plates for the panels of a session, or of a day or a room's day.

    Everybody who was asked and has not declined gets one, also before they answered.
    None if nobody did.
    """
    rows = Seat.objects.filter(
        session__edition=edition,
        session__is_public=True,
        session__is_cancelled=False,
        is_remote=False,
    ).exclude(state=SeatState.DECLINED)
    if slug:
        rows = rows.filter(session__slug=slug)
    if day is not None:
        rows = rows.filter(session__held_on=day)
    if room:
        rows = rows.filter(session__room=room)
    rows = rows.select_related("speaker__organisation").order_by(
        "session__room__order", "session__starts_at", "session", "order", "pk"
    )
    plates = {seat.speaker_id: _plate(seat) for seat in rows}
    if not plates:
        return None
    title = pgettext("papers", "Nameplates")
    return _of_edition(edition, title) | {"plates": list(plates.values())}


def _plate(seat: Seat) -> Content:
    speaker = seat.speaker
    organisation = speaker.organisation
    return {
        "name": f"{speaker.honorific} {speaker.name}".strip(),
        "position": speaker.position,
        "organisations": _in_both_scripts(organisation.name) if organisation else [],
    }


def _in_both_scripts(name: LocalizedText) -> list[Content]:
    """Return a name in Arabic and in another language, as far as it is known."""
    reader = page_language()
    other = reader if reader != "ar" else "en"
    shown = {words.text: words for words in map(name.shown_to, ("ar", other))}
    return [said(words) for words in shown.values()]
