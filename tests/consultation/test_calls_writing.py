"""Calls are opened and asked otherwise; contributions are begun, saved and sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from montada.audit.queries import entries
from montada.consultation import operations, queries
from montada.consultation.engine.values import QuestionPlan
from montada.consultation.models import Answer, Call, Contribution, Question
from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from tests.factories.consultation import (
    a_draft_input,
    an_identity,
    an_input,
    an_open_edition,
    call_of,
)
from tests.factories.edition import make_edition
from tests.factories.participation import (
    make_administrator,
    make_person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(now: datetime) -> Edition:
    return an_open_edition(now)


class TestCalls:
    def test_an_edition_gets_six_calls_in_the_window_of_its_phase(
        self, edition: Edition, now: datetime
    ) -> None:
        calls = list(queries.calls_of(edition))

        assert [call.kind for call in calls] == [
            "views",
            "session",
            "exhibition",
            "partnership",
            "speakers",
            "review",
        ]
        assert {call.opens_at for call in calls} == {now - timedelta(days=30)}
        assert {call.closes_at for call in calls} == {now + timedelta(days=30)}

    def test_opening_again_changes_nothing(
        self, edition: Edition, now: datetime
    ) -> None:
        before = (Call.objects.count(), Question.objects.count(), entries().count())

        operations.open_calls(edition=edition, at=now)

        after = (Call.objects.count(), Question.objects.count(), entries().count())
        assert after == before

    def test_without_a_phase_no_call_is_opened(self, now: datetime) -> None:
        with pytest.raises(operations.NoConsultationPhase):
            operations.open_calls(edition=make_edition(), at=now)

    def test_every_default_question_speaks_three_languages_and_hangs_on_one_above(
        self, edition: Edition
    ) -> None:
        for call in queries.calls_of(edition):
            seen: dict[str, set[str]] = {}
            for row in queries.questions_of(call):
                assert set(row.label.by_language) == {"ar", "en", "fr"}
                assert not row.hint or set(row.hint.by_language) == {"ar", "en", "fr"}
                for choice in row.choices:
                    assert set(choice["label"]) == {"ar", "en", "fr"}
                if row.shown_if:
                    above = seen[row.shown_if["question"]]
                    assert set(row.shown_if["is"]) <= above
                seen[row.key] = {choice["value"] for choice in row.choices}
            assert {"title", "summary"} <= seen.keys()

    def test_only_the_secretariat_moves_a_call(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        told: dict[str, Any] = {
            "call": call_of(edition),
            "opens_at": now,
            "intro": LocalizedText.of("en", "Speak"),
            "at": now,
        }

        with pytest.raises(operations.NotTheSecretariat):
            operations.set_call(**told, closes_at=now, set_by=nadia)
        salma = make_administrator()
        with pytest.raises(operations.CallClosesFirst):
            operations.set_call(**told, closes_at=now, set_by=salma)
        end = now + timedelta(days=1)
        operations.set_call(**told, closes_at=end, set_by=salma)
        assert call_of(edition).closes_at == end


class TestQuestionVersions:
    def test_answers_stay_bound_to_the_version_that_was_read(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        sent = an_input(nadia, edition, at=now)
        draft = a_draft_input(nadia, edition, at=now)
        old = Question.objects.get(call=call_of(edition), key="summary")

        new = operations.change_question(
            question=old,
            plan=QuestionPlan(
                key="summary",
                kind="long_text",
                label=LocalizedText.of("en", "What do you propose?"),
                is_required=True,
                most_words=10,
            ),
            changed_by=make_administrator(),
            at=now,
        )

        assert (old.version, new.version) == (1, 2)
        assert sent.answers.get(question__key="summary").question == old
        shown = queries.answers_in_words(sent, "en", is_inside=True)
        assert [(str(a.label), a.has_newer_question) for a in shown] == [
            ("In your words", True)
        ]
        # The draft is asked the new question: its words are too many for it now.
        found = {problem.key: problem.fact for problem in queries.problems_in(draft)}
        assert found == {"summary": "too_long"}
        operations.save_contribution(
            contribution=draft,
            identity=an_identity(),
            answers={"summary": "Shorter words"},
            revision=1,
            saved_by=nadia,
            at=now,
        )
        assert draft.answers.get(question__key="summary").question == new

    def test_a_change_is_refused_where_nothing_changes_or_somebody_was_quicker(
        self, edition: Edition, now: datetime
    ) -> None:
        salma = make_administrator()
        question = Question.objects.get(call=call_of(edition), key="action_lines")
        names = QuestionPlan.__slots__
        same = QuestionPlan(**{name: getattr(question, name) for name in names})

        with pytest.raises(operations.QuestionNotChanged):
            operations.change_question(
                question=question, plan=same, changed_by=salma, at=now
            )
        operations.remove_question(question=question, removed_by=salma, at=now)
        with pytest.raises(operations.QuestionReplaced):
            operations.remove_question(question=question, removed_by=salma, at=now)
        title = Question.objects.get(call=call_of(edition), key="title")
        with pytest.raises(operations.TitleIsNeeded):
            operations.remove_question(question=title, removed_by=salma, at=now)

    def test_a_question_that_was_removed_may_be_asked_again(
        self, edition: Edition, now: datetime
    ) -> None:
        salma, call = make_administrator(), call_of(edition)
        plan = QuestionPlan(
            key="youth", kind="yes_no", label=LocalizedText.of("en", "Under 30?")
        )

        first = operations.add_question(call=call, plan=plan, added_by=salma, at=now)
        operations.remove_question(question=first, removed_by=salma, at=now)
        second = operations.add_question(call=call, plan=plan, added_by=salma, at=now)

        assert (first.version, second.version) == (1, 2)
        assert queries.questions_of(call)[-1] == second


class TestSaving:
    def test_nothing_is_lost_between_two_windows(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=now)

        with pytest.raises(operations.ContributionSavedMeanwhile):
            operations.save_contribution(
                contribution=draft,
                identity=an_identity(),
                answers={"title": "From an old window"},
                revision=0,
                saved_by=nadia,
                at=now,
            )
        draft.refresh_from_db()
        assert str(draft.title) == "Networks of oases"

    def test_only_its_author_writes(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=now)
        told: dict[str, Any] = {"contribution": draft, "at": now}

        for other in (make_person("Eve"), make_administrator()):
            with pytest.raises(operations.NotYourContribution):
                operations.submit_contribution(**told, submitted_by=other)
            with pytest.raises(operations.NotYourContribution):
                operations.discard_contribution(**told, discarded_by=other)

    def test_bad_words_become_harmless_and_too_long_ones_change_nothing(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=now)
        told: dict[str, Any] = {
            "contribution": draft,
            "identity": an_identity(author_name="N\u202eadia\x00", signed_as="queen"),
            "saved_by": nadia,
            "at": now,
        }

        with pytest.raises(operations.AnswerTooLong):
            operations.save_contribution(
                **told, answers={"title": "New", "summary": "x" * 100_000}, revision=1
            )
        draft.refresh_from_db()
        assert (str(draft.title), draft.revision) == ("Networks of oases", 1)
        row = operations.save_contribution(
            **told,
            answers={
                "title": "<b>\ud800🙂\u202e",
                "no_such": "x",
                "goals": ["4", "99"],
            },
            revision=1,
        )
        assert str(row.title) == "<b>🙂"
        assert (row.author_name, row.signed_as) == ("Nadia", "person")
        assert queries.answers_of(row)["goals"] == ["4"]

    def test_throwing_away_takes_its_words_along(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=now)

        operations.discard_contribution(contribution=draft, discarded_by=nadia, at=now)

        assert (Contribution.objects.count(), Answer.objects.count()) == (0, 0)
