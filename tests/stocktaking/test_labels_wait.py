"""Lines, goals, targets and objectives wait for publication with their version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from montada.framework.models import LabelDecision, LabelledText, LabelSuggestion
from montada.language import queries as language
from montada.participation.models import Person
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.models import Project, ProjectVersion
from montada.stocktaking.operations.showing import publish_version
from tests.factories.entries import a_draft, a_published
from tests.factories.labels import suggest
from tests.factories.participation import make_administrator
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

FORUM = [
    LabelOf("action_line", "C3", "author"),
    LabelOf("goal", "6", "author"),
    LabelOf("target", "6.1", "author"),
    LabelOf("objective", "1", "author"),
]


@pytest.fixture
def project(owner: Person, secretary: Person, now: datetime) -> Project:
    """Published under C2, as a source states."""
    return a_published(owner, secretary, at=now)


@pytest.fixture
def draft(project: Project, owner: Person, now: datetime) -> ProjectVersion:
    return operations.begin_version(project=project, begun_by=owner, at=now)


def public(project: Project) -> list[str]:
    """What the link tables say, which lists, maps, facets and search read."""
    found = Project.objects.get(pk=project.pk)
    return [label.code for label in queries.labels_of(found)]


def of(version: ProjectVersion) -> list[str]:
    return [label.code for label in ProjectVersion.objects.get(pk=version.pk).labels]


def found_under(**facets: Any) -> int:
    filters = {name: [value] for name, value in facets.items()}
    found = queries.project_listing(
        choice=filters, query="wells", language="en", bounds=None
    )
    return len(found.ids)


def searched(**facets: str) -> int:
    choice = {name: [value] for name, value in facets.items()}
    query = language.Query(text="wells", reader="en", choice=choice)
    return len(language.find(query).hits)


def publish(version: ProjectVersion, owner: Person, at: datetime) -> None:
    sent = operations.submit_version(version=version, submitted_by=owner, at=at)
    publish_version(version=sent, published_by=None, at=at)


class TestOfAPublishedProject:
    def test_a_version_begins_with_what_readers_see(
        self, project: Project, owner: Person, now: datetime
    ) -> None:
        project.line_links.update(source="derived", confidence=0.4, words=["22040"])

        draft = operations.begin_version(project=project, begun_by=owner, at=now)

        draft.refresh_from_db()
        assert draft.labels == (
            LabelOf("action_line", "C2", "derived", 0.4, ("22040",)),
        )

    def test_labels_wait_and_come_with_the_publication(
        self, project: Project, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        operations.set_labels(version=draft, labels=FORUM, set_by=owner)

        assert (public(project), of(draft)) == (["C2"], ["C3", "6", "6.1", "1"])
        assert (found_under(line="C2"), found_under(line="C3")) == (1, 0)

        publish(draft, owner, now)

        assert public(project) == ["C3", "6", "6.1", "1"]
        assert (found_under(line="C2"), found_under(line="C3")) == (0, 1)
        assert searched(goal="6") == 1

    def test_publishing_keeps_who_said_it(
        self, project: Project, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        (first,) = project.line_links.all()
        suggest(draft, "6", at=now, words="Wells", score=0.7)
        operations.accept_label(
            version=draft, axis="goal", code="6", accepted_by=owner, at=now
        )

        publish(draft, owner, now)

        (line,), (goal,) = project.line_links.all(), project.goal_links.all()
        assert (line.pk, line.source) == (first.pk, first.source)
        assert (goal.source, goal.confidence, goal.words) == ("engine", 0.7, ["Wells"])

    def test_a_draft_decides_nothing_for_readers(
        self, project: Project, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        suggest(project, "6", "9", at=now)
        suggest(draft, "6", "9", "C3", at=now)
        decide: dict[str, Any] = {"version": draft, "at": now}

        operations.accept_label(axis="goal", code="6", accepted_by=owner, **decide)
        operations.refuse_label(axis="goal", code="9", refused_by=owner, **decide)

        offered = queries.project_labels(Project.objects.get()).suggested
        assert [label.code for label in offered] == ["6", "9"]
        assert (public(project), of(draft)) == (["C2"], ["C2", "6"])

    def test_what_was_refused_is_offered_no_more_in_any_version(
        self, project: Project, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        suggest(draft, "9", at=now)
        operations.refuse_label(
            version=draft, axis="goal", code="9", refused_by=owner, at=now
        )
        publish(draft, owner, now)
        third = operations.begin_version(project=project, begun_by=owner, at=now)
        suggest(third, "9", "6", at=now)

        shown = queries.project_labels(Project.objects.get())
        assert [one.label.code for one in shown.declined] == ["9"]
        offered = queries.draft_suggestions(third).suggested
        assert [label.code for label in offered] == ["6"]

    def test_a_draft_that_is_thrown_away_leaves_no_trace(
        self, project: Project, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        suggest(draft, "6", at=now)
        operations.accept_label(
            version=draft, axis="goal", code="6", accepted_by=owner, at=now
        )

        operations.discard_draft(version=draft, discarded_by=owner, at=now)

        again = operations.begin_version(project=project, begun_by=owner, at=now)
        assert (public(project), of(again)) == (["C2"], ["C2"])
        suggest(again, "6", at=now)
        offered = queries.draft_suggestions(again).suggested
        assert [label.code for label in offered] == ["6"]


class TestOfAProjectThatWasNeverPublished:
    def test_the_links_come_with_the_first_version(
        self, owner: Person, now: datetime
    ) -> None:
        draft = a_draft(owner, at=now, group="civil")

        assert (public(draft.project), of(draft)) == ([], ["C2"])
        assert "action_lines" not in [
            problem.part for problem in queries.problems_in(draft, now)
        ]

        publish(draft, owner, now)
        assert public(draft.project) == ["C2"]

    def test_a_draft_without_a_line_is_not_sent(
        self, owner: Person, now: datetime
    ) -> None:
        draft = a_draft(owner, at=now)
        operations.set_labels(version=draft, labels=[], set_by=owner)

        with pytest.raises(operations.NotReady) as refused:
            operations.submit_version(version=draft, submitted_by=owner, at=now)

        assert [problem.part for problem in refused.value.problems] == ["action_lines"]

    def test_throwing_it_away_forgets_its_words(
        self, owner: Person, now: datetime
    ) -> None:
        draft = a_draft(owner, at=now)
        suggest(draft, "6", "9", at=now)
        operations.refuse_label(
            version=draft, axis="goal", code="9", refused_by=owner, at=now
        )

        operations.discard_draft(version=draft, discarded_by=owner, at=now)

        left = (LabelledText, LabelSuggestion, LabelDecision, Project)
        assert [table.objects.count() for table in left] == [0, 0, 0, 0]


class TestAnEditorsWord:
    def decide(self, project: Project, by: Person, at: datetime, how: Any) -> None:
        how(project=project, axis="goal", code="6", decided_by=by, at=at)

    def test_it_holds_at_once_and_in_the_versions_from_then_on(
        self,
        project: Project,
        draft: ProjectVersion,
        owner: Person,
        secretary: Person,
        now: datetime,
    ) -> None:
        suggest(project, "6", at=now, score=0.6)
        self.decide(project, secretary, now, operations.confirm_label)

        published = queries.published_version(project)
        assert published is not None
        assert published.labels[-1] == LabelOf("goal", "6", "editor", 0.6)
        assert [public(project), of(published), of(draft)] == [["C2", "6"]] * 3
        publish(draft, owner, now)
        assert public(project) == ["C2", "6"]

    def test_it_can_be_taken_back(
        self,
        project: Project,
        draft: ProjectVersion,
        secretary: Person,
        now: datetime,
    ) -> None:
        suggest(project, "6", at=now)
        self.decide(project, secretary, now, operations.confirm_label)
        self.decide(project, secretary, now, operations.decline_label)

        published = queries.published_version(project)
        assert published is not None
        assert [public(project), of(published), of(draft)] == [["C2"]] * 3


class TestASourcesWord:
    def test_the_version_that_a_source_writes_has_its_labels(
        self, now: datetime
    ) -> None:
        project = a_project(at=now, lines=["C2"], goal_numbers=[4])

        version = queries.published_version(project)

        assert version is not None
        assert version.labels == tuple(queries.labels_of(project))
        assert [label.code for label in version.labels] == ["C2", "4"]

    def test_what_it_adds_later_is_in_the_published_version_and_in_the_draft(
        self, now: datetime, owner: Person
    ) -> None:
        project = a_project(at=now, lines=["C2"])
        operations.hand_over(
            project=project,
            email=owner.email,
            keeps_editing=False,
            handed_over_by=make_administrator(),
            at=now,
        )
        draft = operations.begin_version(project=project, begun_by=owner, at=now)

        a_project(at=now, lines=["C2", "C3"])

        published = queries.published_version(project)
        assert published is not None
        assert [public(project), of(published), of(draft)] == [["C2", "C3"]] * 3


def test_the_history_tells_labels_that_changed(
    project: Project, draft: ProjectVersion, owner: Person, now: datetime
) -> None:
    operations.set_labels(version=draft, labels=FORUM[:2], set_by=owner)
    publish(draft, owner, now)

    newest = queries.history_of(project, is_inside=False, at=now).steps[0]

    told = {one.name: (one.before, one.after) for one in newest.differences}
    assert told.keys() == {"Action lines", "Goals"}
    (before,), (after,) = told["Action lines"]
    assert (before[-5:], after[-5:]) == (" · C2", " · C3")
    (gone, (new,)) = told["Goals"]
    assert (gone, new[-4:]) == ((), " · 6")
