"""Statements are read for lines and goals, moderators correct, themes know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from montada.audit.queries import entries_about
from montada.consultation import operations, queries, tasks
from montada.consultation.models import Statement
from montada.consultation.queries.labels import labels_of_statement
from montada.edition.models import Edition
from montada.framework.models import LabelDecision, LabelledText
from montada.framework.operations import LabelDecidedAlready, LabelNotSuggested
from montada.participation.models import Person
from tests.factories.labels import a_reading
from tests.factories.labels import suggest as suggest_for
from tests.factories.participation import make_person
from tests.factories.statements import a_seed, an_open_edition

pytestmark = pytest.mark.django_db

CLINIC = "Telemedicine clinics for rural hospitals"
OASES = "Villages share spectrum for broadband"


@pytest.fixture
def edition(today: datetime) -> Edition:
    return an_open_edition(today)


@pytest.fixture
def seed(edition: Edition) -> Statement:
    return a_seed(edition, OASES)


def suggest(seed: Statement, *codes: str, at: datetime) -> None:
    """Let a statement's words suggest lines and goals, as reading it would."""
    seed.title = seed.text  # type: ignore[attr-defined]  # how the factory reads it
    suggest_for(seed, *codes, at=at, words="broadband")


def decide(seed: Statement, code: str, by: Person, at: datetime, **told: Any) -> None:
    operations.decide_statement_label(
        statement=seed,
        axis="goal" if code.isdigit() else "action_line",
        code=code,
        is_confirmed=told.get("is_confirmed", True),
        decided_by=by,
        at=at,
    )


def labels(edition: Edition) -> list[tuple[Any, Any]]:
    """Return the line and the goal of each theme, as numbers of their rows."""
    return [
        (theme.line and theme.line.pk, theme.goal and theme.goal.pk)
        for theme in queries.themes_of(edition, "en")
    ]


def test_open_statements_are_read_in_the_background_once(
    edition: Edition, today: datetime
) -> None:
    seed = a_seed(edition, CLINIC)
    a_seed(edition, "عيادات تطبيب عن بعد للقرى", language="ar")

    assert operations.read_statements(at=today, limit=1) == 1
    tasks.label_statements.func()
    assert operations.read_statements(at=today, limit=1) == 0

    assert LabelledText.objects.count() == 2
    line = labels_of_statement(seed)[0]
    assert (line.axis, line.code, line.is_stated) == (
        "action_line",
        "C7-ehealth",
        False,
    )
    marked = [piece.text for piece in line.words if piece.is_marked]
    assert marked
    assert all(words in CLINIC for words in marked)


def test_what_is_published_is_read_soon(
    edition: Edition, django_capture_on_commit_callbacks: Any
) -> None:
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        a_seed(edition, OASES)

    path = tasks.label_statements.module_path
    assert DBTaskResult.objects.filter(task_path=path).count() == 1


def test_a_theme_of_statements_alone_has_their_line_and_goal(
    edition: Edition, seed: Statement, salma: Person, today: datetime
) -> None:
    assert labels(edition) == [(None, None)]

    suggest(seed, "C2", "9", at=today)
    decide(seed, "9", salma, today, is_confirmed=False)

    assert labels(edition) == [("C2", None)]


def test_a_moderator_confirms_declines_turns_and_adds(
    seed: Statement, salma: Person, today: datetime
) -> None:
    suggest(seed, "C2", "9", at=today)

    decide(seed, "C2", salma, today)
    decide(seed, "9", salma, today, is_confirmed=False)
    decide(seed, "4", salma, today)

    found = [(one.code, one.is_stated) for one in labels_of_statement(seed)]
    assert found == [("C2", True), ("4", True)]
    assert entries_about(seed)[0].action == "framework.label_confirmed"
    assert [row.score for row in LabelDecision.objects.all()] == [0.5, 0.5, None]
    decide(seed, "4", salma, today, is_confirmed=False)
    assert [one.code for one in labels_of_statement(seed)] == ["C2"]


def test_what_is_no_label_or_decided_already_is_refused(
    seed: Statement, salma: Person, today: datetime
) -> None:
    a_reading(seed, OASES, at=today)
    for code in ("C99", "99", "", "🙂"):
        with pytest.raises(LabelNotSuggested):
            decide(seed, code, salma, today)
    with pytest.raises(LabelNotSuggested):
        decide(seed, "4", salma, today, is_confirmed=False)
    decide(seed, "4", salma, today)
    with pytest.raises(LabelDecidedAlready):
        decide(seed, "4", salma, today)


def test_a_moderator_may_label_what_no_machine_has_read(
    seed: Statement, salma: Person, today: datetime
) -> None:
    decide(seed, "C2", salma, today)

    assert [one.code for one in labels_of_statement(seed)] == ["C2"]


def test_the_page_shows_them_and_moderators_correct_them_there(
    client: Client, seed: Statement, salma: Person, today: datetime
) -> None:
    page = f"/en/consultation/statements/{seed.pk}/"
    suggest(seed, "C2", at=today)

    read = client.get(page).content.decode()
    assert "suggested by its words" in read
    assert "<mark>broadband</mark>" in read
    assert "Confirm" not in read
    client.force_login(make_person("Omar"))
    sent = {"label": "action_line/C2", "decision": "confirm"}
    assert client.post(f"{page}label/", sent).status_code == 403

    client.force_login(salma)
    assert "It is about this too" in client.get(page).content.decode()
    assert client.post(f"{page}label/", sent).status_code == 302
    assert client.post(f"{page}label/", {"label": "goal/4"}).status_code == 302
    assert client.post(f"{page}label/", {"label": "goal/99\x00"}).status_code == 404
    shown = client.get(page).content.decode()
    assert shown.count("confirmed by a moderator") == 2
    again = client.post(f"{page}label/", sent, follow=True).content.decode()
    assert "decided this already" in again


def test_a_page_asks_as_often_for_three_labels_as_for_one(
    client: Client, seed: Statement, today: datetime
) -> None:
    page = f"/en/consultation/statements/{seed.pk}/"
    counts = []
    for codes in (["C2"], ["C5", "4"]):
        suggest(seed, *codes, at=today)
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(page)
        counts.append(len(asked))

    assert counts[0] == counts[1]
