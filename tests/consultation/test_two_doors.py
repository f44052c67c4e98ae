"""The same person votes through two doors at the same moment."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from montada.consultation.models import Statement, StatementRules, Vote
from montada.consultation.operations.voting import cast_vote
from montada.participation.models import Person
from tests.factories.participation import make_person
from tests.factories.statements import an_open_edition, many_votes

N_DOORS = 4
N_STATEMENTS = 12


@pytest.mark.django_db(transaction=True)
def test_doors_that_are_used_at_once_leave_one_vote_and_no_error() -> None:
    now = timezone.now()
    edition = an_open_edition(now, country_id=None)
    many_votes(edition, [[None] * N_STATEMENTS], at=now - timedelta(hours=1))
    StatementRules.objects.create(edition=edition, votes_a_minute=1_000)
    eve, statements = make_person("Eve"), list(Statement.objects.all())
    start = threading.Barrier(N_DOORS, timeout=5)
    done: list[int] = []

    def vote(person: Person) -> None:
        try:
            for statement in statements:
                start.wait()
                cast_vote(statement=statement, person=person, value=1, at=now)
                done.append(statement.pk)
        finally:
            connection.close()

    doors = [threading.Thread(target=vote, args=(eve,)) for _door in range(N_DOORS)]
    for door in doors:
        door.start()
    for door in doors:
        door.join(30)

    assert len(done) == N_DOORS * N_STATEMENTS
    assert Vote.objects.filter(voter__person=eve).count() == N_STATEMENTS
