"""What stands in the way of sending a version, and what it is complete for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from montada.participation.engine.naming import INTERNATIONAL
from montada.stocktaking.engine.completeness import (
    Purpose,
    Subject,
    completeness,
)
from montada.stocktaking.engine.rules import Limits, Problem, problems_of
from montada.stocktaking.models import Project, ProjectVersion
from montada.stocktaking.queries.problems import PART_NAMES, PURPOSE_NAMES
from montada.stocktaking.queries.rules import register_at

if TYPE_CHECKING:
    pass


def limits_at(moment: datetime) -> Limits:
    """Return the bounds of texts that the edition of this moment rules."""
    rules = register_at(moment).rules
    return Limits(
        summary_words_least=rules.summary_words_least,
        summary_words_most=rules.summary_words_most,
        text_words_most=rules.text_words_most,
    )


def problems_in(version: ProjectVersion, moment: datetime) -> list[Problem]:
    """Return everything that stands in the way of sending a version."""
    project = version.project
    found = problems_of(version.record, limits_at(moment))
    for part, has_it in (
        ("organisation", bool(version.organisation_name)),
        ("country", project.country_id is not None or _is_international(project)),
        ("action_lines", "action_line" in _axes(version)),
        ("entry_type", bool(version.record.entry_type)),
    ):
        if not has_it:
            found.append(Problem(part, "missing", is_needed_to_send=True))
    return found


def _is_international(project: Project) -> bool:
    return project.stakeholder_group_id == INTERNATIONAL


def _axes(version: ProjectVersion) -> set[str]:
    return {label.axis for label in version.labels}


def purposes_of(version: ProjectVersion) -> tuple[Purpose, ...]:
    """Return what a version is complete enough for, and what else is missing."""
    project = version.project
    return completeness(
        Subject(
            record=version.record,
            has_organisation=bool(
                project.organisation_id is not None or version.organisation_name
            ),
            has_country=project.country_id is not None or _is_international(project),
            has_line="action_line" in _axes(version),
            has_goal="goal" in _axes(version),
            has_contact=project.contacts.exists(),
        )
    )


@dataclass(frozen=True, slots=True)
class PurposeInWords:
    """What a version can be used for, and what that still asks for, in words."""

    name: str
    n_met: int
    n_needs: int
    missing: tuple[str, ...]


def purposes_in_words(version: ProjectVersion) -> list[PurposeInWords]:
    """Return the completeness of a version for a page. One query."""
    return [
        PurposeInWords(
            name=str(PURPOSE_NAMES[purpose.name]),
            n_met=purpose.n_met,
            n_needs=purpose.n_needs,
            missing=tuple(str(PART_NAMES[need]) for need in purpose.missing),
        )
        for purpose in purposes_of(version)
    ]
