"""Statements come in: from participants to the moderators, as seeds at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation.choices import StatementState, StatementStep
from montada.consultation.models import Statement, StatementDecision
from montada.consultation.operations.publishing import publish_statement
from montada.consultation.operations.words import (
    check_language,
    digest_of,
    statement_words,
)
from montada.consultation.queries.similar import meaning_of
from montada.consultation.queries.statements import is_voting_open, statement_rules
from montada.djangokit.refusals import Refusal
from montada.language.engine.text import LocalizedText, TextState

if TYPE_CHECKING:
    from montada.participation.models import Person


class VotingClosed(Refusal):
    code = "consultation.voting_closed"
    message = _("The consultation is not open now. What was said stays to be read.")


class StatementHere(Refusal):
    code = "consultation.statement_here"
    message = _("The very same words are here already.")


class TooManyStatements(Refusal):
    code = "consultation.too_many_statements"
    message = _(
        "You have proposed %(most)s statements since yesterday, which is as many as "
        "one person may. Vote on those of others, and come back tomorrow."
    )


class StatementUnknown(Refusal):
    code = "consultation.statement_unknown"
    message = _("There is no such statement, or it is not public.")


def propose_statement(
    *, edition: Any, text: str, language: str, author: Person, at: datetime
) -> Statement:
    """
    Take a participant's statement in; moderators open it for votes.

    Its author has not voted on it by writing it: they may, as everybody.

    Raises
    ------
    VotingClosed, TooManyStatements, StatementHere
    LanguageUnknown, StatementEmpty, StatementTooLong, StatementHasLink
    """
    if not is_voting_open(edition.pk, at):
        raise VotingClosed
    check_language(language)
    rules = statement_rules(edition.pk)
    words = statement_words(text, longest=rules.longest)
    # What it means takes milliseconds to find out: before others wait for this one.
    meaning = meaning_of(words, language)
    with transaction.atomic():
        since = at - timedelta(days=1)
        mine = Statement.objects.filter(edition=edition, author=author)
        if mine.filter(written_at__gt=since).count() >= rules.statements_a_day:
            raise TooManyStatements(most=rules.statements_a_day)
        organisation = author.organisation
        statement = _kept(
            Statement(
                edition=edition,
                text=LocalizedText.of(language, words),
                author=author,
                stakeholder_group_id=organisation.stakeholder_group_id
                if organisation
                else None,
                folded=digest_of(words),
                vector=meaning,
                written_at=at,
            )
        )
        # Without the author: who wrote a statement is nobody's to read in the trail.
        audit.record(
            action="consultation.statement_proposed",
            actor=None,
            subject=statement,
            at=at,
            details={"language": language},
        )
    return statement


def add_seed(
    *,
    edition: Any,
    text: LocalizedText,
    stakeholder_group_id: str,
    added_by: Person | None,
    at: datetime,
) -> Statement:
    """
    Open a statement that a stakeholder group supplied, labelled as seed.

    `added_by` has been asked for the permission `consultation.moderate_statement`.
    Seeds may be added before the consultation opens.

    Raises
    ------
    StatementHere, StatementEmpty, StatementTooLong, StatementHasLink
    """
    longest = statement_rules(edition.pk).longest
    for tag, words in text.by_language.items():
        cleaned = statement_words(words, longest=longest)
        text = text.with_wording(tag, cleaned, text.wordings[tag].state)
    words = str(text)
    meaning = meaning_of(words, text.written_in)
    with transaction.atomic():
        statement = _kept(
            Statement(
                edition=edition,
                text=text,
                stakeholder_group_id=stakeholder_group_id,
                is_seed=True,
                state=StatementState.OPEN,
                folded=digest_of(words),
                vector=meaning,
                written_at=at,
                opened_at=at,
            )
        )
        StatementDecision.objects.create(
            statement=statement,
            step=StatementStep.OPENED,
            decided_by=added_by,
            decided_at=at,
        )
        audit.record(
            action="consultation.statement_opened",
            actor=added_by,
            subject=statement,
            at=at,
            details={"seed_of": stakeholder_group_id, "text": text.as_json()},
        )
        publish_statement(statement=statement)
    return statement


@transaction.atomic
def approve_wording(
    *, statement: Statement, language: str, text: str, approved_by: Person, at: datetime
) -> Statement:
    """
    Give a statement approved words in another language; votes stay.

    `approved_by` has been asked for `consultation.translate_statement`.

    Raises
    ------
    StatementUnknown, LanguageUnknown
    StatementEmpty, StatementTooLong, StatementHasLink
    """
    check_language(language)
    now = Statement.objects.select_for_update().filter(pk=statement.pk).first()
    # The author's own words are nobody else's to change.
    if now is None or language == now.text.written_in:
        raise StatementUnknown
    # Languages differ in length: a third more than the original is no new idea.
    longest = statement_rules(now.edition_id).longest * 4 // 3
    words = statement_words(text, longest=longest)
    with_words = now.text.with_wording(language, words, TextState.DRAFT)
    now.text = with_words.approved(language, approved_by.pk)
    now.save(update_fields=["text"])
    audit.record(
        action="consultation.statement_translated",
        actor=approved_by,
        subject=now,
        at=at,
        details={"language": language},
    )
    publish_statement(statement=now)
    return now


def _kept(statement: Statement) -> Statement:
    try:
        with transaction.atomic():
            statement.save(force_insert=True)
    except IntegrityError as error:
        if "folded" not in str(error) and "statement_words" not in str(error):
            raise
        raise StatementHere from error
    return statement
