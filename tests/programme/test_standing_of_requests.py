"""What became of a request as a proposal: told on its page and to its author."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from montada.consultation import operations as consultation
from montada.consultation import queries
from montada.consultation.models import Contribution
from montada.edition.models import Edition
from montada.participation.models import Message, Person
from montada.programme import operations
from montada.programme.models import Proposal
from tests.factories.consultation import an_open_edition
from tests.factories.participation import make_person
from tests.factories.programme import make_kind
from tests.programme.test_merging import answer, offer, propose
from tests.programme.test_proposals import a_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(now: datetime) -> Edition:
    made = an_open_edition(now)
    make_kind(made)
    return made


@pytest.fixture
def request_of(edition: Edition, now: datetime) -> Callable[..., Contribution]:
    def made(by: Person, **told: Any) -> Contribution:
        row: Contribution = a_request(by, edition, now, **told)
        return row

    return made


def taken(edition: Edition, at: datetime) -> list[Proposal]:
    return operations.take_in_requests(edition=edition, taken_by=None, at=at)


def page_of(row: Contribution) -> str:
    return f"/en/consultation/inputs/{row.receipt}/"


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_request_goes_where_its_organisers_merged_its_proposal(
    client: Client,
    edition: Edition,
    nadia: Person,
    now: datetime,
    request_of: Callable[..., Contribution],
) -> None:
    omar = make_person("Omar")
    mine, theirs = request_of(nadia), request_of(omar)
    part, whole = taken(edition, now)
    Message.objects.all().delete()

    answer(offer(part, whole, nadia, now), omar, now)

    mine.refresh_from_db()
    assert (mine.state, mine.merged_into) == ("merged", theirs)
    assert mine not in queries.waiting(edition)
    letter = Message.objects.get(template="consultation_merged", person=nadia)
    assert "goes on as part of" in letter.body
    public = shown(client, page_of(mine))
    assert page_of(theirs) in public
    assert f"/proposals/{whole.reference}/" in public
    # What organisers write to each other is for them alone.
    assert "The same oases." not in public


def test_what_goes_on_in_a_proposal_without_a_request_says_so(
    client: Client,
    edition: Edition,
    nadia: Person,
    now: datetime,
    request_of: Callable[..., Contribution],
) -> None:
    mine = request_of(nadia)
    (part,) = taken(edition, now)
    omar = make_person("Omar")
    whole = propose(edition, omar, now)
    there = f"/en/programme/{edition.slug}/proposals"
    assert f"{there}/{part.reference}/" in shown(client, page_of(mine))

    answer(offer(part, whole, nadia, now), omar, now)

    client.force_login(nadia)
    for address in (page_of(mine), "/en/consultation/mine/"):
        told = shown(client, address)
        assert f"{there}/{part.reference}/" in told
        assert f"{there}/{whole.reference}/" in told
        assert "It goes on as part of" in told
        assert "Oases of Omar" in told
    client.logout()
    assert f"{there}/{whole.reference}/" in shown(client, page_of(mine))


def test_a_whole_that_is_not_published_is_named_to_nobody_else(
    client: Client,
    edition: Edition,
    nadia: Person,
    now: datetime,
    request_of: Callable[..., Contribution],
) -> None:
    mine = request_of(nadia)
    omar = make_person("Omar")
    request_of(omar, may_publish=False)
    part, whole = taken(edition, now)
    Proposal.objects.filter(pk=whole.pk).update(title={"en": "Secret wells"})

    answer(offer(part, whole, nadia, now), omar, now)

    client.force_login(nadia)
    for address in (page_of(mine), "/en/consultation/mine/"):
        told = shown(client, address)
        assert "a proposal that is not published" in told
        assert "Secret" not in told


def test_a_withdrawn_proposal_is_told_on_the_page_of_its_request(
    client: Client,
    edition: Edition,
    nadia: Person,
    now: datetime,
    request_of: Callable[..., Contribution],
) -> None:
    mine = request_of(nadia)
    (row,) = taken(edition, now)
    assert "Withdrawn" not in shown(client, page_of(mine))

    operations.withdraw_proposal(proposal=row, withdrawn_by=nadia, at=now)

    assert "Withdrawn" in shown(client, page_of(mine))


def test_an_author_whose_organisers_merged_may_still_have_it_taken_apart(
    edition: Edition,
    nadia: Person,
    salma: Person,
    now: datetime,
    request_of: Callable[..., Contribution],
) -> None:
    omar = make_person("Omar")
    mine, _theirs = request_of(nadia), request_of(omar)
    part, whole = taken(edition, now)
    answer(offer(part, whole, nadia, now), omar, now)
    mine.refresh_from_db()

    consultation.appeal(
        contribution=mine, words="We parted.", appealed_by=nadia, at=now
    )
    consultation.answer_merge_appeal(
        contribution=mine, is_upheld=True, words="Well.", answered_by=salma, at=now
    )

    part.refresh_from_db()
    assert (part.state, part.merged_into) == ("received", None)


def test_my_contributions_ask_as_often_for_three_as_for_one(
    client: Client,
    edition: Edition,
    nadia: Person,
    now: datetime,
    request_of: Callable[..., Contribution],
) -> None:
    client.force_login(nadia)
    asked = []
    for n_requests in (1, 2):
        for _each in range(n_requests):
            request_of(nadia)
            (part,) = taken(edition, now)
            omar = make_person(f"Omar {part.pk}")
            whole = propose(edition, omar, now)
            answer(offer(part, whole, nadia, now), omar, now)
        with CaptureQueriesContext(connection) as queried:
            client.get("/en/consultation/mine/")
        asked.append(len(queried))

    assert asked[0] == asked[1]
