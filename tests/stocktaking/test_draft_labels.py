"""Lines, goals, targets and objectives of a draft, and who said them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from montada.audit.queries import entries_about
from montada.framework.models import LabelDecision
from montada.framework.operations import LabelNotSuggested
from montada.participation.models import Person
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.models import Project, ProjectVersion
from tests.factories.labels import suggest
from tests.factories.participation import make_administrator, make_person
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


def actions(project: Project) -> list[str]:
    found = [one.action for one in entries_about(project)]
    return [action.removeprefix("stocktaking.") for action in found[::-1]]


class TestLabels:
    def codes(self, version: ProjectVersion) -> dict[str, list[str]]:
        version.refresh_from_db()
        return queries.chosen_labels(version)

    def test_labels_are_these_and_no_others(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        labels = [
            LabelOf("action_line", "C3", "author"),
            LabelOf("goal", "6", "author"),
            LabelOf("target", "6.1", "author"),
            LabelOf("objective", "1", "author"),
        ]
        operations.set_labels(version=draft, labels=labels, set_by=owner)

        assert self.codes(draft) == {
            "action_lines": ["C3"],
            "goals": ["6"],
            "targets": ["6.1"],
            "objectives": ["1"],
        }
        # As long as it is a draft, nothing is decided: the trail tells of nothing.
        assert actions(draft.project) == ["version_begun"]

    def test_labels_that_nobody_knows_are_named_and_nothing_changes(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        labels = [LabelOf("goal", "6"), LabelOf("goal", "18"), LabelOf("target", "x")]

        with pytest.raises(operations.LabelUnknown) as refused:
            operations.set_labels(version=draft, labels=labels, set_by=owner)

        assert str(refused.value).endswith(" 18, x.")
        assert self.codes(draft)["action_lines"] == ["C2"]

    def test_what_stays_keeps_who_said_it_first(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        draft.labels = (LabelOf("action_line", "C2", "derived", words=("22040",)),)
        draft.save()
        labels = [LabelOf("action_line", code, "author") for code in ("C2", "C3")]

        operations.set_labels(version=draft, labels=labels, set_by=owner)

        draft.refresh_from_db()
        assert [(one.code, one.source, one.words) for one in draft.labels] == [
            ("C2", "derived", ("22040",)),
            ("C3", "author", ()),
        ]

    def test_an_accepted_suggestion_is_the_engines_with_its_words(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        suggest(draft, "6", at=now, words="Wells", score=0.7)

        accepted = operations.accept_label(
            version=draft, axis="goal", code="6", accepted_by=owner, at=now
        )

        label = LabelOf("goal", "6", "engine", 0.7, ("Wells",))
        assert accepted.labels[1:] == (label,)
        # Saving the form, in which it is ticked by now, keeps that.
        labels = [LabelOf("action_line", "C2"), LabelOf("goal", "6", "author")]
        operations.set_labels(version=draft, labels=labels, set_by=owner)
        draft.refresh_from_db()
        assert draft.labels[1:] == (label,)

    def test_who_does_not_own_it_confirms_as_an_editor(self, now: datetime) -> None:
        project = a_project(at=now)
        suggest(project, "6", at=now)

        operations.confirm_label(
            project=project,
            axis="goal",
            code="6",
            decided_by=make_administrator(),
            at=now,
        )

        assert project.goal_links.get().source == "editor"

    def test_a_refused_suggestion_is_offered_no_more(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        suggest(draft, "6", "C3", at=now)

        operations.refuse_label(
            version=draft, axis="goal", code="6", refused_by=owner, at=now
        )

        offered = queries.draft_suggestions(draft).suggested
        assert [label.code for label in offered] == ["C3"]
        assert LabelDecision.objects.get().is_confirmed is False

    def test_an_accepted_one_is_taken_back_by_refusing_it(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        suggest(draft, "6", at=now)
        operations.accept_label(
            version=draft, axis="goal", code="6", accepted_by=owner, at=now
        )

        refused = operations.refuse_label(
            version=draft, axis="goal", code="6", refused_by=owner, at=now
        )

        assert [label.code for label in refused.labels] == ["C2"]

    def test_what_somebody_says_already_or_nothing_suggests_is_not_decided(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        suggest(draft, "C2", at=now)

        for axis, code, refusal in (
            ("action_line", "C2", operations.LabelStated),
            ("goal", "9", LabelNotSuggested),
        ):
            label: dict[str, Any] = {"version": draft, "axis": axis, "code": code}
            with pytest.raises(refusal):
                operations.accept_label(accepted_by=owner, at=now, **label)
            with pytest.raises(refusal):
                operations.refuse_label(refused_by=owner, at=now, **label)
        assert self.codes(draft)["action_lines"] == ["C2"]

    def test_nobody_else_decides(self, draft: ProjectVersion, now: datetime) -> None:
        suggest(draft, "6", at=now)
        label: dict[str, Any] = {"version": draft, "axis": "goal", "code": "6"}

        with pytest.raises(operations.NotYourProject):
            operations.accept_label(accepted_by=make_person("Eve"), at=now, **label)

    def test_a_draft_is_read_where_texts_can_be_read_and_saved_elsewhere(
        self, draft: ProjectVersion, now: datetime
    ) -> None:
        operations.read_draft(version=draft, at=now)

        text = queries.text_to_label(draft, draft.record)
        assert text.text.startswith("Wells by telephone\nFifty villages")
        assert text.language == "en"
