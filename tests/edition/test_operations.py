"""Stories of an edition: opened, given phases, rooms and words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from montada.audit import queries as trail
from montada.djangokit.refusals import Refusal
from montada.edition import operations, queries
from montada.edition.engine.values import EditionFacts, PhasePlan, RoomPlan
from montada.language.engine.text import NO_TEXT
from tests.factories.edition import make_edition, make_secretary, text

pytestmark = pytest.mark.django_db

OPENS = datetime(2027, 2, 1, 8, 0, tzinfo=UTC)


def facts(**values: Any) -> EditionFacts:
    usual: dict[str, Any] = {"slug": "2027", "year": 2027, "name": text("Forum")}
    return EditionFacts(**usual | values)


def plan(**values: Any) -> PhasePlan:
    usual: dict[str, Any] = {
        "kind": "consultation",
        "name": text("Consultation"),
        "opens_at": OPENS,
        "closes_at": OPENS + timedelta(days=28),
    }
    return PhasePlan(**usual | values)


def actions() -> list[str]:
    ours = trail.entries().filter(action__startswith="edition.")
    return [entry.action for entry in ours]


def test_an_edition_is_opened_and_the_trail_says_so(now: datetime) -> None:
    secretary = make_secretary()

    edition = operations.open_edition(
        facts=facts(country_id="EGY", timezone="Africa/Cairo", mode="hybrid"),
        opened_by=secretary,
        at=now,
    )

    assert queries.edition("2027") == edition
    assert edition.country_id == "EGY"
    entry = trail.entries_about(edition).get()
    assert (entry.action, entry.actor, entry.happened_at) == (
        *("edition.opened", secretary, now),
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"slug": "taken"}, "edition.slug_taken"),
        (
            {"starts_on": date(2027, 7, 9), "ends_on": date(2027, 7, 5)},
            "edition.ends_before_it_starts",
        ),
        ({"timezone": "Mars/Olympus"}, "edition.time_zone_unknown"),
        ({"country_id": "XXX"}, "edition.country_unknown"),
        ({"mode": "telepathic"}, "edition.mode_unknown"),
    ],
)
def test_an_edition_with_nonsense_in_it_is_refused(
    values: dict[str, Any], code: str, now: datetime
) -> None:
    make_edition("taken")

    with pytest.raises(Refusal) as refused:
        operations.open_edition(facts=facts(**values), opened_by=None, at=now)

    assert refused.value.code == code
    assert str(refused.value)
    assert [e.slug for e in queries.editions()] == ["taken"]
    assert "edition.opened" not in actions()


def test_a_phase_is_set_and_set_again(now: datetime) -> None:
    edition = make_edition()
    secretary = make_secretary()
    operations.set_phase(edition_id=edition.pk, phase=plan(), set_by=secretary, at=now)

    later = plan(closes_at=OPENS + timedelta(days=35))
    operations.set_phase(edition_id=edition.pk, phase=later, set_by=secretary, at=now)

    assert [p.closes_at for p in queries.phases_of(edition)] == [later.closes_at]
    newest = trail.entries_about(edition)[0]
    assert newest.details["before"]["closes_at"] == "2027-03-01T08:00:00+00:00"
    assert newest.details["after"]["closes_at"] == "2027-03-08T08:00:00+00:00"


def test_setting_a_phase_as_it_is_leaves_no_entry(now: datetime) -> None:
    edition = make_edition()
    for _time in range(2):
        operations.set_phase(edition_id=edition.pk, phase=plan(), set_by=None, at=now)

    assert actions() == ["edition.phase_set"]


def test_a_phase_that_closes_before_it_opens_is_refused(now: datetime) -> None:
    edition = make_edition()

    with pytest.raises(operations.PhaseClosesBeforeItOpens) as refused:
        operations.set_phase(
            edition_id=edition.pk, phase=plan(closes_at=OPENS), set_by=None, at=now
        )

    assert str(refused.value) == (
        "A phase closes after it opens; “Consultation” would not."
    )
    assert not queries.phases_of(edition)


def test_a_phase_of_no_kind_we_know_is_refused(now: datetime) -> None:
    with pytest.raises(operations.PhaseKindUnknown):
        operations.set_phase(
            edition_id=make_edition().pk, phase=plan(kind="siesta"), set_by=None, at=now
        )


def test_phases_of_an_edition_that_does_not_exist_are_refused(now: datetime) -> None:
    with pytest.raises(operations.EditionUnknown):
        operations.set_phase(edition_id=404, phase=plan(), set_by=None, at=now)


def test_a_phase_is_removed_from_its_own_edition_only(now: datetime) -> None:
    edition, other = make_edition(), make_edition("2028")
    secretary = make_secretary()
    phase = operations.set_phase(
        edition_id=edition.pk, phase=plan(), set_by=secretary, at=now
    )

    with pytest.raises(operations.PhaseUnknown):
        operations.remove_phase(
            edition_id=other.pk, phase_id=phase.pk, removed_by=secretary, at=now
        )
    assert queries.phases_of(edition).count() == 1

    operations.remove_phase(
        edition_id=edition.pk, phase_id=phase.pk, removed_by=secretary, at=now
    )
    assert not queries.phases_of(edition)
    assert actions()[0] == "edition.phase_removed"


def test_a_room_is_added_changed_and_removed(now: datetime) -> None:
    edition = make_edition()
    secretary = make_secretary()
    room = operations.set_room(
        edition_id=edition.pk,
        room=RoomPlan(name=text("Room A"), seats=80),
        set_by=secretary,
        at=now,
    )
    for _same in range(2):
        operations.set_room(
            edition_id=edition.pk,
            room=RoomPlan(name=text("Room A"), seats=120, order=2),
            room_id=room.pk,
            set_by=secretary,
            at=now,
        )

    assert [(r.seats, r.order) for r in queries.rooms_of(edition)] == [(120, 2)]

    operations.remove_room(
        edition_id=edition.pk, room_id=room.pk, removed_by=secretary, at=now
    )
    assert not queries.rooms_of(edition)
    assert actions() == [
        *("edition.room_removed", "edition.room_set", "edition.room_set")
    ]


def test_a_room_of_another_edition_is_refused(now: datetime) -> None:
    edition, other = make_edition(), make_edition("2028")
    room = operations.set_room(
        edition_id=other.pk, room=RoomPlan(name=text("B")), set_by=None, at=now
    )

    with pytest.raises(operations.RoomUnknown):
        operations.set_room(
            edition_id=edition.pk,
            room=RoomPlan(name=text("mine")),
            room_id=room.pk,
            set_by=None,
            at=now,
        )
    with pytest.raises(operations.RoomUnknown):
        operations.remove_room(
            edition_id=edition.pk, room_id=room.pk, removed_by=make_secretary(), at=now
        )

    assert [str(r.name) for r in queries.rooms_of(other)] == ["B"]


def test_an_edition_has_words_of_its_own(now: datetime) -> None:
    edition = make_edition()
    own = text("Encounters", ar="لقاءات")
    for label in (own, own):
        operations.set_term(
            edition_id=edition.pk, key="sessions", label=label, set_by=None, at=now
        )

    assert queries.term(edition, "sessions") == own
    assert queries.term(edition, "awards") == NO_TEXT

    operations.set_term(
        edition_id=edition.pk, key="sessions", label=NO_TEXT, set_by=None, at=now
    )
    assert queries.terms_of(edition) == {}
    assert actions() == ["edition.term_removed", "edition.term_set"]


def test_a_word_for_something_that_has_none_is_refused(now: datetime) -> None:
    with pytest.raises(operations.TermUnknown):
        operations.set_term(
            edition_id=make_edition().pk,
            key="weather",
            label=text("Rain"),
            set_by=None,
            at=now,
        )
