"""A contribution that others were merged into is withdrawn: they stand on their own."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from montada.consultation import operations, queries
from montada.consultation.models import Contribution
from montada.edition.models import Edition
from montada.participation.models import Message, Person
from tests.factories.consultation import accept, an_input, an_open_edition, merge
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(now: datetime) -> Edition:
    return an_open_edition(now)


def withdraw(
    row: Contribution, by: Person, at: datetime, reason: str = "withdrawn"
) -> Contribution:
    return operations.decline_contribution(
        contribution=row,
        reason=reason,
        words="Its author wrote to us.",
        declined_by=by,
        at=at,
    )


def of(name: str, edition: Edition, at: datetime, **told: bool) -> Contribution:
    return an_input(make_person(name), edition, at=at, **told)


@pytest.mark.parametrize("is_accepted", [False, True])
def test_parts_of_what_is_withdrawn_are_decided_about_anew(
    is_accepted: bool, edition: Edition, salma: Person, now: datetime
) -> None:
    whole, part, below = (of(n, edition, now) for n in ("Omar", "Nadia", "Dana"))
    merge(below, part, salma, now)
    merge(part, whole, salma, now)
    if is_accepted:
        accept(whole, salma, now)
    Message.objects.all().delete()

    withdraw(whole, salma, now + timedelta(hours=1))

    part.refresh_from_db()
    below.refresh_from_db()
    assert (part.state, part.merged_into) == ("resubmitted", None)
    assert (below.state, below.merged_into) == ("merged", part)
    assert part in queries.waiting(edition)
    letters = {m.to_email: m for m in Message.objects.exclude(person=salma)}
    assert {to: letter.subject for to, letter in letters.items()} == {
        "omar@example.org": "Declined: Networks of oases",
        "nadia@example.org": "Taken apart again: Networks of oases",
        "dana@example.org": "Taken apart again: Networks of oases",
    }
    assert Message.objects.count() == len(letters)
    assert "was withdrawn" in letters["nadia@example.org"].body
    assert accept(part, salma, now + timedelta(hours=2)).state == "accepted"


def test_what_is_declined_otherwise_is_declined_with_its_parts(
    edition: Edition, salma: Person, now: datetime
) -> None:
    whole, part = (of(name, edition, now) for name in ("Omar", "Nadia"))
    merge(part, whole, salma, now)

    withdraw(whole, salma, now + timedelta(hours=1), reason="no_place")

    part.refresh_from_db()
    assert (part.state, part.merged_into) == ("merged", whole)


def test_its_page_says_why_it_stands_on_its_own(
    client: Client, edition: Edition, salma: Person, now: datetime
) -> None:
    whole, part = (of(name, edition, now) for name in ("Omar", "Nadia"))
    merge(part, whole, salma, now)

    withdraw(whole, salma, now + timedelta(hours=1))

    shown = client.get(f"/en/consultation/inputs/{part.receipt}/").content.decode()
    assert "On its own again: what it was part of was withdrawn" in shown
    # The link to what it was part of stands beside both steps.
    assert shown.count(f"/inputs/{whole.receipt}/") == 2
    assert "It goes on as part of" not in shown


def test_the_title_of_a_whole_that_is_not_published_stays_untold(
    edition: Edition, salma: Person, now: datetime
) -> None:
    whole = an_input(make_person("Omar"), edition, at=now, may_publish=False)
    part = of("Nadia", edition, now)
    Contribution.objects.filter(pk=whole.pk).update(title={"en": "Secret wells"})
    whole.refresh_from_db()
    merge(part, whole, salma, now)
    Message.objects.all().delete()

    withdraw(whole, salma, now + timedelta(hours=1))

    letter = Message.objects.get(to_email="nadia@example.org")
    assert "was withdrawn" in letter.body
    assert "Secret" not in letter.body + letter.subject


def test_only_what_is_merged_is_taken_apart(
    edition: Edition, salma: Person, now: datetime
) -> None:
    with pytest.raises(operations.ContributionMovedOn):
        operations.take_contribution_apart(
            contribution=of("Nadia", edition, now), taken_by=salma, at=now
        )
