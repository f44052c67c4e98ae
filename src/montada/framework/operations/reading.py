"""
The data files as rows of the tables, not yet stored.

A title is approved where `title_status` says it was read at a source ("verified"), and
a draft where it was read inside a longer sentence, recalled or translated.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from montada.framework import models
from montada.language.engine.text import (
    LANGUAGES,
    LocalizedText,
    TextState,
    Wording,
)

FOLDER = Path(__file__).parents[1] / "data"

FIRST_VERSION = 1
"""The matrix as published; every change by a facilitator makes the next version."""


def read_toml() -> dict[str, Any]:
    """Return framework.toml."""
    return tomllib.loads((FOLDER / "framework.toml").read_text(encoding="utf-8"))


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the product's own tables."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def text_of(
    row: Mapping[str, Any], prefix: str, status: Mapping[str, str] | None = None
) -> LocalizedText:
    """
    Return the columns `<prefix>ar`, `<prefix>en` … as one text written in English.

    Without `status` the words are the product's own, or names: approved.
    """
    return LocalizedText(
        "en",
        {
            tag: Wording(row[prefix + tag], _state(status, tag))
            for tag in LANGUAGES
            if row.get(prefix + tag)
        },
    )


def _state(status: Mapping[str, str] | None, tag: str) -> TextState:
    if status is None or status.get(tag, "verified") == "verified":
        return TextState.APPROVED
    return TextState.DRAFT


def action_lines(facts: Mapping[str, Any]) -> Iterator[models.ActionLine]:
    for row in facts["action_line"]:
        yield models.ActionLine(
            code=row["id"],
            order=row["order"],
            code_ar=row["code_ar"],
            title=text_of(row, "title_", row["title_status"]),
            scope=text_of(row, "scope_"),
            lead=row["lead"],
            co_facilitators=row["co_facilitators"],
            matrix_note=row.get("matrix_note", ""),
            source_url=row["source"],
        )


def goals(facts: Mapping[str, Any]) -> Iterator[models.Goal]:
    status = facts["sdg_meta"]["title_status"]
    for row in facts["sdg"]:
        yield models.Goal(number=row["number"], title=text_of(row, "title_", status))


def targets() -> Iterator[models.Target]:
    places: Counter[int] = Counter()
    for row in read_csv("targets.csv"):
        number = goal_of_target(row["code"])
        places[number] += 1
        yield models.Target(code=row["code"], goal_id=number, order=places[number])


def goal_of_target(code: str) -> int:
    """Return 16 for "16.10"."""
    return int(code.partition(".")[0])


def published_links(facts: Mapping[str, Any]) -> Iterator[models.MatrixLink]:
    published = datetime.fromisoformat(facts["provenance"]["matrix_commit_date"])
    for row in facts["action_line"]:
        for number in row["sdg_goals"]:
            yield models.MatrixLink(
                version=FIRST_VERSION,
                action_line_id=row["id"],
                goal_id=number,
                is_linked=True,
                targets=[c for c in row["sdg_targets"] if goal_of_target(c) == number],
                changed_at=published.replace(tzinfo=UTC),
                source_url=row["source"],
            )


def geneva_targets(facts: Mapping[str, Any]) -> Iterator[models.GenevaTarget]:
    for row in facts["geneva_target"]:
        yield models.GenevaTarget(
            letter=row["letter"],
            number=row["number"],
            text=text_of(row, "text_"),
            indicators=row["indicators"],
            indicators_status=row["indicator_status"],
            series=row["series"],
        )


def gdc_objectives(facts: Mapping[str, Any]) -> Iterator[models.GdcObjective]:
    for row in facts["gdc_objective"]:
        yield models.GdcObjective(
            number=row["number"],
            title=text_of(row, "title_", row["title_status"]),
            scope=text_of(row, "scope_"),
        )


def stakeholder_groups(
    facts: Mapping[str, Any],
) -> Iterator[models.StakeholderGroup]:
    for order, row in enumerate(facts["stakeholder_type"], start=1):
        yield models.StakeholderGroup(
            code=row["id"], order=order, name=text_of(row, "")
        )


def country_groups(facts: Mapping[str, Any]) -> Iterator[models.CountryGroup]:
    for order, row in enumerate(facts["group"], start=1):
        yield models.CountryGroup(
            code=row["id"],
            order=order,
            name=text_of(row, ""),
            membership_status=row.get("status", "recalled"),
        )


def regions() -> Iterator[models.Region]:
    for row in read_csv("m49_regions.csv"):
        yield models.Region(
            m49=row["m49"], level=row["level"], name=text_of(row, "name_")
        )


def countries() -> Iterator[models.Country]:
    for row in read_csv("countries.csv"):
        yield models.Country(
            iso3=row["iso3"],
            iso2=row["iso2"],
            m49=row["m49"].zfill(3),
            name=text_of(row, "name_"),
            formal_name=text_of(row, "formal_"),
            region_id=_m49(row["region_code"]),
            subregion_id=_m49(row["subregion_code"]),
            is_ldc=row["is_ldc"] == "1",
            is_lldc=row["is_lldc"] == "1",
            is_sids=row["is_sids"] == "1",
            latitude=float(row["lat"]) if row["lat"] else None,
            longitude=float(row["lon"]) if row["lon"] else None,
        )


def _m49(code: str) -> str | None:
    """Return the code with the zeros that spreadsheets drop: "019" for "19"."""
    return code.zfill(3) if code else None
