"""Merging: offered, answered by the other side, and nothing of it lost."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Message, Person
from montada.programme import operations, queries
from montada.programme.engine.values import ProposalFacts, SpeakerFacts
from montada.programme.models import MergeOffer, Proposal, Seat
from montada.programme.operations.merging import (
    MergedIntoItself,
    NotMergeable,
    NotYoursToAnswer,
    OfferAnswered,
    OfferedAlready,
)
from montada.programme.operations.proposals import NotYourProposal
from tests.factories.consultation import an_open_edition
from tests.factories.edition import make_edition, make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_kind, make_proposal
from tests.programme.test_proposals import a_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = make_edition()
    make_kind(made)
    return made


def propose(edition: Edition, by: Person, at: datetime, *organisers: int) -> Proposal:
    return operations.propose(
        edition=edition,
        facts=ProposalFacts(
            title=LocalizedText.of("en", f"Oases of {by.name}"),
            kind="workshop",
            organisers=organisers,
        ),
        submitted_by=by,
        at=at,
    )


def offer(
    part: Proposal, whole: Proposal, by: Person | None, at: datetime
) -> MergeOffer:
    return operations.offer_merge(
        proposal=part, into=whole, words="The same oases.", offered_by=by, at=at
    )


def answer(made: MergeOffer, by: Person, at: datetime, *, agrees: bool = True) -> None:
    operations.answer_merge(offer=made, is_accepted=agrees, answered_by=by, at=at)


def test_merged_organisers_accept_and_keep_their_words(
    edition: Edition, now: datetime
) -> None:
    salma, nadia, omar = make_secretary(), make_person("Nadia"), make_person("Omar")
    net = make_organisation("Oasis Net")
    part, whole = propose(edition, nadia, now, net.pk), propose(edition, omar, now)
    operations.set_rules(
        edition=edition, values={"is_support_open": True}, set_by=None, at=now
    )
    operations.support(proposal=part, person=salma, at=now)
    operations.support(proposal=part, person=omar, at=now)
    operations.support(proposal=whole, person=omar, at=now)

    made = offer(part, whole, salma, now)
    assert [m.to_email for m in Message.objects.all()] == ["nadia@example.org"]
    for stranger in (omar, salma):
        with pytest.raises(NotYoursToAnswer):
            answer(made, stranger, now)
    answer(made, nadia, now)

    part.refresh_from_db()
    assert (part.state, part.merged_into, part.submitted_by) == ("merged", whole, nadia)
    assert str(part.title) == "Oases of Nadia"
    assert [o.organisation for o in whole.organisers.all()] == [net]
    assert [o.organisation for o in part.organisers.all()] == [net]
    # Omar would come to both: he is counted once.
    assert (queries.n_supports(whole), queries.n_supports(part)) == (2, 2)
    with pytest.raises(OfferAnswered):
        answer(made, nadia, now)


def test_an_organiser_offers_their_own_and_the_other_side_refuses(
    edition: Edition, now: datetime
) -> None:
    nadia, omar = make_person("Nadia"), make_person("Omar")
    part, whole = propose(edition, nadia, now), propose(edition, omar, now)

    made = offer(part, whole, nadia, now)
    with pytest.raises(OfferedAlready):
        offer(whole, part, omar, now)
    with pytest.raises(NotYoursToAnswer):
        answer(made, nadia, now)
    answer(made, omar, now, agrees=False)

    part.refresh_from_db()
    assert (part.state, part.merged_into) == ("received", None)


def test_only_open_proposals_of_one_edition_are_merged(
    edition: Edition, now: datetime
) -> None:
    nadia, mallory = make_person("Nadia"), make_person("Mallory")
    part, whole = propose(edition, nadia, now), make_proposal(edition)
    elsewhere = make_proposal(make_edition("2028", year=2028))
    declined = make_proposal(edition, state="declined")

    with pytest.raises(MergedIntoItself):
        offer(part, part, nadia, now)
    with pytest.raises(NotYourProposal):
        offer(part, whole, mallory, now)
    for other in (elsewhere, declined):
        with pytest.raises(NotMergeable):
            offer(part, other, nadia, now)


@pytest.mark.parametrize("by_secretariat", [True, False])
def test_requests_are_merged_too_whoever_offered(
    by_secretariat: bool, now: datetime
) -> None:
    edition, salma = an_open_edition(now), make_secretary()
    nadia, omar = make_person("Nadia"), make_person("Omar")
    mine = a_request(nadia, edition, now)
    theirs = a_request(omar, edition, now)
    part, whole = operations.take_in_requests(edition=edition, taken_by=salma, at=now)

    made = offer(part, whole, salma if by_secretariat else omar, now)
    answer(made, nadia, now)

    mine.refresh_from_db()
    part.refresh_from_db()
    assert part.merged_into == whole
    assert (mine.state, mine.merged_into) == ("merged", theirs)


def test_proposals_that_look_alike_are_proposed_by_letters_at_least(
    edition: Edition,
) -> None:
    first = make_proposal(edition, "Community networks for oases and villages")
    second = make_proposal(edition, "Community networks for oases and for villages")
    make_proposal(edition, "Taxes on satellites")
    make_proposal(
        edition, "Community networks for oases and villages", state="withdrawn"
    )

    assert [
        one.proposal for one in queries.similar_proposals(first, make_secretary())
    ] == [second]
    (pair,) = queries.similar_pairs(edition)
    assert {pair.first, pair.second} == {first, second}


def test_who_has_not_answered_yet_is_asked_of_the_whole(
    edition: Edition, now: datetime
) -> None:
    fatou, boris = make_person("Fatou"), make_person("Boris")
    lead, asked = make_organisation("Lead"), make_organisation("Asked")
    part = propose(edition, fatou, now, lead.pk, asked.pk)
    whole = propose(edition, boris, now)

    answer(offer(part, whole, make_secretary(), now), fatou, now)

    (row,) = whole.organisers.filter(organisation=asked)
    assert (row.accepted_at, row.refused_at) == (None, None)
    assert not part.organisers.filter(organisation=asked).exists()


def test_who_speaks_in_a_part_speaks_in_the_whole(
    edition: Edition, now: datetime
) -> None:
    fatou, boris = make_person("Fatou"), make_person("Boris")
    part, whole = propose(edition, fatou, now), propose(edition, boris, now)
    for proposal, by, names in (
        (part, fatou, ("Amina", "Chen", "Dana")),
        (whole, boris, ("Eva", "Chen")),
    ):
        for name in names:
            facts = SpeakerFacts(name=name, email=f"{name}@example.org")
            operations.seat_speaker(
                proposal=proposal, facts=facts, seated_by=by, at=now
            )
    coming, _chen, staying = part.seats.all()
    key = part.seats.get(speaker__name="Amina").digest
    operations.answer_seat(seat=coming, is_coming=True, answered_by=None, at=now)
    operations.answer_seat(seat=staying, is_coming=False, answered_by=None, at=now)

    answer(offer(part, whole, make_secretary(), now), fatou, now)

    panel = [(seat.speaker.name, seat.state) for seat in whole.seats.all()]
    assert panel == [("Eva", "asked"), ("Chen", "asked"), ("Amina", "confirmed")]
    assert part.seats.count() == 3
    assert Seat.objects.get(digest=key).proposal == whole
