"""Opinion: computed from votes, kept without persons, shown with its doubts."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from montada.audit.models import Entry
from montada.consultation import tasks
from montada.consultation.models import OpinionPlace, OpinionRun, Voter, VoteTable
from montada.consultation.operations.opinion import compute_opinion
from montada.consultation.operations.voting import cast_vote
from montada.consultation.queries.opinion import opinion_page, run_under_way
from montada.consultation.queries.opinion_due import editions_to_compute
from montada.consultation.queries.vote_tables import comments_table, pseudonym
from montada.edition.models import Edition
from tests.factories.statements import an_open_edition, many_votes

pytestmark = pytest.mark.django_db

PAGE = "/en/consultation/opinion/"
ALIKE: list[list[int | None]] = [[1, -1, 1]] * 20
"""Of one mind: no groups to look for, which takes no time."""


@pytest.fixture
def edition(today: datetime) -> Edition:
    days = [today.date() + timedelta(days=n) for n in (60, 64)]
    return an_open_edition(
        today, slug="next", year=days[0].year, starts_on=days[0], ends_on=days[1]
    )


def two_camps(n_each: int = 12) -> list[list[int]]:
    """
    Two camps on eight statements, of one mind on the ninth.

    One vote in ten is turned around, drawn from a seed.
    """
    rng = np.random.default_rng(3)
    camp = np.array([1, 1, 1, 1, -1, -1, -1, -1, 1])
    rows = np.vstack([np.tile(camp, (n_each, 1)), np.tile(-camp, (n_each, 1))])
    rows[:, 8] = 1
    turned = rng.random(rows.shape) < 0.1
    turned[:, 8] = False
    return [[int(v) for v in row] for row in np.where(turned, -rows, rows)]


def words(answer: Any) -> str:
    text = re.sub(r"<title id.*?</title>|<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)


def test_without_votes_there_is_no_result(
    client: Client, edition: Edition, today: datetime
) -> None:
    assert compute_opinion(edition=edition, at=today) is None
    assert "Nothing has been counted yet" in words(client.get(PAGE))


def test_two_camps_are_two_groups_that_agree_on_one_thing(
    client: Client, edition: Edition, today: datetime
) -> None:
    rows = many_votes(edition, two_camps(), at=today)

    run = compute_opinion(edition=edition, at=today)
    page = opinion_page(edition)

    assert run is not None
    assert page is not None
    assert (run.is_done, run.progress, run.n_votes, run.n_voters) == (
        True,
        100,
        216,
        24,
    )
    assert (page.verdict, [g.n_people for g in page.groups]) == ("groups", [12, 12])
    assert page.unites[0].statement == rows[8]
    assert rows[8] not in {row.statement for row in page.divides}
    html = client.get(PAGE)
    assert "2 opinion groups" in words(html)
    assert "Too few took part to speak for anybody" in words(html)
    assert "you are here" not in words(html)
    assert "you are here" in words(_as_a_voter(client).get(PAGE))


def _as_a_voter(client: Client) -> Client:
    voter = Voter.objects.select_related("person").first()
    assert voter is not None
    assert voter.person is not None
    client.force_login(
        voter.person, "allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def test_few_people_are_too_few_and_the_page_says_why(
    client: Client, edition: Edition, today: datetime
) -> None:
    many_votes(edition, [[1, -1, 0]] * 6, at=today)
    compute_opinion(edition=edition, at=today)

    page = words(client.get(PAGE))

    assert "Too few votes for groups" in page
    assert "at least 15 people with enough votes are needed" in page


def test_what_everybody_says_alike_makes_no_groups(
    client: Client, edition: Edition, today: datetime
) -> None:
    many_votes(edition, ALIKE, at=today)
    compute_opinion(edition=edition, at=today)

    page = client.get(PAGE)

    assert "No clear groups" in words(page)
    assert "Everybody votes the same on every statement." in words(page)
    assert "polygon" not in page.content.decode()


def test_no_person_can_be_found_in_what_everybody_sees(
    edition: Edition, today: datetime
) -> None:
    groups = ["civil"] * 20 + ["government"] * 4
    rows: list[list[int | None]] = [[1, -1, 0, 1] for _person in range(24)]
    rows[0][0] = None
    many_votes(edition, rows, at=today, groups=groups)
    compute_opinion(edition=edition, at=today)

    page = opinion_page(edition)

    assert page is not None
    assert min(n for _x, _y, n, _group in page.map["points"]) >= 5
    assert [(one.key, one.n_people) for one in page.types] == [("civil", 20)]
    # 20 of civil society are shown, 4 of governments would be the rest: both hidden.
    assert [row.type_cells for row in page.rows] == [[None]] * 4
    assert {row.counts.seen for row in page.rows if row.counts} == {23, 24}


def test_statements_of_fewer_than_five_votes_show_no_counts(
    client: Client, edition: Edition, today: datetime
) -> None:
    votes: list[list[int | None]] = [[1, None]] * 4 + [[-1, 1]]
    rows = many_votes(edition, votes, at=today)
    compute_opinion(edition=edition, at=today)

    pages = [
        words(client.get(f"/en/consultation/statements/{row.pk}/")) for row in rows
    ]

    assert "4 agree, 1 disagree, 0 passed" in pages[0]
    assert "fewer than five votes counted" in pages[1]


def test_a_stopped_run_is_seen_and_taken_up(
    client: Client, edition: Edition, today: datetime
) -> None:
    many_votes(edition, two_camps(), at=today)
    before = compute_opinion(edition=edition, at=today)
    answers = iter([True] * 15 + [False])

    stopped = compute_opinion(
        edition=edition, at=today, keep_going=lambda: next(answers)
    )
    under_way = run_under_way(edition)

    assert stopped is not None
    assert (stopped.is_done, under_way) == (False, stopped)
    assert "New votes are being counted" in words(client.get(PAGE))
    taken_up = compute_opinion(edition=edition, at=today)
    assert before is not None
    assert taken_up is not None
    assert (taken_up.pk, taken_up.is_done) == (stopped.pk, True)
    # The same votes and the same seed give the same answer.
    assert taken_up.result == before.result
    assert run_under_way(edition) is None


def test_votes_put_a_count_in_once_and_it_counts_what_is_new(
    edition: Edition, today: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    rows = many_votes(edition, ALIKE, at=today)
    voter = Voter.objects.select_related("person").first()
    assert voter is not None
    with django_capture_on_commit_callbacks(execute=True):
        for row in rows[:2]:
            cast_vote(
                statement=row,
                person=voter.person,
                value=0,
                at=today + timedelta(minutes=1),
            )

    waiting = DBTaskResult.objects.filter(task_path=tasks.count_votes.module_path)
    before = editions_to_compute(today)
    tasks.count_votes.func()

    assert waiting.count() == 1
    assert (before, editions_to_compute(today)) == ([edition], [])
    assert OpinionRun.objects.get().n_votes == 60


def test_a_result_leaves_an_entry_of_counts_so_that_kept_pages_renew(
    edition: Edition, today: datetime
) -> None:
    many_votes(edition, ALIKE, at=today)
    compute_opinion(edition=edition, at=today)

    entry = Entry.objects.filter(action="consultation.opinion_computed").get()
    assert (entry.actor, entry.details["votes"], entry.details["voters"]) == (
        None,
        60,
        20,
    )


def test_somebody_sees_their_own_place_and_nobody_elses(
    client: Client, edition: Edition, today: datetime
) -> None:
    many_votes(edition, ALIKE, at=today)
    compute_opinion(edition=edition, at=today)
    stranger = client.get(PAGE).content.decode()

    own = _as_a_voter(client).get(PAGE).content.decode()

    assert ("spot me" in stranger, "spot me" in own) == (False, True)
    assert OpinionPlace.objects.count() == 20


def test_only_the_newest_results_are_kept(edition: Edition, today: datetime) -> None:
    many_votes(edition, [[1, 1]] * 5, at=today)
    for _again in range(7):
        compute_opinion(edition=edition, at=today)

    assert OpinionRun.objects.count() == 5
    assert OpinionPlace.objects.count() == 5


# Votes to take along


def test_tables_are_those_of_polis_without_anybodys_name(
    client: Client, edition: Edition, today: datetime
) -> None:
    many_votes(edition, ALIKE, at=today)
    compute_opinion(edition=edition, at=today)

    rows = list(
        csv.reader(io.StringIO(client.get(f"{PAGE}votes.csv").content.decode()))
    )

    assert rows[0] == ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
    assert Counter(row[4] for row in rows[1:]) == Counter(
        str(value) for row in ALIKE for value in row
    )
    names, made = {row[3] for row in rows[1:]}, VoteTable.objects.get()
    assert names == {str(pseudonym(made, one.pk)) for one in Voter.objects.all()}
    assert {row[1] for row in rows[1:]} == {today.date().isoformat()}
    for table in ("comments", "participants-votes"):
        assert client.get(f"{PAGE}{table}.csv").status_code == 200


def test_statements_stand_in_their_authors_words(
    edition: Edition, today: datetime
) -> None:
    (row,) = many_votes(edition, [[1]] * 5, at=today)
    compute_opinion(edition=edition, at=today)

    _head, comment = comments_table(edition)

    assert comment[2:] == [row.pk, "", 5, 0, 1, "Statement 0 of many", 0]
