"""Programs send files with many projects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from montada.stocktaking import queries
from montada.stocktaking.tasks import take_file_in
from tests.factories.participation import make_administrator, make_person
from tests.stocktaking.programs import ENGLISH, IMPORT, LIST, Program

pytestmark = pytest.mark.django_db


TABLE = "Title,Country\nWells,Egypt\nSchools,Nowhere\n"


def sent(program: Program, content: str, name: str = "ours.csv") -> Any:
    file = SimpleUploadedFile(name, content.encode())
    headers = {"Authorization": f"Bearer {program.key}", **ENGLISH}
    return program.client.post(f"{LIST}/imports", {"file": file}, headers=headers)


@pytest.fixture
def importer(settings: Any, tmp_path: Path) -> Program:
    settings.MEDIA_ROOT = tmp_path
    return Program(make_administrator(), IMPORT)


def test_a_file_is_sent_tried_and_looked_after(importer: Program) -> None:
    begun = sent(importer, TABLE)
    address = begun.headers["Location"]
    started = importer("post", f"{address}/start", {"is_trial": True})
    take_file_in.call(begun.json()["id"], True)
    tried = importer("get", address).json()
    rows = importer("get", f"{address}/rows?status=refused").json()

    assert (begun.status_code, begun.json()["state"]) == (201, "mapping")
    assert begun.json()["mapping"] == {"Title": "title", "Country": "country"}
    assert (started.status_code, started.json()["state"]) == (202, "waiting")
    assert (tried["state"], tried["counts"]["accepted"]) == ("mapping", 1)
    assert [(row["row"], row["field"]) for row in rows["results"]] == [(3, "Country")]


def test_a_form_that_breaks_off_is_unreadable(importer: Program) -> None:
    answer = importer.client.generic(
        "POST",
        f"{LIST}/imports",
        b"--x\r\nContent-Disp",
        "multipart/form-data",
        headers={"Authorization": f"Bearer {importer.key}"},
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_columns_are_matched_as_a_program_says(importer: Program) -> None:
    address = sent(importer, TABLE).headers["Location"]

    matched = importer("put", f"{address}/columns", {"mapping": {"Title": "title"}})
    wrong = importer("put", f"{address}/columns", {"mapping": {"Titel": "title"}})

    assert matched.json()["mapping"] == {"Title": "title"}
    assert (wrong.status_code, wrong.json()["code"]) == (
        409,
        "stocktaking.no_such_column",
    )


@pytest.mark.parametrize("content", ["", "\x00", "<html>", "\ufeff"])
def test_a_file_that_is_none_is_refused_and_not_kept(
    importer: Program, content: str
) -> None:
    answer = sent(importer, content)

    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not queries.import_runs().exists()


def test_who_may_not_import_sends_no_file() -> None:
    program = Program(make_person(), IMPORT)

    answers = [sent(program, TABLE), program("get", f"{LIST}/imports/1")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert not queries.import_runs().exists()


def test_an_import_that_never_was_is_not_found(importer: Program) -> None:
    assert importer("get", f"{LIST}/imports/99").status_code == 404
