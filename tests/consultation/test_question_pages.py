"""The secretariat writes the questions of a call, and what an edition wants."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from montada.audit.queries import entries_about
from montada.consultation import operations, queries
from montada.consultation.engine.values import QuestionPlan
from montada.consultation.models import Call, Question
from montada.edition.models import Edition
from montada.language.engine.text import LANGUAGES, LocalizedText
from montada.participation.models import Person
from tests.factories.consultation import an_input, an_open_edition, call_of
from tests.factories.participation import make_administrator, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(today: datetime) -> Edition:
    return an_open_edition(today)


@pytest.fixture
def call(edition: Edition) -> Call:
    return call_of(edition, "session")


@pytest.fixture
def salma(client: Client) -> Person:
    salma = make_administrator("Salma")
    client.force_login(salma)
    return salma


def asked(call: Call) -> list[str]:
    return [row.key for row in queries.questions_of(call)]


def of(call: Call, key: str) -> Question:
    return Question.objects.get(call=call, key=key, replaced_at=None)


def read(page: bytes) -> Any:
    return html.fromstring(page)


def wordings(name: str, **words: str) -> dict[str, str]:
    """Return words as a browser sends them: one box a language."""
    return {f"{name}_{tag}": words.get(tag, "") for tag in LANGUAGES}


def a_plan(key: str = "youth", **values: Any) -> QuestionPlan:
    usual: dict[str, Any] = {
        "kind": "yes_no",
        "label": LocalizedText.of("en", "Under 30?"),
    }
    return QuestionPlan(key=key, **usual | values)


def choices(*values: str) -> tuple[dict[str, Any], ...]:
    return tuple({"value": v, "label": {"en": v.upper()}} for v in values)


class TestMoving:
    def test_a_question_changes_places_with_its_neighbour_and_stays_the_same(
        self, call: Call, salma: Person, today: datetime
    ) -> None:
        before = asked(call)
        question = of(call, before[3])

        operations.move_question(
            question=question, is_up=True, moved_by=salma, at=today
        )

        moved = [*before[:2], before[3], before[2], *before[4:]]
        assert asked(call) == moved
        assert of(call, before[3]).version == 1
        assert entries_about(call)[0].action == "consultation.question_moved"

    def test_at_its_end_it_stays(
        self, call: Call, salma: Person, today: datetime
    ) -> None:
        first, last = asked(call)[0], asked(call)[-1]
        for key, is_up in ((first, True), (last, False)):
            with pytest.raises(operations.QuestionAtEnd):
                operations.move_question(
                    question=of(call, key), is_up=is_up, moved_by=salma, at=today
                )

    def test_no_question_comes_to_stand_above_the_one_it_hangs_on(
        self, call: Call, salma: Person, today: datetime
    ) -> None:
        # "remote" questions hang on "mode", which stands just above the first of them.
        below = asked(call)[asked(call).index("mode") + 1]
        assert of(call, below).shown_if["question"] == "mode"

        for key, is_up in ((below, True), ("mode", False)):
            with pytest.raises(operations.ConditionUnknown):
                operations.move_question(
                    question=of(call, key), is_up=is_up, moved_by=salma, at=today
                )

    def test_answers_to_earlier_versions_go_along(
        self, call: Call, salma: Person, today: datetime
    ) -> None:
        first = operations.add_question(
            call=call, plan=a_plan(), added_by=salma, at=today
        )
        second = operations.change_question(
            question=first,
            plan=a_plan(label=LocalizedText.of("en", "Under 35?")),
            changed_by=salma,
            at=today,
        )
        operations.move_question(question=second, is_up=True, moved_by=salma, at=today)

        orders = set(
            Question.objects.filter(call=call, key="youth").values_list(
                "order", flat=True
            )
        )
        assert orders == {len(asked(call)) - 2}


class TestWhatMayBeAsked:
    @pytest.mark.parametrize(
        ("plan", "refusal"),
        [
            (a_plan(kind="riddle"), operations.QuestionUnknown),
            (a_plan(key="no key"), operations.QuestionUnknown),
            (a_plan(label=LocalizedText()), operations.QuestionWithoutWords),
            (
                a_plan(label=LocalizedText.of("en", "\u202e\x00")),
                operations.QuestionWithoutWords,
            ),
            (
                a_plan(label=LocalizedText.of("en", "x" * 1001)),
                operations.QuestionTooLong,
            ),
            (a_plan(kind="choice"), operations.ChoicesMissing),
            (a_plan(kind="choice", choices=choices("a")), operations.ChoicesMissing),
            (
                a_plan(kind="choice", choices=choices("a", "a")),
                operations.ChoicesMissing,
            ),
            (
                a_plan(kind="choice", choices=choices("a", "two words")),
                operations.ChoicesMissing,
            ),
            (
                a_plan(kind="long_text", least_words=9, most_words=8),
                operations.WordLimitsCrossed,
            ),
            (
                a_plan(shown_if={"question": "nothing", "is": ["yes"]}),
                operations.ConditionUnknown,
            ),
            (
                a_plan(shown_if={"question": "mode", "is": []}),
                operations.ConditionUnknown,
            ),
        ],
    )
    def test_what_nobody_could_answer_is_refused(
        self,
        call: Call,
        salma: Person,
        today: datetime,
        plan: QuestionPlan,
        refusal: type[Exception],
    ) -> None:
        before = asked(call)

        with pytest.raises(refusal):
            operations.add_question(call=call, plan=plan, added_by=salma, at=today)

        assert asked(call) == before

    def test_what_others_hang_on_neither_goes_nor_loses_its_answer(
        self, call: Call, salma: Person, today: datetime
    ) -> None:
        mode = of(call, "mode")
        fewer = a_plan("mode", kind="choice", choices=choices("on_site", "hybrid"))

        with pytest.raises(operations.OthersHangOnIt):
            operations.remove_question(question=mode, removed_by=salma, at=today)
        with pytest.raises(operations.OthersHangOnIt):
            operations.change_question(
                question=mode, plan=fewer, changed_by=salma, at=today
            )

        assert of(call, "mode") == mode


class TestPages:
    def test_the_list_tells_versions_and_the_answers_bound_to_each(
        self, client: Client, edition: Edition, salma: Person, today: datetime
    ) -> None:
        call = call_of(edition)
        an_input(make_person("Nadia"), edition, at=today)
        operations.change_question(
            question=of(call, "summary"),
            plan=a_plan("summary", label=LocalizedText.of("en", "What is wanted?")),
            changed_by=salma,
            at=today,
        )

        shown = client.get(f"/en/consultation/calls/{call.pk}/questions/")

        (row,) = read(shown.content).xpath("//*[@id='summary']")
        versions = [li.text_content() for li in row.xpath(".//ul/li")]
        assert [one.split(",")[0] for one in versions] == ["Version 2", "Version 1"]
        assert [one.split(": ")[1] for one in versions] == ["0 answers", "1 answer"]
        assert "stay bound to the words that were read" in shown.content.decode()

    def test_a_question_with_choices_and_a_condition_is_added(
        self, client: Client, call: Call, salma: Person
    ) -> None:
        answer = client.post(
            f"/en/consultation/calls/{call.pk}/questions/new/",
            {
                "kind": "choice",
                **wordings("label", en="Which platform?", ar="أي منصة؟"),
                **wordings("hint"),
                **wordings("choices", en="own = Our own\nun = Yours", ar="un = منصتكم"),
                "shown_if": ["mode:virtual", "mode:hybrid"],
                "is_public": "on",
            },
        )

        assert answer.status_code == 302
        new = of(call, "which-platform")
        assert asked(call)[-1] == "which-platform"
        assert new.choices == [
            {"value": "un", "label": {"ar": "منصتكم", "en": "Yours"}},
            {"value": "own", "label": {"en": "Our own"}},
        ]
        assert new.shown_if == {"question": "mode", "is": ["virtual", "hybrid"]}

    def test_a_form_sent_back_as_it_is_makes_no_version(
        self, client: Client, call: Call, salma: Person
    ) -> None:
        for row in queries.questions_of(call):
            address = f"/en/consultation/questions/{row.pk}/"
            form = read(client.get(address).content).forms[-1]

            answer = client.post(address, as_sent(form))

            assert answer.status_code == 409, row.key
            assert "The question is as it was." in answer.content.decode()

    def test_lines_that_are_no_choices_are_told_and_kept(
        self, client: Client, call: Call, salma: Person
    ) -> None:
        sent = {"kind": "choices", **wordings("label", en="Which?")}
        for lines in ("just words", "a = A\na = B", "= A"):
            answer = client.post(
                f"/en/consultation/calls/{call.pk}/questions/new/",
                sent | wordings("choices", en=lines),
            )
            shown = answer.content.decode()
            assert "value = label" in shown or "twice" in shown
            assert lines.split("\n", maxsplit=1)[0] in shown
        assert "which" not in asked(call)

    def test_buttons_move_and_remove(
        self, client: Client, call: Call, salma: Person
    ) -> None:
        before = asked(call)
        question = of(call, before[-1])
        address = f"/en/consultation/questions/{question.pk}"

        client.post(f"{address}/move/", {"to": "up"})
        assert asked(call) == [*before[:-2], before[-1], before[-2]]
        client.post(f"{address}/move/", {"to": "down"})
        client.post(f"{address}/remove/")
        assert asked(call) == before[:-1]
        assert client.post(f"{address}/move/", {"to": "up"}).status_code == 404

    def test_the_preview_shows_what_readers_are_asked(
        self, client: Client, call: Call, salma: Person
    ) -> None:
        shown = client.get(f"/ar/consultation/calls/{call.pk}/preview/").content

        (form,) = read(shown).xpath("//form[@id='draft']")
        assert form.get("method") == "dialog"
        names = set(form.xpath(".//*[starts-with(@name, 'q-')]/@name"))
        for row in queries.questions_of(call):
            assert any(name.startswith(f"q-{row.key}") for name in names), row.key

    @pytest.mark.parametrize(
        "path",
        ["questions/", "questions/new/", "preview/"],
    )
    def test_only_the_secretariat_comes_in(
        self, client: Client, call: Call, path: str
    ) -> None:
        client.force_login(make_person("Nadia"))
        address = f"/en/consultation/calls/{call.pk}/{path}"
        assert client.get(address).status_code == 403

    def test_the_list_costs_the_same_for_many_questions(
        self, client: Client, call: Call, edition: Edition, salma: Person
    ) -> None:
        def n_queries(one: Call) -> int:
            address = f"/en/consultation/calls/{one.pk}/questions/"
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            return len(seen)

        few, many = call_of(edition, "partnership"), call
        assert len(asked(few)) < len(asked(many))
        assert n_queries(few) == n_queries(many)


def as_sent(form: Any) -> dict[str, list[str]]:
    """Return what a browser sends of a form; it drops a box's first line break."""
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value.removeprefix("\n"))
    return sent


class TestTargets:
    def wanted(self, edition: Edition) -> set[tuple[str, str, int]]:
        return {
            (row.axis, row.value, row.least_percent)
            for row in queries.targets_of(edition)
        }

    def test_the_secretariat_sets_them_side_by_side(
        self, client: Client, edition: Edition, salma: Person
    ) -> None:
        address = f"/en/consultation/participation/targets/?edition={edition.slug}"
        sent = {"group:civil": "20", "language:ar": "15", "gender:woman": "50"}

        assert client.post(address, sent).status_code == 302
        assert self.wanted(edition) == {
            ("group", "civil", 20),
            ("language", "ar", 15),
            ("gender", "woman", 50),
        }
        form = read(client.get(address).content).forms[-1]
        assert form.fields["group:civil"] == "20"
        assert client.post(address, {}).status_code == 302
        assert self.wanted(edition) == set()

    def test_shares_that_no_contributions_can_reach_are_refused(
        self, client: Client, edition: Edition, salma: Person
    ) -> None:
        address = f"/en/consultation/participation/targets/?edition={edition.slug}"

        # 60 + 50 = 110 % of one whole.
        answer = client.post(address, {"gender:woman": "60", "gender:man": "50"})
        assert answer.status_code == 409
        assert "110 %" in answer.content.decode()
        for broken in ("0", "101", "-1", "many", "9" * 400):
            assert client.post(address, {"gender:woman": broken}).status_code == 200
        assert self.wanted(edition) == set()

    @pytest.mark.parametrize(
        "target", [("moon", "civil", 9), ("group", "moon", 9), ("group", "civil", 0)]
    )
    def test_a_side_that_is_none_is_refused(
        self, edition: Edition, today: datetime, target: tuple[str, str, int]
    ) -> None:
        with pytest.raises(operations.TargetUnknown):
            operations.set_targets(
                edition=edition, targets=[target], set_by=None, at=today
            )
