"""What people write: their versions, what is missing in them, and for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from montada.framework import queries as framework
from montada.stocktaking.engine.differences import differences
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.models import ProjectVersion
from montada.stocktaking.queries.label_names import LABEL_PARTS
from montada.stocktaking.queries.problems import PART_NAMES


def rows_of(version: ProjectVersion, name: str) -> list[dict[str, Any]]:
    """Return the rows of one of a version's lists, as a form takes them."""
    if name == "contacts":
        names = ("name", "email", "phone", "position")
        return list(version.project.contacts.values(*names))
    return [asdict(row) for row in getattr(version.record, name)]


@dataclass(frozen=True, slots=True)
class DifferentPart:
    """A part in which somebody else saved something else."""

    name: str
    theirs: str


def differences_from(mine: ProjectRecord, theirs: ProjectRecord) -> list[DifferentPart]:
    """Return the parts that another person saved otherwise, in their words."""
    return [
        DifferentPart(str(PART_NAMES[one.part]), str(one.after or "–"))
        for one in differences(mine, theirs)
    ]


def chosen_labels(version: ProjectVersion) -> dict[str, list[str]]:
    """Return what a version is filed under, by the names of the form's fields."""
    return {
        part: [label.code for label in version.labels if label.axis == axis]
        for axis, part in LABEL_PARTS.items()
    }


def objective_choices(reader: str) -> list[tuple[str, str]]:
    """Return the objectives of the Global Digital Compact for a form."""
    return [
        (str(objective.number), objective.title.shown_to(reader).text)
        for objective in framework.gdc_objectives()
    ]


def unknown_targets(codes: Iterable[str]) -> list[str]:
    codes = list(codes)
    known = framework.targets_by_code(codes)
    return [code for code in codes if code not in known]


def unknown_labels(labels: Iterable[LabelOf]) -> list[str]:
    """Return the codes that the framework does not have on their axis. Four queries."""
    by_axis: dict[str, list[str]] = {}
    for label in labels:
        by_axis.setdefault(label.axis, []).append(label.code)
    known = {
        "action_line": {line.code for line in framework.action_lines()},
        "goal": {str(goal.number) for goal in framework.goals()},
        "target": set(framework.targets_by_code(by_axis.get("target", ()))),
        "objective": {str(row.number) for row in framework.gdc_objectives()},
    }
    return [
        code
        for axis, codes in by_axis.items()
        for code in codes
        if code not in known[axis]
    ]
