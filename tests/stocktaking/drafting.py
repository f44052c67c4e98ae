"""A draft's form as a browser sends it, and what became of it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import html

from montada.stocktaking.engine.record import (
    ProjectRecord,
)
from montada.stocktaking.models import ProjectVersion
from tests.factories.entries import SUMMARY


def address(version: ProjectVersion, language: str = "en") -> str:
    return f"/{language}/projects/drafts/{version.pk}/"


def rows(name: str, *told: dict[str, str], total: int | None = None) -> dict[str, str]:
    """Return a list of rows as a form sends it."""
    n = len(told) if total is None else total
    cells = {
        f"{name}-{i}-{part}": value
        for i, row in enumerate(told)
        for part, value in row.items()
    }
    return {f"{name}-TOTAL_FORMS": f"{n}", f"{name}-INITIAL_FORMS": "0", **cells}


def sent(**values: Any) -> dict[str, Any]:
    """Return what a browser sends of a draft that is ready."""
    usual = {
        "language": "en",
        "title": "Wells by telephone",
        "summary": SUMMARY,
        "organisation_name": "Ministry of Water",
        "stakeholder_group_id": "civil",
        "country_id": "EGY",
        "entry_type": "project",
        "action_lines": ["C2"],
        "revision": "0",
        "action": "save",
    }
    return usual | values


def post(client: Client, version: ProjectVersion, **values: Any) -> Any:
    headers = values.pop("headers", {})
    language = values.pop("page", "en")
    return client.post(address(version, language), sent(**values), headers=headers)


def kept(version: ProjectVersion) -> ProjectRecord:
    version.refresh_from_db()
    found: ProjectRecord = version.record
    return found


def shown(client: Client, version: ProjectVersion, language: str = "en") -> str:
    answer = client.get(address(version, language))
    assert answer.status_code == 200
    return answer.content.decode()


def filled_in(page: Any) -> dict[str, Any]:
    """Return what a browser sends of a page whose form nobody touched."""
    whole: Any = html.fromstring(page.content.decode())
    said: dict[str, Any] = {"action": "save"}
    for name, value in whole.get_element_by_id("draft").form_values():
        said.setdefault(name, []).append(value.replace("\n", "\r\n"))
    return said | beside(page)


def beside(page: Any) -> dict[str, str]:
    """Return what stands beside the form, on a page or in an answer, and is sent."""
    whole: Any = html.fromstring(page.content.decode())
    return {one.name: one.value for one in whole.xpath('//input[@form="draft"]')}
