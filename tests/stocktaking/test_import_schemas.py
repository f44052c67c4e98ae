"""The schemas of docs/reference say what the import takes and what it reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from montada.djangokit.tables import STATUSES
from montada.stocktaking.engine.record import PARTS
from montada.stocktaking.engine.tables.values import FIELDS, Note, Told
from montada.stocktaking.queries import ImportAnswer, rows_said

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def schema(name: str) -> Any:
    path = REFERENCE / f"{name}.schema.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_file_has_the_fields_and_the_parts_of_a_record() -> None:
    described = schema("import-projects")

    assert set(described["items"]["properties"]) == set(FIELDS)
    assert set(schema("project-record")["properties"]) == set(PARTS)
    record = described["items"]["properties"]["record"]
    assert record == {"$ref": "project-record.schema.json"}


def test_the_report_has_what_its_schema_says() -> None:
    told = Told(2, "1", "refused", Note("no_title", "title"))
    answer = ImportAnswer("csv", {"refused": 1}, rows_said([told]), schema={})
    described, report = schema("import-report"), answer.as_json()

    assert set(described["properties"]) == set(report)
    assert set(described["required"]) == set(report) - {"schema"}
    rows = described["properties"]["rows"]["items"]["properties"]
    assert set(rows) == set(report["rows"][0])
    assert rows["status"]["enum"] == list(STATUSES)
