"""A list of prizes goes in whole or not at all, and says what became of every row."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from montada.audit.models import Entry
from montada.djangokit.tables import ColumnsMissing, ImportReport, TableUnreadable
from montada.participation.models import Organisation
from montada.selection import operations, queries
from montada.selection.models import Award
from montada.stocktaking import queries as stocktaking
from montada.stocktaking.models import Project, ProjectDistinction
from tests.factories.selection import a_list_of_prizes

pytestmark = pytest.mark.django_db

FACTS = settings.PACKAGE / "demo" / "facts" / "prizes.csv"


@pytest.fixture
def read(tmp_path: Path, now: datetime) -> Any:
    """Return a function that imports rows."""

    def importing(*rows: dict[str, str], dry_run: bool = False) -> ImportReport:
        path = a_list_of_prizes(tmp_path / "prizes.csv", *rows)
        return operations.import_prizes(
            path=path, imported_by=None, at=now, dry_run=dry_run
        )

    return importing


def said(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(note.row, note.status, note.field) for note in report.rows]


def test_a_row_becomes_a_project_with_an_award_and_an_organisation(read: Any) -> None:
    report = read({"year": "2018"})

    (award,) = Award.objects.all()
    project = award.project
    assert report.counts == {"accepted": 1}
    assert said(report) == []
    assert (award.year, award.result, award.action_line_id) == (2018, "nominee", "C2")
    assert (str(project.title), project.country_id) == ("Village telecentres", "EGY")
    assert project.title.written_in == "und"
    assert project.stakeholder_group_id == "civil"
    assert str(project.organisation) == "Telecentre Foundation"
    assert [(d.kind, d.year) for d in project.distinctions.all()] == [("nominee", 2018)]


def test_rows_of_one_project_become_one_project_with_several_awards(read: Any) -> None:
    report = read(
        {"title": "Tasmu Digital Valley", "year": "2023"},
        {"title": "TASMU digital valley", "year": "2024", "result": "winner"},
        {"title": "Tasmu Digital Valley", "year": "2024", "country": "JOR"},
    )

    assert report.counts == {"accepted": 3}
    assert Project.objects.count() == 2
    project = Project.objects.get(country="EGY")
    assert [(a.year, a.result) for a in queries.awards_of(project)] == [
        (2024, "winner"),
        (2023, "nominee"),
    ]
    assert (project.first_year, project.last_year) == (2023, 2024)


def test_rows_without_a_title_meet_only_where_all_else_agrees(read: Any) -> None:
    untitled = {"title": "", "result": "winner"}
    report = read(
        untitled,
        {**untitled, "organisation": "Another"},
        {**untitled, "year": "2019"},
        {**untitled, "category": ""},
        untitled,
    )

    assert report.counts == {"accepted": 4, "skipped": 1}
    assert Project.objects.count() == 4


def test_reading_the_same_list_again_changes_nothing(read: Any) -> None:
    rows: list[dict[str, str]] = [
        {},
        {"title": ""},
        {"country": "", "category": "C7"},
        {"result": "winner"},
    ]
    read(*rows)
    n_entries = Entry.objects.count()
    report = read(*rows)

    assert report.counts == {"unchanged": 4}
    assert (Award.objects.count(), Entry.objects.count()) == (4, n_entries)
    assert {note.status for note in report.rows} == {"unchanged"}


def test_an_import_leaves_one_entry_with_its_counts(read: Any) -> None:
    read({}, {"title": "Another"})

    (entry,) = Entry.objects.filter(action="selection.prizes_imported")
    assert entry.details == {"file": "prizes.csv", "rows": 2, "accepted": 2}


def test_a_known_award_that_teaches_something_is_a_change(read: Any) -> None:
    read({"organisation": ""})
    report = read({"organisation": "Telecentre Foundation"})

    assert report.counts == {"changed": 1}
    assert str(Project.objects.get().organisation) == "Telecentre Foundation"


def test_another_organisation_is_said_and_the_first_is_kept(read: Any) -> None:
    report = read({}, {"year": "2019", "organisation": "Another"})

    assert [note.reason for note in report.rows] == [
        "The project is known with another organisation: that one is kept."
    ]
    assert str(Project.objects.get().organisation) == "Telecentre Foundation"


def test_a_row_twice_in_the_list_is_taken_once_and_said(read: Any) -> None:
    report = read({}, {"title": "Another"}, {})

    assert report.counts == {"accepted": 2, "skipped": 1}
    assert [(note.row, note.reason) for note in report.rows] == [
        (4, "The same award as in row 2: taken once.")
    ]
    assert Award.objects.count() == 2


def test_several_lines_are_several_awards_of_one_project(read: Any) -> None:
    report = read({"category": "C2;C3"})

    assert report.counts == {"accepted": 1}
    assert queries.n_awards() == 2
    assert stocktaking.tallies().of_line("C2").n_stated == 1
    assert stocktaking.tallies().of_line("C3").n_stated == 1
    assert ProjectDistinction.objects.count() == 1


def test_what_is_not_stated_is_listed_and_kept(read: Any) -> None:
    report = read({}, {"title": "", "country": "", "category": "C7"})

    assert said(report) == [
        (3, "accepted", "title"),
        (3, "accepted", "country"),
        (3, "accepted", "category"),
    ]
    assert Project.objects.filter(country=None, action_lines=None).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"country": "Atlantis"}, "country"),
        ({"year": "20188"}, "year"),
        ({"result": "hero"}, "result"),
        ({"category": "C12"}, "category"),
        ({"source_url": "itu.int"}, "source_url"),
    ],
)
def test_one_refused_row_keeps_the_whole_list_out(
    read: Any, wrong: dict[str, str], field: str
) -> None:
    report = read({}, wrong, {"title": "Another"})

    assert report.counts == {"skipped": 2, "refused": 1}
    assert said(report) == [(3, "refused", field)]
    assert (Award.objects.count(), Project.objects.count()) == (0, 0)
    assert Organisation.objects.count() == 0


def test_a_trial_says_what_would_happen_and_writes_nothing(read: Any) -> None:
    report = read({}, {"title": "Another"}, dry_run=True)

    assert report.counts == {"accepted": 2}
    assert (Award.objects.count(), Project.objects.count()) == (0, 0)
    assert Organisation.objects.count() == 0
    assert Entry.objects.filter(action__startswith="selection.").count() == 0


def test_files_that_cannot_be_read_are_refused(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "prizes.csv"

    def importing(content: bytes) -> ImportReport:
        path.write_bytes(content)
        return operations.import_prizes(path=path, imported_by=None, at=now)

    with pytest.raises(ColumnsMissing, match="missing: category, result"):
        importing(b"year,title\n2018,One\n")
    with pytest.raises(TableUnreadable, match="not UTF-8"):
        importing("year,title\n2018,Móvil".encode("latin-1"))


def test_a_byte_order_mark_is_no_part_of_the_first_column(
    tmp_path: Path, now: datetime
) -> None:
    path = a_list_of_prizes(tmp_path / "prizes.csv", {})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    report = operations.import_prizes(path=path, imported_by=None, at=now)

    assert report.counts == {"accepted": 1}


def test_the_statements_of_an_import_do_not_grow_with_its_rows(
    read: Any, django_assert_max_num_queries: Any
) -> None:
    rows = [{"title": f"Project {n}", "year": str(2012 + n % 9)} for n in range(300)]

    with django_assert_max_num_queries(85):
        read(*rows)


def test_the_product_own_facts_go_in_whole(now: datetime) -> None:
    report = operations.import_prizes(path=FACTS, imported_by=None, at=now)
    again = operations.import_prizes(path=FACTS, imported_by=None, at=now)

    assert report.counts == {"accepted": 531}
    assert again.counts == {"unchanged": 531}
    assert stocktaking.counts().n_projects == 525
    assert Project.objects.filter(sort_key="").count() == 6
    by_line = queries.awards_by_line_and_year()
    assert sum(sum(years.values()) for years in by_line.values()) == 531
    assert sum(by_line[None].values()) == 88


class TestCommand:
    def run(self, path: Path, *options: str) -> str:
        out = io.StringIO()
        call_command("import-prizes", str(path), *options, stdout=out, stderr=out)
        return out.getvalue()

    def test_it_prints_what_became_of_the_rows(self, tmp_path: Path) -> None:
        printed = self.run(a_list_of_prizes(tmp_path / "a.csv", {}, {"title": ""}))

        assert printed.splitlines() == [
            "row 3: accepted: title: No title is given: the project is kept as "
            "“title not stated by the source”.",
            "2 rows read: 2 accepted",
        ]

    def test_it_reports_as_json(self, tmp_path: Path) -> None:
        path = a_list_of_prizes(tmp_path / "a.csv", {"country": ""})

        assert json.loads(self.run(path, "--json", "--dry-run")) == {
            "format": "csv",
            "read": 1,
            "accepted": 1,
            "changed": 0,
            "unchanged": 0,
            "skipped": 0,
            "refused": 0,
            "rows": [
                {
                    "row": 2,
                    "status": "accepted",
                    "field": "country",
                    "reason": "No country is given: the project is kept without a "
                    "country.",
                }
            ],
        }
        assert Project.objects.count() == 0

    @pytest.mark.parametrize("options", [(), ("--dry-run",), ("--json",)])
    def test_it_fails_if_anything_was_refused(
        self, tmp_path: Path, options: tuple[str, ...]
    ) -> None:
        path = a_list_of_prizes(tmp_path / "a.csv", {"country": "Atlantis"})

        with pytest.raises(SystemExit) as stopped:
            self.run(path, *options)
        assert stopped.value.code == 1

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match=r"nowhere\.csv"):
            self.run(tmp_path / "nowhere.csv")


def test_a_row_with_cells_beyond_the_last_column_keeps_the_whole_list_out(
    tmp_path: Path, now: datetime
) -> None:
    path = a_list_of_prizes(tmp_path / "prizes.csv", {}, {"title": "Another"})
    path.write_text(path.read_text(encoding="utf-8").rstrip() + ",x\n", "utf-8")

    report = operations.import_prizes(path=path, imported_by=None, at=now)

    assert report.counts == {"skipped": 1, "refused": 1}
    assert said(report) == [(3, "refused", "")]
    assert report.rows[0].reason.startswith("“x” stands beyond the last column")
    assert not Award.objects.exists()
