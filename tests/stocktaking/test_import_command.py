"""`montada import-projects`, `export-projects` and `duplicates` on a terminal."""

from __future__ import annotations

import json
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from montada.stocktaking.models import Project
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: Any, status: int = 0) -> str:
    said, code = StringIO(), 0
    try:
        call_command(command, *map(str, arguments), stdout=said, stderr=StringIO())
    except SystemExit as end:
        code = int(end.code or 0)
    assert code == status
    return said.getvalue()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("nr,الاسم\n1,منصة بلدي\n2,\n", encoding="utf-8")
    return path


def test_the_report_for_programs_and_for_people(table: Path) -> None:
    report = json.loads(run("import-projects", table, "--json", "--dry-run"))

    assert report == {
        "format": "csv",
        "read": 2,
        "accepted": 1,
        "changed": 0,
        "unchanged": 0,
        "skipped": 1,
        "refused": 0,
        "activities": 0,
        "transactions": 0,
        "columns": {"الاسم": "title"},
        "unrecognised": ["nr"],
        "rows": [
            {
                "row": 3,
                "id": "",
                "status": "skipped",
                "field": "",
                "reason": "There is neither a title nor a description: nothing to "
                "register.",
            }
        ],
    }
    assert Project.objects.count() == 0
    assert run("import-projects", table).splitlines()[-2:] == [
        "columns left out: nr",
        "2 rows read: 1 accepted, 1 skipped",
    ]


@pytest.mark.parametrize("kind", ["toml", "json"])
def test_a_mapping_comes_from_a_file(table: Path, tmp_path: Path, kind: str) -> None:
    mapping = {"nr": "identifier", "الاسم": "title[ar]", "=EGY": "country"}
    path = tmp_path / f"mapping.{kind}"
    lines = "\n".join(f'"{column}" = "{field}"' for column, field in mapping.items())
    path.write_text(lines if kind == "toml" else json.dumps(mapping), encoding="utf-8")
    run("import-projects", table, "--mapping", path, "--source", "ours")

    project = Project.objects.get()
    assert (project.country_id, project.title.written_in) == ("EGY", "ar")
    source = project.sources.get()
    assert (source.system, source.identifier) == ("ours", "1")


@pytest.mark.parametrize("content", ["title = 5", "no toml", '{"a": ', "[a]\nb = 'c'"])
def test_a_mapping_that_is_none_is_refused(
    table: Path, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "mapping"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match="cannot be read"):
        run("import-projects", table, "--mapping", path)


@pytest.mark.parametrize("trial", [["--dry-run"], []])
def test_refused_rows_end_with_status_1_in_a_trial_too(
    tmp_path: Path, trial: list[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("title,country\nA,Atlantis\nB,EGY\n", encoding="utf-8")

    assert "1 refused" in run("import-projects", path, *trial, status=1)


def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run("import-projects", tmp_path / "none.csv")


def test_an_export_is_written_beside_and_then_put_in_place(
    tmp_path: Path, now: datetime
) -> None:
    a_project("Village telecentres", at=now)
    path = tmp_path / "out.json"
    run(
        "export-projects",
        "--format",
        "json",
        "-o",
        path,
        "--site",
        "https://f.example/",
    )

    (told,) = json.loads(path.read_text(encoding="utf-8"))
    assert told["url"] == "https://f.example/projects/village-telecentres-egy/"
    assert [file.name for file in tmp_path.iterdir()] == ["out.json"]
    with pytest.raises(CommandError, match="cannot be written"):
        run("export-projects", "--format", "csv", "-o", tmp_path / "none" / "out.csv")


def test_duplicates_are_listed_with_reasons(now: datetime) -> None:
    a_project("Village telecentres of the delta", at=now)
    a_project("Village telecenters of the delta", at=now)
    a_project("Village telecentres of the delta", at=now, country_id="JOR")

    (pair,) = json.loads(run("duplicates", "--json"))["pairs"]
    assert pair["level"] == "same"
    assert pair["reasons"].keys() == {"title"}
    assert {pair["first"], pair["second"]} == {
        "village-telecentres-of-the-delta-egy",
        "village-telecenters-of-the-delta-egy",
    }
    assert run("duplicates").startswith("same: ")
