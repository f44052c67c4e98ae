"""Projects that surprise nobody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.stocktaking import operations

if TYPE_CHECKING:
    from montada.stocktaking.models import Project

SOURCE = "https://example.org/prizes"


def a_project(
    title: str | LocalizedText = "Village telecentres",
    *,
    at: datetime,
    country_id: str | None = "EGY",
    lines: Collection[str] = ("C2",),
    year: int | None = 2018,
    **facts: Any,
) -> Project:
    """Return a project as a source would name it."""
    if isinstance(title, str):
        title = LocalizedText.of("en", title) if title else NO_TEXT
    told: dict[str, Any] = {
        "title": title,
        "organisation": None,
        "country_id": country_id,
        "stakeholder_group_id": None,
        "action_line_ids": lines,
        "goal_numbers": (),
        "year": year,
        "source_url": SOURCE,
        "at": at,
    }
    project, _created = operations.record_project(**{**told, **facts})
    return project
