"""Unsurprising facilitators, and cells that they changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model

from montada.framework.models import ActionLine, MatrixLink
from montada.framework.operations import change_matrix_cell
from montada.language.engine.text import LocalizedText
from montada.participation.operations import grant_role

CHANGED_AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
REASON = LocalizedText.of("en", "Networks carry the grid.", ar="الشبكات تحمل الشبكة.")


def make_facilitator(line: str = "C2", email: str = "fatima@example.org") -> Any:
    """Somebody who facilitates one action line."""
    person = get_user_model().objects.create_user(email, name="Fatima")
    grant_role(
        person=person,
        kind="facilitator",
        action_line=ActionLine.objects.get(pk=line),
        granted_by=None,
        at=CHANGED_AT,
    )
    return person


def change_cell(changed_by: Any, **values: Any) -> MatrixLink:
    """Link C2 to goal 7 through 7.1, unless told otherwise."""
    decision: dict[str, Any] = {
        "action_line_id": "C2",
        "goal_id": 7,
        "is_linked": True,
        "targets": ["7.1"],
        "rationale": REASON,
        "at": CHANGED_AT,
    }
    return change_matrix_cell(changed_by=changed_by, **decision | values)
