"""Appeals against declining what came as a request: its author's, nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from montada.participation.models import Message, Person
from montada.programme import operations
from montada.programme.models import Proposal, ProposalOrganiser
from tests.factories.consultation import an_open_edition
from tests.factories.edition import make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.programme.test_proposals import a_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def omar() -> Person:
    """Of an organisation that organises the session with her."""
    made = make_person("Omar")
    made.organisation = make_organisation("Oasis Net")
    made.save()
    return made


@pytest.fixture
def declined(nadia: Person, omar: Person) -> Proposal:
    now, net = timezone.now(), omar.organisation
    assert net is not None
    edition, salma = an_open_edition(now), make_secretary()
    a_request(nadia, edition, now)
    (row,) = operations.take_in_requests(edition=edition, taken_by=salma, at=now)
    ProposalOrganiser.objects.create(
        proposal=row,
        organisation=net,
        asked_at=now,
        accepted_at=now,
    )
    operations.decline_proposal(
        proposal=row, reason="no_place", words="Full.", decided_by=salma, at=now
    )
    row.refresh_from_db()
    return row


def test_who_organises_with_the_author_is_offered_no_appeal(
    declined: Proposal, omar: Person, client: Client
) -> None:
    address = f"/en/programme/2027/proposals/{declined.reference}/"
    client.force_login(omar)

    shown = client.get(address).content.decode()
    assert "Its authors can appeal until" in shown
    assert "/appeal/" not in shown
    assert client.get(f"{address}appeal/").status_code == 404
    letter = Message.objects.get(template="programme_declined")
    assert letter.to_email == omar.email
    assert "appeal" not in letter.body


def test_the_author_is_led_to_the_request(
    declined: Proposal, nadia: Person, client: Client
) -> None:
    address = f"/en/programme/2027/proposals/{declined.reference}/"
    client.force_login(nadia)
    assert declined.contribution is not None
    where = f"/en/consultation/inputs/{declined.contribution.receipt}/appeal/"

    assert where in client.get(address).content.decode()
    assert client.get(f"{address}appeal/").headers["Location"] == where
    assert client.get(where).status_code == 200
