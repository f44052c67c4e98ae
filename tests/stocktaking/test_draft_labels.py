"""Lines, goals, targets and objectives of a draft, and who said them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from montada.audit.queries import entries_about
from montada.framework.models import LabelDecision
from montada.participation.models import Person
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.models import Project, ProjectVersion
from tests.factories.entries import a_draft
from tests.factories.labels import suggest
from tests.factories.participation import make_administrator, make_person
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Person:
    return make_person("Omar")


@pytest.fixture
def draft(owner: Person, now: datetime) -> ProjectVersion:
    return a_draft(owner, at=now)


def actions(project: Project) -> list[str]:
    found = [one.action for one in entries_about(project)]
    return [action.removeprefix("stocktaking.") for action in found[::-1]]


class TestLabels:
    def codes(self, version: ProjectVersion) -> dict[str, list[str]]:
        return queries.chosen_labels(version.project)

    def test_labels_are_these_and_no_others(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        labels = [
            LabelOf("action_line", "C3", "author"),
            LabelOf("goal", "6", "author"),
            LabelOf("target", "6.1", "author"),
            LabelOf("objective", "1", "author"),
        ]
        set_them: dict[str, Any] = {"version": draft, "set_by": owner, "at": now}

        operations.set_labels(labels=labels, **set_them)
        operations.set_labels(labels=labels, **set_them)

        assert self.codes(draft) == {
            "action_lines": ["C3"],
            "goals": ["6"],
            "targets": ["6.1"],
            "objectives": ["1"],
        }
        # Of the two, only the first changed anything; the draft was made with C2.
        assert actions(draft.project).count("labels_set") == 2

    def test_labels_that_nobody_knows_are_named_and_nothing_changes(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        labels = [LabelOf("goal", "6"), LabelOf("goal", "18"), LabelOf("target", "x")]

        with pytest.raises(operations.LabelUnknown) as refused:
            operations.set_labels(version=draft, labels=labels, set_by=owner, at=now)

        assert str(refused.value).endswith(" 18, x.")
        assert self.codes(draft)["action_lines"] == ["C2"]

    def test_what_stays_keeps_who_said_it_first(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        draft.project.line_links.update(source="derived", words=["22040"])
        labels = [LabelOf("action_line", code, "author") for code in ("C2", "C3")]

        operations.set_labels(version=draft, labels=labels, set_by=owner, at=now)

        links = draft.project.line_links.order_by("actionline")
        assert list(links.values_list("actionline", "source", "words")) == [
            ("C2", "derived", ["22040"]),
            ("C3", "author", []),
        ]

    def test_an_accepted_suggestion_is_the_engines_with_its_words(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        suggest(draft.project, "6", at=now, words="Wells", score=0.7)
        decide: dict[str, Any] = {
            "project": draft.project,
            "decided_by": owner,
            "at": now,
        }

        operations.confirm_label(axis="goal", code="6", **decide)

        (link,) = draft.project.goal_links.all()
        assert (link.goal_id, link.source) == (6, "engine")
        assert (link.confidence, link.words) == (0.7, ["Wells"])
        # Saving the form, in which it is ticked by now, keeps that.
        labels = [LabelOf("action_line", "C2"), LabelOf("goal", "6", "author")]
        operations.set_labels(version=draft, labels=labels, set_by=owner, at=now)
        assert draft.project.goal_links.get().source == "engine"

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
        suggest(draft.project, "6", "C3", at=now)
        decide: dict[str, Any] = {
            "project": draft.project,
            "decided_by": owner,
            "at": now,
        }

        operations.decline_label(axis="goal", code="6", **decide)

        offered = queries.draft_suggestions(draft).suggested
        assert [label.code for label in offered] == ["C3"]
        assert LabelDecision.objects.get().is_confirmed is False

    def test_a_draft_is_read_where_texts_can_be_read_and_saved_elsewhere(
        self, draft: ProjectVersion, now: datetime
    ) -> None:
        operations.read_draft(version=draft, at=now)

        text = queries.text_to_label(draft.project, draft.record)
        assert text.text.startswith("Wells by telephone\nFifty villages")
        assert text.language == "en"
