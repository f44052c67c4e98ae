"""
The programme as schedule.xml and schedule.json.

These are the files of pentabarf, frab and pretalx, which apps for visitors and for
recording read. Both are written from one tree, so that they say the same. A day goes
from midnight to midnight; what was cancelled is left out, and what has no time or no
length, which the format asks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from lxml import etree

from montada import __version__
from montada.programme.engine.outgoing import (
    OutgoingPerson,
    OutgoingProgramme,
    OutgoingSession,
    guid_of,
)

GENERATOR = "Montada"
ORGANISERS_APART = " · "
"""What parts them in a subtitle: the format has no place of their own."""
SLOT = "00:05"
"""What starts and lengths are multiples of."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""

Tree = Mapping[str, Any]


def schedule_json(programme: OutgoingProgramme) -> bytes:
    """Return the programme as frab writes it in JSON."""
    conference = _conference(programme)
    days = [_day(programme, n, day) for n, day in enumerate(programme.days, start=1)]
    schedule = {
        "version": _version(programme),
        "base_url": programme.url,
        "generator": _GENERATOR,
        "conference": conference | {"days": days},
    }
    told = json.dumps({"schedule": schedule}, ensure_ascii=False, indent=1)
    return told.encode("utf-8", "replace")


def schedule_xml(programme: OutgoingProgramme) -> bytes:
    """Return the programme as pentabarf and frab write it in XML."""
    root = etree.Element("schedule")
    etree.SubElement(root, "generator", _GENERATOR)
    _add(root, "version", _version(programme))
    conference = etree.SubElement(root, "conference")
    told = _conference(programme)
    for name in _IN_CONFERENCE:
        _add(conference, _RENAMED.get(name, name), told[name])
    _add(conference, "base_url", programme.url)
    for track in told["tracks"]:
        etree.SubElement(conference, "track", {"name": _clean(track["name"])})
    for n, day in enumerate(programme.days, start=1):
        _add_day(root, _day(programme, n, day))
    return etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )


_GENERATOR = {"name": GENERATOR, "version": __version__}
_IN_CONFERENCE = (
    "acronym",
    "title",
    "start",
    "end",
    "daysCount",
    "timeslot_duration",
    "time_zone_name",
)
_RENAMED = {"daysCount": "days"}


def _version(programme: OutgoingProgramme) -> str:
    return f"{programme.release}"


def _conference(programme: OutgoingProgramme) -> dict[str, Any]:
    days = programme.days
    first = programme.starts_on or (days[0] if days else None)
    last = programme.ends_on or (days[-1] if days else None)
    told = _told(programme)
    rooms = dict.fromkeys(s.room for s in told)
    tracks = dict.fromkeys(code for s in told for code in s.lines[:1])
    return {
        "acronym": programme.slug,
        "title": programme.title,
        "start": f"{first}" if first else "",
        "end": f"{last}" if last else "",
        "daysCount": (last - first).days + 1 if first and last else len(days),
        "timeslot_duration": SLOT,
        "time_zone_name": programme.timezone,
        "rooms": [{"name": name, "guid": _room_guid(name)} for name in rooms],
        "tracks": [{"name": code} for code in tracks],
    }


def _told(programme: OutgoingProgramme) -> list[OutgoingSession]:
    return [s for s in programme.held if s.minutes]


def _day(programme: OutgoingProgramme, index: int, day: date) -> dict[str, Any]:
    here = [s for s in _told(programme) if s.day == day]
    rooms: dict[str, list[dict[str, Any]]] = {}
    for session in here:
        rooms.setdefault(session.room, []).append(_event(session))
    midnight = datetime.combine(day, time(), programme.zone)
    return {
        "index": index,
        "date": f"{day}",
        "day_start": midnight.isoformat(),
        "day_end": (midnight + timedelta(days=1)).isoformat(),
        "rooms": rooms,
    }


def _event(session: OutgoingSession) -> dict[str, Any]:
    assert session.starts is not None  # of what is told
    return {
        "url": session.url,
        "id": session.key,
        "guid": f"{session.guid}",
        "date": session.starts.isoformat(),
        "start": f"{session.starts:%H:%M}",
        "duration": f"{session.minutes // 60:02}:{session.minutes % 60:02}",
        "room": session.room,
        "slug": session.slug,
        "title": session.title.text,
        "subtitle": ORGANISERS_APART.join(session.organisers),
        # Apps know one track of a session, and none of its goals.
        "track": session.lines[0] if session.lines else "",
        "type": session.kind,
        "language": _language(session),
        "abstract": session.summary.text,
        "description": "",
        "persons": [_person(person) for person in session.people],
        "links": [{"url": url, "title": title} for title, url in session.links],
    }


def _language(session: OutgoingSession) -> str:
    """Return one that it is held in: that of its title, if it is one of them."""
    told, held_in = session.title.language, session.languages
    return told if told in held_in or not held_in else held_in[0]


def _person(person: OutgoingPerson) -> dict[str, Any]:
    return {
        "id": person.key,
        "guid": f"{guid_of(f'speaker:{person.key}')}",
        "name": person.name,
        "public_name": person.name,
    }


def _room_guid(name: str) -> str:
    return f"{guid_of(f'room:{name}')}"


def _add_day(root: Any, day: Tree) -> None:
    facts = {name: f"{day[name]}" for name in ("index", "date")}
    facts |= {"start": day["day_start"], "end": day["day_end"]}
    element = etree.SubElement(root, "day", facts)
    for name, events in day["rooms"].items():
        told = {"name": _clean(name), "guid": _room_guid(name)}
        room = etree.SubElement(element, "room", told)
        for event in events:
            _add_event(room, event)


def _add_event(room: Any, event: Tree) -> None:
    named = {"id": f"{event['id']}", "guid": event["guid"]}
    element = etree.SubElement(room, "event", named)
    for name, value in event.items():
        if name == "persons":
            persons = etree.SubElement(element, "persons")
            for one in value:
                of = {"id": f"{one['id']}", "guid": one["guid"]}
                etree.SubElement(persons, "person", of).text = _clean(one["name"])
        elif name == "links":
            links = etree.SubElement(element, "links")
            for one in value:
                link = etree.SubElement(links, "link", {"href": _clean(one["url"])})
                link.text = _clean(one["title"])
        elif name not in named:
            _add(element, name, value)


def _add(parent: Any, name: str, value: object) -> None:
    etree.SubElement(parent, name).text = _clean(f"{value}")


def _clean(words: str) -> str:
    return _UNWRITABLE.sub("", words)
