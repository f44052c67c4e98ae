"""Files taken in: row by row, in batches that are whole, as often as one likes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from montada.audit.models import Entry
from montada.stocktaking import operations, queries
from montada.stocktaking.models import ImportRow, ImportRun, Project, ProjectSource
from montada.stocktaking.operations import importing

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).parents[3] / "shared" / "data"

ROWS = """id,title,description,country,budget,currency,colour
1,Village telecentres,Places to be online.,EGY,1000,USD,red
2,School network,Schools online.,Atlantis,,,red
3,Doctors by telephone,,JOR,much,USD,
4,,,EGY,,,
1,Telecentres again,,EGY,,,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "projects.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def take(path: Path, now: datetime, **said: Any) -> queries.ImportAnswer:
    usual: dict[str, Any] = {"mapping": None, "system": "", "dry_run": False}
    return operations.import_projects(
        **usual | {"keep_going": lambda: True, "path": path, "at": now} | said
    )


def many(path: Path, n: int) -> Path:
    rows = "".join(f"{i},Project number {i},EGY\n" for i in range(n))
    path.write_text(f"id,title,country\n{rows}", encoding="utf-8")
    return path


def stops_after(n: int) -> Callable[[], bool]:
    asked = iter(range(n))
    return lambda: next(asked, None) is not None


def test_rows_go_in_and_the_refused_stay_out_each_with_its_reason(
    table: Path, now: datetime
) -> None:
    answer = take(table, now).as_json()

    counts = {name: answer[name] for name in ("read", "accepted", "skipped", "refused")}
    assert counts == {"read": 5, "accepted": 1, "skipped": 2, "refused": 2}
    assert answer["unrecognised"] == ["colour"]
    assert [(r["row"], r["id"], r["status"], r["field"]) for r in answer["rows"]] == [
        (3, "2", "refused", "country"),
        (4, "3", "refused", "budget"),
        (5, "", "skipped", ""),
        (6, "1", "skipped", "id"),
    ]
    assert answer["rows"][0]["reason"] == (
        "“Atlantis” is no country that the United Nations list. Write its name in one "
        "of the six languages, or its code, such as EGY."
    )
    assert answer["rows"][3]["reason"] == (
        "Row 2 has the same identifier: that one was taken."
    )
    project = Project.objects.get()
    assert (str(project.title), project.country_id) == ("Village telecentres", "EGY")
    source = ProjectSource.objects.get()
    assert (source.system, source.identifier) == ("projects", "1")


def test_a_trial_says_the_same_and_keeps_nothing(table: Path, now: datetime) -> None:
    n_entries = Entry.objects.count()
    tried = take(table, now, dry_run=True)

    assert (Project.objects.count(), ImportRun.objects.count()) == (0, 0)
    assert Entry.objects.count() == n_entries
    assert tried.as_json() == take(table, now).as_json()


def test_the_same_file_again_changes_nothing(table: Path, now: datetime) -> None:
    take(table, now)
    before = list(Project.objects.values())
    again = take(table, now)

    assert again.counts["unchanged"] == 1
    assert list(Project.objects.values()) == before


def test_rows_without_identifiers_are_known_again_too(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("title\nOne\nTwo\nOne\n", encoding="utf-8")

    assert take(path, now).counts == {"accepted": 2, "unchanged": 1}
    assert take(path, now).counts == {"unchanged": 3}


def test_a_row_that_says_something_else_changes_the_record(
    table: Path, now: datetime
) -> None:
    take(table, now)
    table.write_text(ROWS.replace("Places to be online.", "Rooms."), encoding="utf-8")
    answer = take(table, now)

    assert answer.counts["changed"] == 1
    record = queries.published_record(Project.objects.get())
    assert str(record.summary) == "Rooms."


def test_people_say_which_column_is_what(table: Path, now: datetime) -> None:
    mapping = {"title": "title[fr]", "colour": "beneficiaries", "=ongoing": "status"}
    answer = take(table, now, mapping=mapping, dry_run=True)

    assert answer.columns == mapping
    assert answer.unrecognised == ("id", "description", "country", "budget", "currency")
    assert answer.rows[0].reason.startswith("“red” is not in the list.")


@pytest.mark.parametrize(
    ("mapping", "refusal"),
    [
        ({"title": "colour"}, operations.NoSuchField),
        ({"none": "title"}, operations.NoSuchColumn),
        ({"title": "title", "description": "title"}, operations.FieldTwice),
        ({"title": "summary"}, operations.TitleNotMatched),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(
    table: Path, now: datetime, mapping: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        take(table, now, mapping=mapping)

    assert ImportRun.objects.count() == 0


def test_a_file_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 4)
    path = many(tmp_path / "many.csv", 10)
    take(path, now, keep_going=stops_after(1))

    run = ImportRun.objects.get()
    assert (run.state, run.position, Project.objects.count()) == ("stopped", 8, 8)

    answer = take(path, now)
    run.refresh_from_db()
    assert (run.state, run.position, Project.objects.count()) == ("done", 10, 10)
    assert answer.counts == {"accepted": 10}


def test_where_two_go_at_once_one_is_refused(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 4)
    path = many(tmp_path / "many.csv", 10)

    def meanwhile(n_rows: int) -> None:
        if n_rows == 4:
            take(path, now)

    with pytest.raises(operations.ImportElsewhere):
        take(path, now, told=meanwhile)
    assert Project.objects.count() == 10


def test_killed_and_started_again_nothing_is_doubled_and_nothing_lost(
    tmp_path: Path, now: datetime
) -> None:
    path, forum = many(tmp_path / "many.csv", 2000), tmp_path / "montada.sqlite3"
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as loaded,
        closing(sqlite3.connect(forum)) as copy,
    ):
        loaded.backup(copy)
    command = [sys.executable, "-m", "montada", "import-projects", str(path)]
    world = {**os.environ, "MONTADA_VAR": str(tmp_path), "PYTHONPATH": str(_SOURCES)}
    world["DJANGO_SETTINGS_MODULE"] = "montada.settings.local"

    killed = subprocess.Popen(command, env=world, stdout=subprocess.DEVNULL)
    while _position(forum) == 0 and killed.poll() is None:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    kept = _position(forum)
    assert 0 < kept < 2000
    assert _count(forum, "stocktaking_project") == kept

    again = subprocess.run(
        command, env=world, capture_output=True, text=True, check=True
    )
    assert again.stdout == "2000 rows read: 2000 accepted\n"
    assert _count(forum, "stocktaking_project") == 2000
    assert _count(forum, "stocktaking_importrun") == 1


_SOURCES = Path(settings.PACKAGE).parent


def _position(forum: Path) -> int:
    return int(_read(forum, "SELECT max(position) FROM stocktaking_importrun") or 0)


def _count(forum: Path, table: str) -> int:
    return int(_read(forum, f"SELECT count(*) FROM {table}"))


def _read(forum: Path, statement: str) -> Any:
    with closing(sqlite3.connect(forum, timeout=20)) as database:
        return database.execute(statement).fetchone()[0]


def test_rows_that_the_register_refuses_do_not_hold_up_the_others(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An organisation's name of signs alone passes no reader; here one does.
    monkeypatch.setattr("montada.stocktaking.engine.tables.reading.LONGEST_NAME", 9_999)
    path = tmp_path / "names.csv"
    path.write_text(
        f"title,organisation\nA,Ours\nB,{'x' * 400}\nC,Theirs\n", encoding="utf-8"
    )
    answer = take(path, now)

    assert answer.counts == {"accepted": 2, "refused": 1}
    assert answer.rows[0].reason.startswith("A name has at most 300 characters")
    assert Project.objects.count() == 2


def test_what_follows_waits_in_the_background(
    table: Path, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        take(table, now)

    waiting = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert waiting == {
        "montada.language.tasks.embed_texts",
        "montada.stocktaking.tasks.label_projects",
    }


def test_activities_of_iati_come_with_reasons_and_derived_labels(now: datetime) -> None:
    path = SHARED / "iati" / "real" / "okfn__acfspain-ph.xml"
    if not path.exists():
        pytest.skip("the data beside the repository are not here")
    answer = take(path, now).as_json()

    assert (answer["format"], answer["activities"], answer["accepted"]) == (
        "iati",
        6,
        6,
    )
    labels = [label for p in Project.objects.all() for label in queries.labels_of(p)]
    assert {label.source for label in labels} <= {"derived", "stated"}
    assert all(label.words for label in labels)
    assert {s.system for s in ProjectSource.objects.all()} == {"iati"}


def test_a_broken_file_of_iati_is_refused_whole(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "broken.xml"
    path.write_text("<iati-activities><iati-activity>", encoding="utf-8")

    with pytest.raises(operations.IatiRefused, match="no well-formed XML"):
        take(path, now)
    assert ImportRun.objects.count() == 0


def begun(table: Path, now: datetime) -> ImportRun:
    with table.open("rb") as file:
        return operations.begin_import(
            file=file, name="projects.csv", begun_by=None, at=now
        )


def started(run: ImportRun, now: datetime, **said: Any) -> ImportRun:
    usual: dict[str, Any] = {"is_trial": False, "started_by": None, "at": now}
    return operations.start_import(run=run, **usual | said)


def taken(run: ImportRun, now: datetime) -> ImportRun:
    file = operations.opened_import(run=run)
    return operations.run_import(run=run, file=file, at=now, keep_going=lambda: True)


def test_a_refused_row_is_mended_and_counted_anew(table: Path, now: datetime) -> None:
    run = taken(started(begun(table, now), now), now)
    row = queries.refused_row(run, 3)
    assert row
    assert row.faults.keys() == {"country"}

    still = operations.mend_row(
        run=run,
        number=3,
        cells={**row.cells, "country": "Atlantis!"},
        mended_by=None,
        at=now,
    )
    mended = operations.mend_row(
        run=run, number=3, cells={**row.cells, "country": "مصر"}, mended_by=None, at=now
    )

    assert ([n.code for n in still.faults], mended.faults) == (["no_country"], ())
    run.refresh_from_db()
    assert (run.counts["accepted"], run.counts["refused"]) == (2, 1)
    assert Project.objects.filter(country="EGY").count() == 2
    with pytest.raises(operations.RowMended):
        operations.mend_row(run=run, number=3, cells={}, mended_by=None, at=now)


def test_a_trial_of_a_file_that_was_sent_keeps_what_it_said(
    table: Path, now: datetime
) -> None:
    run = started(begun(table, now), now, is_trial=True)
    file = operations.opened_import(run=run)
    operations.try_import(run=run, file=file, at=now, keep_going=lambda: True)

    run.refresh_from_db()
    assert (run.state, run.position, run.counts["refused"]) == ("mapping", 0, 2)
    assert (Project.objects.count(), ImportRow.objects.count()) == (0, 4)

    run = taken(started(run, now), now)
    assert (run.counts["accepted"], ImportRow.objects.count()) == (1, 4)


def test_stopped_imports_wait_and_steps_out_of_turn_are_refused(
    table: Path, now: datetime
) -> None:
    run = begun(table, now)
    with pytest.raises(operations.NotNow):
        operations.stop_import(run=run, stopped_by=None, at=now)
    run = started(run, now)
    with pytest.raises(operations.NotNow):
        started(run, now)
    run = operations.stop_import(run=run, stopped_by=None, at=now)

    assert run.state == "stopped"
    taken(started(run, now), now)
    assert Project.objects.count() == 1


def test_what_a_process_left_in_the_middle_is_taken_up(
    table: Path, now: datetime
) -> None:
    half, nothing = begun(table, now), begun(table, now)
    ImportRun.objects.filter(pk=half.pk).update(state="running", position=2)
    ImportRun.objects.filter(pk=nothing.pk).update(state="running")
    operations.recover_imports(at=now)

    states = dict(ImportRun.objects.values_list("pk", "state"))
    assert states == {half.pk: "waiting", nothing.pk: "stopped"}


def test_a_file_that_is_gone_stops_its_import_in_words(
    table: Path, now: datetime
) -> None:
    run = started(begun(table, now), now)
    Path(run.file.path).unlink()
    with pytest.raises(Exception, match="cannot be read"):
        operations.opened_import(run=run)

    run.refresh_from_db()
    assert (run.state, "cannot be read" in run.error) == ("stopped", True)


def test_schemas_are_asked_where_they_are(table: Path) -> None:
    folder = SHARED / "iati" / "schemas"
    path = SHARED / "iati" / "real" / "okfn__acfspain-ph.xml"
    if not path.exists():
        pytest.skip("the data beside the repository are not here")

    found = operations.check_schema(path=path, folder=folder)
    assert found == {"version": "2.02", "errors": 0, "first": []}
    assert operations.check_schema(path=table, folder=folder) is None
