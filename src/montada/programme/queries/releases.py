"""What was released when, and what would be different if a plan were released now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from itertools import groupby
from typing import Any

from montada.language.engine.text import LocalizedText
from montada.programme.choices import Level
from montada.programme.engine.releases import Change, Place, changes_between
from montada.programme.models import Placement, Plan, Release, Session
from montada.programme.queries.conflicts import conflicts_of
from montada.programme.queries.hours import local
from montada.programme.queries.planning import sessions_to_place
from montada.programme.queries.release_words import sentence_of_change, told_kind


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change, in a reader's words."""

    session: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class ReleasedPlace:
    """One session as a release has it."""

    session: str
    title: LocalizedText
    room: LocalizedText
    starts: datetime
    ends: datetime
    change: str
    """Kind of change against the release before, as `told_kind`; "" for none."""


@dataclass(frozen=True, slots=True)
class DraftRelease:
    """
    What releasing a plan would do.

    Attributes
    ----------
    faults : why it cannot be released, in words
    n_unplaced : sessions that have no place in the plan
    mark : see `mark_of_draft`
    """

    number: int
    changes: Sequence[ToldChange]
    faults: Sequence[str]
    n_unplaced: int
    mark: int


def releases_of(edition: Any) -> list[Release]:
    """Return an edition's releases, the newest first."""
    return list(Release.objects.filter(edition=edition))


def release(edition: Any, number: int) -> Release | None:
    return Release.objects.filter(edition=edition, number=number).first()


def last_release(edition: Any) -> Release | None:
    return Release.objects.filter(edition=edition).first()


def untold_releases() -> list[Release]:
    """Return the releases about which no letters were written, the oldest first."""
    return list(Release.objects.filter(told_at=None).order_by("pk"))


def places_in(plan: Plan) -> dict[str, Place]:
    """Return where a plan has its sessions, as a release keeps it. One query."""
    zone = plan.edition.zone
    rows = Placement.objects.filter(plan=plan, session__is_cancelled=False)
    places: dict[str, Place] = {}
    for row in rows.select_related("session", "room"):
        ends_at = row.starts_at + timedelta(minutes=row.session.minutes or 0)
        places[row.session.slug] = {
            "title": row.session.title.as_json(),
            "room": row.room_id,
            "room_name": row.room.name.as_json(),
            "starts": _written(local(row.starts_at, zone)),
            "ends": _written(local(ends_at, zone)),
        }
    return places


def changes_against(last: Release | None, places: Mapping[str, Place]) -> list[Change]:
    """Return what is different from a release; of cancelled sessions why. One query."""
    before = last.places if last else {}
    gone = Session.objects.filter(slug__in=before.keys() - places.keys())
    because = gone.filter(is_cancelled=True).values_list("slug", "cancelled_because")
    cancelled = {slug: why.as_json() for slug, why in because if why}
    return changes_between(before, places, cancelled)


def draft_release(plan: Plan) -> DraftRelease:
    """Return what is different from the last release, and what forbids releasing."""
    last, places = last_release(plan.edition), places_in(plan)
    changes = changes_against(last, places)
    return DraftRelease(
        number=last.number + 1 if last else 1,
        changes=[_told(change) for change in changes],
        faults=faults_against_release(plan),
        n_unplaced=sessions_to_place(plan.edition).exclude(slug__in=places).count(),
        mark=mark_of_draft(plan, last, changes),
    )


def mark_of_draft(plan: Plan, last: Release | None, changes: Sequence[Change]) -> int:
    """
    Return a number that is another one as soon as a plan's next release is.

    Of what is read before releasing: which plan, after which release, what changes. A
    revision would not do: a title, a length, a room's name are no changes of a plan.
    """
    read = [plan.pk, last.number if last else 0, [one.as_json() for one in changes]]
    digest = blake2b(json.dumps(read, sort_keys=True).encode(), digest_size=8).digest()
    # Forms take numbers of up to nine digits.
    return int.from_bytes(digest) % 10**9


def faults_against_release(plan: Plan) -> list[str]:
    """Return, in words, the conflicts with which a plan is not released."""
    return [one.words for one in conflicts_of(plan) if one.level != Level.WARNING]


def changes_of(row: Release) -> list[ToldChange]:
    """Return what was different from the release before, in the page's language."""
    return [_told(Change.from_json(stored)) for stored in row.changes]


def released_days(row: Release) -> list[tuple[date, list[ReleasedPlace]]]:
    """
    Return a release by days and hours, with marks on what was different.

    The first one has none: everything in it was new.
    """
    kinds: dict[str, str] = {}
    if row.number > 1:
        changes = map(Change.from_json, row.changes)
        kinds = {change.session: told_kind(change) for change in changes}
    places = sorted(
        (_place(slug, place, kinds) for slug, place in row.places.items()),
        key=lambda place: (place.starts, str(place.room), place.session),
    )
    return [
        (day, list(those)) for day, those in groupby(places, lambda p: p.starts.date())
    ]


def _told(change: Change) -> ToldChange:
    return ToldChange(change.session, change.kind, sentence_of_change(change))


def _place(
    slug: str, place: Mapping[str, Any], kinds: Mapping[str, str]
) -> ReleasedPlace:
    return ReleasedPlace(
        session=slug,
        title=LocalizedText.from_json(place["title"]),
        room=LocalizedText.from_json(place["room_name"]),
        starts=datetime.fromisoformat(place["starts"]),
        ends=datetime.fromisoformat(place["ends"]),
        change=kinds.get(slug, ""),
    )


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
