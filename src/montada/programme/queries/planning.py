"""
An edition's sessions, rooms and people as the problem of a timetable.

Ids in it: a session's and a speaker's slug, a room's number, an action line's code as
the track.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import Count

from montada.audit import queries as audit
from montada.edition import queries as editions
from montada.programme.adapters.zones import zone_named
from montada.programme.choices import Feature, SeatState, SessionMode
from montada.programme.engine.timetable.problem import (
    POPULAR_UNIT,
    WEIGHT_UNIT,
    WEIGHTS,
    Half,
    Interval,
    Person,
    Placement,
    Problem,
    Room,
    Session,
)
from montada.programme.models import (
    Availability,
    Bookmark,
    Plan,
    ProgrammeRules,
    ProposalSupport,
    RoomDetails,
    Seat,
)
from montada.programme.models import Placement as PlacementRow
from montada.programme.models import Session as SessionRow
from montada.programme.queries.hours import closed_of, local, open_days_of, opens_of
from montada.programme.queries.rules import rules_of

ON_SITE = "on_site"
"""What a room has that is a room, and not a link; whoever meets there needs it."""
LEAST_PEOPLE = 10
"""Fewer say nothing of what many want."""


COLUMNS = (
    "slug",
    "minutes",
    "mode",
    "needs",
    "audience",
    "wishes",
    "part",
    "proposal",
    "room",
    "is_public",
    "held_on",
    "starts_at",
    "kind__code",
    "kind__minutes",
    "kind__needs",
    "kind__audience",
    "series__is_in_order",
)
"""Of sessions; their texts, which are long, are not needed."""


def sessions_to_place(edition: Any) -> Any:
    """Return the rows of an edition's sessions that have an hour and a room to find."""
    return (
        SessionRow.objects.filter(
            edition=edition, is_cancelled=False, kind__is_stand=False
        )
        .select_related("kind", "series")
        .order_by("pk")
    )


def problem_of(plan: Plan, *, pins: bool = True) -> Problem:
    """
    Return what is to be placed in a plan; with `pins`, what is locked stays.

    A dozen queries; two where nothing was decided since the last time.

    Raises
    ------
    NoDays
    """
    problem = edition_problem(plan.edition)
    rows = PlacementRow.objects.filter(plan=plan, is_locked=True) if pins else None
    return problem if rows is None else pinned(problem, rows.select_related("session"))


def pinned(problem: Problem, rows: Iterable[PlacementRow]) -> Problem:
    """Return a problem in which what is locked among some rows stays."""
    locked = (row for row in rows if row.is_locked)
    fixed = {p.session: p for p in engine_placements(locked, problem)}
    rooms = {room.id for room in problem.rooms}
    sessions = tuple(
        replace(session, fixed_room=where.room, fixed_start=where.start)
        if (where := fixed.get(session.id)) and where.room in rooms
        else session
        for session in problem.sessions
    )
    return replace(problem, sessions=sessions)


def placements_of_plan(plan: Plan, problem: Problem) -> tuple[Placement, ...]:
    """Return where a plan has the sessions of its problem. One query."""
    rows = PlacementRow.objects.filter(plan=plan).select_related("session")
    return tuple(engine_placements(rows, problem))


def engine_placements(
    rows: Iterable[PlacementRow], problem: Problem
) -> Iterator[Placement]:
    """Yield rows of a problem's sessions as the engine has them."""
    known = {session.id for session in problem.sessions}
    for row in rows:
        if row.session.slug in known:
            start = local(row.starts_at, problem.zone)
            yield Placement(row.session.slug, str(row.room_id), start)


@audit.remembered("programme.", "edition.", "participation.")
def edition_problem(edition: Any) -> Problem:
    """Return the problem of an edition, whatever its plans are. About ten queries."""
    rules = rules_of(edition)
    days = open_days_of(edition, rules)
    rows = list(sessions_to_place(edition).only(*COLUMNS))
    seats = _seats(rows)
    lines = _lines(rows)
    popular = _popularity(rows, edition)
    after, not_with = _series(rows)
    return Problem(
        zone=edition.zone,
        unit_minutes=rules.unit_minutes,
        days=days,
        rooms=tuple(_rooms(edition, days)),
        people=tuple(_people(seats.values(), edition)),
        sessions=tuple(
            Session(
                id=row.slug,
                minutes=row.minutes or row.kind.minutes,
                people=tuple(dict.fromkeys(seat["slug"] for seat in seats[row.pk])),
                tracks=frozenset(lines[row.pk]),
                kind=row.kind.code,
                audience=row.audience or row.kind.audience,
                needs=_needs(row, edition),
                wanted_days=_wanted_days(row.wishes),
                wanted_half=_wanted_half(row.wishes),
                after=after.get(row.slug, ()),
                not_with=not_with.get(row.slug, ()),
                popular=popular.get(row.pk, 0),
            )
            for row in rows
        ),
        weights=_weights(rules),
        released=tuple(_released(rows)),
    )


def _rooms(edition: Any, days: Sequence[Any]) -> Iterator[Room]:
    details = {d.room_id: d for d in RoomDetails.objects.filter(room__edition=edition)}
    for room in editions.rooms_of(edition):
        known = details.get(room.pk)
        features = set(known.features) if known else set()
        features.add(Feature.REMOTE.value if room.is_online else ON_SITE)
        if known and known.n_booths:
            features.add(Feature.INTERPRETATION.value)
        yield Room(
            id=str(room.pk),
            seats=None if room.is_online else room.seats,
            features=frozenset(features),
            closed=closed_of(known),
            opens=opens_of(known, days),
        )


def _needs(row: SessionRow, edition: Any) -> frozenset[str]:
    needs = {*row.needs, *(row.kind.needs if row.kind else ())}
    if row.mode != SessionMode.VIRTUAL and not edition.is_online_only:
        needs.add(ON_SITE)
    return frozenset(needs)


def _seats(rows: Iterable[SessionRow]) -> Mapping[int, list[dict[str, Any]]]:
    """Return who sits in each session, but for those who said they do not come."""
    found = Seat.objects.filter(session__in=[row.pk for row in rows]).exclude(
        state=SeatState.DECLINED
    )
    seats: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for seat in found.values(
        "session_id", "speaker_id", "speaker__slug", "speaker__timezone", "is_remote"
    ):
        seats[seat["session_id"]].append(seat | {"slug": seat["speaker__slug"]})
    return seats


def _people(seats: Iterable[list[dict[str, Any]]], edition: Any) -> Iterator[Person]:
    """Yield everybody once; who is on site anywhere lives by the forum's clock."""
    people: dict[int, dict[str, Any]] = {}
    on_site: set[int] = set()
    for seat in (seat for of_session in seats for seat in of_session):
        people[seat["speaker_id"]] = seat
        if not seat["is_remote"]:
            on_site.add(seat["speaker_id"])
    available: dict[int, list[Interval]] = defaultdict(list)
    for time in Availability.objects.filter(edition=edition, speaker__in=people):
        start, end = (local(m, edition.zone) for m in (time.starts_at, time.ends_at))
        available[time.speaker_id].append((start, end))
    for pk, seat in people.items():
        yield Person(
            id=seat["slug"],
            zone=_zone(seat["speaker__timezone"]),
            remote=pk not in on_site,
            available=tuple(available[pk]) if pk in available else None,
        )


def _zone(name: str) -> Any:
    try:
        return zone_named(name) if name else None
    except KeyError:
        return None


def _lines(rows: Iterable[SessionRow]) -> Mapping[int, list[str]]:
    links = SessionRow.action_lines.through.objects.filter(
        session__in=[row.pk for row in rows]
    )
    lines: dict[int, list[str]] = defaultdict(list)
    for session, line in links.values_list("session_id", "actionline_id"):
        lines[session].append(line)
    return lines


def _popularity(rows: Iterable[SessionRow], edition: Any) -> Mapping[int, int]:
    """
    Return which share of people wants each session, in hundredths.

    The larger of two: of those who support proposals, and of those who mark sessions.
    """
    sessions = {row.pk: row.pk for row in rows}
    proposals = {row.proposal_id: row.pk for row in rows if row.proposal_id}
    marks = Bookmark.objects.filter(session__edition=edition)
    supports = ProposalSupport.objects.filter(proposal__edition=edition)
    shares: dict[int, int] = {}
    for wishes, of, session_of in (
        (marks, "session_id", sessions),
        (supports, "proposal_id", proposals),
    ):
        counts = dict(
            wishes.order_by().values_list(of).annotate(n=Count("person", distinct=True))
        )
        n_people = wishes.aggregate(n=Count("person", distinct=True))["n"]
        for wanted, n in counts.items():
            if n_people >= LEAST_PEOPLE and wanted in session_of:
                session = session_of[wanted]
                share = round(POPULAR_UNIT * n / n_people)
                shares[session] = max(share, shares.get(session, 0))
    return shares


def _series(
    rows: Iterable[SessionRow],
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return after which others a session comes, and with which it must not meet."""
    together: dict[int, list[SessionRow]] = defaultdict(list)
    for row in rows:
        if row.series_id:
            together[row.series_id].append(row)
    after: dict[str, tuple[str, ...]] = {}
    not_with: dict[str, tuple[str, ...]] = {}
    for members in together.values():
        for row in members:
            others = (other.slug for other in members if other is not row)
            not_with[row.slug] = tuple(others)
        series = members[0].series
        if series is None or not series.is_in_order:
            continue
        parts: dict[int, list[str]] = defaultdict(list)
        for row in members:
            if row.part is not None:
                parts[row.part].append(row.slug)
        for earlier, later in pairwise(sorted(parts)):
            for slug in parts[later]:
                after[slug] = tuple(parts[earlier])
                not_with[slug] = tuple(
                    other for other in not_with[slug] if other not in after[slug]
                )
    return after, not_with


def _wanted_days(wishes: Any) -> frozenset[date]:
    days = wishes.get("days") if isinstance(wishes, dict) else None
    wanted = set()
    for day in days if isinstance(days, list) else ():
        try:
            wanted.add(date.fromisoformat(day))
        except (TypeError, ValueError):
            continue
    return frozenset(wanted)


def _wanted_half(wishes: Any) -> Half | None:
    half = wishes.get("half") if isinstance(wishes, dict) else None
    if half == "morning":
        return "morning"
    return "afternoon" if half == "afternoon" else None


def _weights(rules: ProgrammeRules) -> dict[str, int]:
    return {
        label: round(float(rules.weights.get(label, weight)) * WEIGHT_UNIT)
        for label, weight in WEIGHTS.items()
    }


def _released(rows: Iterable[SessionRow]) -> Iterator[Placement]:
    """Yield where sessions stand in the last release."""
    for row in rows:
        if row.is_public and row.held_on and row.starts_at and row.room_id:
            start = datetime.combine(row.held_on, row.starts_at)
            yield Placement(row.slug, str(row.room_id), start)
