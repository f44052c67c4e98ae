"""Activities written in a test, and the framework's codes that reading needs."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path

import montada
from montada.language.engine.figures import BESIDE
from montada.stocktaking.adapters.iati_sectors import sectors
from montada.stocktaking.engine.iati.reading import open_iati
from montada.stocktaking.engine.iati.values import Activity, Finding, Skipped, Tables

FILES = BESIDE / "iati"
SCHEMAS = FILES / "schemas"
FRAMEWORK = Path(montada.__file__).parent / "framework" / "data"
LINES_AT = "https://example.org/action-lines"


@cache
def tables() -> Tables:
    framework = tomllib.loads((FRAMEWORK / "framework.toml").read_text("utf-8"))
    with (FRAMEWORK / "countries.csv").open(encoding="utf-8") as file:
        countries = {row["iso2"]: row["iso3"] for row in csv.DictReader(file)}
    with (FRAMEWORK / "targets.csv").open(encoding="utf-8") as file:
        targets = frozenset(row["code"] for row in csv.DictReader(file))
    return Tables(
        countries=countries,
        lines=frozenset(line["id"] for line in framework["action_line"]),
        targets=targets,
        sectors=sectors(),
        vocabulary_uri=LINES_AT,
    )


def read(content: bytes | str) -> list[Activity | Skipped]:
    stated = content.encode() if isinstance(content, str) else content
    return [*open_iati(BytesIO(stated), tables()).activities]


def a_file(*activities: str, attributes: str = 'version="2.03"') -> str:
    return f"<iati-activities {attributes}>{''.join(activities)}</iati-activities>"


def an_activity(parts: str = "", identifier: str = "A-1", attributes: str = "") -> str:
    return (
        f'<iati-activity xml:lang="en" default-currency="USD" {attributes}>'
        f"<iati-identifier>{identifier}</iati-identifier>"
        '<reporting-org ref="A" type="21"><narrative>Us</narrative></reporting-org>'
        "<title><narrative>Title</narrative></title>"
        f"{parts}</iati-activity>"
    )


def activity(parts: str = "", attributes: str = "") -> Activity:
    """Return the one activity with these parts, read."""
    [found] = read(a_file(an_activity(parts, attributes=attributes)))
    assert isinstance(found, Activity)
    return found


def findings(found: Activity) -> dict[Finding, str]:
    """Return what was remarked on, without what every short activity lacks."""
    lacking = {Finding.NO_DESCRIPTION, Finding.NO_STATUS, Finding.NO_DATES}
    return {
        remark.finding: remark.value
        for remark in found.remarks
        if remark.finding not in lacking
    }
