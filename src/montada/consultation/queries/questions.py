"""The questions of a call as the secretariat sees them: with versions and answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.text import slugify

from montada.consultation.models import Call, Question
from montada.consultation.queries.calls import label_in
from montada.consultation.queries.trace import yes_no_in_words

HANGABLE = frozenset({"choice", "choices", "yes_no"})
"""Kinds of questions whose answers decide whether another one is asked."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with all its versions, the newest first; each counts its answers."""

    versions: tuple[Question, ...]

    @property
    def newest(self) -> Question:
        return self.versions[0]

    @property
    def is_asked(self) -> bool:
        return self.newest.replaced_at is None


def question_rows(of: Call) -> list[QuestionRow]:
    """
    Return the questions of a call in its order, those asked no more last. One query.

    Versions carry `n_answers`: of drafts too, which are bound to what was read as well.
    """
    versions = Question.objects.filter(call=of).annotate(n_answers=Count("answers"))
    by_key: dict[str, list[Question]] = {}
    for row in versions.order_by("order", "key", "-version"):
        by_key.setdefault(row.key, []).append(row)
    rows = [QuestionRow(tuple(found)) for found in by_key.values()]
    return sorted(rows, key=lambda row: not row.is_asked)


def free_key(of: Call, words: str) -> str:
    """Return a key made of words, under which a call has never asked anything."""
    used = set(Question.objects.filter(call=of).values_list("key", flat=True))
    stem = slugify(words)[:30].strip("-_") or "question"
    wanted, n = stem, 1
    while wanted in used:
        n += 1
        wanted = f"{stem}-{n}"
    return wanted


def choices_in_words(of: Question, reader: str) -> list[tuple[str, str]]:
    """Return value and words of all that can be answered; nothing for other kinds."""
    if of.kind == "yes_no":
        return [(value, yes_no_in_words(value)) for value in ("yes", "no")]
    return [(row["value"], label_in(row["label"], reader)) for row in of.choices]


def conditions_offered(
    questions: Iterable[Question], reader: str
) -> list[tuple[Question, list[tuple[str, str]]]]:
    """Return the questions on which another may hang, with what can be answered."""
    return [
        (row, choices_in_words(row, reader))
        for row in questions
        if row.kind in HANGABLE
    ]
