"""Texts are read once, what they suggest is kept, and decisions outlive it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from montada.audit import queries as audit
from montada.audit.models import Entry
from montada.audit.queries import name_of
from montada.framework import operations, queries
from montada.framework.models import Goal, LabelledText, LabelSuggestion
from montada.framework.queries import TextToLabel
from tests.factories.framework import make_facilitator

pytestmark = pytest.mark.django_db

CLINIC = "Telemedicine clinics for rural hospitals"
SCHOOL = "مدارس رقمية لتعليم الأطفال"


def read(at: datetime, **texts: str) -> operations.Labelled:
    named = [TextToLabel(f"test.row:{key}", text) for key, text in texts.items()]
    return operations.suggest_labels(texts=named, at=at)


def suggested(key: str) -> dict[str, list[str]]:
    found = LabelSuggestion.objects.filter(labelled_text__subject=f"test.row:{key}")
    return {
        axis: [label.code for label in found if label.axis == axis]
        for axis in ("action_line", "goal")
    }


def test_what_is_kept_is_what_the_text_suggests(now: datetime) -> None:
    done = read(now, clinic=CLINIC, school=SCHOOL)

    said = queries.suggested_labels(CLINIC)
    assert suggested("clinic") == {
        "action_line": [label.code for label in said.action_lines],
        "goal": [label.code for label in said.goals],
    }
    assert (done.n_texts, done.n_with_labels) == (2, 2)
    assert LabelledText.objects.get(subject="test.row:school").language == "ar"


def test_the_evidence_points_into_the_text(now: datetime) -> None:
    read(now, clinic=CLINIC)

    for label in LabelSuggestion.objects.all():
        for words in label.evidence:
            assert CLINIC[words["start"] : words["end"]] == words["text"]


@pytest.mark.parametrize("text", ["", "🙂", "!!!", "Zzyzx qwrt"])
def test_a_text_that_suggests_nothing_is_remembered_as_read(
    now: datetime, text: str
) -> None:
    assert read(now, row=text) == operations.Labelled(1, 0)
    assert read(now, row=text) == operations.Labelled(0, 0)


def test_only_what_changed_is_read_again(now: datetime) -> None:
    read(now, clinic=CLINIC, school=SCHOOL)
    later = now + timedelta(days=1)

    done = read(later, clinic="Libraries for deaf readers", school=SCHOOL)

    assert done.n_texts == 1
    moments = LabelledText.objects.values_list("subject", "labelled_at")
    assert dict(moments) == {"test.row:clinic": later, "test.row:school": now}
    assert LabelledText.objects.count() == 2


def test_another_models_reading_is_done_again(now: datetime) -> None:
    read(now, clinic=CLINIC)
    LabelledText.objects.update(model="an-older-one")

    assert read(now, clinic=CLINIC).n_texts == 1


def test_a_round_leaves_one_entry_and_an_idle_one_none(now: datetime) -> None:
    n_before = Entry.objects.count()
    read(now, clinic=CLINIC, school=SCHOOL)
    read(now, clinic=CLINIC)

    (entry,) = Entry.objects.order_by("pk")[n_before:]
    assert (entry.action, entry.actor) == ("framework.labels_suggested", None)
    assert entry.details["n_texts"] == 2


def test_an_interrupted_round_keeps_what_it_has_read(now: datetime) -> None:
    answers = iter([True, False])
    texts = [TextToLabel(f"test.row:{n}", CLINIC) for n in range(3)]

    done = operations.suggest_labels(
        texts=texts, at=now, keep_going=lambda: next(answers)
    )

    assert done.n_texts == 1
    assert len(queries.unread_texts(texts)) == 2


def test_a_decision_outlives_the_suggestion(now: datetime) -> None:
    goal, fatima = Goal.objects.get(pk=1), make_facilitator()
    named = TextToLabel(name_of(goal), CLINIC)
    operations.suggest_labels(texts=[named], at=now)
    code = queries.suggested_labels(CLINIC).goals[0].code
    decide: Any = {"subject": goal, "axis": "goal", "code": code, "decided_by": fatima}
    operations.decide_label(**decide, is_confirmed=False, at=now)

    operations.suggest_labels(texts=[named._replace(text="🙂")], at=now)

    record = queries.label_record(goal)
    assert record is not None
    assert record.suggested == ()
    assert [(d.code, d.is_confirmed, d.text) for d in record.decided] == [
        (code, False, CLINIC)
    ]
    turned = operations.decide_label(**decide, is_confirmed=True, at=now)
    assert (turned.is_confirmed, turned.text) == (True, CLINIC)
    assert audit.entries_about(goal).count() == 2
