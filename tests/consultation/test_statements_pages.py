"""Pages of statements and votes, read and sent as a telephone does."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from montada.consultation.models import Statement, StatementRules, Vote, Voter
from montada.consultation.operations.moderation import retire_statement
from montada.edition.models import Edition
from montada.participation.models import Person
from tests.factories.participation import make_administrator, make_person
from tests.factories.statements import a_seed, a_statement, an_open_edition

pytestmark = pytest.mark.django_db

LIST = "/en/consultation/statements/"
VOTE = f"{LIST}vote/"


@pytest.fixture
def edition(today: datetime) -> Edition:
    days = [today.date() + timedelta(days=n) for n in (60, 64)]
    return an_open_edition(
        today, slug="next", year=days[0].year, starts_on=days[0], ends_on=days[1]
    )


@pytest.fixture
def eve(client: Client) -> Person:
    person = make_person("Eve")
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return person


def words(answer: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)


def shown(client: Client, address: str = VOTE) -> dict[str, str]:
    """Return what the form of the voting page would send."""
    html = client.get(address).content.decode()
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    # The first form is the vote; below it may stand the one that takes a vote back.
    return {name: value for name, value in reversed(fields)}


def test_the_list_says_who_supplied_what(
    client: Client, edition: Edition, today: datetime
) -> None:
    a_seed(edition, "A seed of the governments", group="government")
    a_statement(edition, "يجب عقد جلسات مسائية", at=today, language="ar")

    page = client.get(LIST)
    only_seeds = client.get(f"{LIST}?seeds=yes")

    assert page.status_code == 200
    assert (
        '<bdi lang="ar" dir="rtl">يجب عقد جلسات مسائية</bdi>' in page.content.decode()
    )
    assert "A seed of the governments" in words(page)
    assert "يجب" not in words(only_seeds)
    assert client.get(f"{LIST}?group=nobles").status_code == 404


def test_a_stranger_reads_and_is_led_to_the_sign_in_page(
    client: Client, edition: Edition, today: datetime
) -> None:
    statement = a_statement(edition, at=today)

    page = client.get(VOTE)
    sent = client.post(VOTE, {"statement": statement.pk, "value": "agree"})

    assert "sign in with your e-mail address to vote" in words(page)
    assert sent.headers["Location"].startswith("/en/account/login/")
    assert Vote.objects.count() == 0


def test_a_vote_is_a_plain_form_and_keeps_the_chance_it_was_shown_with(
    client: Client, edition: Edition, eve: Person, today: datetime
) -> None:
    a_statement(edition, at=today)
    form = shown(client)

    answer = client.post(VOTE, form | {"value": "agree", "why": "It is fair"})

    assert answer.headers["Location"] == f"{VOTE}?done=1"
    vote = Vote.objects.get()
    assert (vote.value, vote.why, vote.shown_with) == (1, "It is fair", 1.0)
    after = words(client.get(answer.headers["Location"]))
    assert "You have answered all statements" in after
    assert "Just now you said “Agree” to" in after


def test_a_chance_is_believed_for_its_person_and_statement_only(
    client: Client, edition: Edition, eve: Person, today: datetime
) -> None:
    a_statement(edition, at=today)
    form = shown(client)
    other = a_statement(edition, "Hold the forum in a warmer month", at=today)

    client.post(VOTE, form | {"statement": other.pk, "value": "pass"})
    client.post(VOTE, form | {"shown": "x" * 5000, "value": "pass"})

    assert set(Vote.objects.values_list("shown_with", flat=True)) == {None}
    assert Vote.objects.count() == 2


def test_going_back_changing_and_taking_back(
    client: Client, edition: Edition, eve: Person, today: datetime
) -> None:
    statement = a_statement(edition, at=today)
    client.post(VOTE, {"statement": statement.pk, "value": "disagree", "done": "3"})

    back = client.get(f"{VOTE}?statement={statement.pk}")
    client.post(VOTE, {"statement": statement.pk, "value": "agree"})
    changed = Vote.objects.get().value
    undone = client.post(
        VOTE, {"statement": statement.pk, "action": "undo", "done": "4"}
    )

    assert "You said: Disagree" in words(back)
    assert changed == 1
    assert undone.headers["Location"] == f"{VOTE}?done=3"
    assert Vote.objects.count() == 0


def test_after_a_batch_the_page_asks_whether_to_go_on(
    client: Client, edition: Edition, eve: Person, today: datetime
) -> None:
    StatementRules.objects.create(edition=edition, batch=2)
    a_statement(edition, at=today)

    assert 'id="enough"' in client.get(f"{VOTE}?done=2").content.decode()
    assert "blockquote" in client.get(f"{VOTE}?done=1").content.decode()


def test_a_stale_page_is_answered_with_a_sentence(
    client: Client, edition: Edition, eve: Person, today: datetime
) -> None:
    statement = a_statement(edition, at=today)
    form = shown(client)
    retire_statement(
        statement=statement,
        reason="unclear",
        note="",
        retired_by=make_administrator(),
        at=today,
    )

    answer = client.post(VOTE, form | {"value": "agree"}, follow=True)

    assert answer.status_code == 200
    assert "This statement is not voted on any more." in words(answer)
    assert Vote.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"statement": "x"},
        {"statement": "9" * 400},
        {"statement": "-1", "value": "agree"},
        {"statement": "99999", "value": "agree"},
    ],
)
def test_no_such_statement_is_a_page_that_says_so(
    client: Client, edition: Edition, eve: Person, sent: dict[str, str]
) -> None:
    assert client.post(VOTE, sent).status_code == 404


@pytest.mark.parametrize("value", ["", "maybe", "\x00", "1", "🙂"])
def test_no_such_vote_is_refused(
    client: Client, edition: Edition, eve: Person, today: datetime, value: str
) -> None:
    statement = a_statement(edition, at=today)

    answer = client.post(VOTE, {"statement": statement.pk, "value": value}, follow=True)

    assert "Say agree, disagree or pass." in words(answer)
    assert Vote.objects.count() == 0


def test_after_the_end_there_are_no_buttons(
    client: Client, eve: Person, today: datetime
) -> None:
    edition = an_open_edition(today, slug="past")
    statement = a_statement(edition, at=today)
    edition.phases.update(closes_at=today - timedelta(hours=1))

    page = client.get(f"{VOTE}?statement={statement.pk}").content.decode()

    assert "The consultation is not open now." in page
    assert 'name="value"' not in page


def test_a_statement_is_sent_after_its_likes_were_shown(
    client: Client, edition: Edition, eve: Person, today: datetime
) -> None:
    a_statement(edition, "The forum should hold evening sessions in Arabic", at=today)
    form = {
        "text": "The forum must hold sessions in Arabic in the evening",
        "language": "en",
    }

    first = client.post(f"{LIST}new/", form)
    n_before = Statement.objects.count()
    second = client.post(f"{LIST}new/", form | {"seen": form["text"]})

    assert "Already here: support it" in words(first)
    assert f'name="seen" value="{form["text"]}"' in first.content.decode()
    assert (n_before, Statement.objects.count()) == (1, 2)
    assert second.headers["Location"] == f"{LIST}mine/"
    assert "Waits for a moderator" in words(client.get(f"{LIST}mine/"))


def test_refusals_stand_above_the_words_that_were_sent(
    client: Client, edition: Edition, eve: Person
) -> None:
    form = {"text": "See https://example.org for more", "language": "en"}

    answer = client.post(f"{LIST}new/", form)

    assert answer.status_code == 409
    assert "A statement holds no links" in words(answer)
    assert form["text"] in words(answer)


def test_somebody_says_as_what_they_are_counted(
    client: Client, edition: Edition, eve: Person
) -> None:
    address = f"{LIST}counted-as/"

    client.post(address, {"group": "technical", "country": "EGY"})
    page = words(client.get(VOTE))

    voter = Voter.objects.get()
    assert (voter.stakeholder_group_id, voter.country_id) == ("technical", "EGY")
    assert "You are counted under:" in page
    assert client.post(address, {"group": "nobles"}).status_code == 200


def test_only_translators_put_words_into_other_languages(
    client: Client, edition: Edition, eve: Person, today: datetime
) -> None:
    statement = a_statement(edition, at=today)
    address = f"{LIST}{statement.pk}/words/"
    refused = client.get(address).status_code
    client.force_login(
        make_administrator(), "allauth.account.auth_backends.AuthenticationBackend"
    )

    client.post(address, {"language": "ar", "text": "تمويل سفر المتحدثين"})

    assert refused == 403
    page = client.get(f"/ar/consultation/statements/{statement.pk}/")
    assert "تمويل سفر المتحدثين" in words(page)


def n_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_no_more_of_many_rows_than_of_one(
    client: Client, edition: Edition, eve: Person, today: datetime
) -> None:
    rows = [
        a_statement(edition, f"Statement to begin with, {n}", at=today) for n in "ab"
    ]
    client.post(VOTE, {"statement": rows[0].pk, "value": "agree"})
    addresses = [LIST, VOTE, f"{LIST}mine/", f"{LIST}log/", f"{LIST}{rows[0].pk}/"]
    one = [n_queries(client, address) for address in addresses]
    for n in range(2):
        rows.append(a_statement(edition, f"Another statement, number {n}", at=today))
        a_seed(edition, f"Another seed to vote on, number {n}")
    client.post(VOTE, {"statement": rows[1].pk, "value": "agree"})

    many = [n_queries(client, address) for address in addresses]

    assert many == one
    assert max(many) <= 20
