"""Awards found by project, country, line and year."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from montada.selection import operations, queries
from montada.stocktaking.models import Project
from tests.factories.selection import a_list_of_prizes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _awards(tmp_path: Path, now: datetime) -> None:
    path = a_list_of_prizes(
        tmp_path / "prizes.csv",
        {"year": "2018", "category": "C2"},
        {"year": "2019", "category": "C2", "result": "winner"},
        {"year": "2019", "category": "C3", "title": "Libraries", "country": "FRA"},
        {"year": "", "category": "", "title": "Archives", "country": ""},
    )
    operations.import_prizes(path=path, imported_by=None, at=now)


def test_awards_of_a_project_are_its_own_newest_first() -> None:
    project = Project.objects.get(country="EGY")

    assert [(a.year, a.result) for a in queries.awards_of(project)] == [
        (2019, "winner"),
        (2018, "nominee"),
    ]


def test_awards_of_a_country_are_those_of_its_projects() -> None:
    assert [a.year for a in queries.awards_of_country("EGY")] == [2019, 2018]
    assert [str(a.project.title) for a in queries.awards_of_country("FRA")] == [
        "Libraries"
    ]
    assert list(queries.awards_of_country("TUV")) == []


def test_awards_are_counted_by_line_and_year() -> None:
    assert queries.awards_by_line_and_year() == {
        "C2": {2018: 1, 2019: 1},
        "C3": {2019: 1},
        None: {None: 1},
    }
    assert queries.awards_by_line_and_year(action_line="C3") == {"C3": {2019: 1}}
    assert queries.awards_by_line_and_year(group_code="las") == {
        "C2": {2018: 1, 2019: 1}
    }
    assert queries.n_awards() == 4
