"""Imports on pages: sent, matched, tried, taken in and mended, by the secretariat."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from montada.stocktaking import queries, tasks
from montada.stocktaking.models import ImportRun, Project
from tests.factories.participation import make_administrator, make_person

pytestmark = pytest.mark.django_db

IMPORTS = "/en/projects/imports/"
ROWS = "id,title,country,colour\n1,Telecentres,EGY,red\n2,Schools,Atlantis,blue\n3,,,\n"


@pytest.fixture
def secretariat(client: Client) -> Client:
    client.force_login(make_administrator())
    return client


def send(client: Client, content: str | bytes = ROWS, name: str = "list.csv") -> Any:
    raw = content if isinstance(content, bytes) else content.encode()
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, raw)})


def sent(client: Client, content: str = ROWS) -> ImportRun:
    assert send(client, content).status_code == 302
    return ImportRun.objects.latest("pk")


def step(client: Client, run: ImportRun, what: str, **chosen: str) -> Any:
    return client.post(
        f"{IMPORTS}{run.pk}/step/", {"step": what, **chosen}, follow=True
    )


def words(response: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


@pytest.fixture
def step_now(
    secretariat: Client, django_capture_on_commit_callbacks: Any, now: datetime
) -> Any:
    """Press a button, and let the worker do at once what waits."""

    def press(run: ImportRun, what: str, **chosen: str) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            step(secretariat, run, what, **chosen)
        task = DBTaskResult.objects.filter(task_path=tasks.take_file_in.module_path)
        for waiting in task:
            tasks.take_file_in.call(*waiting.args_kwargs["args"])
        task.delete()
        return words(secretariat.get(f"{IMPORTS}{run.pk}/"))

    return press


def test_only_the_secretariat_imports(client: Client) -> None:
    assert client.get(IMPORTS).status_code == 302
    client.force_login(make_person())
    assert client.get(IMPORTS).status_code == 403
    assert send(client).status_code == 403


def test_columns_are_shown_with_cells_and_what_they_were_taken_for(
    secretariat: Client,
) -> None:
    run = sent(secretariat)
    page = secretariat.get(f"{IMPORTS}{run.pk}/").content.decode()

    assert "Telecentres" in page
    assert '<option value="title" selected>Title</option>' in page
    assert '<select class="choice" name="column-3"' in page
    assert run.mapping == {"id": "identifier", "title": "title", "country": "country"}


def test_a_trial_and_then_the_rows(secretariat: Client, step_now: Any) -> None:
    run = sent(secretariat)
    tried = step_now(run, "try")
    assert "1 row is new" in tried
    assert "This was a trial: nothing of it was kept." in tried
    assert Project.objects.count() == 0

    taken = step_now(run, "take", **{"column-3": "beneficiaries"})
    # "red" and "blue" are no beneficiaries: both rows are refused now.
    assert "2 rows are refused" in taken
    assert Project.objects.count() == 0


def test_refused_rows_are_mended_one_after_the_other(
    secretariat: Client, step_now: Any
) -> None:
    run = sent(secretariat)
    assert "Mend the refused rows" in step_now(run, "take")
    address = f"{IMPORTS}{run.pk}/rows/3/"
    page = secretariat.get(address).content.decode()
    assert page.index("Atlantis") < page.index("is no country that the United Nations")

    cells = {"cell-0": "2", "cell-1": "Schools", "cell-2": "مصر", "cell-3": "blue"}
    still = secretariat.post(address, {**cells, "cell-2": "Utopia"}, follow=True)
    assert "Something is still wrong in this row." in words(still)
    mended = secretariat.post(address, cells, follow=True)
    assert "The row was taken in." in words(mended)
    assert Project.objects.filter(country="EGY").count() == 2
    assert secretariat.get(address).status_code == 404


def test_half_a_character_in_json_stops_no_page(
    secretariat: Client, step_now: Any
) -> None:
    run = sent(
        secretariat,
        r'[{"id": "1\ud800", "ti\ud800tle": "a\ud800b", "country": "Atlantis\udc00"}]',
    )
    assert "ab" in words(secretariat.get(f"/en/projects/imports/{run.pk}/"))

    step_now(run, "take")

    mending = secretariat.get(f"/en/projects/imports/{run.pk}/rows/1/")
    assert mending.status_code == 200
    assert "Atlantis" in mending.content.decode()


def test_the_report_is_a_spreadsheet_too(secretariat: Client, step_now: Any) -> None:
    run = sent(secretariat)
    step_now(run, "take")
    response: Any = secretariat.get(f"{IMPORTS}{run.pk}/report.xlsx")

    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    rows = [row[:4] for row in book.worksheets[0].values]
    assert rows == [
        ("Row", "Identifier", "Result", "Column"),
        (3, "2", "refused", "country"),
        (4, None, "skipped", None),
    ]


def test_a_run_at_work_shows_how_far_it_is_and_can_be_stopped(
    secretariat: Client,
) -> None:
    run = sent(secretariat)
    page = step(secretariat, run, "take").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<meta http-equiv="refresh" content="5">' in page

    stopped = words(step(secretariat, run, "stop"))
    assert "Stopped" in stopped
    # Nothing is in yet, so that columns can still be matched.
    assert "What the columns are" in stopped


def test_one_that_was_stopped_half_way_goes_on(
    secretariat: Client, step_now: Any
) -> None:
    run = sent(secretariat)
    ImportRun.objects.filter(pk=run.pk).update(state="stopped", position=1)
    page = words(secretariat.get(f"{IMPORTS}{run.pk}/"))
    assert "Go on from here" in page
    assert "What the columns are" not in page

    assert "1 row is refused" in step_now(run, "resume")
    assert Project.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04", "is not a spreadsheet"),
        ("عنوان".encode("cp1256"), "is not UTF-8"),
        (b"<a/>", "XML but not IATI"),
    ],
)
def test_files_that_cannot_be_read_are_refused_in_words_and_not_kept(
    secretariat: Client, content: bytes, said: str
) -> None:
    response = send(secretariat, content)

    assert response.status_code == 409
    assert said in words(response)
    assert ImportRun.objects.count() == 0


def test_nonsense_from_a_browser_does_no_harm(secretariat: Client) -> None:
    run = sent(secretariat)

    assert step(secretariat, run, "fly").status_code == 404
    assert "is no field" in words(step(secretariat, run, "match", **{"column-1": "x"}))
    assert "Say which column" in words(
        step(secretariat, run, "match", **{"column-1": ""})
    )
    assert secretariat.get(f"{IMPORTS}999999/").status_code == 404
    assert secretariat.get(f"{IMPORTS}{run.pk}/rows/77/").status_code == 404
    assert secretariat.get(f"{IMPORTS}{run.pk}/?page=99").status_code == 404


@pytest.mark.parametrize("n_runs", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    secretariat: Client, n_runs: int, django_assert_num_queries: Any
) -> None:
    for _ in range(n_runs):
        sent(secretariat)
    secretariat.get(IMPORTS)

    with django_assert_num_queries(7):
        assert secretariat.get(IMPORTS).status_code == 200


def test_the_report_reads_in_arabic(secretariat: Client, step_now: Any) -> None:
    run = sent(secretariat)
    step_now(run, "take")

    page = secretariat.get(f"/ar/projects/imports/{run.pk}/")
    assert page.status_code == 200
    assert queries.import_rows(run).count() == 2
