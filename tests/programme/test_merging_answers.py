"""Merging: what speakers and organisations answered for the part holds in the whole."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from montada.edition.models import Edition
from montada.programme import operations, queries
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import Proposal, ProposalOrganiser, Seat
from tests.factories.edition import make_edition, make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_kind
from tests.programme.test_merging import answer, offer, propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = make_edition()
    make_kind(made)
    return made


def seated(proposal: Proposal, at: datetime) -> Seat:
    return operations.seat_speaker(
        proposal=proposal,
        facts=SpeakerFacts(name="Amal", email="amal@example.org"),
        seated_by=proposal.submitted_by,
        at=at,
    )


def answered(seat: Seat, at: datetime, *, comes: bool) -> None:
    operations.answer_seat(seat=seat, is_coming=comes, answered_by=None, at=at)


@pytest.mark.parametrize(
    ("refuses_after", "state"),
    [(None, "confirmed"), (-1, "confirmed"), (1, "declined")],
)
def test_who_is_seated_in_both_comes_unless_they_refused_since(
    refuses_after: int | None, state: str, edition: Edition, now: datetime
) -> None:
    nadia, omar = make_person("Nadia"), make_person("Omar")
    part, whole = propose(edition, nadia, now), propose(edition, omar, now)
    here, there = seated(part, now), seated(whole, now)
    answered(here, now, comes=True)
    if refuses_after is not None:
        answered(there, now + timedelta(hours=refuses_after), comes=False)

    answer(offer(part, whole, make_secretary(), now), nadia, now)

    here.refresh_from_db()
    there.refresh_from_db()
    assert (there.state, here.digest, bool(there.digest)) == (state, "", True)
    assert whole.seats.count() == 1


def test_who_is_seated_in_both_and_has_not_answered_is_asked_for_the_whole(
    edition: Edition, now: datetime
) -> None:
    nadia, omar = make_person("Nadia"), make_person("Omar")
    part, whole = propose(edition, nadia, now), propose(edition, omar, now)
    here, there = seated(part, now), seated(whole, now)
    answered(there, now, comes=True)

    answer(offer(part, whole, make_secretary(), now), nadia, now)

    here.refresh_from_db()
    there.refresh_from_db()
    assert (there.state, here.digest) == ("confirmed", "")


@pytest.mark.parametrize("has_refused", [True, False])
def test_who_organises_the_part_organises_the_whole(
    has_refused: bool, edition: Edition, now: datetime
) -> None:
    nadia, omar = make_person("Nadia"), make_person("Omar")
    net = make_organisation("Net")
    nadia.organisation = net
    nadia.save()
    part, whole = propose(edition, nadia, now, net.pk), propose(edition, omar, now)
    refused_at = now if has_refused else None
    ProposalOrganiser.objects.create(
        proposal=whole, organisation=net, asked_at=now, refused_at=refused_at
    )
    assert not queries.may_write_proposal(nadia, whole)

    answer(offer(part, whole, make_secretary(), now), nadia, now)

    (row,) = whole.organisers.all()
    assert (row.accepted_at, row.refused_at) == (now, None)
    assert queries.may_write_proposal(nadia, whole)
