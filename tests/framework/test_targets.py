"""`montada load-targets`: whole or not at all, with a word about every row."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from montada.audit import queries as audit
from montada.framework.models import Goal, Target

pytestmark = pytest.mark.django_db

HEAD = "kind,code,goal,field,ar,en,es,fr,ru,zh"


def row(kind: str, code: str, field: str = "title", en: str = "Words") -> str:
    goal = code.partition(".")[0]
    return f"{kind},{code},{goal},{field},كلمات {code},{en} {code},,Mots {code},,"


def run(path: Path, *options: str) -> tuple[str, str, int]:
    """Return what the command wrote, and its exit code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("load-targets", str(path), *options, stdout=out, stderr=err)
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    return out.getvalue(), err.getvalue(), code


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "targets.csv"


def write(path: Path, *rows: str, encoding: str = "utf-8") -> None:
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding=encoding)


def test_titles_go_to_goals_and_targets_and_indicators_are_skipped(table: Path) -> None:
    write(
        table,
        row("goal", "4"),
        row("goal", "4", "short"),
        row("target", "4.1"),
        row("indicator", "4.1.1"),
    )

    said = run(table)

    assert said == ("4 rows read: 2 accepted, 2 skipped\n", "", 0)
    assert Goal.objects.get(pk=4).official_title.by_language == {
        "ar": "كلمات 4",
        "en": "Words 4",
        "fr": "Mots 4",
    }
    assert Target.objects.get(pk="4.1").title.written_in == "en"
    assert not Target.objects.get(pk="4.2").title


def test_loading_leaves_one_entry_and_loading_again_none(table: Path) -> None:
    write(table, row("target", "4.1"))
    run(table)
    first = audit.last_entry_id()

    said = run(table)

    assert said == ("1 rows read: 1 unchanged\n", "", 0)
    assert audit.last_entry_id() == first
    newest = audit.entry(first)
    assert newest is not None
    assert newest.action == "framework.targets_loaded"


def test_one_bad_row_keeps_the_whole_file_out(table: Path) -> None:
    write(
        table,
        row("target", "4.1"),
        row("target", "4.99"),
        row("goal", "18"),
        row("target", "4.1"),
        row("vision", "4"),
        row("target", "4.2", "short"),
        "target,4.3,4,title,كلمات,,,,,",
        row("target", "4.4") + ",x",
    )

    out, err, code = run(table)

    assert out.splitlines() == [
        "row 3: refused: code: there is no target 4.99",
        "row 4: refused: code: there is no goal 18",
        "row 5: refused: code: 4.1 stands in row 2 already",
        "row 6: refused: kind: “vision” is neither goal, target nor indicator",
        "row 7: refused: field: “short” is not title",
        "row 8: refused: en: the English title is missing",
        "row 9: refused: “x” stands beyond the last column: the row has more cells "
        "than there are columns. If a comma belongs to a value, put the value in "
        'quotation marks, as in "1,250,000"; else give the column a name, or empty '
        "these cells.",
        "8 rows read: 1 accepted, 7 refused",
    ]
    assert (err, code) == (
        "Nothing was written: correct these rows and run it again.\n",
        1,
    )
    assert not Target.objects.get(pk="4.1").title


def test_a_byte_order_mark_is_no_obstacle(table: Path) -> None:
    write(table, row("target", "4.1"), encoding="utf-8-sig")

    assert run(table)[2] == 0


def test_the_report_can_be_read_by_a_program(table: Path) -> None:
    write(table, row("target", "4.99"))

    out, _err, code = run(table, "--json")

    assert (json.loads(out), code) == (
        {
            "format": "csv",
            "read": 1,
            "accepted": 0,
            "changed": 0,
            "unchanged": 0,
            "skipped": 0,
            "refused": 1,
            "rows": [
                {
                    "row": 2,
                    "status": "refused",
                    "field": "code",
                    "reason": "there is no target 4.99",
                }
            ],
        },
        1,
    )


def test_a_dry_run_stores_nothing(table: Path) -> None:
    write(table, row("target", "4.1"))

    said = run(table, "--dry-run")

    assert said == ("1 rows read: 1 accepted\n", "", 0)
    assert not Target.objects.get(pk="4.1").title


def test_a_file_in_another_encoding_is_refused_with_a_word(table: Path) -> None:
    table.write_bytes(HEAD.encode() + "\ntarget,4.1,4,title,تعليم".encode("cp1256"))

    with pytest.raises(CommandError, match="is not UTF-8 text"):
        run(table)


def test_a_file_without_the_columns_is_refused_with_their_names(table: Path) -> None:
    table.write_text("kind,code\n", encoding="utf-8")

    with pytest.raises(CommandError, match="missing: goal, field, ar, en"):
        run(table)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "nowhere.csv")


def test_a_file_of_every_target_goes_in_whole(table: Path) -> None:
    codes = list(Target.objects.values_list("code", flat=True))
    write(table, *(row("target", code) for code in codes))

    run(table)

    with table.open(encoding="utf-8", newline="") as lines:
        wanted = {r["code"]: r["en"] for r in csv.DictReader(lines)}
    stored = {t.code: t.title.by_language["en"] for t in Target.objects.all()}
    assert stored == wanted
