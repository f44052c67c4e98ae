"""The committee decides about proposals: with reasons, and open to an appeal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from montada.edition.models import Edition
from montada.participation.models import Message, Person
from montada.programme import operations, queries
from montada.programme.models import PlaceByRight, Proposal
from montada.programme.operations.appeals import AppealTooLate, NothingToAppeal
from montada.programme.operations.decisions import (
    NoPlaceByRight,
    ProposalMovedOn,
    ReasonMissing,
)
from montada.programme.operations.proposals import NotYourProposal
from tests.factories.edition import make_outsider, text
from tests.factories.participation import make_person
from tests.factories.programme import make_proposal

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def fatou() -> Person:
    return make_person(email="fatou@example.org", language="fr")


@pytest.fixture
def proposal(edition: Edition, fatou: Person) -> Proposal:
    return make_proposal(edition, submitted_by=fatou)


def _declined(proposal: Proposal, by: Person, at: datetime = NOW) -> Proposal:
    operations.decline_proposal(
        proposal=proposal,
        reason="no_place",
        words="There were three requests for each place.",
        decided_by=by,
        at=at,
    )
    proposal.refresh_from_db()
    return proposal


def test_an_accepted_proposal_has_a_session_and_its_people_are_told(
    proposal: Proposal, salma: Person
) -> None:
    session = operations.accept_proposal(
        proposal=proposal, reason="shares", decided_by=salma, at=NOW
    )
    proposal.refresh_from_db()
    assert (proposal.state, session.proposal_id) == ("accepted", proposal.pk)
    (letter,) = Message.objects.filter(to_email="fatou@example.org")
    assert (letter.language, proposal.reference in letter.body) == ("fr", True)


def test_a_declined_proposal_says_why_and_until_when_one_may_appeal(
    proposal: Proposal, salma: Person
) -> None:
    _declined(proposal, salma)
    (decision,) = queries.decisions_of(proposal)
    assert (decision.reason, decision.appeal_until) == (
        "no_place",
        NOW + timedelta(days=7),
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [("no_place", " "), ("shares", "Paid for"), ("", "Why"), ("weather", "Why")],
)
def test_declining_needs_a_reason_for_declining_and_words(
    proposal: Proposal, salma: Person, reason: str, words: str
) -> None:
    with pytest.raises(ReasonMissing):
        operations.decline_proposal(
            proposal=proposal, reason=reason, words=words, decided_by=salma, at=NOW
        )


@pytest.mark.parametrize("reason", ["no_place", "other", "", "weather"])
def test_accepting_needs_a_reason_for_accepting(
    proposal: Proposal, salma: Person, reason: str
) -> None:
    with pytest.raises(ReasonMissing):
        operations.accept_proposal(
            proposal=proposal, reason=reason, decided_by=salma, at=NOW
        )


def test_places_by_right_are_no_more_than_there_are(
    edition: Edition, salma: Person
) -> None:
    right = PlaceByRight.objects.create(
        edition=edition, holder="host", name=text("Host"), n_places=1
    )
    first, second, without = (
        make_proposal(edition, by_right=right),
        make_proposal(edition, by_right=right),
        make_proposal(edition),
    )
    operations.accept_proposal(
        proposal=first, reason="by_right", decided_by=salma, at=NOW
    )
    for proposal in (second, without):
        with pytest.raises(NoPlaceByRight):
            operations.accept_proposal(
                proposal=proposal, reason="by_right", decided_by=salma, at=NOW
            )


def test_its_authors_appeal_once_and_the_committee_answers(
    proposal: Proposal, salma: Person, fatou: Person
) -> None:
    _declined(proposal, salma)
    operations.appeal_decision(
        proposal=proposal,
        words="Ours is the only request from the Sahel.",
        appealed_by=fatou,
        at=NOW + timedelta(days=6),
    )
    assert [row.proposal_id for row in queries.appeals_waiting(proposal.edition)] == [
        proposal.pk
    ]
    with pytest.raises(NothingToAppeal):
        operations.appeal_decision(
            proposal=proposal, words="Again", appealed_by=fatou, at=NOW
        )
    operations.accept_proposal(
        proposal=proposal,
        reason="balance",
        decided_by=salma,
        at=NOW + timedelta(days=8),
    )
    assert queries.appeals_waiting(proposal.edition) == []


def test_after_an_appeal_the_second_answer_is_the_last(
    proposal: Proposal, salma: Person, fatou: Person
) -> None:
    _declined(proposal, salma)
    operations.appeal_decision(
        proposal=proposal, words="Please look again", appealed_by=fatou, at=NOW
    )
    _declined(proposal, salma, NOW + timedelta(days=1))
    assert queries.appeals_waiting(proposal.edition) == []
    with pytest.raises(NothingToAppeal):
        operations.appeal_decision(
            proposal=proposal, words="Again", appealed_by=fatou, at=NOW
        )
    with pytest.raises(ProposalMovedOn):
        _declined(proposal, salma, NOW + timedelta(days=2))


def test_what_a_colleague_declined_is_not_accepted_without_an_appeal(
    proposal: Proposal, salma: Person
) -> None:
    _declined(proposal, salma)
    with pytest.raises(ProposalMovedOn):
        operations.accept_proposal(
            proposal=proposal, reason="merit", decided_by=salma, at=NOW
        )
    proposal.refresh_from_db()
    assert (proposal.state, len(queries.decisions_of(proposal))) == ("declined", 1)


def test_an_appeal_comes_too_late_or_from_somebody_else(
    proposal: Proposal, salma: Person, fatou: Person
) -> None:
    _declined(proposal, salma)
    with pytest.raises(AppealTooLate):
        operations.appeal_decision(
            proposal=proposal,
            words="Sorry, late",
            appealed_by=fatou,
            at=NOW + timedelta(days=7),
        )
    with pytest.raises(NotYourProposal):
        operations.appeal_decision(
            proposal=proposal, words="Me too", appealed_by=make_outsider(), at=NOW
        )


def test_nobody_but_the_secretariat_decides(proposal: Proposal, fatou: Person) -> None:
    with pytest.raises(operations.NotTheSecretariat):
        _declined(proposal, fatou)
    with pytest.raises(operations.NotTheSecretariat):
        operations.accept_proposal(
            proposal=proposal, reason="merit", decided_by=fatou, at=NOW
        )


def test_who_comes_too_late_for_a_place_by_right_takes_a_chosen_one(
    edition: Edition, salma: Person, fatou: Person
) -> None:
    right = PlaceByRight.objects.create(
        edition=edition, holder="host", name=text("Host"), n_places=1
    )
    late, first = (
        make_proposal(edition, by_right=right, submitted_by=fatou) for _n in range(2)
    )
    operations.decline_proposal(
        proposal=late, reason="no_place", words="Full.", decided_by=salma, at=NOW
    )
    operations.appeal_decision(
        proposal=late, words="Look again.", appealed_by=fatou, at=NOW
    )
    operations.accept_proposal(
        proposal=first, reason="by_right", decided_by=salma, at=NOW
    )
    operations.accept_proposal(proposal=late, reason="merit", decided_by=salma, at=NOW)

    for row in (late, first):
        row.refresh_from_db()
    assert (late.by_right, first.by_right) == (None, right)
