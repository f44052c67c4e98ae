"""A request and the proposal that it became never say two things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from montada.audit import queries as audit
from montada.consultation import operations as consultation
from montada.consultation.models import Contribution
from montada.participation.models import Message, Person, Role
from montada.programme import operations
from montada.programme.choices import Feature
from montada.programme.models import Placement, Proposal, RoomDetails, Session
from montada.programme.operations.requests import (
    DecidedInProgramme,
    RequestElsewhere,
)
from montada.programme.tasks import tell_of_releases
from tests.factories.consultation import an_open_edition
from tests.factories.consultation import merge as merge_requests
from tests.factories.edition import make_room, make_secretary
from tests.factories.participation import make_person
from tests.factories.programme import make_plan
from tests.programme.test_merging import answer, offer
from tests.programme.test_proposals import a_request

pytestmark = pytest.mark.django_db


@dataclass
class Pair:
    """Two requests that became proposals, and who decides about them."""

    salma: Person
    nadia: Person
    omar: Person
    request: Contribution
    part: Proposal
    whole: Proposal


@pytest.fixture
def pair(now: datetime) -> Pair:
    edition, salma = an_open_edition(now), make_secretary()
    nadia, omar = make_person("Nadia"), make_person("Omar")
    request = a_request(nadia, edition, now)
    a_request(omar, edition, now)
    part, whole = operations.take_in_requests(edition=edition, taken_by=salma, at=now)
    return Pair(salma, nadia, omar, request, part, whole)


def test_what_is_taken_apart_on_appeal_is_decided_about_anew(
    pair: Pair, now: datetime
) -> None:
    answer(offer(pair.part, pair.whole, pair.salma, now), pair.nadia, now)
    pair.request.refresh_from_db()
    assert pair.request.state == "merged"
    consultation.appeal(
        contribution=pair.request, words="Not the same.", appealed_by=pair.nadia, at=now
    )

    consultation.answer_merge_appeal(
        contribution=pair.request,
        is_upheld=True,
        words="True.",
        answered_by=pair.salma,
        at=now,
    )

    pair.part.refresh_from_db()
    assert (pair.part.state, pair.part.merged_into) == ("received", None)
    operations.accept_proposal(
        proposal=pair.part, reason="merit", decided_by=pair.salma, at=now
    )
    pair.request.refresh_from_db()
    assert pair.request.state == "accepted"


def test_nothing_is_accepted_whose_request_waits_for_its_author(
    pair: Pair, now: datetime
) -> None:
    consultation.ask_contribution_change(
        contribution=pair.request, words="Whose?", asked_by=pair.salma, at=now
    )
    with pytest.raises(RequestElsewhere):
        operations.accept_proposal(
            proposal=pair.part, reason="merit", decided_by=pair.salma, at=now
        )
    pair.part.refresh_from_db()
    assert pair.part.state == "received"


@pytest.mark.parametrize("outcome", ["withdrawn", "merged"])
def test_no_request_is_accepted_whose_proposal_is_gone(
    pair: Pair, now: datetime, outcome: str
) -> None:
    if outcome == "withdrawn":
        operations.withdraw_proposal(
            proposal=pair.part, withdrawn_by=pair.nadia, at=now
        )
    else:
        answer(offer(pair.part, pair.whole, pair.nadia, now), pair.omar, now)

    refused = {
        "withdrawn": DecidedInProgramme,
        "merged": consultation.ContributionMovedOn,
    }
    with pytest.raises(refused[outcome]):
        consultation.accept_contribution(
            contribution=pair.request, accepted_by=pair.salma, at=now
        )


def test_who_sent_a_part_hears_of_the_whole(pair: Pair, now: datetime) -> None:
    answer(offer(pair.part, pair.whole, pair.nadia, now), pair.omar, now)
    Message.objects.all().delete()

    operations.accept_proposal(
        proposal=pair.whole, reason="merit", decided_by=pair.salma, at=now
    )

    told = Message.objects.filter(template="programme_accepted")
    assert [letter.to_email for letter in told] == ["nadia@example.org"]


def test_who_lets_proposals_follow_merged_requests_answers_for_it(
    pair: Pair, now: datetime
) -> None:
    target = pair.whole.contribution
    assert target is not None
    merge_requests(pair.request, target, pair.salma, now)

    operations.take_in_requests(edition=pair.whole.edition, taken_by=pair.salma, at=now)

    entry = audit.entries_about(pair.part).first()
    assert entry is not None
    assert (entry.action, entry.actor_id) == (
        "programme.proposal_merged",
        pair.salma.pk,
    )
    assert entry.details["into"] == pair.whole.reference


def test_a_release_is_told_though_who_released_it_has_no_role_any_more(
    pair: Pair, now: datetime
) -> None:
    operations.accept_proposal(
        proposal=pair.part, reason="merit", decided_by=pair.salma, at=now
    )
    plan, room = make_plan(pair.part.edition), make_room(pair.part.edition)
    RoomDetails.objects.create(room=room, features=Feature.values)
    Placement.objects.create(
        plan=plan,
        session=Session.objects.get(proposal=pair.part),
        room=room,
        starts_at=datetime(2027, 7, 5, 7, tzinfo=UTC),
    )
    release = operations.release_plan(plan=plan, released_by=pair.salma, at=now)
    Role.objects.filter(person=pair.salma).delete()

    tell_of_releases.func()

    release.refresh_from_db()
    pair.request.refresh_from_db()
    assert release.told_at is not None
    assert pair.request.state == "scheduled"
