"""Titles are read in the background, some at a time, and on the terminal."""

from __future__ import annotations

import json
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from montada.language.engine.text import LocalizedText
from montada.stocktaking import operations, queries
from montada.stocktaking.models import Project
from montada.stocktaking.tasks import TITLES_A_TASK, label_projects
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def titles(now: datetime) -> None:
    """Three titles, and a project without one."""
    a_project("Telemedicine clinics", at=now)
    a_project(LocalizedText.of("ar", "منصة لتعليم الأطفال"), at=now, year=2020)
    a_project("Broadband for farmers", at=now, year=2015)
    a_project("", at=now, year=2025)


def read(at: datetime, limit: int = 50) -> tuple[int, int]:
    done = operations.label_waiting(at=at, keep_going=lambda: True, limit=limit)
    return done.n_read, done.n_waiting


def n_tasks() -> int:
    return DBTaskResult.objects.filter(task_path=label_projects.module_path).count()


@pytest.mark.usefixtures("titles")
def test_every_title_is_read_once(now: datetime) -> None:
    assert [read(now), read(now)] == [(3, 0), (0, 0)]


@pytest.mark.usefixtures("titles")
def test_titles_are_read_some_at_a_time_until_none_is_left(now: datetime) -> None:
    assert [read(now, limit=2) for _round in range(3)] == [(2, 1), (1, 0), (0, 0)]


@pytest.mark.usefixtures("titles")
def test_the_newest_projects_come_first(now: datetime) -> None:
    waiting = [text.text for text in queries.titles_to_read()]

    assert waiting == [
        "منصة لتعليم الأطفال",
        "Telemedicine clinics",
        "Broadband for farmers",
    ]


@pytest.mark.usefixtures("titles")
def test_a_title_that_changes_waits_again(now: datetime) -> None:
    read(now)
    changed = Project.objects.get(first_year=2015)
    changed.title = LocalizedText.of("en", "Broadband for schools")
    changed.save()

    assert [text.text for text in queries.titles_to_read()] == ["Broadband for schools"]


def test_a_title_is_read_in_the_language_it_was_written_in(now: datetime) -> None:
    both = LocalizedText.of("fr", "Cliniques mobiles", en="Mobile clinics")
    a_project(both, at=now)
    a_project(LocalizedText.of("und", "Telecentros"), at=now)

    asked = {text.text: text.language for text in queries.titles_to_read()}

    assert asked == {"Cliniques mobiles": "fr", "Telecentros": ""}


@pytest.mark.usefixtures("titles")
def test_reading_stops_when_it_is_told_to(now: datetime) -> None:
    answers = iter([True, False])

    done = operations.label_waiting(at=now, keep_going=lambda: next(answers), limit=50)

    assert (done.n_read, done.n_waiting) == (1, 2)


def test_new_projects_are_read_soon_and_by_one_task(
    now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    for title in ("Telemedicine clinics", "Mobile clinics"):
        with django_capture_on_commit_callbacks(execute=True):
            a_project(title, at=now)

    assert n_tasks() == 1


def test_a_project_that_only_gains_a_fact_asks_for_nothing(
    now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    a_project(at=now)
    with django_capture_on_commit_callbacks(execute=True):
        a_project(at=now, year=2020)

    assert n_tasks() == 0


@pytest.mark.usefixtures("titles")
def test_the_task_ends_when_nothing_is_left() -> None:
    label_projects.call()

    assert queries.titles_to_read() == []
    assert n_tasks() == 0


def test_the_task_comes_back_for_what_is_left(now: datetime) -> None:
    for n in range(TITLES_A_TASK + 1):
        a_project(f"{n}", at=now)

    label_projects.call()

    assert len(queries.titles_to_read()) == 1
    assert n_tasks() == 1


@pytest.mark.usefixtures("titles")
def test_the_command_reports_as_json() -> None:
    out, progress = StringIO(), StringIO()

    call_command("label-projects", "--json", stdout=out, stderr=progress)

    report = json.loads(out.getvalue())
    assert (report["read"], report["waiting"]) == (3, 0)
    assert "3 of 3 titles read" in progress.getvalue()


@pytest.mark.usefixtures("titles")
def test_the_command_reports_to_people() -> None:
    out = StringIO()

    call_command("label-projects", stdout=out, stderr=StringIO())

    assert out.getvalue().startswith("3 titles read, ")
