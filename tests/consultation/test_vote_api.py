"""Programs vote for a person: one vote a person and statement, whatever the door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from montada.consultation.api import SCOPE
from montada.consultation.models import Statement, Vote
from montada.consultation.operations.moderation import retire_statement
from montada.consultation.operations.voting import cast_vote
from tests.factories.participation import make_administrator, make_person
from tests.factories.statements import an_open_edition, many_votes
from tests.stocktaking.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(today: datetime) -> Statement:
    return many_votes(an_open_edition(today), [[None]], at=today)[0]


@pytest.fixture
def program() -> Program:
    found = Program(make_person("Eve"))
    token = found.made.token
    token.scopes = [SCOPE]
    token.save()
    return found


def address(pk: int) -> str:
    return f"/api/v1/statements/{pk}/vote"


def said() -> list[tuple[Any, ...]]:
    return list(Vote.objects.values_list("statement", "value", "is_important", "why"))


def test_a_program_votes_changes_and_takes_back(
    program: Program, statement: Statement, today: datetime
) -> None:
    cast_vote(statement=statement, person=program.person, value=0, at=today)

    sent = {"value": "disagree", "is_important": True, "why": "Because\u202e"}
    answer = program("put", address(statement.pk), sent)
    kept = said()
    again = [program("delete", address(statement.pk)) for _again in range(2)]

    assert answer.status_code == 200
    assert answer.json() == sent | {
        "why": "Because",
        "statement": statement.pk,
        "cast_at": answer.json()["cast_at"],
    }
    assert kept == [(statement.pk, -1, True, "Because")]
    assert ([one.status_code for one in again], said()) == ([204, 204], [])


@pytest.mark.parametrize(
    "sent",
    [{}, {"value": 1}, {"value": "yes"}, {"value": "agree", "why": "x" * 501}],
)
def test_what_is_no_vote_is_a_problem(
    program: Program, statement: Statement, sent: dict[str, Any]
) -> None:
    answer = program("put", address(statement.pk), sent)

    assert (answer.status_code, said()) == (422, [])


def test_other_keys_other_statements_and_retired_ones_are_refused(
    program: Program, statement: Statement, today: datetime
) -> None:
    other = Program(make_person("Diego"))
    agree = {"value": "agree"}
    answers = [
        other("put", address(statement.pk), agree),
        program("put", address(99_999), agree),
    ]
    retire_statement(
        statement=statement,
        reason="unclear",
        note="",
        retired_by=make_administrator(),
        at=today,
    )
    answers.append(program("put", address(statement.pk), agree))

    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (403, "participation.scope_missing"),
        (404, "not_found"),
        (409, "consultation.statement_retired"),
    ]
    assert said() == []
