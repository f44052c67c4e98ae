"""An edition is copied with all dates shifted, as the preview said, and taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from montada.audit import operations as audit
from montada.audit import queries as trail
from montada.edition import operations, queries
from montada.edition.models import Edition
from montada.participation.models import Role
from tests.factories.edition import (
    make_edition,
    make_phase,
    make_room,
    make_secretary,
    text,
)

pytestmark = pytest.mark.django_db

# 1 February 09:00 to 15 March 18:00 of 2027 in Geneva, in winter time.
OPENS = datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
CLOSES = datetime(2027, 3, 15, 17, 0, tzinfo=UTC)


def make_source(**values: Any) -> Edition:
    source = make_edition(**values)
    make_phase(source, OPENS, CLOSES)
    make_room(source, seats=90, join_url="https://example.org/2027")
    source.terms.create(key="sessions", label=text("Encounters"))
    return source


def copy(source: Edition, at: datetime, **values: Any) -> Edition:
    usual: dict[str, Any] = {
        "slug": "2028",
        "name": text("Forum 2028"),
        "starts_on": date(2028, 8, 14),
        "copied_by": make_secretary(f"{at.microsecond}@example.org"),
    }
    return operations.copy_edition(source_id=source.pk, at=at, **usual | values)


def copying_entry(edition: Edition) -> int:
    return trail.entries_about(edition).get(action="edition.copied").pk


def test_the_preview_names_every_old_and_new_moment() -> None:
    preview = queries.copy_preview(source=make_source(), starts_on=date(2028, 8, 14))

    assert preview is not None
    # 5 July 2027 + 406 days = 14 August 2028: 58 weeks, so Monday stays Monday.
    assert (preview.days, preview.keeps_weekdays) == (406, True)
    assert [
        (m.what, m.old.isoformat(), m.new.isoformat()) for m in preview.moments
    ] == [
        ("first_day", "2027-07-05", "2028-08-14"),
        ("last_day", "2027-07-09", "2028-08-18"),
        ("opens", "2027-02-01T09:00:00+01:00", "2028-03-13T09:00:00+01:00"),
        # Six weeks later it is summer: another distance from UTC, the same 18:00.
        ("closes", "2027-03-15T18:00:00+01:00", "2028-04-24T18:00:00+02:00"),
    ]
    assert (preview.n_rooms, preview.n_terms) == (1, 1)


def test_the_copy_has_what_the_preview_said(now: datetime) -> None:
    source = make_source()
    preview = queries.copy_preview(source=source, starts_on=date(2028, 8, 14))
    assert preview is not None

    edition = copy(source, now)

    assert (edition.year, edition.starts_on, edition.ends_on) == (
        *(2028, preview.starts_on, preview.ends_on),
    )
    assert [(p.kind, p.opens_at, p.closes_at) for p in queries.phases_of(edition)] == [
        (p.phase.kind, p.opens_at, p.closes_at) for p in preview.phases
    ]


def test_place_rooms_and_words_are_copied_and_what_is_the_sources_is_not(
    now: datetime,
) -> None:
    source = make_source(
        theme=text("Last year's theme"), participants=9, is_made_up=True
    )

    edition = copy(source, now)

    assert (edition.city, edition.venue, edition.mode) == (
        *(source.city, source.venue, source.mode),
    )
    assert edition.is_made_up is True
    assert (bool(edition.theme), edition.participants) == (False, None)
    # The link of last year's room opens nothing this year.
    assert [(str(r.name), r.seats, r.join_url) for r in queries.rooms_of(edition)] == [
        ("Room A", 90, "")
    ]
    assert str(queries.term(edition, "sessions")) == "Encounters"


def test_an_address_that_is_taken_is_refused(now: datetime) -> None:
    source = make_source()

    with pytest.raises(operations.SlugTaken) as refused:
        copy(source, now, slug="2027")

    assert str(refused.value) == "Another edition has the address “2027” already."


def test_an_edition_without_a_first_day_cannot_be_shifted(now: datetime) -> None:
    source = make_source(starts_on=None)

    assert queries.copy_preview(source=source, starts_on=date(2028, 1, 1)) is None
    with pytest.raises(operations.SourceHasNoDates):
        copy(source, now)


def test_a_source_that_does_not_exist_is_refused(now: datetime) -> None:
    with pytest.raises(operations.EditionUnknown):
        copy(Edition(pk=404), now)


def test_a_short_phase_that_falls_into_a_jump_of_the_clocks_is_refused(
    now: datetime,
) -> None:
    # 02:15 to 03:00 on 27 March; a day later clocks jump, and 02:15 becomes 03:15.
    source = make_edition(starts_on=date(2027, 3, 27), ends_on=None)
    make_phase(
        source,
        datetime(2027, 3, 27, 1, 15, tzinfo=UTC),
        datetime(2027, 3, 27, 2, 0, tzinfo=UTC),
    )

    with pytest.raises(operations.PhaseClosesBeforeItOpens):
        copy(source, now, starts_on=date(2027, 3, 28))

    assert queries.edition("2028") is None


def test_a_copy_is_taken_back_and_the_trail_keeps_both(now: datetime) -> None:
    source = make_source()
    entry_id = copying_entry(copy(source, now))
    secretary = make_secretary()

    remaining = operations.undo(entry_id=entry_id, undone_by=secretary, at=now)

    assert remaining == source
    assert [e.slug for e in queries.editions()] == ["2027"]
    newest = trail.entries_about(source)[0]
    assert (newest.action, newest.actor, newest.details) == (
        "edition.copy_undone",
        secretary,
        {"undoes": entry_id, "slug": "2028"},
    )
    assert trail.entry(entry_id) is not None


def test_a_copy_that_was_taken_back_is_not_taken_back_again(now: datetime) -> None:
    entry_id = copying_entry(copy(make_source(), now))
    secretary = make_secretary()
    operations.undo(entry_id=entry_id, undone_by=secretary, at=now)

    with pytest.raises(operations.AlreadyUndone):
        operations.undo(entry_id=entry_id, undone_by=secretary, at=now)


def test_a_copy_stays_once_a_role_belongs_to_it(now: datetime) -> None:
    edition = copy(make_source(), now)
    secretary = make_secretary()
    Role.objects.create(
        person=secretary, kind="reviewer", edition=edition, granted_at=now
    )

    with pytest.raises(operations.SomethingHangsOnIt):
        operations.undo(entry_id=copying_entry(edition), undone_by=secretary, at=now)

    assert queries.edition("2028") == edition


def test_a_copy_stays_once_it_was_copied_itself(now: datetime) -> None:
    middle = copy(make_source(), now)
    last = copy(middle, now.replace(microsecond=1), slug="2029")
    secretary = make_secretary()

    with pytest.raises(operations.SomethingHangsOnIt):
        operations.undo(entry_id=copying_entry(middle), undone_by=secretary, at=now)

    operations.undo(entry_id=copying_entry(last), undone_by=secretary, at=now)
    # The copy of the copy is gone, but middle's trail now holds nothing in force.
    operations.undo(entry_id=copying_entry(middle), undone_by=secretary, at=now)
    assert [e.slug for e in queries.editions()] == ["2027"]


def test_a_copy_stays_once_more_was_decided_about_it(now: datetime) -> None:
    edition = copy(make_source(), now)
    secretary = make_secretary()
    operations.set_term(
        edition_id=edition.pk,
        key="awards",
        label=text("Prizes"),
        set_by=secretary,
        at=now,
    )

    with pytest.raises(operations.DecidedSince):
        operations.undo(entry_id=copying_entry(edition), undone_by=secretary, at=now)


def test_only_some_decisions_can_be_taken_back(now: datetime) -> None:
    secretary = make_secretary()
    entry = audit.record(
        action="edition.opened", actor=secretary, subject=make_edition(), at=now
    )

    with pytest.raises(operations.CannotBeUndone):
        operations.undo(entry_id=entry.pk, undone_by=secretary, at=now)


def test_a_decision_that_does_not_exist_is_not_taken_back(now: datetime) -> None:
    with pytest.raises(operations.DecisionUnknown):
        operations.undo(entry_id=10**30, undone_by=make_secretary(), at=now)
