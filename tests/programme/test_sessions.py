"""Sessions that are planned: opened for a proposal, changed, cancelled."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.programme import operations, queries
from montada.programme.models import Placement, Proposal, ProposalOrganiser, Session
from montada.programme.operations.kinds import MinutesOutOfRange
from montada.programme.operations.sessions import (
    CancellingUnexplained,
    SessionCancelled,
)
from tests.factories.edition import make_outsider, make_room
from tests.factories.organisations import make_organisation
from tests.factories.programme import make_plan, make_planned, make_proposal

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def _opened(proposal: Proposal) -> Session:
    return operations.open_session(proposal=proposal, opened_by=None, at=NOW)


def test_an_accepted_proposal_becomes_one_session_that_nobody_sees_yet(
    edition: Edition,
) -> None:
    proposal = make_proposal(edition, "Networks of oases")
    session = _opened(proposal)
    assert str(session.title) == "Networks of oases"
    assert session.minutes == 60
    assert _opened(proposal).pk == session.pk
    assert list(queries.sessions_of(edition=edition)) == []


def test_only_organisations_that_agreed_organise_the_session(edition: Edition) -> None:
    proposal = make_proposal(edition)
    agreed, asked = make_organisation("NTRA"), make_organisation("ANRT")
    for organisation, accepted_at in ((agreed, NOW), (asked, None)):
        ProposalOrganiser.objects.create(
            proposal=proposal,
            organisation=organisation,
            asked_at=NOW,
            accepted_at=accepted_at,
        )
    assert list(_opened(proposal).organisers.all()) == [agreed]


def test_a_stranger_opens_changes_and_cancels_nothing(edition: Edition) -> None:
    stranger, session = make_outsider(), make_planned(edition)
    with pytest.raises(operations.NotTheSecretariat):
        operations.open_session(
            proposal=make_proposal(edition), opened_by=stranger, at=NOW
        )
    with pytest.raises(operations.NotTheSecretariat):
        operations.describe_session(
            session=session, values={"minutes": 30}, described_by=stranger, at=NOW
        )
    with pytest.raises(operations.NotTheSecretariat):
        operations.cancel_session(
            session=session, reason="No time", cancelled_by=stranger, at=NOW
        )


def test_a_session_is_called_otherwise_and_found_under_its_new_title(
    edition: Edition,
) -> None:
    session = make_planned(edition)
    title = LocalizedText.of("ar", "شبكات الواحات")
    changed = operations.describe_session(
        session=session, values={"title": title}, described_by=None, at=NOW
    )
    assert changed.sort_key == queries.title_key("شبكات الواحات")


@pytest.mark.parametrize("minutes", [-5, 4, 24 * 60 + 1])
def test_a_session_of_no_length_or_of_days_is_refused(
    edition: Edition, minutes: int
) -> None:
    with pytest.raises(MinutesOutOfRange):
        operations.describe_session(
            session=make_planned(edition),
            values={"minutes": minutes},
            described_by=None,
            at=NOW,
        )


def test_a_cancelled_session_leaves_every_plan_and_stays_as_it_was(
    edition: Edition,
) -> None:
    session = make_planned(edition)
    Placement.objects.create(
        plan=make_plan(edition), session=session, room=make_room(edition), starts_at=NOW
    )
    with pytest.raises(CancellingUnexplained):
        operations.cancel_session(
            session=session, reason=" ", cancelled_by=None, at=NOW
        )
    cancelled = operations.cancel_session(
        session=session, reason="Its speakers are ill", cancelled_by=None, at=NOW
    )
    assert str(cancelled.cancelled_because) == "Its speakers are ill"
    assert Placement.objects.count() == 0
    with pytest.raises(SessionCancelled):
        operations.describe_session(
            session=session, values={"minutes": 30}, described_by=None, at=NOW
        )
