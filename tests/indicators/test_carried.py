"""The figures that come with the product: unchanged, complete, loaded again."""

from __future__ import annotations

import csv
import hashlib
import json
import time
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from montada.audit import queries as audit
from montada.indicators import queries
from montada.indicators.models import Observation, Series
from montada.indicators.operations import load_own_figures
from montada.indicators.operations.naming import OWN

SHA256 = {
    "figures.csv": ("ac8793421758a66f0c24c5fa01198bc31588839e2aede09a4a2b81011e474746"),
    "figures_series.csv": (
        "f3067f02bc3b9a8c1a6413e27a0d088a4f91ebd514dcc0344114c8f48d8a9088"
    ),
    "world_internet_use.csv": (
        "84a7caea1805cec143d713782fd38f2b9ebd2a3203bc0d9f8e01d2b91e396d7a"
    ),
}
"""Of the files as they were gathered; whoever gathers anew writes the new sums here."""


@pytest.mark.parametrize("name", SHA256)
def test_carried_file_is_the_one_that_was_gathered(name: str) -> None:
    assert hashlib.sha256((OWN / name).read_bytes()).hexdigest() == SHA256[name]


def test_every_carried_series_has_its_names_and_definition() -> None:
    def column(name: str) -> list[dict[str, str]]:
        with (OWN / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    described = {row["series"]: row for row in column("series_names.csv")}
    carried = [
        r["series"] for r in (*column("figures_series.csv"), *column("own_series.csv"))
    ]
    assert set(described) == set(carried)
    assert all(
        all(v for k, v in r.items() if k != "source_url") for r in described.values()
    )


@pytest.mark.django_db
def test_carried_figures_are_loaded_once_and_quickly(now: datetime) -> None:
    began = time.process_time()
    first = load_own_figures(at=now)
    took = time.process_time() - began
    last = audit.last_entry_id()
    second = load_own_figures(at=now)

    assert [r.counts for r in first] == [
        {"skipped": 1, "accepted": 2357},
        {"accepted": 32},
    ]
    assert [r.counts for r in second] == [
        {"skipped": 1, "unchanged": 2357},
        {"unchanged": 32},
    ]
    assert Series.objects.count() == 13
    assert audit.last_entry_id() == last
    assert took < 5


@pytest.mark.django_db
def test_group_lines_of_the_carried_figures(now: datetime) -> None:
    load_own_figures(at=now)

    world = {p.year: p for p in queries.group_line(queries.INTERNET_USE, None)}

    # Sums over all rows of figures.csv but Kosovo's, computed apart.
    assert round(world[2018].value or 0, 1) == 48.8
    assert round(world[2023].coverage, 2) == 0.78
    assert (world[2024].value, world[2024].n_countries) == (None, 49)
    schools = queries.group_line("schools_internet_primary_pct", None)
    assert [p.value for p in schools if p.value is not None] == []


@pytest.mark.django_db
def test_both_contradicting_estimates_are_there(now: datetime) -> None:
    load_own_figures(at=now)

    said = [
        (e.year, e.value, e.is_contradicted)
        for e in queries.estimates()
        if e.year > 2018
    ]

    assert said == [
        (2021, 63.0, False),
        (2022, 66.0, True),
        (2022, 64.0, True),
        (2023, 67.4, True),
        (2023, 65.0, True),
        (2024, 68.0, False),
    ]
    assert queries.estimates()[0].host == "108.161.137.60"


@pytest.mark.django_db
def test_command_reports_as_json_and_rehearses(tmp_path: Path) -> None:
    said = StringIO()

    call_command("import-figures", "--dry-run", "--json", stdout=said)

    reports = [json.loads(line) for line in said.getvalue().splitlines()]
    assert [r["read"] for r in reports] == [2358, 32]
    assert Observation.objects.count() == 0


@pytest.mark.django_db
def test_command_fails_where_a_row_was_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("series,area,year,value\nhappiness,EGY,2020,1\n")
    said = StringIO()

    with pytest.raises(CommandError):
        call_command("import-figures", str(path), stdout=said)

    assert said.getvalue().splitlines() == [
        'bad.csv: row 2: refused: series: There is no series "happiness".',
        "bad.csv: 1 rows read: 1 refused",
    ]


@pytest.mark.django_db
def test_command_fails_with_words_where_there_is_no_file() -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        call_command("import-figures", "nowhere.csv")
