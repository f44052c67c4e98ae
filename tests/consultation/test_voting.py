"""Voting: one vote a person and statement, changed, taken back, never told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from montada.audit.models import Entry
from montada.consultation.engine.values import VoterTaken
from montada.consultation.models import Statement, StatementRules, Vote, Voter
from montada.consultation.operations.moderation import retire_statement
from montada.consultation.operations.statements import StatementUnknown, VotingClosed
from montada.consultation.operations.votes_taken_in import take_votes_in
from montada.consultation.operations.voting import (
    GroupUnknown,
    StatementRetired,
    VotedTooFast,
    VoteStays,
    VoteUnknown,
    cast_vote,
    declare_group,
    take_back_vote,
)
from montada.consultation.operations.words import WordsTooMany
from montada.consultation.queries.voting import ballot, next_statement, voter_of
from montada.edition.models import Edition
from montada.participation.models import Person
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_administrator, make_person
from tests.factories.statements import a_seed, a_statement, an_open_edition, votes_of

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def edition(now: datetime) -> Edition:
    return an_open_edition(now)


@pytest.fixture
def statement(edition: Edition, now: datetime) -> Statement:
    return a_statement(edition, at=now)


def said(statement: Statement) -> list[tuple[int, bool, str]]:
    rows = Vote.objects.filter(statement=statement)
    return list(rows.values_list("value", "is_important", "why"))


def test_the_last_word_counts_and_there_is_one_vote(
    statement: Statement, eve: Person, now: datetime
) -> None:
    cast_vote(statement=statement, person=eve, value=1, why="Yes", at=now)
    cast_vote(
        statement=statement, person=eve, value=-1, is_important=True, at=now + MINUTE
    )

    assert said(statement) == [(-1, True, "")]


def test_the_table_itself_holds_one_vote_of_a_voter_on_a_statement(
    statement: Statement, eve: Person, now: datetime
) -> None:
    vote = cast_vote(statement=statement, person=eve, value=1, at=now)

    with pytest.raises(IntegrityError):
        Vote.objects.create(voter=vote.voter, statement=statement, value=0, cast_at=now)


def test_a_vote_is_taken_back_once(
    statement: Statement, eve: Person, now: datetime
) -> None:
    cast_vote(statement=statement, person=eve, value=1, at=now)

    taken = [
        take_back_vote(statement=statement, person=eve, at=now) for _again in range(2)
    ]

    assert (taken, said(statement)) == ([True, False], [])


def test_a_vote_on_what_is_retired_stays_and_the_page_offers_nothing_else(
    client: Client, eve: Person
) -> None:
    now = timezone.now()
    one = a_statement(an_open_edition(now), at=now)
    cast_vote(statement=one, person=eve, value=1, at=now)
    client.force_login(eve)
    before = client.get("/en/consultation/statements/vote/").content.decode()
    retire_statement(
        statement=one,
        reason="unclear",
        note="",
        retired_by=make_administrator(),
        at=now,
    )

    with pytest.raises(VoteStays):
        take_back_vote(statement=one, person=eve, at=now)

    after = client.get("/en/consultation/statements/vote/").content.decode()
    assert said(one) == [(1, False, "")]
    assert ["Take the vote back" in page for page in (before, after)] == [True, False]


def test_the_trail_learns_nothing_of_votes(
    statement: Statement, eve: Person, now: datetime
) -> None:
    before = Entry.objects.count()
    cast_vote(statement=statement, person=eve, value=1, why="Because", at=now)
    take_back_vote(statement=statement, person=eve, at=now)

    assert Entry.objects.count() == before


@pytest.mark.parametrize("value", [2, -2, 99])
def test_what_is_no_vote_is_refused(
    statement: Statement, eve: Person, now: datetime, value: int
) -> None:
    with pytest.raises(VoteUnknown):
        cast_vote(statement=statement, person=eve, value=value, at=now)


def test_nothing_is_counted_after_the_consultation_or_on_what_is_retired(
    statement: Statement, edition: Edition, eve: Person, now: datetime
) -> None:
    other = a_statement(edition, "Hold the forum in a warmer month", at=now)
    retire_statement(
        statement=other,
        reason="unclear",
        note="",
        retired_by=make_administrator(),
        at=now,
    )

    with pytest.raises(StatementRetired):
        cast_vote(statement=other, person=eve, value=1, at=now)
    with pytest.raises(VotingClosed):
        cast_vote(statement=statement, person=eve, value=1, at=now + 8 * 1440 * MINUTE)
    with pytest.raises(StatementUnknown):
        cast_vote(statement=Statement(pk=99_999), person=eve, value=1, at=now)
    assert Vote.objects.count() == 0


def test_reasons_are_kept_plain_and_short(
    statement: Statement, eve: Person, now: datetime
) -> None:
    cast_vote(
        statement=statement, person=eve, value=1, why="a\u202eb\x00\nc\ud800 ", at=now
    )
    with pytest.raises(WordsTooMany):
        cast_vote(statement=statement, person=eve, value=1, why="x" * 100_000, at=now)

    assert said(statement) == [(1, False, "ab\nc")]


def test_nobody_votes_faster_than_anybody_reads(
    edition: Edition, eve: Person, now: datetime
) -> None:
    StatementRules.objects.create(edition=edition, votes_a_minute=2)
    seeds = [a_seed(edition, f"Seed number {n} says this") for n in range(3)]
    votes_of(eve, seeds[:2], [1, 1], now)

    with pytest.raises(VotedTooFast) as refused:
        votes_of(eve, seeds[2:], [1], now + MINUTE / 2)
    votes_of(eve, seeds[2:], [1], now + 2 * MINUTE)

    assert refused.value.details == {"most": 2}
    assert Vote.objects.count() == 3


def test_a_voter_is_counted_as_their_organisation_until_they_say_otherwise(
    statement: Statement, edition: Edition, now: datetime
) -> None:
    organisation = make_organisation(stakeholder_group_id="academia", country_id="EGY")
    omar = make_person("Omar", organisation=organisation)
    cast_vote(statement=statement, person=omar, value=1, at=now)
    cast_vote(statement=statement, person=make_person("Lea"), value=1, at=now)
    counted = list(
        Voter.objects.values_list("tier", "stakeholder_group_id", "country_id")
    )

    declare_group(
        edition=edition,
        person=omar,
        stakeholder_group_id="technical",
        country_id=None,
        at=now,
    )
    with pytest.raises(GroupUnknown):
        declare_group(
            edition=edition,
            person=omar,
            stakeholder_group_id="nobles",
            country_id=None,
            at=now,
        )

    assert counted == [("organisation", "academia", "EGY"), ("person", None, None)]
    voter = voter_of(edition.pk, omar)
    assert voter is not None
    assert (voter.stakeholder_group_id, voter.country_id) == ("technical", None)


# What is shown next


def test_everything_is_shown_once_and_then_nothing(
    edition: Edition, eve: Person, now: datetime
) -> None:
    for n in range(4):
        a_statement(edition, f"Statement number {n} of a participant", at=now)
    a_seed(edition)
    shown = []
    while drawn := next_statement(
        ballot(edition.pk, voter_of(edition.pk, eve)), draw=0.5
    ):
        assert 0 < drawn.chance <= 1
        shown.append(drawn.statement.pk)
        cast_vote(
            statement=drawn.statement,
            person=eve,
            value=1,
            shown_with=drawn.chance,
            at=now,
        )

    assert sorted(shown) == sorted(Statement.objects.values_list("pk", flat=True))
    # Before seven votes a seed comes only when nothing else is left.
    assert shown[-1] == Statement.objects.get(is_seed=True).pk
    assert ballot(edition.pk, voter_of(edition.pk, eve)).n_answered == 5


def test_what_was_passed_returns_once_after_ten_votes(
    edition: Edition, eve: Person, now: datetime
) -> None:
    rows = [
        a_statement(edition, f"Statement number {n} of a participant", at=now)
        for n in range(11)
    ]
    votes_of(eve, rows[:1], [0], now)
    votes_of(eve, rows[1:10], [1] * 9, now + MINUTE)

    def offered() -> list[int]:
        draws = [n / 20 for n in range(20)]
        so_far = ballot(edition.pk, voter_of(edition.pk, eve))
        found = [next_statement(so_far, draw=d) for d in draws]
        return sorted({one.statement.pk for one in found if one})

    before = offered()
    votes_of(eve, rows[10:], [1], now + 2 * MINUTE)
    returned = offered()
    votes_of(eve, rows[:1], [0], now + 3 * MINUTE)

    assert before == [rows[10].pk]
    assert returned == [rows[0].pk]
    assert offered() == []


def test_chances_of_a_draw_follow_the_numbers_given(
    edition: Edition, now: datetime
) -> None:
    rows = [
        a_statement(edition, f"Statement number {n} of a participant", at=now)
        for n in range(4)
    ]

    nothing = ballot(edition.pk, None)
    found = [next_statement(nothing, draw=d) for d in (0, 0.3, 0.6, 0.99)]

    # Nothing has been voted on: four statements, all as likely.
    assert [one and one.statement.pk for one in found] == [row.pk for row in rows]
    assert [one and round(one.chance, 6) for one in found] == [0.25] * 4


# Votes from elsewhere


def test_votes_are_taken_in_all_or_none(
    statement: Statement, edition: Edition, now: datetime
) -> None:
    def take(*votes: dict[int, int]) -> int:
        return take_votes_in(
            edition=edition,
            voters=[VoterTaken(votes=said) for said in votes],
            taken_in_by=None,
            at=now,
        )

    with pytest.raises(VoteUnknown):
        take({statement.pk: 1}, {statement.pk: 7})
    with pytest.raises(StatementUnknown):
        take({statement.pk: 1}, {99_999: 1})
    n_votes = take({statement.pk: 1}, {statement.pk: -1}, {})

    assert (n_votes, Vote.objects.count(), Voter.objects.count()) == (2, 2, 3)
    entry = Entry.objects.filter(action="consultation.votes_taken_in").get()
    assert entry.details == {"voters": 3, "votes": 2}
