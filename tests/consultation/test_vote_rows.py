"""Two tables of votes never differ by the votes of one to four people."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from montada.consultation.engine.vote_rows import (
    may_be_published,
    n_apart,
    packed_votes,
    prints_of,
    unpacked_votes,
)
from montada.consultation.engine.votes import vote_matrix
from montada.consultation.models import Statement, Voter, VoteTable
from montada.consultation.operations.opinion import compute_opinion
from montada.consultation.operations.voting import cast_vote
from montada.consultation.queries.vote_tables import participants_table, votes_table
from montada.edition.models import Edition
from tests.consultation.voters import matrix
from tests.factories.statements import an_open_edition, many_votes

MINUTE = timedelta(minutes=1)
FILES = "/en/consultation/opinion/"


class TestRows:
    def test_votes_are_packed_and_unpacked(self) -> None:
        votes = vote_matrix(
            people=[0, 1, 1],
            statements=[0, 0, 1],
            values=[1, 0, -1],
            participant_ids=["700000000", "3"],
            statement_ids=["5", "900000000"],
        )

        rows = zip(*map(list, unpacked_votes(packed_votes(votes))), strict=True)

        assert [*rows] == [(3, 5, 0), (3, 900000000, -1), (700000000, 5, 1)]

    def test_a_print_is_of_all_votes_of_one_person(self) -> None:
        one = prints_of(packed_votes(matrix([[1, 0], [1, 0], [0, 1]])))
        other = prints_of(packed_votes(matrix([[1, 0], [1, 1], [0, 1], [1, 1]])))

        # The second person changed a vote, the fourth came.
        assert n_apart(one, other) == 2
        assert n_apart(one, one) == 0
        assert prints_of(np.zeros(0, np.int64)) == {}


# What happens between two results: some people vote alike (who, on what, how; 2 takes
# it back).
histories = st.lists(
    st.tuples(
        st.sets(st.integers(0, 11), max_size=9),
        st.integers(0, 1),
        st.sampled_from([-1, 0, 1, 2]),
    ),
    min_size=3,
    max_size=9,
)


@given(histories)
@settings(max_examples=150, deadline=None)
def test_no_two_tables_differ_by_the_votes_of_one_to_four_people(
    history: list[tuple[set[int], int, int]],
) -> None:
    cast: dict[int, dict[int, int]] = {}
    tables: list[dict[int, dict[int, int]]] = [{}]
    for people, what, value in history:
        for who in people:
            said = cast.setdefault(who, {})
            said.pop(what, None) if value > 1 else said.update({what: value})
        now = {who: dict(said) for who, said in cast.items() if said}
        if may_be_published(_prints(now), map(_prints, tables)):
            tables.append(now)

    for one in tables:
        for other in tables:
            changed = [w for w in one.keys() | other if one.get(w) != other.get(w)]
            assert len(changed) not in {1, 2, 3, 4}


def _prints(told: dict[int, dict[int, int]]) -> dict[int, int]:
    cells = [
        (who, what, value) for who, said in told.items() for what, value in said.items()
    ]
    people, statements, values = zip(*cells, strict=True) if cells else ((), (), ())
    return prints_of(
        packed_votes(
            vote_matrix(
                people=people,
                statements=statements,
                values=values,
                participant_ids=map(str, range(12)),
                statement_ids=["0", "1", "2"],
            )
        )
    )


@pytest.fixture
def edition(today: datetime) -> Edition:
    days = [today.date() + timedelta(days=n) for n in (60, 64)]
    return an_open_edition(
        today, slug="next", year=days[0].year, starts_on=days[0], ends_on=days[1]
    )


@pytest.fixture
def rows(edition: Edition, today: datetime) -> list[Statement]:
    """Two statements, twenty voters, and a result."""
    rows = many_votes(edition, [[1, -1]] * 20, at=today)
    compute_opinion(edition=edition, at=today)
    return rows


def change(rows: list[Statement], first: int, last: int, at: datetime) -> None:
    """Let some voters change their vote on the first statement."""
    voters = Voter.objects.select_related("person").order_by("pk")
    for voter in voters[first:last]:
        assert voter.person is not None
        cast_vote(statement=rows[0], person=voter.person, value=0, at=at)


@pytest.mark.django_db
class TestTables:
    def test_the_last_few_are_counted_and_in_no_table_and_the_page_says_so(
        self, client: Client, edition: Edition, rows: list[Statement], today: datetime
    ) -> None:
        before = list(votes_table(edition))
        change(rows, 0, 4, today + MINUTE)
        between = client.get(f"{FILES}votes.csv")
        run = compute_opinion(edition=edition, at=edition.phases.get().closes_at)

        assert run is not None
        assert run.result["statements"][str(rows[0].pk)]["counts"] == [16, 0, 4]
        assert list(votes_table(edition)) == before
        assert between.status_code == 200
        page = client.get(FILES).content.decode()
        assert "The votes of 4 people who voted last are not in this table." in page

    def test_five_make_a_new_table_in_which_nobody_has_their_old_number(
        self, edition: Edition, rows: list[Statement], today: datetime
    ) -> None:
        before = list(participants_table(edition))
        change(rows, 0, 5, today + MINUTE)
        compute_opinion(edition=edition, at=today + MINUTE)
        after = list(participants_table(edition))

        names = [{row[0] for row in table[1:]} for table in (before, after)]
        assert len(names[0] | names[1]) == 40
        assert [row[0] for row in after[1:]] == sorted(names[1])
        assert sum(row[6] == 0 for row in after[1:]) == 5
        old, new = VoteTable.objects.order_by("number")
        assert (old.votes, old.groups, new.n_left_out) == (b"", {}, 0)

    def test_who_turns_back_is_not_told_by_an_older_table(
        self, edition: Edition, rows: list[Statement], today: datetime
    ) -> None:
        change(rows, 0, 5, today + MINUTE)
        compute_opinion(edition=edition, at=today + MINUTE)
        second = list(votes_table(edition))
        voters = Voter.objects.select_related("person").order_by("pk")
        for voter in voters[:5]:
            assert voter.person is not None
            cast_vote(statement=rows[0], person=voter.person, value=1, at=today)
        change(rows, 5, 6, today + 2 * MINUTE)
        compute_opinion(edition=edition, at=today + 2 * MINUTE)

        # Six differ from the second table, but one alone from the first.
        assert list(votes_table(edition)) == second
        assert VoteTable.objects.first().n_left_out == 6  # type: ignore[union-attr]  # there are two

    def test_no_row_says_when_somebody_voted_or_what_they_declared(
        self, edition: Edition, today: datetime
    ) -> None:
        many_votes(
            edition,
            [[1]] * 11,
            at=today - timedelta(days=3),
            groups=["civil"] * 6 + ["government"] * 5,
            countries=["EGY"] * 11,
        )
        compute_opinion(edition=edition, at=today)

        (statement,) = Statement.objects.all()
        assert next(participants_table(edition))[6:] == [statement.pk]
        days = {row[1] for row in list(votes_table(edition))[1:]}
        assert days == {today.date().isoformat()}

    def test_before_five_have_voted_there_is_no_table(
        self, client: Client, edition: Edition, today: datetime
    ) -> None:
        many_votes(edition, [[1]] * 4, at=today)
        compute_opinion(edition=edition, at=today)

        answer = client.get(f"{FILES}participants-votes.csv")

        assert answer.status_code == 409
        assert "five people have voted" in answer.content.decode()
        assert list(votes_table(edition))[1:] == []
        assert len(list(participants_table(edition))) == 1
