"""The released programme of an edition, as it leaves in files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from montada.audit import queries as audit
from montada.djangokit.page_language import page_language
from montada.language.engine.folding import sort_key
from montada.language.engine.text import NO_TEXT, NOTHING, LocalizedText, Shown
from montada.programme.adapters import schedule_files
from montada.programme.engine.outgoing import (
    OutgoingPerson,
    OutgoingProgramme,
    OutgoingSession,
)
from montada.programme.engine.releases import Change
from montada.programme.models import Release, Session
from montada.programme.queries.agenda import AgendaSession, agenda_of
from montada.programme.queries.speakers import public_seats

DECISIONS = ("programme.session_cancelled", "programme.session_changed")
"""After which a session is told otherwise, whatever is released."""


@dataclass(frozen=True, slots=True)
class Site:
    """Addresses of this forum, as files tell them."""

    programme: str
    sessions: str
    """Address of the list; a session's own is below it."""


def outgoing_programme(
    edition: Any, release: Release | None, site: Site
) -> OutgoingProgramme:
    """
    Return what is released of an edition, in the words of the page's language.

    Seven queries beside the agenda's.
    """
    reader = page_language()
    agenda = agenda_of(edition)
    facts = _facts(edition)
    organisers = _organisers(edition, reader)
    people = _people(edition, reader)
    changes = _last_changes(edition)
    decided_at = _last_decided(agenda.sessions)
    zone = edition.zone

    def told(row: AgendaSession) -> OutgoingSession:
        fact = facts.get(row.pk) or {}
        number, at, change = changes.get(row.slug, (0, None, None))
        moments = [at, decided_at.get(row.pk)]
        session = OutgoingSession(
            key=row.pk,
            slug=row.slug,
            number=row.number,
            title=row.title.shown_to(reader),
            summary=fact.get("description", NO_TEXT).shown_to(reader),
            starts=row.starts,
            ends=row.ends,
            room=_words(agenda.rooms.get(row.room), reader),
            kind=_words(agenda.kinds.get(row.kind), reader),
            mode=row.mode,
            languages=row.languages,
            lines=row.lines,
            goals=row.goals,
            organisers=organisers.get(row.pk, ()),
            people=people.get(row.pk, ()),
            links=_links(fact),
            is_cancelled=row.is_cancelled,
            changed_in=number,
            changed_at=max(filter(None, moments), default=None),
            url=f"{site.sessions}{row.slug}/",
        )
        return _as_it_was(session, change, zone, reader)

    return OutgoingProgramme(
        slug=edition.slug,
        title=_words(edition.name, reader),
        language=reader,
        venue=_words(edition.venue, reader),
        timezone=edition.timezone,
        zone=zone,
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        release=release.number if release else 0,
        released_at=release.released_at if release else None,
        url=site.programme,
        sessions=[told(row) for row in agenda.sessions],
    )


def _words(text: LocalizedText | None, reader: str) -> str:
    return text.shown_to(reader).text if text else ""


def _as_it_was(
    session: OutgoingSession, change: Change | None, zone: tzinfo, reader: str
) -> OutgoingSession:
    """
    Return a session that lost its place as it stood before, cancelled.

    Calendars have it there, and only so can they learn that it is not.
    """
    before = change.before if change and change.kind == "removed" else None
    if before is None or session.starts is not None:
        return session
    starts, ends = (datetime.fromisoformat(before[n]) for n in ("starts", "ends"))
    return replace(
        session,
        starts=starts.replace(tzinfo=zone),
        ends=ends.replace(tzinfo=zone),
        room=_words(LocalizedText.from_json(before["room_name"]), reader),
        is_cancelled=True,
    )


_FACTS = (
    "pk",
    "description",
    "register_url",
    "stream_url",
    "recording_url",
    "links",
    "documents",
)


def _facts(edition: Any) -> Mapping[int, Mapping[str, Any]]:
    rows = Session.objects.public().filter(edition=edition).order_by()
    return {row["pk"]: row for row in rows.values(*_FACTS)}


def _links(fact: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return titles and addresses of what a session links to, each once."""
    own = [("", fact.get(name, "")) for name in _FACTS if name.endswith("_url")]
    said = [
        (str(one.get("title") or ""), str(one.get("url") or ""))
        for name in ("links", "documents")
        for one in fact.get(name) or ()
        if isinstance(one, dict)
    ]
    # Only what a browser opens: anybody may have written anything into a link.
    kept = {
        url: title or url
        for title, url in (*own, *said)
        if url.startswith(("https://", "http://"))
    }
    return [(title, url) for url, title in kept.items()]


def _organisers(edition: Any, reader: str) -> Mapping[int, Sequence[str]]:
    links = Session.organisers.through.objects.filter(
        session__edition=edition, session__is_public=True
    )
    names: dict[int, list[str]] = defaultdict(list)
    rows = links.order_by("pk").values_list("session_id", "organisation__name")
    for session, name in rows:
        names[session].append(name.shown_to(reader).text)
    return names


def _people(edition: Any, reader: str) -> Mapping[int, Sequence[OutgoingPerson]]:
    """Return who said that they speak, moderators first."""
    rows = public_seats(edition).order_by("order", "pk")
    columns = (
        "session_id",
        "role",
        "speaker_id",
        "speaker__honorific",
        "speaker__name",
        "speaker__position",
        "speaker__organisation__name",
    )
    seats: dict[int, list[tuple[bool, OutgoingPerson]]] = defaultdict(list)
    for session, role, key, honorific, name, position, organisation in rows.values_list(
        *columns
    ):
        person = OutgoingPerson(
            key,
            f"{honorific} {name}".strip(),
            sort_key(name),
            position,
            organisation.shown_to(reader) if organisation else NOTHING,
        )
        seats[session].append(("mod" not in role, person))
    return {
        session: [person for _later, person in sorted(of, key=lambda seat: seat[0])]
        for session, of in seats.items()
    }


def _last_changes(edition: Any) -> Mapping[str, tuple[int, datetime, Change]]:
    """Return by session which release changed it last, and how. One query."""
    rows = Release.objects.filter(edition=edition).order_by("number")
    return {
        stored["session"]: (number, at, Change.from_json(stored))
        for number, at, changes in rows.values_list("number", "released_at", "changes")
        for stored in changes
    }


def _last_decided(sessions: Iterable[AgendaSession]) -> Mapping[int, datetime]:
    """Return when sessions were last cancelled, or their words changed. One query."""
    keys = {audit.name_of(Session(pk=session.pk)): session.pk for session in sessions}
    entries = audit.entries().filter(subject__in=keys, action__in=DECISIONS)
    rows = entries.order_by("pk").values_list("subject", "happened_at")
    return {keys[subject]: at for subject, at in rows}


def calendar_file(
    programme: OutgoingProgramme, sessions: Iterable[OutgoingSession], name: str = ""
) -> bytes:
    """Return some sessions of a programme as iCalendar, named after it or `name`."""
    # What it needs takes 4 MB in every process: only where a calendar is written.
    from montada.programme.adapters import ical  # noqa: PLC0415

    title = f"{programme.title} – {name}" if name else programme.title
    return ical.calendar_of(programme, list(sessions), title)


def schedule_file(programme: OutgoingProgramme, form: str) -> bytes:
    """Return a programme as schedule "xml" or "json"."""
    if form == "xml":
        return schedule_files.schedule_xml(programme)
    return schedule_files.schedule_json(programme)


HEAD = (
    "id",
    "number",
    "title",
    "title_language",
    "day",
    "start",
    "end",
    "minutes",
    "room",
    "type",
    "mode",
    "languages",
    "lines",
    "goals",
    "organisers",
    "speakers",
    "summary",
    "status",
    "release",
    "url",
)
"""Columns of the table; several values of one are parted by "|"."""


def rows_of_programme(programme: OutgoingProgramme) -> Iterator[list[str]]:
    """Yield the row of each session, as `HEAD` names it; times are the forum's."""
    for one in programme.sessions:
        yield [
            one.slug,
            one.number,
            one.title.text,
            one.title.language,
            f"{one.day or ''}",
            _written(one.starts),
            _written(one.ends),
            f"{one.minutes}" if one.minutes else "",
            one.room,
            one.kind,
            one.mode,
            "|".join(one.languages),
            "|".join(one.lines),
            "|".join(map(str, one.goals)),
            "|".join(_part(name) for name in one.organisers),
            "|".join(_part(person.name) for person in one.people),
            one.summary.text,
            "cancelled" if one.is_cancelled else "confirmed",
            f"{one.changed_in or ''}",
            one.url,
        ]


def programme_as_json(programme: OutgoingProgramme) -> dict[str, Any]:
    """Return the programme for programs; moments carry their offset."""
    return {
        "edition": programme.slug,
        "title": programme.title,
        "language": programme.language,
        "timezone": programme.timezone,
        "release": programme.release or None,
        "released_at": programme.released_at,
        "source": programme.url,
        "sessions": [_session_as_json(one) for one in programme.sessions],
    }


def _session_as_json(one: OutgoingSession) -> dict[str, Any]:
    return {
        "id": one.slug,
        "guid": f"{one.guid}",
        "number": one.number,
        "title": _said(one.title),
        "summary": _said(one.summary) if one.summary.text else None,
        "starts": one.starts,
        "ends": one.ends,
        "minutes": one.minutes or None,
        "room": one.room or None,
        "type": one.kind or None,
        "mode": one.mode or None,
        "languages": list(one.languages),
        "lines": list(one.lines),
        "goals": list(one.goals),
        "organisers": list(one.organisers),
        "speakers": [
            {
                "name": person.name,
                "position": person.position or None,
                "organisation": person.organisation.text or None,
            }
            for person in one.people
        ],
        "links": [{"title": title, "url": url} for title, url in one.links],
        "is_cancelled": one.is_cancelled,
        "changed_in_release": one.changed_in or None,
        "url": one.url,
    }


def _said(words: Shown) -> dict[str, str]:
    return {"text": words.text, "language": words.language}


def _part(name: str) -> str:
    """Return a name as a part of a cell: what parts them is not in it."""
    return name.replace("|", "/")


def _written(moment: datetime | None) -> str:
    """Return a moment as the forum's clock shows it."""
    return moment.replace(tzinfo=None).isoformat(timespec="minutes") if moment else ""
