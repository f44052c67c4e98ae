"""The vocabulary for other programs."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from montada.framework import operations
from montada.language.engine.text import LocalizedText

pytestmark = pytest.mark.django_db


def test_lines_and_goals_carry_their_wordings_and_states(client: Client) -> None:
    lines = client.get("/api/v1/framework/action-lines").json()
    goals = client.get("/api/v1/framework/goals").json()

    assert len(lines) == 18
    assert lines[1]["code"] == "C2"
    assert lines[1]["title"]["wordings"]["ru"]["state"] == "draft"
    assert [goal["number"] for goal in goals] == list(range(1, 18))


def test_the_matrix_is_read_in_any_version(client: Client, now: datetime) -> None:
    operations.change_matrix_cell(
        action_line_id="C2",
        goal_id=9,
        is_linked=False,
        targets=[],
        rationale=LocalizedText.of("en", "Moved to C6."),
        changed_by=get_user_model().objects.create_user(email="amina@example.org"),
        at=now,
    )

    newest = client.get("/api/v1/framework/matrix").json()
    published = client.get("/api/v1/framework/matrix?version=1").json()

    def cells(matrix: dict[str, list[dict[str, object]]]) -> set[object]:
        return {(cell["action_line"], cell["goal"]) for cell in matrix["cells"]}

    assert (newest["version"], published["latest"]) == (2, 2)
    assert cells(published) - cells(newest) == {("C2", 9)}


@pytest.mark.parametrize("version", ["0", "-1", "x", "9" * 40])
def test_a_version_that_cannot_be_is_refused(client: Client, version: str) -> None:
    assert client.get(f"/api/v1/framework/matrix?version={version}").status_code == 422


def test_a_version_that_never_was_is_not_found(client: Client) -> None:
    assert client.get("/api/v1/framework/matrix?version=999").status_code == 404
