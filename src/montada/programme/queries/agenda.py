"""The released programme of an edition as its readers see it: what, when, where."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache, cached_property, partial
from typing import Any

from django.db.models import F, TextField
from django.db.models.functions import Cast

from montada.audit import queries as audit
from montada.edition import queries as editions
from montada.language.engine.folding import folded, sort_key
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.programme.models import Release, Session
from montada.programme.queries.speakers import public_seats

Moments = tuple[datetime | None, datetime | None]

OF_NO_PLACE = 0
"""Stands for a room where nobody knows which: no row has this number."""


@dataclass(frozen=True)
class AgendaSession:
    """
    A released session; stands have no hours, nor has what lost its place.

    Attributes
    ----------
    title_json : as it is stored: most pages read few of all titles
    starts, ends : aware; None where nobody says
    room : number of a room of the edition, or `OF_NO_PLACE`
    kind : code, or ""
    lines, goals : codes in the order of the framework, numbers
    """

    pk: int
    slug: str
    number: str
    title_json: str
    starts: datetime | None
    ends: datetime | None
    room: int
    kind: str
    is_stand: bool
    is_cancelled: bool
    mode: str
    languages: tuple[str, ...]
    lines: tuple[str, ...]
    goals: tuple[int, ...]

    @cached_property
    def title(self) -> LocalizedText:
        return _text(self.title_json)

    def title_for(self, reader: str) -> tuple[str, str]:
        """
        Return words and language of the title, as `LocalizedText.shown_to` chooses.

        Without making that value: in a list of hundreds it would cost the most.
        """
        stored = json.loads(self.title_json)
        wordings = stored["wordings"]
        language = reader if reader in wordings else stored["written_in"]
        return wordings.get(language, {"text": ""})["text"], language

    @property
    def can_be_attended(self) -> bool:
        """Whether it takes place at a known time."""
        return None not in (self.starts, self.ends) and not self.is_cancelled


@dataclass(frozen=True, slots=True)
class Agenda:
    """
    Everything that is released of an edition, by time, then as its rooms are ordered.

    Attributes
    ----------
    rooms, kinds : names by number and by code, in the edition's order
    """

    sessions: tuple[AgendaSession, ...]
    rooms: Mapping[int, LocalizedText]
    kinds: Mapping[str, LocalizedText]


COLUMNS = (
    "pk",
    "slug",
    "number",
    "room_id",
    "room__order",
    "kind__code",
    "kind__is_stand",
    "kind__order",
    "is_cancelled",
    "mode",
)
AS_STORED = {
    "title_json": "title",
    "room_json": "room__name",
    "kind_json": "kind__name",
    "languages_json": "languages",
    "day_iso": "held_on",
    "start_iso": "starts_at",
    "end_iso": "ends_at",
}
"""Columns read as texts: a name, a day, an hour is made once, not with each row."""


@audit.remembered("programme.", "edition.")
def agenda_of(edition: Any) -> Agenda:
    """Return what is released of an edition. Two queries, remembered."""
    rows = list(
        Session.objects.public()
        .filter(edition=edition)
        .order_by(
            F("held_on").asc(nulls_last=True),
            F("starts_at").asc(nulls_last=True),
            "ends_at",
            "room__order",
            "room_id",
            "sort_key",
            "pk",
        )
        .annotate(**{name: Cast(of, TextField()) for name, of in AS_STORED.items()})
        .values_list(*COLUMNS, *AS_STORED, named=True)
    )
    lines, goals = _labels(edition)
    moments = cache(partial(_moments_in, edition.zone))
    return Agenda(
        sessions=tuple(
            _session(
                row,
                moments(row.day_iso, row.start_iso, row.end_iso),
                lines.get(row.pk, ()),
                goals.get(row.pk, ()),
            )
            for row in rows
        ),
        rooms=_named((row.room_id, row.room__order, row.room_json) for row in rows),
        kinds=_named((row.kind__code, row.kind__order, row.kind_json) for row in rows),
    )


def released_edition(slug: str) -> tuple[Any, Release | None]:
    """
    Return an edition by its address, and its last release without what is in it.

    One query where there is a release, else two; (None, None) for no such edition.
    """
    rows = Release.objects.select_related("edition__country")
    last = rows.filter(edition__slug=slug).defer("places", "changes").first()
    if last is not None:
        return last.edition, last
    return editions.edition(slug), None


def _session(
    row: Any, moments: Moments, lines: Sequence[str], goals: Sequence[int]
) -> AgendaSession:
    starts, ends = moments
    return AgendaSession(
        pk=row.pk,
        slug=row.slug,
        number=row.number,
        title_json=row.title_json,
        starts=starts,
        ends=ends,
        room=row.room_id or OF_NO_PLACE,
        kind=row.kind__code or "",
        is_stand=bool(row.kind__is_stand),
        is_cancelled=row.is_cancelled,
        mode=row.mode,
        languages=_tags(row.languages_json),
        lines=tuple(lines),
        goals=tuple(goals),
    )


def _moments_in(
    zone: tzinfo, day: str | None, start: str | None, end: str | None
) -> Moments:
    return moments_of(
        date.fromisoformat(day) if day else None,
        time.fromisoformat(start) if start else None,
        time.fromisoformat(end) if end else None,
        zone,
    )


def moments_of(
    held_on: date | None, starts_at: time | None, ends_at: time | None, zone: tzinfo
) -> Moments:
    """
    Return when a session begins and ends, as moments; None where nobody says.

    One that ends before it begins ends on the next day.
    """
    if held_on is None or starts_at is None:
        return None, None
    starts = datetime.combine(held_on, starts_at, zone)
    if ends_at is None:
        return starts, None
    over = timedelta(days=ends_at <= starts_at)
    return starts, datetime.combine(held_on + over, ends_at, zone)


def _labels(edition: Any) -> tuple[dict[int, list[str]], dict[int, list[int]]]:
    """Return lines and goals by session, in the order of the framework. One query."""
    links = (
        Session.action_lines.through.objects.filter(session__edition=edition)
        .order_by()
        .values_list(
            "session_id", "actionline__order", Cast("actionline_id", TextField())
        )
        .union(
            Session.goals.through.objects.filter(session__edition=edition)
            .order_by()
            .values_list("session_id", "goal_id", Cast("goal_id", TextField())),
            all=True,
        )
    )
    lines: dict[int, list[str]] = defaultdict(list)
    goals: dict[int, list[int]] = defaultdict(list)
    for session, order, value in sorted(links):
        if value.isdigit():
            goals[session].append(order)
        else:
            lines[session].append(value)
    return lines, goals


def _named(rows: Iterable[tuple[Any, int | None, str | None]]) -> dict[Any, Any]:
    """Return names by key, in their order; what has no key is left out."""
    known = {key: (order or 0, name) for key, order, name in rows if key is not None}
    ordered = sorted(known, key=lambda key: (known[key][0], key))
    return {key: _text(known[key][1]) for key in ordered}


def _text(stored: str | None) -> LocalizedText:
    return LocalizedText.from_json(json.loads(stored)) if stored else NO_TEXT


def _tags(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored)) if stored != "[]" else ()


@dataclass(frozen=True, slots=True)
class AgendaPerson:
    """Somebody who said that they speak, and in which sessions."""

    slug: str
    name: str
    organisation: LocalizedText
    sessions: frozenset[int]


@audit.remembered("programme.", "participation.")
def people_of_agenda(edition: Any) -> list[AgendaPerson]:
    """
    Return who speaks in an edition, by name as lists sort it. One query, remembered.
    """
    rows = public_seats(edition).order_by("speaker_id", "pk")
    columns = (
        "speaker__slug",
        "speaker__name",
        "speaker__organisation__name",
        "session_id",
    )
    found: dict[str, tuple[str, LocalizedText, set[int]]] = {}
    for slug, name, organisation, session in rows.values_list(*columns):
        known = found.setdefault(slug, (name, organisation or NO_TEXT, set()))
        known[2].add(session)
    people = [
        AgendaPerson(slug, name, organisation, frozenset(sessions))
        for slug, (name, organisation, sessions) in found.items()
    ]
    return sorted(people, key=lambda person: sort_key(person.name))


@audit.remembered("programme.", "edition.", "participation.")
def words_of_agenda(edition: Any) -> Mapping[int, str]:
    """
    Return what a search looks through: of each session, folded, in every language.

    Title, number, organisers, speakers and their organisations. Two queries beside
    those of the agenda, remembered.
    """
    said: dict[int, list[str]] = {
        row.pk: [row.number, *row.title.by_language.values()]
        for row in agenda_of(edition).sessions
    }
    organisers = Session.organisers.through.objects.filter(
        session__edition=edition, session__is_public=True
    )
    names = organisers.values_list("session_id", "organisation__name")
    for session, name in names:
        said[session] += name.by_language.values()
    for person in people_of_agenda(edition):
        for session in person.sessions:
            said[session] += [person.name, *person.organisation.by_language.values()]
    fold = cache(folded)
    return {pk: "\n".join(map(fold, words)) for pk, words in said.items()}
