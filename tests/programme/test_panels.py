"""Panels: speakers are asked, answer with their key, and are counted with care."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.edition.models import Edition
from montada.participation import operations as participation
from montada.participation.models import Message
from montada.participation.queries import digest_of
from montada.programme import operations, queries
from montada.programme.engine.balance import AXES, Panellist, balance_of
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import Seat, Speaker
from montada.programme.operations.answering import ForumOver, NotYourSeat
from montada.programme.operations.finding_speakers import (
    SpeakerAddressWrong,
    SpeakerFactUnknown,
    SpeakerNameMissing,
)
from montada.programme.operations.profiles import NotYourProfile, TimesWrong
from montada.programme.operations.speakers import SeatedAlready
from tests.factories.edition import make_edition
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_proposal

django_db = pytest.mark.django_db


def a_seat(edition: Edition, at: datetime, name: str = "Amal", **told: Any) -> Seat:
    proposal = told.pop("proposal", None) or make_proposal(edition)
    told.setdefault("email", f"{name.lower()}@example.net")
    return operations.seat_speaker(
        proposal=proposal,
        facts=SpeakerFacts(name=name, **told),
        seated_by=None,
        at=at,
    )


def key_in(letter: Message) -> str:
    found = re.search(r"/speakers/key/([\w-]+)/", letter.body)
    assert found is not None
    return found[1]


@django_db
def test_a_speaker_is_asked_in_their_language_and_only_a_digest_is_kept(
    edition: Edition, now: datetime
) -> None:
    seat = a_seat(edition, now, language="ar")

    letter = Message.objects.get()
    key = key_in(letter)
    assert (letter.to_email, letter.language) == ("amal@example.net", "ar")
    assert "/ar/programme/" in letter.body
    assert (seat.digest, key in str(seat.__dict__)) == (digest_of(key), False)
    assert queries.seat_of_key(edition, key) == seat
    assert queries.seat_of_key(edition, "\x00\ud800") is None
    assert queries.seat_of_key(make_edition("2026", year=2026), key) is None
    participation.send_waiting(at=now)
    letter.refresh_from_db()
    assert letter.body == ""


@django_db
def test_asking_again_makes_the_link_before_void(
    edition: Edition, now: datetime
) -> None:
    seat = a_seat(edition, now)
    first = key_in(Message.objects.get())

    operations.ask_again(seat=seat, asked_by=None, at=now)

    assert queries.seat_of_key(edition, first) is None
    second = key_in(Message.objects.order_by("pk").last())  # type: ignore[arg-type]  # there are two
    assert queries.seat_of_key(edition, second) == seat


@django_db
def test_a_profile_goes_from_edition_to_edition_and_stays_its_speakers(
    edition: Edition, now: datetime
) -> None:
    amal = a_seat(edition, now, position="Engineer").speaker
    later = make_edition("2028", year=2028)

    again = a_seat(
        later,
        now,
        name="A. Said",
        email="AMAL@example.net",
        position="Minister",
        country_id="EGY",
        gender="man",
    ).speaker

    assert again == amal
    # What was not told is learned; what is told voluntarily is not.
    assert (again.name, again.position) == ("Amal", "Engineer")
    assert (again.country_id, again.gender) == ("EGY", "")


@django_db
def test_without_an_address_name_and_organisation_tell_who_it_is(
    edition: Edition, now: datetime
) -> None:
    ours = make_organisation("Oasis Net").pk

    def seated(name: str, organisation: int | None) -> Speaker:
        return a_seat(
            edition, now, name=name, email="", organisation_id=organisation
        ).speaker

    amal = seated("Amal Said", ours)
    assert seated("amal  SAID", ours) == amal
    assert seated("Amal Said", None) != amal
    assert Message.objects.count() == 0


@django_db
def test_a_speaker_answers_and_those_of_the_proposal_are_told(
    edition: Edition, now: datetime
) -> None:
    nadia = make_person("Nadia")
    proposal = make_proposal(edition, submitted_by=nadia)
    seat = a_seat(edition, now, proposal=proposal)

    with pytest.raises(NotYourSeat):
        operations.answer_seat(seat=seat, is_coming=True, answered_by=nadia, at=now)
    operations.answer_seat(seat=seat, is_coming=False, answered_by=None, at=now)
    operations.answer_seat(seat=seat, is_coming=True, answered_by=None, at=now)

    seat.refresh_from_db()
    assert (seat.state, seat.answered_at) == ("confirmed", now)
    told = Message.objects.filter(template="programme_speaker_answered")
    assert {m.to_email for m in told} == {"nadia@example.org"}
    # The last day is 9 July; two days later it is past everywhere on earth.
    over = datetime(2027, 7, 11, 12, tzinfo=UTC)
    with pytest.raises(ForumOver):
        operations.answer_seat(seat=seat, is_coming=True, answered_by=None, at=over)


@django_db
def test_those_of_the_proposal_answer_for_who_has_no_address(
    edition: Edition, now: datetime
) -> None:
    nadia = make_person("Nadia")
    proposal = make_proposal(edition, submitted_by=nadia)
    seat = a_seat(edition, now, proposal=proposal, email="")

    operations.answer_seat(seat=seat, is_coming=True, answered_by=nadia, at=now)

    seat.refresh_from_db()
    assert seat.state == "confirmed"


@django_db
def test_who_signs_in_has_the_profile_made_under_their_address(
    edition: Edition, now: datetime
) -> None:
    speaker = a_seat(edition, now).speaker
    amal = make_person("Amal", email="amal@example.net")

    operations.take_profile_over(person=amal)

    assert queries.speaker_of(amal) == speaker
    assert [s.speaker for s in queries.seats_in(edition, speaker)] == [speaker]


@django_db
def test_times_are_kept_as_moments_and_refused_outside_the_forum(
    edition: Edition, now: datetime
) -> None:
    speaker = a_seat(edition, now).speaker
    opens = datetime(2027, 7, 5, 20, tzinfo=UTC)

    def say(*times: tuple[datetime, datetime], by: Any = None) -> list[Any]:
        return operations.set_availability(
            edition=edition,
            speaker=speaker,
            times=times,
            zone="Asia/Tokyo",
            set_by=by,
            at=now,
        )

    say((opens, opens + timedelta(hours=6)))
    kept = queries.availability_of(edition, speaker)
    assert [(row.starts_at, row.ends_at) for row in kept] == [
        (opens, opens + timedelta(hours=6))
    ]
    speaker.refresh_from_db()
    assert speaker.timezone == "Asia/Tokyo"
    for wrong in [
        (opens, opens),
        (opens, opens - timedelta(hours=1)),
        (opens + timedelta(days=60), opens + timedelta(days=61)),
    ]:
        with pytest.raises(TimesWrong):
            say(wrong)
    with pytest.raises(NotYourProfile):
        say(by=make_person("Mallory"))
    say()
    assert queries.availability_of(edition, speaker) == []


@django_db
@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"name": " \u202e "}, SpeakerNameMissing),
        ({"email": "nobody"}, SpeakerAddressWrong),
        ({"country_id": "XXX"}, SpeakerFactUnknown),
        ({"gender": "cat"}, SpeakerFactUnknown),
        ({"timezone": "Mars/Base"}, SpeakerFactUnknown),
    ],
)
def test_what_is_no_speaker_is_refused_and_nothing_is_half_done(
    told: dict[str, Any], refusal: Any, edition: Edition, now: datetime
) -> None:
    with pytest.raises(refusal):
        a_seat(edition, now, **told)

    assert (Seat.objects.count(), Speaker.objects.count()) == (0, 0)


@django_db
def test_nobody_sits_twice_on_one_panel(edition: Edition, now: datetime) -> None:
    proposal = make_proposal(edition)
    a_seat(edition, now, proposal=proposal)

    with pytest.raises(SeatedAlready):
        a_seat(edition, now, proposal=proposal)


def panel(*people: tuple[str, str, str, bool | None]) -> list[Panellist]:
    return [Panellist(*person) for person in people]


def test_a_panel_is_counted_by_hand() -> None:
    found = balance_of(
        panel(
            ("man", "civil", "itu-arab", False),
            ("man", "civil", "itu-arab", None),
            ("", "government", "itu-africa", False),
            ("man", "", "", False),
        )
    )

    # Gender: three told, all men. Groups: two civil, one government. Regions: two and
    # one. Age: three told, none under 30.
    assert [
        (a.axis, [(s.value, s.n) for s in a.sides], a.n_untold, a.warning)
        for a in found.axes
    ] == [
        ("gender", [("man", 3)], 1, "one_side"),
        ("group", [("civil", 2), ("government", 1)], 1, ""),
        ("region", [("itu-arab", 2), ("itu-africa", 1)], 1, ""),
        ("youth", [("older", 3)], 1, "none_young"),
    ]


def test_one_person_alone_is_no_one_sided_panel() -> None:
    assert balance_of(panel(("man", "civil", "itu-arab", False))).warnings == ()
    assert balance_of([]).warnings == ()


people = st.builds(
    Panellist,
    gender=st.sampled_from(["", "woman", "man", "other"]),
    group=st.sampled_from(["", "civil", "government"]),
    region=st.sampled_from(["", "a", "b"]),
    is_young=st.sampled_from([None, True, False]),
)


@given(st.lists(people, max_size=8))
def test_everybody_is_counted_once_on_every_axis(panel: list[Panellist]) -> None:
    found = balance_of(panel)

    assert [axis.axis for axis in found.axes] == list(AXES)
    for axis in found.axes:
        assert sum(side.n for side in axis.sides) == axis.n_told
        assert axis.n_told + axis.n_untold == len(panel)
        assert (axis.warning == "one_side") <= (len(axis.sides) == 1)


@django_db
def test_voluntary_answers_of_two_are_not_shown_to_everybody(
    edition: Edition, now: datetime
) -> None:
    proposal = make_proposal(edition)
    for name in ("Amal", "Mona"):
        a_seat(edition, now, name=name, proposal=proposal, gender="woman")
    seats = list(Seat.objects.select_related("speaker"))

    outside = queries.panel_balance(seats, "en", is_inside=False)[0]
    inside = queries.panel_balance(seats, "en", is_inside=True)[0]

    assert (outside.is_kept_back, outside.sides, outside.warning) == (True, (), "")
    assert [(side.name, side.n) for side in inside.sides] == [("Woman", 2)]
    assert inside.warning == "All 2 people who told are of one gender."


@django_db
def test_who_was_asked_by_an_address_is_forgotten_with_it(
    edition: Edition, now: datetime
) -> None:
    proposal, nadia = make_proposal(edition), make_person("Nadia")
    facts = SpeakerFacts(name="Nadia", email="NADIA@example.org", gender="woman")
    seat = operations.seat_speaker(
        proposal=proposal, facts=facts, seated_by=None, at=now
    )
    Speaker.objects.filter(pk=seat.speaker_id).update(person=None)

    participation.erase_person(person=nadia, erased_by=nadia, at=now)

    seat.refresh_from_db()
    assert (seat.speaker.email, seat.speaker.gender, seat.digest) == ("", "", "")
