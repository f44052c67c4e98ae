"""Moderation: one decides at a time, for reasons all may read; votes stay."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from montada.consultation.models import Statement, StatementDecision, Vote
from montada.consultation.operations.moderation import (
    DecidedAlready,
    HeldByAnother,
    NotYourStatement,
    ReasonMissing,
    ReplacementUnknown,
    answer_decision,
    decline_statement,
    open_statement,
    retire_statement,
    take_up,
)
from montada.consultation.operations.statements import propose_statement
from montada.consultation.operations.voting import cast_vote
from montada.edition.models import Edition
from montada.participation.models import Message, Person
from tests.factories.participation import make_administrator, make_person
from tests.factories.statements import a_seed, a_statement, an_open_edition

pytestmark = pytest.mark.django_db

LIST = "/en/consultation/statements/"


@pytest.fixture
def edition(now: datetime) -> Edition:
    return an_open_edition(now)


@pytest.fixture
def eve() -> Person:
    return make_person("Zaynab")


@pytest.fixture
def waiting(edition: Edition, eve: Person, now: datetime) -> Statement:
    return propose_statement(
        edition=edition,
        text="Buy the telephones of my company",
        language="en",
        author=eve,
        at=now,
    )


def decline(statement: Statement, by: Person, at: datetime) -> StatementDecision:
    return decline_statement(
        statement=statement,
        reason="promotional",
        note="It names a product.",
        declined_by=by,
        at=at,
    )


def told(person: Person) -> list[str]:
    rows = Message.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("subject", flat=True))


def sign_in(client: Client, person: Person) -> None:
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")


def words(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_two_moderators_do_not_decide_at_once(
    waiting: Statement, salma: Person, now: datetime
) -> None:
    other = make_administrator("Omar")
    take_up(statement=waiting, taken_by=salma, at=now)

    with pytest.raises(HeldByAnother):
        take_up(statement=waiting, taken_by=other, at=now)
    with pytest.raises(HeldByAnother):
        decline(waiting, other, now + timedelta(minutes=14))
    decline(waiting, other, now + timedelta(minutes=15))
    with pytest.raises(DecidedAlready):
        decline(waiting, salma, now + timedelta(minutes=16))


def test_a_reason_is_from_the_list(
    waiting: Statement, salma: Person, now: datetime
) -> None:
    with pytest.raises(ReasonMissing):
        decline_statement(
            statement=waiting, reason="dislike", note="", declined_by=salma, at=now
        )


def test_the_author_is_told_and_answers_once(
    waiting: Statement, eve: Person, salma: Person, now: datetime
) -> None:
    decision = decline(waiting, salma, now)

    with pytest.raises(NotYourStatement):
        answer_decision(decision=decision, text="Mine", answered_by=salma, at=now)
    answer_decision(
        decision=decision, text="It is an example.", answered_by=eve, at=now
    )
    with pytest.raises(NotYourStatement):
        answer_decision(decision=decision, text="And more", answered_by=eve, at=now)

    decision.refresh_from_db()
    assert decision.answer == "It is an example."
    assert told(eve) == ["Your statement: Not taken up"]
    assert told(salma) == ["The author of a statement answers a decision"]


def test_a_second_look_opens_what_was_not_taken_up(
    waiting: Statement, salma: Person, now: datetime
) -> None:
    decline(waiting, salma, now)
    open_statement(statement=waiting, opened_by=salma, at=now)

    waiting.refresh_from_db()
    steps = waiting.decisions.values_list("step", flat=True)
    assert (waiting.state, list(steps)) == ("open", ["opened", "declined"])


def test_support_is_never_moved_to_what_takes_a_statements_place(
    edition: Edition, eve: Person, salma: Person, now: datetime
) -> None:
    old = a_statement(edition, "Hold sessions in the evening", at=now)
    new = a_seed(edition, "Hold sessions in the evening in Arabic")
    cast_vote(statement=old, person=eve, value=1, at=now)

    def retire(in_favour_of: Statement) -> None:
        retire_statement(
            statement=old,
            reason="duplicate",
            note="",
            retired_by=salma,
            at=now,
            in_favour_of=in_favour_of,
        )

    with pytest.raises(ReplacementUnknown):
        retire(old)
    retire(new)

    old.refresh_from_db()
    assert (old.state, old.in_favour_of) == ("retired", new)
    assert list(Vote.objects.values_list("statement", "value")) == [(old.pk, 1)]


def test_the_log_is_public_and_without_names_or_words_not_taken_up(
    client: Client,
    edition: Edition,
    waiting: Statement,
    eve: Person,
    salma: Person,
    now: datetime,
) -> None:
    decline(waiting, salma, now)
    page = words(client, f"{LIST}log/")

    assert "Not taken up · Promotes a product or a service" in page
    assert "It names a product." in page
    assert [word in page for word in ("Salma", "Zaynab", "telephones")] == [False] * 3
    assert client.get(f"{LIST}{waiting.pk}/").status_code == 404
    sign_in(client, eve)
    assert "Buy the telephones" in words(client, f"{LIST}mine/")


def test_the_queue_is_for_the_secretariat(
    client: Client, edition: Edition, waiting: Statement, eve: Person, salma: Person
) -> None:
    addresses = [f"{LIST}queue/", f"{LIST}{waiting.pk}/decide/", f"{LIST}seed/"]
    stranger = [client.get(address).status_code for address in addresses]
    sign_in(client, eve)
    participant = [client.get(address).status_code for address in addresses]
    sign_in(client, salma)

    assert (stranger, participant) == ([302] * 3, [403] * 3)
    assert "Buy the telephones" in words(client, addresses[0])


def test_decisions_are_made_by_buttons(
    client: Client, edition: Edition, waiting: Statement, salma: Person, now: datetime
) -> None:
    sign_in(client, salma)
    other = a_seed(edition, "Hold sessions in the evening")
    decide = f"{LIST}{waiting.pk}/decide/"

    without_reason = client.post(decide, {"step": "decline"})
    client.post(decide, {"step": "open"})
    no_such = client.post(
        decide, {"step": "retire", "reason": "duplicate", "in_favour_of": "9" * 12}
    )
    retired = client.post(
        decide,
        {"step": "retire", "reason": "duplicate", "in_favour_of": str(other.pk)},
    )

    assert (without_reason.status_code, no_such.status_code) == (409, 409)
    assert retired.headers["Location"] == f"{LIST}queue/"
    waiting.refresh_from_db()
    assert waiting.in_favour_of == other
    assert "took its place" in words(client, f"{LIST}{waiting.pk}/")


def test_a_seed_is_added_with_the_group_that_supplied_it(
    client: Client, edition: Edition, salma: Person
) -> None:
    sign_in(client, salma)

    client.post(
        f"{LIST}seed/",
        {"text": "مقاعد للشباب في كل جلسة", "language": "ar", "group": "academia"},
    )

    seed = Statement.objects.get()
    assert (seed.is_seed, seed.state, seed.stakeholder_group_id) == (
        True,
        "open",
        "academia",
    )
