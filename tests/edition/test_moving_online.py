"""An edition moves online in one step, is heard of above, and moves back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from montada.audit import queries as trail
from montada.edition import operations, queries, signals
from montada.edition.engine.values import RoomPlan
from montada.edition.models import Edition
from tests.factories.edition import (
    GENEVA,
    make_edition,
    make_room,
    make_secretary,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list[int]]:
    moved: list[int] = []

    def listen(edition_id: int, **_others: Any) -> None:
        moved.append(edition_id)

    signals.edition_moved_online.connect(listen)
    yield moved
    signals.edition_moved_online.disconnect(listen)


def moved(edition: Edition, at: datetime) -> Edition:
    return operations.move_online(
        edition_id=edition.pk, moved_by=make_secretary(), at=at
    )


def moving_entry(edition: Edition) -> int:
    newest = trail.entries_about(edition).filter(action="edition.moved_online").first()
    assert newest is not None
    return newest.pk


def rooms(edition: Edition) -> list[tuple[str, int | None, bool, str]]:
    return [
        (str(r.name), r.seats, r.is_online, r.join_url)
        for r in queries.rooms_of(edition)
    ]


def test_the_preview_says_which_rooms_become_links() -> None:
    edition = make_edition()
    make_room(edition, "A", join_url="https://example.org/a")
    make_room(edition, "B", seats=90)
    make_room(edition, "Already a link", is_online=True)

    preview = queries.online_preview(edition)

    assert [str(room.name) for room in preview.rooms] == ["A", "B"]
    assert preview.n_without_link == 1
    assert (preview.city, str(preview.venue)) == (GENEVA, "Palexpo")


def test_rooms_become_links_and_the_venue_stays_in_the_trail(
    now: datetime,
    heard: list[int],
    django_capture_on_commit_callbacks: Any,
) -> None:
    edition = make_edition()
    make_room(edition, "A", seats=90, join_url="https://example.org/a")

    with django_capture_on_commit_callbacks(execute=True):
        moved(edition, now)

    edition.refresh_from_db()
    assert (edition.mode, bool(edition.venue), bool(edition.city)) == (
        *("online", False, False),
    )
    assert rooms(edition) == [("A", None, True, "https://example.org/a")]
    entry = trail.entry(moving_entry(edition))
    assert entry is not None
    assert entry.details["before"]["venue"] == text("Palexpo").as_json()
    assert heard == [edition.pk]


def test_an_edition_that_is_online_is_not_moved(now: datetime) -> None:
    edition = make_edition(mode="online")

    with pytest.raises(operations.AlreadyOnline):
        moved(edition, now)


def test_an_edition_that_is_over_stays_where_it_was(now: datetime) -> None:
    edition = make_edition()

    with pytest.raises(operations.EditionIsOver):
        moved(edition, now.replace(year=2028))

    edition.refresh_from_db()
    assert edition.mode == "hybrid"


def test_an_edition_that_does_not_exist_is_not_moved(now: datetime) -> None:
    with pytest.raises(operations.EditionUnknown):
        moved(Edition(pk=404), now)


def test_moving_online_is_taken_back_with_every_seat(now: datetime) -> None:
    edition = make_edition()
    make_room(edition, "A", seats=90)
    make_room(edition, "Was a link before", is_online=True, order=1)
    before = rooms(edition)
    moved(edition, now)
    secretary = make_secretary("second@example.org")

    operations.undo(entry_id=moving_entry(edition), undone_by=secretary, at=now)

    edition.refresh_from_db()
    assert (edition.mode, edition.city, str(edition.venue), edition.country_id) == (
        *("hybrid", GENEVA, "Palexpo", "CHE"),
    )
    assert rooms(edition) == before
    newest = trail.entries_about(edition)[0]
    assert (newest.action, newest.actor) == ("edition.move_undone", secretary)


def test_moving_online_stays_once_a_room_was_changed(now: datetime) -> None:
    edition = make_edition()
    room = make_room(edition, "A", seats=90)
    moved(edition, now)
    operations.set_room(
        edition_id=edition.pk,
        room=RoomPlan(name=text("A"), is_online=True, join_url="https://example.org"),
        room_id=room.pk,
        set_by=None,
        at=now,
    )

    with pytest.raises(operations.DecidedSince):
        operations.undo(
            entry_id=moving_entry(edition),
            undone_by=make_secretary("second@example.org"),
            at=now,
        )


def test_a_word_set_since_does_not_hinder_moving_back(now: datetime) -> None:
    edition = make_edition()
    moved(edition, now)
    operations.set_term(
        edition_id=edition.pk, key="awards", label=text("Prizes"), set_by=None, at=now
    )

    operations.undo(
        entry_id=moving_entry(edition),
        undone_by=make_secretary("second@example.org"),
        at=now,
    )

    edition.refresh_from_db()
    assert edition.mode == "hybrid"
