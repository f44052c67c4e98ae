"""Merging with what is not published: its title goes to nobody who may not read it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Message, Person
from montada.programme import operations
from montada.programme.models import Proposal
from tests.factories.consultation import an_open_edition
from tests.factories.participation import make_person
from tests.programme.test_merging import answer, offer
from tests.programme.test_proposals import a_request

pytestmark = pytest.mark.django_db

UNPUBLISHED = "a proposal that is not published"


@pytest.fixture
def moment() -> datetime:
    return timezone.now()


@pytest.fixture
def edition(moment: datetime) -> Edition:
    return an_open_edition(moment)


def wells(author: Person, edition: Edition, at: datetime, *, public: bool) -> Proposal:
    """A proposal of the author's, from a request that is public or is not."""
    request = a_request(author, edition, at, may_publish=public)
    request.title = LocalizedText.of("en", f"Wells of {author.name}")
    request.save()
    (row,) = operations.take_in_requests(edition=edition, taken_by=None, at=at)
    return row


def page(client: Client, of: Proposal, reader: Person | None) -> str:
    client.logout()
    if reader is not None:
        client.force_login(reader)
    answered = client.get(f"/en/programme/2027/proposals/{of.reference}/")
    assert answered.status_code == 200
    return answered.content.decode()


def letters(to: Person) -> str:
    rows = Message.objects.filter(to_email=to.email, template__startswith="programme")
    return "\n".join(f"{row.subject}\n{row.body}" for row in rows)


def test_who_may_not_read_the_part_is_told_its_number_alone(
    client: Client, edition: Edition, salma: Person, moment: datetime
) -> None:
    nadia, omar = make_person("Nadia"), make_person("Omar")
    part = wells(nadia, edition, moment, public=False)
    whole = wells(omar, edition, moment, public=True)
    assert "Wells of Nadia" not in page(client, whole, omar)
    assert "Wells of Nadia" in page(client, whole, salma)

    made = offer(part, whole, nadia, moment)
    shown = page(client, whole, omar)
    assert "Wells of Nadia" not in shown
    assert UNPUBLISHED in shown
    assert part.reference in shown
    assert "The same oases." in shown
    answer(made, omar, moment)

    for reader in (None, omar):
        shown = page(client, whole, reader)
        assert UNPUBLISHED in shown
        assert "Wells of Nadia" not in shown
        assert part.reference not in shown
    assert "Wells of Nadia" in page(client, whole, nadia)
    assert "Wells of Nadia" not in letters(omar)
    assert f"{UNPUBLISHED} ({part.reference})" in letters(omar)
    assert "Merged: Wells of Nadia" in letters(nadia)


@pytest.mark.parametrize("agrees", [True, False])
def test_who_may_not_read_the_whole_is_told_its_number_alone(
    agrees: bool, client: Client, edition: Edition, salma: Person, moment: datetime
) -> None:
    nadia, omar = make_person("Nadia"), make_person("Omar")
    part = wells(nadia, edition, moment, public=True)
    whole = wells(omar, edition, moment, public=False)

    made = offer(part, whole, salma, moment)
    shown = page(client, part, nadia)
    assert "Wells of Omar" not in shown
    assert UNPUBLISHED in shown
    answer(made, nadia, moment, agrees=agrees)

    news = "Merged" if agrees else "Not merged"
    assert "Wells of Omar" not in letters(nadia)
    assert f"{UNPUBLISHED} ({whole.reference})" in letters(nadia)
    # Those of the whole are written to about it.
    assert f"{news}: Wells of Omar" in letters(omar)
    assert f"{news}: Wells of Nadia" in letters(salma)
    assert whole.reference in letters(omar)


@pytest.mark.parametrize("agrees", [True, False])
def test_those_of_a_whole_may_not_read_the_part_that_joins_it(
    agrees: bool, edition: Edition, salma: Person, moment: datetime
) -> None:
    nadia, omar = make_person("Nadia"), make_person("Omar")
    part = wells(nadia, edition, moment, public=False)
    whole = wells(omar, edition, moment, public=True)

    answer(offer(part, whole, salma, moment), nadia, moment, agrees=agrees)

    assert "Wells of Nadia" not in letters(omar)
    assert f"roposal that is not published ({part.reference})" in letters(omar)
