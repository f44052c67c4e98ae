"""Whether what a program names exists: countries, groups, lines, goals, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from ninja.errors import ValidationError

from montada.framework import queries as framework
from montada.stocktaking.api.written import DraftIn, LabelIn

Unknown = Iterator[tuple[str, str]]


def check_draft(draft: DraftIn, file_ids: Iterable[int] = ()) -> None:
    """
    Check every code in a draft; `file_ids` are those of the project's files.

    Raises
    ------
    ninja.errors.ValidationError
    """
    _refuse([*_unknown_places(draft), *_unknown_files(draft, set(file_ids))])


def check_labels(labels: list[LabelIn]) -> None:
    """
    Check that the framework has each line, goal, target and objective.

    Raises
    ------
    ninja.errors.ValidationError
    """
    targets = [label.code for label in labels if label.axis == "target"]
    known: dict[str, Any] = {
        "action_line": {line.code for line in framework.action_lines()},
        "goal": {str(goal.number) for goal in framework.goals()},
        "target": framework.targets_by_code(targets),
        "objective": {str(one.number) for one in framework.gdc_objectives()},
    }
    _refuse(
        [
            (f"labels.{i}.code", label.code)
            for i, label in enumerate(labels)
            if label.code not in known[label.axis]
        ]
    )


def _unknown_places(draft: DraftIn) -> Unknown:
    countries = {country.iso3 for country in framework.countries()}
    named = {"country": draft.country}
    for part in ("partners", "places"):
        for i, row in enumerate(getattr(draft.record, part)):
            named[f"record.{part}.{i}.country_id"] = row.country_id
    for field, iso3 in named.items():
        if iso3 is not None and iso3 not in countries:
            yield field, iso3
    group = draft.stakeholder_group
    if group is not None and group not in {
        one.code for one in framework.stakeholder_groups()
    }:
        yield "stakeholder_group", group


def _unknown_files(draft: DraftIn, file_ids: set[int]) -> Unknown:
    for i, row in enumerate(draft.record.evidence):
        if row.file_id is not None and row.file_id not in file_ids:
            yield f"record.evidence.{i}.file_id", str(row.file_id)


def _refuse(unknown: list[tuple[str, str]]) -> None:
    if unknown:
        raise ValidationError(
            [
                {
                    "loc": ("body", *field.split(".")),
                    "msg": _("Nothing is known here as “%(value)s”.")
                    % {"value": value},
                }
                for field, value in unknown
            ]
        )
