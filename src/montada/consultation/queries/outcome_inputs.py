"""Contributions as the outcomes document prints them, and wishes for the format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from montada.consultation.choices import CallKind
from montada.consultation.models import Answer, Contribution, Question
from montada.consultation.queries.calls import label_in
from montada.consultation.queries.open_data import public_contributions
from montada.consultation.queries.trace import signed_in_words
from montada.language.engine.text import LocalizedText

if TYPE_CHECKING:
    from montada.edition.models import Edition

INNOVATIONS, OTHER_INNOVATION = "innovations", "innovation_words"
"""The questions about the format, as `data/questions.toml` names them."""


@dataclass(frozen=True, slots=True)
class Input:
    """One public contribution; `words` are its public long answers, in its language."""

    receipt: str
    title: LocalizedText
    language: str
    call: str
    state: str
    signed: str
    group: LocalizedText | None
    meeting: int | None
    lines: tuple[str, ...]
    """Codes of the action lines that its author names."""
    words: tuple[str, ...]
    innovation: str
    """What it wants of the format that no choice offers."""


def printed_inputs(of: Edition, reader: str) -> tuple[Input, ...]:
    """Return public contributions, the first received first. Five queries."""
    public = public_contributions(of).select_related(None)
    # Few calls, groups and countries for many rows: each is read once.
    found = public.prefetch_related("call", "stakeholder_group", "country")
    rows = list(found.order_by("submitted_at", "pk"))
    answers: dict[int, list[Answered]] = {row.pk: [] for row in rows}
    asked = Answer.objects.filter(contribution__in=public, question__is_public=True)
    kinds = asked.filter(question__kind__in=("long_text", "action_lines"))
    told = kinds.values_list(
        "contribution_id", "question__kind", "question__key", "value"
    )
    for pk, *answer in told:
        answers[pk].append(tuple(answer))
    return tuple(_input(row, answers[row.pk], reader) for row in rows)


Answered = tuple[Any, ...]
"""Kind and key of a question, and what was answered."""


def _input(row: Any, answers: list[Answered], reader: str) -> Input:
    texts = {key: value for kind, key, value in answers if kind == "long_text"}
    innovation = texts.pop(OTHER_INNOVATION, "")
    named = (value for kind, _key, value in answers if kind == "action_lines")
    return Input(
        receipt=row.receipt,
        title=row.title,
        language=row.language,
        call=row.call.kind,
        state=str(row.get_state_display()),
        signed=signed_in_words(row, reader),
        group=row.stakeholder_group and row.stakeholder_group.name,
        meeting=row.meeting_id,
        lines=tuple(dict.fromkeys(code for codes in named for code in codes)),
        words=tuple(texts.values()),
        innovation=innovation,
    )


@dataclass(frozen=True, slots=True)
class Innovation:
    """A change of the format that could be chosen: by how many, and by what share."""

    value: str
    name: str
    n: int
    percent: float
    """Of those who answered, 0 to 100; several may be chosen."""


def innovations(of: Edition, reader: str) -> tuple[Innovation, ...]:
    """Return how often each was chosen in all that was received. Two queries."""
    versions = Question.objects.filter(
        call__edition=of, call__kind=CallKind.VIEWS, key=INNOVATIONS
    )
    names = {
        choice["value"]: label_in(choice["label"], reader)
        for question in versions.order_by("version")
        for choice in question.choices
    }
    answers = Answer.objects.filter(
        question__in=versions, contribution__in=Contribution.objects.received()
    )
    chosen = list(answers.values_list("value", flat=True))
    return tuple(_innovations(names, chosen))


def _innovations(names: dict[str, str], chosen: list[Any]) -> Iterable[Innovation]:
    found = Counter(value for values in chosen for value in values)
    for value, n in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        yield Innovation(value, names.get(value, value), n, 100 * n / len(chosen))
