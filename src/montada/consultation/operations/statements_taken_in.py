"""Statements that come from elsewhere with the votes on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from montada.audit import operations as audit
from montada.consultation.choices import StatementState
from montada.consultation.engine.comments import Comment
from montada.consultation.engine.values import moment_of
from montada.consultation.models import Statement
from montada.consultation.operations.publishing import publish_statement
from montada.consultation.operations.words import digest_of
from montada.consultation.queries.similar import meaning_of
from montada.language import queries as language
from montada.language.engine.harmless import harmless_words
from montada.language.engine.text import UNDETERMINED, LocalizedText

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST = 1000
"""Characters that are kept of what somebody wrote elsewhere."""

AT_ONCE = 50
"""Statements that are kept together: what they mean takes milliseconds each."""

PUBLIC = (StatementState.OPEN, StatementState.RETIRED)


def take_statements_in(
    *,
    edition: Any,
    comments: Sequence[Comment],
    taken_in_by: Person | None,
    at: datetime,
) -> tuple[dict[str, int], int]:
    """
    Keep statements of a conversation; return rows by comment's id, and how many new.

    What has the same words here is the same statement. What moderators did not take up,
    there or here, and what has no words, is left out.
    """
    rows: dict[str, int] = {}
    n_new = 0
    wanted = [(one, _words(one.text)) for one in comments if not one.is_rejected]
    worded = [(one, words) for one, words in wanted if words]
    for start in range(0, len(worded), AT_ONCE):
        batch = worded[start : start + AT_ONCE]
        found, n = _kept(edition, batch, taken_in_by, at)
        rows |= found
        n_new += n
    return rows, n_new


@transaction.atomic
def _kept(
    edition: Any,
    batch: Sequence[tuple[Comment, str]],
    taken_in_by: Person | None,
    at: datetime,
) -> tuple[dict[str, int], int]:
    digests = {one.id: digest_of(words) for one, words in batch}
    here = Statement.objects.filter(edition=edition, folded__in=digests.values())
    known = {row.folded: row for row in here}
    n_new = 0
    for one, words in batch:
        digest = digests[one.id]
        if digest not in known:
            known[digest] = _new(edition, one, words, digest, at)
            n_new += 1
    if n_new:
        audit.record(
            action="consultation.statements_taken_in",
            actor=taken_in_by,
            subject=edition,
            at=at,
            details={"statements": n_new},
        )
    rows = {name: known[digest] for name, digest in digests.items()}
    return {name: row.pk for name, row in rows.items() if row.state in PUBLIC}, n_new


def _new(
    edition: Any, one: Comment, words: str, digest: str, at: datetime
) -> Statement:
    tag = language.language_of(words).language or UNDETERMINED
    written_at = min(moment_of(one.at) or at, at)
    row = Statement.objects.create(
        edition=edition,
        text=LocalizedText.of(tag, words),
        state=StatementState.RETIRED if one.is_retired else StatementState.OPEN,
        folded=digest,
        vector=meaning_of(words, tag),
        written_at=written_at,
        opened_at=written_at,
    )
    publish_statement(statement=row)
    return row


def _words(text: str) -> str:
    words = " ".join(harmless_words(text[:LONGEST]).split())
    return words if any(sign.isalnum() for sign in words) else ""
