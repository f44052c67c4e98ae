"""Statements: what is taken in, what is refused, and what is here already."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from montada.audit.models import Entry
from montada.consultation.choices import StatementState
from montada.consultation.models import Statement, StatementRules, Vote
from montada.consultation.operations.statements import (
    StatementHere,
    StatementUnknown,
    TooManyStatements,
    VotingClosed,
    approve_wording,
    propose_statement,
)
from montada.consultation.operations.words import (
    LanguageUnknown,
    StatementEmpty,
    StatementHasLink,
    StatementTooLong,
)
from montada.consultation.queries.similar import similar_statements
from montada.consultation.queries.statements import balance
from montada.edition.models import Edition
from montada.participation.models import Person
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.statements import a_seed, a_statement, an_open_edition

pytestmark = pytest.mark.django_db

EVENING = "The forum should hold evening sessions in Arabic"


@pytest.fixture
def edition(now: datetime) -> Edition:
    return an_open_edition(now)


def propose(
    edition: Edition, author: Person, text: str, at: datetime, language: str = "en"
) -> Statement:
    return propose_statement(
        edition=edition, text=text, language=language, author=author, at=at
    )


def test_a_statement_waits_for_a_moderator_and_its_author_has_not_voted(
    edition: Edition, now: datetime
) -> None:
    organisation = make_organisation(stakeholder_group_id="technical")
    author = make_person("Omar", organisation=organisation)

    kept = propose(edition, author, "  Hold it \n in\u202e\x00 Arabic  ", now)

    assert str(kept.text) == "Hold it in Arabic"
    assert (kept.text.written_in, kept.state) == ("en", StatementState.WAITING)
    assert kept.stakeholder_group_id == "technical"
    assert Vote.objects.count() == 0


def test_the_trail_does_not_say_who_wrote_a_statement(
    edition: Edition, eve: Person, now: datetime
) -> None:
    propose(edition, eve, EVENING, now)

    entry = Entry.objects.filter(action="consultation.statement_proposed").get()
    assert (entry.actor, entry.details) == (None, {"language": "en"})


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", StatementEmpty),
        ("   \n\t\u200f", StatementEmpty),
        ("Yes", StatementEmpty),
        ("🙂🙂🙂", StatementEmpty),
        ("\x00\ud800", StatementEmpty),
        ("word " * 41, StatementTooLong),
        ("x" * 100_000, StatementTooLong),
        ("a\u0301" + "\u0301" * 50_000, StatementEmpty),
        ("Read all of it at https://example.org/x", StatementHasLink),
        ("Read all of it at www.example.org now", StatementHasLink),
        ("Write to me at eve@example.org about it", StatementHasLink),
    ],
)
def test_what_is_no_statement_is_refused_with_a_sentence(
    edition: Edition, eve: Person, now: datetime, text: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        propose(edition, eve, text, now)

    assert "%" not in str(refused.value)
    assert Statement.objects.count() == 0


def test_chinese_needs_no_spaces_and_markup_is_only_text(
    edition: Edition, eve: Person, now: datetime
) -> None:
    kept = [
        propose(edition, eve, "论坛应当提供中文会议", now, "zh"),
        propose(edition, eve, "Use <b>bold</b> words & signs", now),
    ]

    assert [str(one.text) for one in kept] == [
        "论坛应当提供中文会议",
        "Use <b>bold</b> words & signs",
    ]


def test_the_length_is_the_editions_to_rule(
    edition: Edition, eve: Person, now: datetime
) -> None:
    StatementRules.objects.create(edition=edition, longest=180)

    with pytest.raises(StatementTooLong) as refused:
        propose(edition, eve, "word " * 36 + "words", now)
    propose(edition, eve, "word " * 35 + "words", now)

    # 36 · 5 + 5 characters; the shorter one has 180.
    assert refused.value.details == {"longest": 180, "n_characters": 185}


def test_the_same_words_come_once_whatever_their_case_and_signs(
    edition: Edition, eve: Person, now: datetime
) -> None:
    propose(edition, eve, EVENING, now)

    with pytest.raises(StatementHere):
        propose(edition, make_person("Omar"), f"«{EVENING.upper()}»!", now)


def test_one_person_proposes_so_many_a_day(
    edition: Edition, eve: Person, now: datetime
) -> None:
    StatementRules.objects.create(edition=edition, statements_a_day=1)
    propose(edition, eve, EVENING, now)

    with pytest.raises(TooManyStatements):
        propose(edition, eve, "Another thing I want to say", now)
    propose(edition, eve, "Another thing I want to say", now + timedelta(days=1))

    assert Statement.objects.count() == 2


def test_nothing_comes_in_before_and_after_or_in_other_languages(
    edition: Edition, eve: Person, now: datetime
) -> None:
    with pytest.raises(VotingClosed):
        propose(edition, eve, EVENING, now + timedelta(days=8))
    with pytest.raises(LanguageUnknown):
        propose(edition, eve, EVENING, now, "de")


def test_the_balance_counts_seeds_and_others_by_group(
    edition: Edition, eve: Person, now: datetime
) -> None:
    a_seed(edition, "A seed of the governments", group="government")
    a_seed(edition, "A seed of civil society", group="civil")
    a_statement(edition, at=now)
    propose(edition, eve, EVENING, now)

    counted = {one.code: (one.n_seeds, one.n_others) for one in balance(edition)}

    assert {code: n for code, n in counted.items() if n != (0, 0)} == {
        "government": (1, 0),
        "civil": (1, 0),
        "": (0, 1),
    }


# What is here already


def alike(edition: Edition, words: str, language: str) -> list[tuple[str, bool]]:
    found = similar_statements(edition, words, language)
    return [(str(one.statement.text), one.is_same) for one in found]


def test_what_says_the_same_is_found_in_other_languages(
    edition: Edition, now: datetime
) -> None:
    a_seed(edition, "Pay the travel of speakers from a fund")
    a_statement(edition, EVENING, at=now)

    assert alike(
        edition, "The forum must hold sessions in Arabic in the evening", "en"
    ) == [(EVENING, True)]
    assert alike(
        edition, "Le Forum devrait tenir des séances le soir en arabe", "fr"
    ) == [(EVENING, True)]
    assert alike(edition, "يجب أن يعقد المنتدى جلسات مسائية بالعربية", "ar") == [
        (EVENING, False)
    ]
    assert alike(edition, "Plant trees in every village", "en") == []


def test_what_says_the_opposite_is_not_similar(edition: Edition, now: datetime) -> None:
    a_statement(edition, EVENING, at=now)

    words = "The forum should not hold evening sessions in Arabic"
    assert alike(edition, words, "en") == []


@pytest.mark.parametrize("text", ["", "\x00", "🙂", "x" * 10_000, "\u202e"])
def test_any_words_may_be_asked_for(edition: Edition, now: datetime, text: str) -> None:
    a_statement(edition, EVENING, at=now)

    assert alike(edition, text, "en") == []


# Other languages


def test_approved_words_are_shown_and_the_authors_stay(
    edition: Edition, eve: Person, now: datetime
) -> None:
    statement = a_statement(edition, EVENING, at=now)

    with pytest.raises(StatementUnknown):
        approve_wording(
            statement=statement, language="en", text=EVENING, approved_by=eve, at=now
        )
    approve_wording(
        statement=statement,
        language="ar",
        text="جلسات مسائية بالعربية",
        approved_by=eve,
        at=now,
    )

    statement.refresh_from_db()
    shown = [statement.text.shown_to(tag) for tag in ("ar", "en", "fr")]
    assert [(one.language, one.state.value) for one in shown] == [
        ("ar", "approved"),
        ("en", "approved"),
        ("en", "approved"),
    ]
