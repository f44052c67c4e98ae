"""What can happen to the questions of a call: asked, asked otherwise, moved, let go."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation import queries
from montada.consultation.choices import QuestionKind
from montada.consultation.models import Question
from montada.consultation.operations.calls import check_secretariat, columns_of
from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_text, harmless_words

if TYPE_CHECKING:
    from montada.consultation.engine.values import QuestionPlan
    from montada.consultation.models import Call
    from montada.participation.models import Person

LONGEST_WORDS = 1000
"""Characters of a question, of what is said below it, or of a choice."""
MOST_CHOICES = 100
FEWEST_CHOICES = 2
LISTED = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
"""The kinds whose choices are the question's own."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


class QuestionWithoutWords(Refusal):
    code = "consultation.question_without_words"
    message = _("Write the question in at least one language.")


class QuestionTooLong(Refusal):
    code = "consultation.question_too_long"
    message = _(
        "A question, what is said below it, and each choice have at most %(longest)s "
        "characters."
    )


class QuestionUnknown(Refusal):
    code = "consultation.question_unknown"
    message = _("Choose how the question is answered.")


class ChoicesMissing(Refusal):
    code = "consultation.choices_missing"
    message = _(
        "Give two to %(most)s choices, each with a value of its own in Latin letters, "
        "digits, “-” and “_”, and with words."
    )


class WordLimitsCrossed(Refusal):
    code = "consultation.word_limits_crossed"
    message = _("The least number of words is not more than the most.")


class ConditionUnknown(Refusal):
    code = "consultation.condition_unknown"
    message = _(
        "A question hangs on answers that can be chosen in one question above it."
    )


class OthersHangOnIt(Refusal):
    code = "consultation.others_hang_on_it"
    message = _(
        "“%(question)s” hangs on an answer to this: change that question first."
    )


class QuestionNotChanged(Refusal):
    code = "consultation.question_not_changed"
    message = _("The question is as it was.")


class QuestionReplaced(Refusal):
    code = "consultation.question_replaced"
    message = _("Somebody changed this question meanwhile: look at it again.")


class QuestionAtEnd(Refusal):
    code = "consultation.question_at_end"
    message = _("The question stands at this end already.")


class TitleIsNeeded(Refusal):
    code = "consultation.title_is_needed"
    message = _("Every call asks for a title and for words: these two stay.")


@transaction.atomic
def change_question(
    *, question: Question, plan: QuestionPlan, changed_by: Person | None, at: datetime
) -> Question:
    """
    Ask a question otherwise from now on: the new version takes the old one's place.

    Answers stay bound to the version that was read. Key and kind stay.

    Raises
    ------
    NotTheSecretariat, QuestionReplaced, QuestionNotChanged
    QuestionWithoutWords, QuestionTooLong, ChoicesMissing, WordLimitsCrossed
    ConditionUnknown, OthersHangOnIt
    """
    now = _held(question, changed_by)
    plan = _checked(replace(plan, key=now.key, kind=now.kind))
    columns = columns_of(plan)
    if all(getattr(now, name) == value for name, value in columns.items()):
        raise QuestionNotChanged
    new = Question(
        call=now.call,
        version=now.version + 1,
        order=now.order,
        written_at=at,
        **columns,
    )
    asked = queries.questions_of(now.call)
    _check_conditions([new if row.pk == now.pk else row for row in asked])
    now.replaced_at = at
    now.save(update_fields=["replaced_at"])
    new.save()
    _record("consultation.question_changed", new, changed_by, at)
    return new


@transaction.atomic
def add_question(
    *, call: Call, plan: QuestionPlan, added_by: Person | None, at: datetime
) -> Question:
    """
    Ask one question more, after the others.

    Raises
    ------
    NotTheSecretariat, QuestionReplaced, QuestionUnknown
    QuestionWithoutWords, QuestionTooLong, ChoicesMissing, WordLimitsCrossed
    ConditionUnknown
    """
    check_secretariat(added_by, call.edition)
    plan = _checked(plan)
    versions = Question.objects.filter(call=call, key=plan.key)
    last = Question.objects.filter(call=call).order_by("-order").first()
    if versions.filter(replaced_at__isnull=True).exists():
        raise QuestionReplaced
    new = Question(
        call=call,
        version=versions.count() + 1,
        order=last.order + 1 if last else 0,
        written_at=at,
        **columns_of(plan),
    )
    _check_conditions([*queries.questions_of(call), new])
    new.save()
    _record("consultation.question_added", new, added_by, at)
    return new


@transaction.atomic
def remove_question(
    *, question: Question, removed_by: Person | None, at: datetime
) -> None:
    """
    Ask a question no more; answers to it stay.

    Raises
    ------
    NotTheSecretariat, QuestionReplaced, TitleIsNeeded, OthersHangOnIt
    """
    now = _held(question, removed_by)
    if now.key in {"title", "summary"}:
        raise TitleIsNeeded
    for row in queries.questions_of(now.call):
        if row.shown_if.get("question") == now.key:
            raise OthersHangOnIt(question=row.label)
    now.replaced_at = at
    now.save(update_fields=["replaced_at"])
    _record("consultation.question_removed", now, removed_by, at)


@transaction.atomic
def move_question(
    *, question: Question, is_up: bool, moved_by: Person | None, at: datetime
) -> None:
    """
    Let a question change places with the one above or below it; it stays the same one.

    Raises
    ------
    NotTheSecretariat, QuestionReplaced, QuestionAtEnd, ConditionUnknown
    """
    now = _held(question, moved_by)
    rows = queries.questions_of(now.call)
    place = [row.pk for row in rows].index(now.pk)
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(rows):
        raise QuestionAtEnd
    rows[place], rows[other] = rows[other], rows[place]
    _check_conditions(rows)
    for order, row in enumerate(rows):
        if row.order != order:
            # Earlier versions go along: their answers are read in this order too.
            versions = Question.objects.filter(call=now.call, key=row.key)
            versions.update(order=order)
    _record("consultation.question_moved", now, moved_by, at)


def _checked(plan: QuestionPlan) -> QuestionPlan:
    """Return a plan without signs that mislead and without what its kind has not."""
    if plan.kind not in QuestionKind.values or not _NAME.fullmatch(plan.key):
        raise QuestionUnknown
    label, hint = harmless_text(plan.label, _line), harmless_text(plan.hint, _line)
    if not label:
        raise QuestionWithoutWords
    least, most = plan.least_words, plan.most_words
    if least is not None and most is not None and least > most:
        raise WordLimitsCrossed
    choices = _choices(plan.choices) if plan.kind in LISTED else ()
    return replace(plan, label=label, hint=hint, choices=choices)


def _choices(choices: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    kept = tuple(
        {
            "value": choice["value"],
            "label": {tag: _line(words) for tag, words in choice["label"].items()},
        }
        for choice in choices
    )
    values = {choice["value"] for choice in kept if _NAME.fullmatch(choice["value"])}
    has_words = all(any(choice["label"].values()) for choice in kept)
    is_many = FEWEST_CHOICES <= len(kept) <= MOST_CHOICES
    if not (is_many and has_words and len(values) == len(kept)):
        raise ChoicesMissing(most=MOST_CHOICES)
    return kept


def _line(words: str) -> str:
    if len(words) > LONGEST_WORDS:
        raise QuestionTooLong(longest=LONGEST_WORDS)
    return harmless_words(words)


def _check_conditions(rows: Sequence[Question]) -> None:
    """
    Check that each question hangs on answers of one above it: pages ask downwards.

    Raises
    ------
    OthersHangOnIt, ConditionUnknown
    """
    values = {one.key: set(one.choices) for one in queries.asked(rows)}
    above: set[str] = set()
    for row in rows:
        hangs_on = row.shown_if.get("question", "")
        wanted = set(row.shown_if.get("is", ()))
        if row.shown_if and (hangs_on not in above or not wanted):
            raise ConditionUnknown
        if hangs_on and not wanted <= values[hangs_on]:
            raise OthersHangOnIt(question=row.label)
        above.add(row.key)


def _held(question: Question, person: Person | None) -> Question:
    found = Question.objects.select_for_update(of=("self",)).select_related("call")
    now = found.get(pk=question.pk)
    check_secretariat(person, now.call.edition)
    if now.replaced_at is not None:
        raise QuestionReplaced
    return now


def _record(action: str, question: Question, by: Person | None, at: datetime) -> None:
    audit.record(
        action=action,
        actor=by,
        subject=question.call,
        at=at,
        details={"question": question.key, "version": question.version},
    )
