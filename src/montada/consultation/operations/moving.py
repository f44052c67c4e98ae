"""A statement that belongs to another call goes there, and several become one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation.choices import (
    StatementReason,
    StatementState,
    StatementStep,
)
from montada.consultation.engine.questions import LONGEST_LINE
from montada.consultation.models import Statement, StatementDecision
from montada.consultation.operations.contributions import keep_answers, new_draft
from montada.consultation.operations.moderation import (
    DecidedAlready,
    ReplacementUnknown,
    free_statement,
    keep_decision,
)
from montada.consultation.operations.words import note_words
from montada.djangokit.refusals import Refusal

if TYPE_CHECKING:
    from montada.consultation.models import Call, Contribution
    from montada.participation.models import Person

MOST_MERGED = 50
"""Statements that one decision lets another take the place of."""

STEP_FROM = {
    StatementState.WAITING: StatementStep.DECLINED,
    StatementState.OPEN: StatementStep.RETIRED,
}


class AuthorUnknown(Refusal):
    code = "consultation.author_unknown"
    message = _(
        "This statement has no author who could go on with it: seeds stay where they "
        "are."
    )


class CallElsewhere(Refusal):
    code = "consultation.call_elsewhere"
    message = _("Choose an open call of the same edition.")


class NothingToMerge(Refusal):
    code = "consultation.nothing_to_merge"
    message = _("Give the numbers of one to %(most)s other statements.")


@transaction.atomic
def move_statement(
    *, statement: Statement, call: Call, note: str, moved_by: Person, at: datetime
) -> Contribution:
    """
    Take a statement out of the vote; its author finds it as a draft in a call.

    A text that is longer than titles may be begins the title and stays whole below it.
    Only its author sees that the two are one: who wrote a statement is nobody else's
    to read. Nothing is sent in their name.

    Raises
    ------
    StatementUnknown, HeldByAnother, DecidedAlready, AuthorUnknown, CallElsewhere
    CallNotOpen, CallClosed, WordsTooMany
    """
    said = note_words(note)
    now = free_statement(statement, moved_by, at)
    if now.state not in STEP_FROM:
        raise DecidedAlready
    if now.author is None:
        raise AuthorUnknown
    if call.edition_id != now.edition_id:
        raise CallElsewhere
    draft = new_draft(call, now.text.written_in, now.author, at)
    words = str(now.text)
    keep_answers(draft, {"title": _title_of(words), "summary": words})
    draft.save()
    step, now.moved_to = STEP_FROM[StatementState(now.state)], draft
    keep_decision(now, step, moved_by, at, StatementReason.OTHER_CALL, said)
    audit.record(
        action="consultation.statement_moved",
        actor=moved_by,
        subject=now,
        at=at,
        reason=said,
        details={"call": call.kind},
    )
    return draft


def _title_of(words: str) -> str:
    """Return words as a title: cut at the end of a word where there are too many."""
    if len(words) <= LONGEST_LINE:
        return words
    begun = words[: LONGEST_LINE - 1]
    whole = begun.rpartition(" ")[0]
    # Some languages are written without spaces, or nearly.
    return f"{whole if len(whole) > LONGEST_LINE // 2 else begun}…"


@transaction.atomic
def merge_statements(
    *,
    statements: Sequence[Statement],
    into: Statement,
    note: str,
    merged_by: Person,
    at: datetime,
) -> list[StatementDecision]:
    """
    Let one open statement take the place of others that say the same, all or none.

    Each stays as it was written, with its author, its votes and its page; support is
    never moved. Those that waited are not taken up.

    Raises
    ------
    StatementUnknown, HeldByAnother, DecidedAlready, ReplacementUnknown
    NothingToMerge, WordsTooMany
    """
    words = note_words(note)
    others = {one.pk: one for one in statements}
    if not 1 <= len(others) <= MOST_MERGED:
        raise NothingToMerge(most=MOST_MERGED)
    kept = free_statement(into, merged_by, at)
    if kept.state != StatementState.OPEN or kept.pk in others:
        raise ReplacementUnknown
    return [_merged(one, kept, words, merged_by, at) for one in others.values()]


def _merged(
    one: Statement, kept: Statement, words: str, by: Person, at: datetime
) -> StatementDecision:
    now = free_statement(one, by, at)
    if now.state not in STEP_FROM:
        raise DecidedAlready
    if now.edition_id != kept.edition_id:
        raise ReplacementUnknown
    now.in_favour_of = kept
    step = STEP_FROM[StatementState(now.state)]
    return keep_decision(now, step, by, at, StatementReason.DUPLICATE, words)
