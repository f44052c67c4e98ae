"""People decide what titles suggest; the machine only offers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from montada.audit import queries as audit
from montada.framework.models import LabelDecision
from montada.framework.operations import LabelDecidedAlready, LabelNotSuggested
from montada.stocktaking import operations, queries
from montada.stocktaking.models import Project
from montada.stocktaking.queries import Tally
from tests.factories.framework import make_facilitator
from tests.factories.labels import suggest
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(now: datetime) -> Project:
    """Of C2, as its source says; its title suggests C7-ehealth and goal 3."""
    project = a_project("Doctors by telephone", at=now, lines=["C2"])
    suggest(project, "C7-ehealth", "3", "C2", at=now, words="Doctors", score=0.62)
    return project


def stated(project: Project) -> tuple[list[str], list[int]]:
    lines = project.action_lines.values_list("pk", flat=True)
    goals = project.goals.values_list("pk", flat=True)
    return sorted(lines), sorted(goals)


def offered(project: Project) -> list[str]:
    found = queries.project_labels(Project.objects.get(pk=project.pk))
    return [label.code for label in found.suggested]


def decide(project: Project, axis: Any, code: str, at: datetime, **how: Any) -> None:
    operation = how.get("operation", operations.confirm_label)
    operation(
        project=project,
        axis=axis,
        code=code,
        decided_by=how.get("by") or make_facilitator(),
        at=at,
    )


def test_a_suggestion_assigns_nothing(project: Project) -> None:
    assert stated(project) == (["C2"], [])
    assert queries.tallies().of_line("C7-ehealth") == Tally(0, 1)


def test_the_sources_own_line_is_not_offered_again(project: Project) -> None:
    assert offered(project) == ["C7-ehealth", "3"]


def test_confirming_gives_the_project_the_line_and_the_goal(
    project: Project, now: datetime
) -> None:
    fatima = make_facilitator()
    decide(project, "action_line", "C7-ehealth", now, by=fatima)
    decide(project, "goal", "3", now, by=fatima)

    assert stated(project) == (["C2", "C7-ehealth"], [3])
    assert offered(project) == []
    assert queries.tallies().of_cell("C7-ehealth", 3) == Tally(1, 0)
    confirmed = queries.project_labels(project).confirmed
    assert [(c.label.code, c.decided_by, c.decided_at) for c in confirmed] == [
        ("C7-ehealth", "Fatima", now),
        ("3", "Fatima", now),
    ]


def test_declining_hides_a_label_and_assigns_nothing(
    project: Project, now: datetime
) -> None:
    decide(project, "goal", "3", now, operation=operations.decline_label)
    suggest_again = queries.project_labels(project)

    assert offered(project) == ["C7-ehealth"]
    assert stated(project) == (["C2"], [])
    assert [d.label.code for d in suggest_again.declined] == ["3"]
    assert queries.tallies().of_goal(3) == Tally(0, 0)


def test_a_decision_keeps_the_words_and_the_score_to_learn_from(
    project: Project, now: datetime
) -> None:
    decide(project, "goal", "3", now)

    kept = LabelDecision.objects.get()
    assert (kept.text, kept.language, kept.score, kept.is_confirmed) == (
        "Doctors by telephone",
        "en",
        0.62,
        True,
    )


def test_a_decision_is_told_in_the_trail(project: Project, now: datetime) -> None:
    fatima = make_facilitator()
    decide(project, "goal", "3", now, by=fatima)

    entry = audit.entries_about(project)[0]
    assert (entry.action, entry.actor, entry.happened_at) == (
        "framework.label_confirmed",
        fatima,
        now,
    )
    assert entry.details["code"] == "3"


def test_a_decision_can_be_turned(project: Project, now: datetime) -> None:
    fatima = make_facilitator()
    decide(project, "goal", "3", now, by=fatima)
    later = now + timedelta(days=1)
    declining = operations.decline_label
    decide(project, "goal", "3", later, by=fatima, operation=declining)

    assert stated(project) == (["C2"], [])
    assert LabelDecision.objects.get().decided_at == later
    decide(project, "goal", "3", later, by=fatima)
    assert stated(project) == (["C2"], [3])


@pytest.mark.parametrize(
    ("axis", "code"),
    [("goal", "4"), ("action_line", "C11"), ("goal", "C7-ehealth"), ("goal", "x")],
)
def test_what_the_title_does_not_suggest_cannot_be_decided(
    project: Project, now: datetime, axis: str, code: str
) -> None:
    with pytest.raises(LabelNotSuggested) as refused:
        decide(project, axis, code, now)

    assert str(refused.value) == f"The text does not suggest this label: {code}."
    assert stated(project) == (["C2"], [])


def test_an_unread_project_suggests_nothing_to_decide(now: datetime) -> None:
    with pytest.raises(LabelNotSuggested):
        decide(a_project(at=now), "goal", "3", now)


@pytest.mark.parametrize(
    "operation", [operations.confirm_label, operations.decline_label]
)
def test_the_same_is_not_decided_twice(
    project: Project, now: datetime, operation: Any
) -> None:
    fatima = make_facilitator()
    decide(project, "goal", "3", now, by=fatima, operation=operation)

    with pytest.raises(LabelDecidedAlready):
        decide(project, "goal", "3", now, by=fatima, operation=operation)


@pytest.mark.parametrize(
    "operation", [operations.confirm_label, operations.decline_label]
)
def test_what_a_source_states_is_not_decided(
    project: Project, now: datetime, operation: Any
) -> None:
    with pytest.raises(operations.LabelStated):
        decide(project, "action_line", "C2", now, operation=operation)

    assert stated(project) == (["C2"], [])


def test_a_line_that_a_source_states_later_is_not_taken_back(
    project: Project, now: datetime
) -> None:
    fatima = make_facilitator()
    declining = operations.decline_label
    decide(project, "action_line", "C7-ehealth", now, by=fatima, operation=declining)
    a_project("Doctors by telephone", at=now, lines=["C7-ehealth"])

    with pytest.raises(operations.LabelStated):
        decide(project, "action_line", "C7-ehealth", now, by=fatima)
    assert stated(project) == (["C2", "C7-ehealth"], [])


def test_the_words_are_marked_in_the_title(project: Project) -> None:
    label = queries.project_labels(project).suggested[0]

    assert [(piece.text, piece.is_marked) for piece in label.words] == [
        ("Doctors", True),
        (" by telephone", False),
    ]
    assert (label.language, label.direction) == ("en", "ltr")
