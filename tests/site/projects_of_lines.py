"""Projects, sessions and awards of one action line, as the pages count them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from montada.framework.models import ActionLine
from montada.language.engine.text import LocalizedText
from montada.programme.models import Session
from montada.selection.models import Award
from montada.stocktaking.models import Project
from montada.stocktaking.operations import record_project
from tests.factories.programme import make_session


def make_project_of(
    line: str, iso3: str | None = "EGY", *, goal: int | None = None, year: int = 2025
) -> Project:
    n = Project.objects.count() + 1
    project, _created = record_project(
        title=LocalizedText.of("ar", f"مشروع القرية {n}", en=f"Village {n}"),
        organisation=None,
        country_id=iso3,
        stakeholder_group_id=None,
        action_line_ids=[line],
        goal_numbers=[goal] if goal else [],
        year=year,
        source_url="https://example.org/projects",
        at=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
    )
    return project


def make_award_of(project: Project, line: str, year: int | None = 2025) -> Any:
    return Award.objects.create(
        project=project,
        year=year,
        action_line_id=line,
        result="winner",
        source_url="https://example.org/prizes",
    )


def make_session_of(line: str, title: str, *, year: int = 2025) -> Session:
    session = make_session(title, year=year)
    session.action_lines.add(ActionLine.objects.get(pk=line))
    return session
