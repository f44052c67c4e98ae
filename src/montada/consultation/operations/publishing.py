"""What a search may find of the consultation: public inputs, statements voted on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from montada.consultation.choices import (
    ContributionState,
    DeclineReason,
    QuestionKind,
    StatementState,
)
from montada.consultation.models import (
    Answer,
    Contribution,
    ContributionStep,
    Statement,
)
from montada.consultation.signals import statements_opened
from montada.language import operations as language
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.language.engine.values import IndexedRecord

CONTRIBUTION, STATEMENT = "contribution", "statement"

_announce = partial(statements_opened.send_robust, sender=Statement)


def publish_contributions() -> int:
    """Let every public contribution be found; return how many rows changed."""
    return language.publish(texts=_indexed(_findable()))


def publish_contribution(*, contribution: Contribution) -> None:
    """Let searches find what a contribution says now; or no longer find it."""
    found = _findable().filter(pk=contribution.pk)
    if found.exists():
        language.publish(texts=_indexed(found))
    else:
        language.withdraw(kind=CONTRIBUTION, keys=[contribution.receipt])


def publish_statements() -> int:
    """Let every statement that is voted on be found; return how many rows changed."""
    rows = Statement.objects.open().select_related("edition").order_by("pk")
    return language.publish(
        texts=(_statement(row) for row in rows.iterator(chunk_size=500))
    )


def publish_statement(*, statement: Statement) -> None:
    """Let searches find a statement as it is now; or no longer, once it is retired."""
    if statement.state == StatementState.OPEN:
        language.publish(texts=[_statement(statement)])
        transaction.on_commit(_announce)
    else:
        language.withdraw(kind=STATEMENT, keys=[str(statement.pk)])


def _findable() -> QuerySet[Contribution]:
    """Return what is public; not what its author took back, which keeps its page."""
    steps = ContributionStep.objects.filter(contribution=OuterRef("pk"))
    # An appeal follows a decision, and has no reason from the list.
    decided = steps.exclude(reason="").order_by("-happened_at", "-pk")
    withdrawn = Contribution.objects.alias(
        why=Subquery(decided.values("reason")[:1])
    ).filter(state=ContributionState.DECLINED, why=DeclineReason.WITHDRAWN)
    return Contribution.objects.public().exclude(pk__in=withdrawn.order_by())


def _indexed(rows: QuerySet[Contribution]) -> Iterator[IndexedRecord]:
    found = rows.select_related("call__edition").prefetch_related("answers__question")
    for row in found.order_by("pk").iterator(chunk_size=500):
        public = [one for one in row.answers.all() if one.question.is_public]
        said = {one.question.key: one.value for one in public}
        summary = said.get("summary", "")
        yield IndexedRecord(
            kind=CONTRIBUTION,
            key=row.receipt,
            title=row.title,
            body=LocalizedText.of(row.language, summary) if summary else NO_TEXT,
            facets={
                "country": tuple(filter(None, [row.country_id])),
                "year": (str(row.call.edition.year),),
                "line": tuple(_chosen(public, QuestionKind.ACTION_LINES)),
                "goal": tuple(_chosen(public, QuestionKind.GOALS)),
            },
        )


def _chosen(answers: list[Answer], kind: QuestionKind) -> Iterator[str]:
    for one in answers:
        if one.question.kind == kind:
            yield from one.value


def _statement(row: Statement) -> IndexedRecord:
    return IndexedRecord(
        kind=STATEMENT,
        key=str(row.pk),
        title=row.text,
        facets={"year": (str(row.edition.year),)},
    )
