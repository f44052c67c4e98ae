"""Cells beyond the last column: their row is refused, and mended."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest

from montada.stocktaking import operations, queries
from montada.stocktaking.models import ImportRun, Project

pytestmark = pytest.mark.django_db

ROWS = (
    "title,language,country,organisation,currency,budget\n"
    "Surplus water wells project,en,EGY,Some Water Org,USD,1,250,000\n"
    "Telecentres,en,EGY,Some Org,USD,1,, \n"
)


def test_a_row_with_cells_beyond_the_last_column_is_refused_and_mended(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "wells.csv"
    path.write_text(ROWS)

    answer = operations.import_projects(
        path=path,
        mapping=None,
        system="",
        dry_run=False,
        at=now,
        keep_going=lambda: True,
    )

    assert (answer.counts["accepted"], answer.counts["refused"]) == (1, 1)
    (said,) = answer.rows
    assert (said.row, said.status, said.field) == (2, "refused", "")
    assert said.reason.startswith("“250 | 000” stands beyond the last column")
    run = ImportRun.objects.get()
    refused = queries.refused_row(run, 2)
    assert refused is not None
    mended = operations.mend_row(
        run=run,
        number=2,
        cells={**refused.cells, "budget": "1250000"},
        mended_by=None,
        at=now,
    )
    assert mended.faults == ()
    assert mended.incoming is not None
    assert mended.incoming.record.money.budget == 1_250_000
    assert Project.objects.count() == 2


def test_columns_are_shown_of_a_file_with_such_a_row(now: datetime) -> None:
    run = operations.begin_import(
        name="wells.csv", file=BytesIO(ROWS.encode()), begun_by=None, at=now
    )

    assert queries.sampled_columns(run)["budget"] == ("1", "1")
