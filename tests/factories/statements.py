"""Statements and votes, through the operations that make them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from montada.consultation.models import Statement, Vote, Voter
from montada.consultation.operations.moderation import open_statement
from montada.consultation.operations.statements import add_seed, propose_statement
from montada.consultation.operations.voting import cast_vote
from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from tests.factories.edition import make_edition, make_phase
from tests.factories.participation import make_person


def an_open_edition(at: datetime, **values: Any) -> Edition:
    """An edition whose consultation has been open for a week, and is for another."""
    edition = make_edition(**values)
    make_phase(edition, at - timedelta(days=7), at + timedelta(days=7))
    return edition


def a_seed(
    edition: Edition, words: str = "Hold sessions in the evening", **values: Any
) -> Statement:
    at = values.pop("at", None) or edition.phases.get().opens_at
    group = values.pop("group", "civil")
    return add_seed(
        edition=edition,
        text=LocalizedText.of(values.pop("language", "en"), words, **values),
        stakeholder_group_id=group,
        added_by=None,
        at=at,
    )


def a_statement(
    edition: Edition,
    words: str = "Pay the travel of speakers from poor countries",
    *,
    at: datetime,
    author: Person | None = None,
    language: str = "en",
) -> Statement:
    """A participant's statement that moderators opened."""
    statement = propose_statement(
        edition=edition,
        text=words,
        language=language,
        author=author or make_person(f"author{Statement.objects.count()}"),
        at=at,
    )
    open_statement(statement=statement, opened_by=None, at=at)
    statement.refresh_from_db()
    return statement


def votes_of(
    person: Person, statements: Sequence[Statement], values: Sequence[int], at: datetime
) -> list[Vote]:
    return [
        cast_vote(statement=one, person=person, value=value, at=at)
        for one, value in zip(statements, values, strict=True)
    ]


def many_votes(
    edition: Edition,
    values: Sequence[Sequence[int | None]],
    *,
    at: datetime,
    groups: Sequence[str | None] = (),
    countries: Sequence[str | None] = (),
) -> list[Statement]:
    """
    Votes of many people at once: a row a person, a column a statement, None for none.

    Statements are seeds; `groups` and `countries` are what each person declared.
    """
    statements = Statement.objects.bulk_create(
        Statement(
            edition=edition,
            text=LocalizedText.of("en", f"Statement {column} of many"),
            is_seed=True,
            state="open",
            folded=f"{edition.pk}.{column}",
            written_at=at,
            opened_at=at,
        )
        for column in range(len(values[0]))
    )
    people = Person.objects.bulk_create(
        Person(email=f"voter{n}@example.org", name=f"Voter {n}")
        for n in range(len(values))
    )
    voters = Voter.objects.bulk_create(
        Voter(
            edition=edition,
            person=person,
            tier="person",
            stakeholder_group_id=groups[n] if groups else None,
            country_id=countries[n] if countries else None,
            since=at,
        )
        for n, person in enumerate(people)
    )
    Vote.objects.bulk_create(
        Vote(voter=voter, statement=statement, value=value, cast_at=at)
        for voter, row in zip(voters, values, strict=True)
        for statement, value in zip(statements, row, strict=True)
        if value is not None
    )
    return statements
