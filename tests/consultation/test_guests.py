"""Guests: they vote where they may, beside all rankings, and can become somebody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import login
from django.contrib.messages import get_messages
from django.test import Client

from montada.audit.models import Entry
from montada.consultation.models import Statement, StatementRules, Vote, Voter
from montada.consultation.operations.opinion import compute_opinion
from montada.consultation.operations.rules import (
    RuleOutOfBounds,
    RulesAsTheyWere,
    set_statement_rules,
)
from montada.consultation.operations.voting import (
    GuestsDoNotVote,
    cast_vote,
    take_back_vote,
    take_guest_over,
)
from montada.consultation.queries.opinion import opinion_page
from montada.consultation.queries.opinion_due import editions_to_compute
from montada.consultation.queries.vote_tables import participants_table, votes_table
from montada.consultation.queries.voting import key_of_guest, voter_of
from montada.edition.models import Edition
from montada.participation.models import Person
from tests.factories.participation import make_administrator
from tests.factories.statements import an_open_edition, many_votes

pytestmark = pytest.mark.django_db

PAGE = "/en/consultation/statements/vote/"
RULES = "/en/consultation/statements/rules/"
MINUTE = timedelta(minutes=1)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
USUAL: dict[str, Any] = {
    "longest": 200,
    "batch": 20,
    "statements_a_day": 10,
    "votes_a_minute": 40,
    "fewest_voters": 30,
}


@pytest.fixture
def edition(today: datetime) -> Edition:
    """An edition in which guests vote."""
    days = [today.date() + timedelta(days=n) for n in (60, 64)]
    edition = an_open_edition(
        today, slug="next", year=days[0].year, starts_on=days[0], ends_on=days[1]
    )
    StatementRules.objects.create(edition=edition, guests_vote=True)
    return edition


@pytest.fixture
def rows(edition: Edition, today: datetime) -> list[Statement]:
    """Three statements on which twelve people are of one mind."""
    return many_votes(edition, [[1, -1, 1]] * 12, at=today)


def as_guest(name: str, row: Statement, value: int, at: datetime) -> Vote:
    key = key_of_guest(name)
    return cast_vote(statement=row, person=None, guest_key=key, value=value, at=at)


def said_by(voter: Voter | None) -> list[tuple[int, int]]:
    votes = Vote.objects.filter(voter=voter).order_by("statement")
    return list(votes.values_list("statement_id", "value"))


def test_guests_vote_once_a_statement_where_they_may(
    edition: Edition, rows: list[Statement], today: datetime
) -> None:
    as_guest("g", rows[0], 1, today)
    as_guest("g", rows[0], -1, today + MINUTE)
    guest = voter_of(edition.pk, None, key_of_guest("g"))
    StatementRules.objects.update(guests_vote=False)
    for name in ("g", "h"):
        with pytest.raises(GuestsDoNotVote):
            as_guest(name, rows[1], 1, today)

    assert guest is not None
    assert (guest.tier, guest.person) == ("guest", None)
    assert said_by(guest) == [(rows[0].pk, -1)]
    assert take_back_vote(
        statement=rows[0], person=None, guest_key=key_of_guest("g"), at=today
    )


def test_nobody_is_no_guest(rows: list[Statement], today: datetime) -> None:
    with pytest.raises(GuestsDoNotVote):
        cast_vote(statement=rows[0], person=None, value=1, at=today)
    assert not take_back_vote(statement=rows[0], person=None, at=today)
    assert Vote.objects.count() == 36


def test_a_guest_who_signs_in_keeps_their_votes_and_own_votes_win(
    edition: Edition, rows: list[Statement], eve: Person, today: datetime
) -> None:
    cast_vote(statement=rows[0], person=eve, value=1, at=today)
    as_guest("g", rows[0], -1, today)
    as_guest("g", rows[1], -1, today)

    taken = [
        take_guest_over(person=eve, guest_key=key_of_guest("g"), at=today)
        for _again in range(2)
    ]

    assert taken == [1, 0]
    assert said_by(voter_of(edition.pk, eve)) == [(rows[0].pk, 1), (rows[1].pk, -1)]
    assert not Voter.objects.filter(tier="guest").exists()


def test_nothing_is_taken_over_after_voting_or_without_a_key(
    edition: Edition, rows: list[Statement], eve: Person, today: datetime
) -> None:
    as_guest("g", rows[0], 1, today)
    late = edition.phases.get().closes_at

    assert take_guest_over(person=eve, guest_key=key_of_guest("g"), at=late) == 0
    assert take_guest_over(person=eve, guest_key="", at=today) == 0
    assert said_by(voter_of(edition.pk, None, key_of_guest("g"))) == [(rows[0].pk, 1)]


# Results


def test_guests_are_counted_beside_and_change_nothing_else(
    edition: Edition, rows: list[Statement], today: datetime
) -> None:
    compute_opinion(edition=edition, at=today)
    before = opinion_page(edition)
    files = [list(votes_table(edition)), list(participants_table(edition))]
    for n in range(30):
        as_guest(f"g{n}", rows[0], -1, today)
    for n in range(4):
        as_guest(f"g{n}", rows[1], 1, today)
    assert editions_to_compute(today) == [edition]

    run = compute_opinion(edition=edition, at=today)
    after = opinion_page(edition)

    assert before is not None
    assert after is not None
    assert run is not None
    assert (run.n_votes, run.n_voters) == (36, 12)
    assert [(r.statement, r.counts, r.consensus) for r in after.rows] == [
        (r.statement, r.counts, r.consensus) for r in before.rows
    ]
    assert [(t.key, t.n_people) for t in after.tiers] == [("person", 12), ("guest", 30)]
    of = {row.statement: row.tier_cells for row in after.rows}
    people, guests = of[rows[0]]
    assert people is not None
    assert guests is not None
    assert (people.agree, guests.disagree, guests.seen) == (12, 30, 30)
    # Four guests answered the second statement: that is not shown.
    assert of[rows[1]][1] is None
    assert [list(votes_table(edition)), list(participants_table(edition))] == files


def test_fewer_than_five_guests_are_not_shown_and_not_told_of_later(
    edition: Edition, rows: list[Statement], today: datetime
) -> None:
    for n in range(4):
        as_guest(f"g{n}", rows[0], 1, today)
    compute_opinion(edition=edition, at=today)
    with_four = opinion_page(edition)
    for n in range(4, 9):
        as_guest(f"g{n}", rows[0], 1, today + MINUTE)
    compute_opinion(edition=edition, at=today + MINUTE)
    with_nine = opinion_page(edition)
    as_guest("g9", rows[0], -1, today + 2 * MINUTE)
    due = editions_to_compute(today + 2 * MINUTE)
    compute_opinion(edition=edition, at=today + 2 * MINUTE)
    with_ten = opinion_page(edition)

    assert with_four is not None
    assert with_nine is not None
    assert with_ten is not None
    assert [t.key for t in with_four.tiers] == ["person"]
    assert [t.n_people for t in with_nine.tiers] == [12, 9]
    # The tenth alone would be the difference.
    assert (due, [t.n_people for t in with_ten.tiers]) == ([], [12, 9])


def test_tiers_are_named_in_the_language_of_each_reader(
    client: Client, edition: Edition, rows: list[Statement], today: datetime
) -> None:
    compute_opinion(edition=edition, at=today)

    pages = [
        client.get(f"/{tag}/consultation/opinion/").content.decode()
        for tag in ("ar", "en")
    ]

    assert ["People with a confirmed address" in page for page in pages] == [
        False,
        True,
    ]


# The page


def send(client: Client, row: Statement, value: str = "agree") -> Any:
    return client.post(PAGE, {"statement": row.pk, "value": value})


def test_the_same_page_takes_guests_votes_and_their_browser_remembers(
    client: Client, edition: Edition, rows: list[Statement]
) -> None:
    page = client.get(f"{PAGE}?statement={rows[0].pk}")
    assert "You vote as a guest" in page.content.decode()
    assert "guest" not in page.cookies

    answer = send(client, rows[0])
    again = client.get(f"{PAGE}?statement={rows[0].pk}").content.decode()
    client.post(PAGE, {"statement": rows[0].pk, "action": "undo"})

    cookie = answer.cookies["guest"]
    assert (answer.status_code, cookie["httponly"]) == (302, True)
    assert cookie["samesite"] == "Lax"
    assert "You said: Agree" in again
    guest = Voter.objects.get(tier="guest")
    assert guest.guest_key == key_of_guest(cookie.value.split(":")[0])
    assert said_by(guest) == []


def test_a_forged_cookie_is_nobodys(
    client: Client, edition: Edition, rows: list[Statement], today: datetime
) -> None:
    as_guest("victim", rows[0], 1, today)
    client.cookies["guest"] = "victim:1abcde:0000"

    send(client, rows[0], "disagree")

    victim = voter_of(edition.pk, None, key_of_guest("victim"))
    assert said_by(victim) == [(rows[0].pk, 1)]
    assert Voter.objects.filter(tier="guest").count() == 2


def test_signing_in_takes_the_votes_along_and_says_so(
    client: Client, edition: Edition, rows: list[Statement], eve: Person
) -> None:
    send(client, rows[0])
    token = client.cookies["guest"].value
    request = client.get(PAGE).wsgi_request
    assert request.COOKIES["guest"] == token

    login(request, eve, BACKEND)

    assert said_by(voter_of(edition.pk, eve)) == [(rows[0].pk, 1)]
    assert [str(m) for m in get_messages(request)] == [
        "1 vote that you cast here as a guest is yours now."
    ]


def test_many_guests_of_one_address_have_to_wait(
    client: Client, edition: Edition, rows: list[Statement], settings: Any
) -> None:
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        for name in ("default", "pages")
    }
    for _guest in range(31):
        client.cookies.clear()
        send(client, rows[0])

    assert Voter.objects.filter(tier="guest").count() == 30
    told = client.get(PAGE).content.decode()
    assert "Too many guests vote from this address" in told


# Rules


def test_the_secretariat_lets_guests_vote_or_not(
    client: Client, edition: Edition, eve: Person
) -> None:
    client.force_login(eve, BACKEND)
    assert client.get(RULES).status_code == 403
    client.force_login(make_administrator(), BACKEND)
    assert client.get(RULES).status_code == 200

    answers = [
        client.post(RULES, USUAL | {"longest": 180}).status_code,
        client.post(RULES, USUAL | {"longest": 180}).status_code,
        client.post(RULES, USUAL | {"longest": 10}).status_code,
    ]

    rules = StatementRules.objects.get()
    assert answers == [302, 409, 200]
    assert (rules.longest, rules.guests_vote) == (180, False)
    entry = Entry.objects.get(action="consultation.statement_rules_set")
    assert entry.details["before"] == USUAL | {"guests_vote": True}
    assert entry.details["after"] == USUAL | {"longest": 180, "guests_vote": False}


def test_rules_out_of_bounds_are_refused_by_the_operation_too(
    edition: Edition, today: datetime
) -> None:
    asked: dict[str, Any] = {"edition": edition, "set_by": None, "at": today}

    for wrong in ({"longest": 501}, {"votes_a_minute": 0}, {"batch": -1}):
        with pytest.raises(RuleOutOfBounds):
            set_statement_rules(**asked, **USUAL | wrong, guests_vote=True)
    with pytest.raises(RulesAsTheyWere):
        set_statement_rules(**asked, **USUAL, guests_vote=True)
