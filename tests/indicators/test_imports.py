"""Taking in tables of figures: whole or not at all, each row accounted for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from montada.audit import queries as audit
from montada.djangokit.tables import (
    CellsBeyond,
    ColumnsMissing,
    TableNotThere,
    TableUnreadable,
)
from montada.indicators.models import Observation, Series
from montada.indicators.operations import (
    UnknownForm,
    import_figures,
    import_file,
    import_tidy,
    import_world_internet_use,
)
from montada.indicators.operations.wide import ColumnsUnknown, YearsTwice
from tests.factories.indicators import make_series

pytestmark = pytest.mark.django_db


class Written(Protocol):
    """Writes a file and says where."""

    def __call__(self, text: str | bytes, name: str = "figures.csv") -> Path: ...


WORLD_HEAD = "area,year,percent,release,note,source_url\n"


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str | bytes, name: str = "figures.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def stored() -> list[tuple[str, int, float, str]]:
    rows = Observation.objects.order_by("area", "year", "pk")
    return list(rows.values_list("area", "year", "value", "release"))


def test_wide_table_brings_series_and_figures(written: Written, now: datetime) -> None:
    series = written(
        "series,code,unit,source,licence\n"
        "internet_users_pct,IT.NET.USER.ZS,percent of population,ITU,CC BY 4.0\n",
        "series.csv",
    )
    figures = written(
        "series,country,2000,2001\ninternet_users_pct,EGY,0.6,\n"
        "internet_users_pct,JOR,2.6,4.7\n"
    )

    report = import_figures(path=figures, series_path=series, imported_by=None, at=now)

    assert (report.read, report.counts) == (2, {"accepted": 2})
    assert stored() == [
        ("EGY", 2000, 0.6, ""),
        ("JOR", 2000, 2.6, ""),
        ("JOR", 2001, 4.7, ""),
    ]
    name = Series.objects.get().name.by_language
    assert name["ar"] == "الأفراد الذين يستخدمون الإنترنت"


def test_second_import_changes_nothing_and_leaves_no_entry(
    written: Written, now: datetime
) -> None:
    make_series()
    figures = written("series,country,2000\ninternet_users_pct,EGY,0.6\n")
    import_figures(path=figures, series_path=None, imported_by=None, at=now)
    last = audit.last_entry_id()

    report = import_figures(path=figures, series_path=None, imported_by=None, at=now)

    assert report.counts == {"unchanged": 1}
    assert audit.last_entry_id() == last


def test_changed_figure_is_counted_and_remembered(
    written: Written, now: datetime
) -> None:
    series = make_series()
    before = written("series,country,2000,2001\ninternet_users_pct,EGY,0.6,0.8\n")
    import_figures(path=before, series_path=None, imported_by=None, at=now)
    after = written(
        "series,country,2000,2001\ninternet_users_pct,EGY,0.7,\n", "new.csv"
    )

    report = import_figures(path=after, series_path=None, imported_by=None, at=now)

    assert report.counts == {"changed": 1}
    assert stored() == [("EGY", 2000, 0.7, ""), ("EGY", 2001, 0.8, "")]
    assert audit.entries_about(series)[0].details == {
        "file": "new.csv",
        "n_new": 0,
        "n_changed": 1,
    }


def test_one_refused_row_keeps_the_whole_file_out(
    written: Written, now: datetime
) -> None:
    make_series()
    figures = written(
        "series,country,2000\n"
        "internet_users_pct,EGY,0.6\n"
        "internet_users_pct,Atlantis,1\n"
        'internet_users_pct,JOR,"2,6"\n'
        "internet_users_pct,OMN,101\n"
        "internet_users_pct,Egypt,0.7\n"
        "happiness,EGY,1\n"
    )

    report = import_figures(path=figures, series_path=None, imported_by=None, at=now)

    assert [(n.row, n.field, n.reason) for n in report.rows] == [
        (3, "country", 'No country or group of countries is known as "Atlantis".'),
        (4, "2000", '"2,6" is not a number; write decimals with a point.'),
        (5, "2000", "101 cannot be: the unit is percent of population."),
        (6, "country", "The same as row 2."),
        (7, "series", 'There is no series "happiness".'),
    ]
    assert report.n_refused == 5
    assert stored() == []


def test_area_that_only_a_publisher_lists_is_left_out_and_said(
    written: Written, now: datetime
) -> None:
    make_series()
    figures = written(
        "series,country,2000\ninternet_users_pct,XKX,1\ninternet_users_pct,EGY,0.6\n"
    )

    report = import_figures(path=figures, series_path=None, imported_by=None, at=now)

    assert report.counts == {"skipped": 1, "accepted": 1}
    assert report.rows[0].reason == (
        "XKX is not in the United Nations' list of countries and areas."
    )
    assert stored() == [("EGY", 2000, 0.6, "")]


def test_series_without_a_source_is_refused(written: Written, now: datetime) -> None:
    series = written("series,code,unit,source,licence\nhdi,,index 0-1,,\n", "s.csv")
    figures = written("series,country,2000\nhdi,EGY,0.6\n")

    report = import_figures(path=figures, series_path=series, imported_by=None, at=now)

    assert (report.rows[0].field, report.rows[0].row) == ("s.csv: source", 2)
    assert (Series.objects.count(), stored()) == (0, [])


def test_rehearsal_reports_and_writes_nothing(written: Written, now: datetime) -> None:
    make_series()
    figures = written("series,country,2000\ninternet_users_pct,EGY,0.6\n")

    report = import_figures(
        path=figures, series_path=None, imported_by=None, at=now, dry_run=True
    )

    assert report.counts == {"accepted": 1}
    assert stored() == []


def test_tidy_table_takes_countries_groups_and_the_world(
    written: Written, now: datetime
) -> None:
    make_series()
    table = written(
        "\ufeffseries,area,year,value,release,note,source_url\n"
        "internet_users_pct,مصر,2020,71.9,,,https://example.org/a\n"
        "internet_users_pct,las,2020,62,ITU,,\n"
        "internet_users_pct,World,2020,60,ITU 2021,first,\n"
        "internet_users_pct,World,2020,59,ITU 2022,revised,\n"
    )

    report = import_tidy(path=table, imported_by=None, at=now)

    assert report.counts == {"accepted": 4}
    assert stored() == [
        ("EGY", 2020, 71.9, ""),
        ("las", 2020, 62.0, "ITU"),
        ("world", 2020, 60.0, "ITU 2021"),
        ("world", 2020, 59.0, "ITU 2022"),
    ]


def test_tidy_table_refuses_bad_years_and_repeated_figures(
    written: Written, now: datetime
) -> None:
    make_series()
    table = written(
        "series,area,year,value\n"
        "internet_users_pct,EGY,2020,1\n"
        "internet_users_pct,egy,2020,2\n"
        "internet_users_pct,EGY,20,1\n"
    )

    report = import_tidy(path=table, imported_by=None, at=now)

    assert [(n.row, n.field, n.reason) for n in report.rows] == [
        (3, "year", "The same as row 2."),
        (4, "year", '"20" is not a year of four digits.'),
    ]
    assert stored() == []


def test_contradicting_releases_are_both_kept(written: Written, now: datetime) -> None:
    table = written(
        WORLD_HEAD + "World,2022,66,Facts and Figures 2022,,https://a.example/x\n"
        "World,2022,64,Facts and Figures 2023,,https://b.example/y\n"
        "Arab States,2018,54.7,ITU estimate,,https://a.example/x\n"
    )

    report = import_world_internet_use(path=table, imported_by=None, at=now)

    assert report.counts == {"accepted": 3}
    assert stored() == [
        ("itu-arab", 2018, 54.7, "ITU estimate"),
        ("world", 2022, 66.0, "Facts and Figures 2022"),
        ("world", 2022, 64.0, "Facts and Figures 2023"),
    ]


def test_estimate_without_release_or_of_an_unknown_region_is_refused(
    written: Written, now: datetime
) -> None:
    table = written(
        WORLD_HEAD + "World,2022,66,,,https://a.example/x\n"
        "Oceania,2022,66,ITU,,https://a.example/x\nWorld,2021,63,ITU,,\n"
    )

    report = import_world_internet_use(path=table, imported_by=None, at=now)

    assert [(n.row, n.field) for n in report.rows] == [
        (2, "release"),
        (3, "area"),
        (4, "source_url"),
    ]
    assert (Series.objects.count(), stored()) == (0, [])


def test_form_is_told_by_the_columns(written: Written, now: datetime) -> None:
    make_series()
    files = [
        written("series,area,year,value\ninternet_users_pct,EGY,2020,1\n", "tidy.csv"),
        written("series,country,2021\ninternet_users_pct,EGY,2\n", "wide.csv"),
        written(WORLD_HEAD + "World,2022,3,ITU,,https://a.example/x\n", "world.csv"),
    ]

    for path in files:
        import_file(path=path, series_path=None, imported_by=None, at=now)

    assert [value for _area, _year, value, _release in stored()] == [1.0, 2.0, 3.0]


def test_file_of_another_form_is_refused(written: Written, now: datetime) -> None:
    path = written("name,colour\nsky,blue\n")

    with pytest.raises(UnknownForm) as refused:
        import_file(path=path, series_path=None, imported_by=None, at=now)

    assert refused.value.code == "indicators.unknown_form"
    assert "colour, name" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"series,country\ninternet_users_pct,EGY\n", ColumnsMissing),
        (b"series,2000\ninternet_users_pct,1\n", ColumnsMissing),
        ("series,country,2000\nx,Égypte,1\n".encode("latin-1"), TableUnreadable),
    ],
)
def test_table_that_cannot_be_read_is_refused_as_a_whole(
    written: Written, now: datetime, content: bytes, refusal: type[Exception]
) -> None:
    path = written(content)

    with pytest.raises(refusal):
        import_figures(path=path, series_path=None, imported_by=None, at=now)


def test_file_that_is_not_there_is_refused(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(TableNotThere):
        import_tidy(path=tmp_path / "nowhere.csv", imported_by=None, at=now)


def test_years_are_read_in_every_script_and_as_the_world_bank_writes_them(
    written: Written, now: datetime
) -> None:
    make_series()
    figures = written(
        "series,country,٢٠٠٢,2003 [YR2003]\ninternet_users_pct,EGY,2.7,4.0\n"
    )

    report = import_figures(path=figures, series_path=None, imported_by=None, at=now)

    assert report.counts == {"accepted": 1}
    assert stored() == [("EGY", 2002, 2.7, ""), ("EGY", 2003, 4.0, "")]


def test_columns_that_are_no_years_and_years_twice_are_refused(
    written: Written, now: datetime
) -> None:
    make_series()
    unknown = written("series,country,2000,2199,note\ninternet_users_pct,EGY,1,2,x\n")
    twice = written(
        "series,country,2002,٢٠٠٢\ninternet_users_pct,EGY,1,2\n", "twice.csv"
    )

    with pytest.raises(ColumnsUnknown) as refused:
        import_figures(path=unknown, series_path=None, imported_by=None, at=now)
    assert str(refused.value) == (
        "These columns are neither series nor country, nor a year from 1900 to 2100: "
        "2199, note. Write a year with four digits, or remove the column."
    )
    with pytest.raises(YearsTwice, match="2002, ٢٠٠٢"):
        import_figures(path=twice, series_path=None, imported_by=None, at=now)
    assert stored() == []


@pytest.mark.parametrize(
    "content",
    [
        "series,country,2000\ninternet_users_pct,EGY,1,250\n",
        "series,area,year,value\ninternet_users_pct,EGY,2000,1,250\n",
        WORLD_HEAD + "World,2022,66,ITU,,https://a.example/x,250\n",
    ],
)
def test_rows_with_cells_beyond_the_last_column_are_refused(
    written: Written, now: datetime, content: str
) -> None:
    make_series()

    report = import_file(
        path=written(content), series_path=None, imported_by=None, at=now
    )

    assert report.counts == {"refused": 1}
    assert report.rows[0].reason.startswith("“250” stands beyond the last column")
    assert stored() == []


def test_a_table_of_series_with_cells_beyond_its_last_column_is_refused(
    written: Written, now: datetime
) -> None:
    series = written("series,code,unit,source,licence\nhdi,,index,UN,CC,x\n", "s.csv")
    figures = written("series,country,2000\nhdi,EGY,0.6\n")

    with pytest.raises(CellsBeyond, match="Row 2"):
        import_figures(path=figures, series_path=series, imported_by=None, at=now)
