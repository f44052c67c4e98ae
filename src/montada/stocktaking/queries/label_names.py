"""Lines, goals, targets and objectives of a version, with their rows and in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from montada.djangokit.page_language import page_language
from montada.framework import queries as framework
from montada.stocktaking.engine.values import LabelAxis, LabelOf
from montada.stocktaking.models import ProjectVersion

LABEL_PARTS: dict[LabelAxis, str] = {
    "action_line": "action_lines",
    "goal": "goals",
    "target": "targets",
    "objective": "objectives",
}
"""What the labels of each axis are called as a part of a record."""


def label_rows(labels: Iterable[LabelOf]) -> dict[tuple[LabelAxis, str], Any]:
    """Return the framework's row of each label it still has. Two queries at most."""
    found = list(labels)
    targets = [label.code for label in found if label.axis == "target"]
    has_objective = any(label.axis == "objective" for label in found)
    rows: dict[LabelAxis, Iterable[Any]] = {
        "action_line": framework.action_lines(),
        "goal": framework.goals(),
        "target": framework.targets_by_code(targets).values() if targets else (),
        "objective": framework.gdc_objectives() if has_objective else (),
    }
    return {(axis, str(row.pk)): row for axis in rows for row in rows[axis]}


def labels_in_words(
    versions: Iterable[ProjectVersion],
) -> dict[int, dict[str, tuple[str, ...]]]:
    """
    Return by the key of each version its labels in the reader's words.

    "action_lines", "goals", "targets" and "objectives" each have a line for every
    label, in the framework's order. Two queries at most.
    """
    wanted = list(versions)
    rows = label_rows(label for version in wanted for label in version.labels)
    return {version.pk: _in_words(version, rows) for version in wanted}


def _in_words(
    version: ProjectVersion, rows: dict[tuple[LabelAxis, str], Any]
) -> dict[str, tuple[str, ...]]:
    keys = {label.key for label in version.labels}
    told: dict[str, list[str]] = {part: [] for part in LABEL_PARTS.values()}
    for (axis, code), row in rows.items():
        if (axis, code) in keys:
            # The title first: the line then runs in its direction, not in the code's.
            line = " · ".join(filter(None, [_title(row), code]))
            told[LABEL_PARTS[axis]].append(line)
    return {part: tuple(lines) for part, lines in told.items()}


def _title(row: Any) -> str:
    reader = page_language()
    title: str = row.title.shown_to(reader).text
    return title
