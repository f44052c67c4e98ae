"""The page and the command that take a programme in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from montada.edition.models import Edition
from montada.programme.models import Plan
from montada.programme.operations.schedule_words import title_in
from tests.factories.edition import make_edition, make_secretary
from tests.factories.programme import make_kind
from tests.programme.schedule_files import TABLE


@pytest.fixture
def edition(db: None) -> Edition:
    edition = make_edition()
    make_kind(edition)
    return edition


def sent(client: Client, **values: Any) -> Any:
    client.force_login(make_secretary())
    told = {"plan_name": "From afar"} | values
    return client.post("/en/programme/2027/in/", told)


def test_the_page_tries_a_file_and_then_takes_it_in(
    client: Client, edition: Edition
) -> None:
    assert client.get("/en/programme/2027/in/").status_code == 302
    file = SimpleUploadedFile("table.csv", TABLE.encode())
    tried = sent(client, file=file, step="try")
    page = tried.content.decode()
    assert tried.status_code == 200
    assert "This was a trial: nothing of it was kept." in page
    assert "2 rooms are new to this edition." in page
    assert not Plan.objects.exists()

    kept = page.split('name="kept" value="')[1].split('"')[0]
    done = client.post(
        "/en/programme/2027/in/",
        {"plan_name": "From afar", "kept": kept, "step": "take"},
    )
    plan = Plan.objects.get()
    assert done["Location"] == f"/en/programme/2027/timetable/{plan.pk}/"
    assert plan.placements.count() == 3


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (TABLE.replace(",90,", ",2,").encode(), 409, "A session takes from 5 minutes"),
        (b"", 409, "It is no table with the columns"),
        (b"<x", 409, "It is no XML that may be read."),
    ],
)
def test_the_page_says_what_is_wrong_with_a_file(
    client: Client, edition: Edition, content: bytes, status: int, says: str
) -> None:
    file = SimpleUploadedFile("<b>.csv", content)
    answer = sent(client, file=file, step="take")
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert not Plan.objects.exists()


def test_who_finds_no_seat_on_a_full_panel_is_named_and_counted_as_nobody(
    client: Client, edition: Edition
) -> None:
    names = "|".join(f"Speaker {n}" for n in range(1, 36))
    file = SimpleUploadedFile("table.csv", TABLE.replace("Amina|Basel", names).encode())

    page = sent(client, file=file, step="try").content.decode()

    assert "The panel has no seat left for these: Speaker 31, Speaker 32" in page
    # Thirty of them, and Amina, who speaks in the second session.
    assert "31 speakers get a profile." in page


def test_a_page_without_a_file_or_with_a_false_one_is_refused(
    client: Client, edition: Edition
) -> None:
    assert "Choose a file." in sent(client).content.decode()
    false = client.post("/en/programme/2027/in/", {"plan_name": "A", "kept": "eNo"})
    assert "it has not been kept" in false.content.decode()


def test_the_command_takes_a_file_in(
    edition: Edition, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(TABLE)
    call_command("import-programme", file, edition="2027", json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["accepted"], told["rooms"]) == (3, 3, 2)
    assert told["plan"] == Plan.objects.get(name="table.csv").pk
    with pytest.raises(CommandError, match="There is no edition 1999"):
        call_command("import-programme", file, edition="1999")
    file.write_text(TABLE.replace(",90,", ",2,"))
    with pytest.raises(SystemExit):
        call_command("import-programme", file, edition="2027", dry_run=True)
    assert "row 4: refused: a3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told", "language"),
    [
        ("Oasis networks", "ar", "und"),
        ("Oasis networks", "en-GB", "en"),
        ("2027", "ar", "ar"),
        ("شبكات الواحات", "en", "ar"),
    ],
)
def test_a_title_is_in_no_language_that_has_other_letters(
    words: str, told: str, language: str
) -> None:
    assert title_in(words, told).written_in == language
