"""A proposal that others were merged into is withdrawn: they stand on their own."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from montada.audit.models import Entry
from montada.consultation import operations as consultation
from montada.edition.models import Edition
from montada.participation.models import Message, Person
from montada.programme import operations
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import Proposal
from tests.factories.consultation import an_open_edition
from tests.factories.consultation import merge as merge_requests
from tests.factories.edition import make_edition, make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_kind, make_proposal
from tests.programme.test_merging import answer, offer, propose
from tests.programme.test_proposals import a_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = make_edition()
    make_kind(made)
    return made


def withdraw(row: Proposal, by: Person, at: datetime) -> None:
    operations.withdraw_proposal(proposal=row, withdrawn_by=by, at=at)


def read(*rows: Proposal) -> list[tuple[str, Proposal | None]]:
    for row in rows:
        row.refresh_from_db()
    return [(row.state, row.merged_into) for row in rows]


def test_parts_of_what_is_withdrawn_are_decided_about_anew(
    edition: Edition, now: datetime
) -> None:
    salma, omar, dana = make_secretary(), make_person("Omar"), make_person("Dana")
    net = make_organisation("Oasis Net")
    make_person("Karim", organisation=net)
    nadia = make_person("Nadia", organisation=net)
    whole, part = propose(edition, omar, now), propose(edition, nadia, now, net.pk)
    below = propose(edition, dana, now)
    answer(offer(below, part, salma, now), dana, now)
    answer(offer(part, whole, nadia, now), omar, now)
    Message.objects.all().delete()

    withdraw(whole, omar, now)

    assert read(whole, part, below) == [
        ("withdrawn", None),
        ("received", None),
        ("merged", part),
    ]
    told = Message.objects.filter(template="programme_taken_apart")
    assert sorted(letter.to_email for letter in told) == [
        "dana@example.org",
        "karim@example.org",
        "nadia@example.org",
    ]
    assert Message.objects.count() == 3
    assert "“Oases of Omar” was withdrawn" in told[0].body
    entry = Entry.objects.get(action="programme.proposal_taken_apart")
    assert entry.details["whole"] == whole.reference
    operations.accept_proposal(proposal=part, reason="merit", decided_by=salma, at=now)
    assert read(part) == [("accepted", None)]


def test_requests_that_were_merged_with_their_proposals_are_taken_apart_too(
    now: datetime,
) -> None:
    edition, salma = an_open_edition(now), make_secretary()
    nadia, omar = make_person("Nadia"), make_person("Omar")
    request = a_request(nadia, edition, now)
    a_request(omar, edition, now)
    part, whole = operations.take_in_requests(edition=edition, taken_by=salma, at=now)
    answer(offer(part, whole, salma, now), nadia, now)
    Message.objects.all().delete()

    withdraw(whole, omar, now)

    request.refresh_from_db()
    assert read(part) == [("received", None)]
    assert (request.state, request.merged_into) == ("resubmitted", None)
    # Its author reads it in the trace of the request, and hears of it once.
    (letter,) = Message.objects.all()
    assert letter.to_email == "nadia@example.org"
    assert letter.template == "consultation_resubmitted"
    operations.accept_proposal(proposal=part, reason="merit", decided_by=salma, at=now)
    request.refresh_from_db()
    assert request.state == "accepted"


def test_what_is_still_merged_in_the_consultation_goes_on_in_its_whole(
    now: datetime,
) -> None:
    edition, salma = an_open_edition(now), make_secretary()
    omar = make_person("Omar")
    last = a_request(omar, edition, now)
    middle = a_request(make_person("Nadia"), edition, now)
    first = a_request(make_person("Dana"), edition, now)
    merge_requests(first, middle, salma, now)
    merge_requests(middle, last, salma, now)
    whole, between, part = operations.take_in_requests(
        edition=edition, taken_by=salma, at=now
    )
    assert read(between, part) == [("merged", whole), ("merged", whole)]

    withdraw(whole, omar, now)

    assert read(between, part) == [("received", None), ("merged", between)]
    first.refresh_from_db()
    assert (first.state, first.merged_into) == ("merged", middle)


def test_what_the_secretariat_notes_as_withdrawn_lets_its_parts_go(
    now: datetime,
) -> None:
    edition, salma = an_open_edition(now), make_secretary()
    make_kind(edition)
    omar, nadia = make_person("Omar"), make_person("Nadia")
    a_request(omar, edition, now)
    (whole,) = operations.take_in_requests(edition=edition, taken_by=salma, at=now)
    part = propose(edition, nadia, now)
    answer(offer(part, whole, salma, now), nadia, now)
    Message.objects.all().delete()

    operations.decline_proposal(
        proposal=whole,
        reason="withdrawn",
        words="Omar wrote to us.",
        decided_by=salma,
        at=now,
    )

    assert read(whole, part) == [("declined", None), ("received", None)]
    assert sorted(Message.objects.values_list("to_email", "template")) == [
        ("nadia@example.org", "programme_taken_apart"),
        ("omar@example.org", "consultation_declined"),
    ]


def test_what_is_declined_otherwise_is_declined_with_its_parts(
    edition: Edition, now: datetime
) -> None:
    whole = make_proposal(edition)
    part = make_proposal(edition, state="merged", merged_into=whole)

    operations.decline_proposal(
        proposal=whole, reason="no_place", words="Full.", decided_by=None, at=now
    )

    assert read(part) == [("merged", whole)]


@pytest.mark.parametrize("answers", [False, True])
def test_who_was_asked_to_speak_answers_for_the_part_again(
    answers: bool, edition: Edition, now: datetime
) -> None:
    nadia, omar = make_person("Nadia"), make_person("Omar")
    part, whole = propose(edition, nadia, now), propose(edition, omar, now)
    seat = operations.seat_speaker(
        proposal=part,
        facts=SpeakerFacts(name="Amal", email="amal@example.org"),
        seated_by=nadia,
        at=now,
    )
    key = seat.digest
    answer(offer(part, whole, nadia, now), omar, now)
    there = whole.seats.get()
    assert there.digest == key
    if answers:
        later = now + timedelta(hours=1)
        operations.answer_seat(seat=there, is_coming=True, answered_by=None, at=later)

    withdraw(whole, omar, now + timedelta(hours=2))

    seat.refresh_from_db()
    there.refresh_from_db()
    assert (seat.digest, there.digest) == (key, "")
    assert seat.state == ("confirmed" if answers else "asked")


def test_who_withdraws_is_told_before_what_becomes_of_the_parts(
    client: Client, edition: Edition, now: datetime
) -> None:
    omar = make_person("Omar")
    whole = propose(edition, omar, now)
    page = f"/en/programme/{edition.slug}/proposals/{whole.reference}/"
    client.force_login(omar)
    said = "What was merged into it stands on its own again"
    assert said not in client.get(page).content.decode()
    make_proposal(edition, state="merged", merged_into=whole)
    assert said in client.get(page).content.decode()


def test_an_appeal_that_takes_a_request_apart_leaves_the_whole_as_it_is(
    now: datetime,
) -> None:
    edition, salma = an_open_edition(now), make_secretary()
    nadia, omar = make_person("Nadia"), make_person("Omar")
    request = a_request(nadia, edition, now)
    a_request(omar, edition, now)
    part, whole = operations.take_in_requests(edition=edition, taken_by=salma, at=now)
    answer(offer(part, whole, salma, now), nadia, now)
    consultation.appeal(
        contribution=request, words="Not the same.", appealed_by=nadia, at=now
    )

    consultation.answer_merge_appeal(
        contribution=request, is_upheld=True, words="True.", answered_by=salma, at=now
    )

    assert read(whole, part) == [("received", None), ("received", None)]
