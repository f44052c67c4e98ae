"""One cell, one new version: what a facilitator may say and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from montada.audit import queries as audit
from montada.djangokit.refusals import Refusal
from montada.framework import queries
from montada.framework.models import MatrixLink
from montada.language.engine.text import NO_TEXT, LocalizedText
from tests.factories.edition import make_outsider
from tests.factories.framework import (
    CHANGED_AT,
    REASON,
    change_cell,
    make_facilitator,
)

pytestmark = pytest.mark.django_db


def test_a_change_is_a_new_version_and_the_old_one_can_be_cited() -> None:
    fatima = make_facilitator()

    link = change_cell(fatima, goal_id=9, targets=["9.c", "9.1"])

    assert (link.version, link.targets) == (2, ["9.1", "9.c"])
    assert queries.matrix_at(2).cell("C2", 9).rationale == REASON
    assert queries.matrix_at(1).cell("C2", 9).targets == ("9.1", "9.a", "9.c")


def test_a_change_is_remembered_with_its_author_and_reason() -> None:
    fatima = make_facilitator()

    link = change_cell(fatima)

    entry = audit.entries_about(link).get()
    assert (entry.action, entry.actor, entry.reason, entry.happened_at) == (
        "framework.matrix_cell_changed",
        fatima,
        "Networks carry the grid.",
        CHANGED_AT,
    )
    assert entry.details == {
        "version": 2,
        "action_line": "C2",
        "goal": 7,
        "was_linked": False,
        "is_linked": True,
        "targets_before": [],
        "targets": ["7.1"],
    }


def test_a_reason_alone_is_a_change() -> None:
    fatima = make_facilitator()
    change_cell(fatima)

    link = change_cell(fatima, rationale=LocalizedText.of("en", "A better reason."))

    assert link.version == 3


@pytest.mark.parametrize(
    ("values", "code", "words"),
    [
        (
            {"targets": ["7.1", "8.1"]},
            "framework.target_not_of_goal",
            "Goal 7 has no such target: 8.1.",
        ),
        (
            {"targets": ["7.9"]},
            "framework.target_not_of_goal",
            "Goal 7 has no such target: 7.9.",
        ),
        (
            {"is_linked": False},
            "framework.targets_without_link",
            "A cell that is not linked names no targets: 7.1.",
        ),
        (
            {"rationale": NO_TEXT},
            "framework.cell_without_rationale",
            "Say why: the change is kept with its reason and can be cited.",
        ),
        (
            {"action_line_id": "C12"},
            "framework.no_such_cell",
            "The matrix has no cell for action line C12 and goal 7.",
        ),
        (
            {"goal_id": 18},
            "framework.no_such_cell",
            "The matrix has no cell for action line C2 and goal 18.",
        ),
    ],
)
def test_a_change_is_refused_and_nothing_is_stored(
    values: dict[str, Any], code: str, words: str
) -> None:
    eve, before = make_outsider(), MatrixLink.objects.count()

    with pytest.raises(Refusal) as refused:
        change_cell(eve, **values)

    assert (refused.value.code, str(refused.value)) == (code, words)
    assert MatrixLink.objects.count() == before


def test_saying_the_same_again_is_refused() -> None:
    fatima = make_facilitator()
    change_cell(fatima)

    with pytest.raises(Refusal) as refused:
        change_cell(fatima)

    assert refused.value.code == "framework.cell_not_changed"
    assert str(refused.value) == "The cell already says this; nothing was changed."
    assert queries.matrix_at(None).latest == 2
