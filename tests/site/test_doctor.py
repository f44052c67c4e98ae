"""Each finding of the doctor, produced by what it is about."""

from __future__ import annotations

import json
import os
import shutil
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from montada.settings import base
from montada.site import doctor, readiness
from montada.site.doctor import Machine
from tests.site.installations import montada

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
A_SECRET = "k" * 50
NO_SENTENCES = struct.pack("<7I", 0x950412DE, 0, 0, 28, 28, 0, 28)
"""A compiled catalogue that holds nothing."""


@pytest.fixture
def sound(tmp_path: Path, settings: Any, now: datetime) -> Machine:
    """A machine and an installation without anything wrong."""
    localtime = tmp_path / "localtime"
    localtime.touch()
    locale = tmp_path / "locale"
    for code, _name in settings.LANGUAGES:
        (locale / code / "LC_MESSAGES").mkdir(parents=True)
        (locale / code / "LC_MESSAGES" / "django.mo").write_bytes(NO_SENTENCES)
    settings.VAR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = base.STORAGES
    settings.LOCALE_PATHS = [locale]
    settings.ALLOWED_HOSTS = ["forum.example"]
    settings.SECRET_KEY = A_SECRET
    settings.DEBUG = False
    return Machine(
        now=now,
        environment={},
        localtime=localtime,
        room_bytes=lambda folder: doctor.ROOM_BYTES,
        is_production=True,
    )


def at_home(machine: Machine) -> Machine:
    return replace(machine, is_production=False)


def said(found: Iterator[doctor.Finding]) -> dict[str, str]:
    return {finding.code: finding.sentence for finding in found}


def test_a_sound_installation_has_no_finding(sound: Machine, db: None) -> None:
    readiness.collect_static()

    assert doctor.findings(sound) == []


def test_an_unwritable_folder_is_found(sound: Machine, settings: Any) -> None:
    # A folder below a file: also the machine's administrator cannot write there.
    settings.MEDIA_ROOT = sound.localtime / "files"

    assert said(doctor.folders(sound)) == {
        "folder.unwritable": f"The folder {settings.MEDIA_ROOT} cannot be written "
        "(Not a directory): give it to the user who runs Montada, or name another in "
        "MONTADA_VAR."
    }


def test_a_disk_that_is_nearly_full_is_found(sound: Machine, settings: Any) -> None:
    full = replace(sound, room_bytes=lambda folder: doctor.ROOM_BYTES - 1)

    assert said(doctor.folders(full)) == {
        "disk.nearly_full": f"The disk that holds {settings.VAR} has 499 MB left: free "
        "at least 500 MB, or move the folder and name it in MONTADA_VAR."
    }


def test_a_missing_secret_is_found(sound: Machine, settings: Any) -> None:
    settings.SECRET_KEY = ""

    assert said(doctor.secret(sound)).keys() == {"secret.missing"}


def test_a_short_secret_is_found_in_production_only(
    sound: Machine, settings: Any
) -> None:
    settings.SECRET_KEY = A_SECRET[1:]

    assert said(doctor.secret(sound)) == {
        "secret.short": "MONTADA_SECRET_KEY has 49 characters: set it to at least 50 "
        "random ones."
    }
    assert said(doctor.secret(at_home(sound))) == {}


def test_debug_is_found_in_production_only(sound: Machine, settings: Any) -> None:
    settings.DEBUG = True

    assert said(doctor.exposure(sound)).keys() == {"debug.in_production"}
    assert said(doctor.exposure(at_home(sound))) == {}


def test_answering_under_any_name_is_found(sound: Machine, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    assert said(doctor.exposure(sound)).keys() == {"hosts.any"}


def test_a_clock_without_zone_is_found(sound: Machine) -> None:
    nowhere = replace(sound, localtime=Path("/no/localtime"))
    told = replace(nowhere, environment={"TZ": "Africa/Cairo"})

    assert said(doctor.clock(nowhere)) == {
        "clock.no_zone": "The machine's clock has no time zone (TZ is not set and "
        "/no/localtime is missing): set TZ, for example to Africa/Cairo."
    }
    assert said(doctor.clock(told)) == {}


def test_a_clock_that_is_behind_is_found(sound: Machine) -> None:
    reset = replace(sound, now=LONG_AGO)

    found = said(doctor.clock(reset))

    assert found.keys() == {"clock.behind"}
    assert "says 2001-01-01 00:00, before Montada" in found["clock.behind"]


def test_a_missing_catalogue_is_found(sound: Machine, settings: Any) -> None:
    shutil.rmtree(Path(settings.LOCALE_PATHS[0]) / "zh")

    assert said(doctor.catalogues(sound)) == {
        "catalogues.missing": "Sentences of these languages are not compiled in "
        f"{settings.LOCALE_PATHS[0]}: zh; run `make messages`, or install again."
    }


def test_assets_that_were_not_collected_are_found(
    sound: Machine, settings: Any
) -> None:
    assert said(doctor.assets(sound)).keys() == {"static.not_collected"}
    readiness.collect_static()
    assert said(doctor.assets(sound)) == {}


def test_assets_that_are_older_than_their_sources_are_found(
    sound: Machine, settings: Any
) -> None:
    readiness.collect_static()
    os.utime(Path(settings.STATIC_ROOT) / "staticfiles.json", (0, 0))

    assert said(doctor.assets(sound)).keys() == {"static.not_collected"}


def test_a_database_without_write_ahead_log_is_found(
    sound: Machine, tmp_path: Path, db: None
) -> None:
    plain = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "plain.sqlite3",
    }
    handler = ConnectionHandler({"default": plain})
    database: BaseDatabaseWrapper = handler["default"]
    found = said(doctor.journal(replace(sound, database=database)))
    database.close()

    assert found == {
        "database.not_wal": f"The database {tmp_path / 'plain.sqlite3'} keeps its "
        "journal as delete and not as wal: move it from the network drive to a local "
        "disk."
    }


def codes(result: Any) -> list[str]:
    return [finding["code"] for finding in json.loads(result.stdout)["findings"]]


def test_an_empty_installation_lacks_migrations_and_then_facts(tmp_path: Path) -> None:
    before = montada(tmp_path, "doctor", "--json")
    montada(tmp_path, "migrate")
    after = montada(tmp_path, "doctor", "--json")

    assert (before.returncode, after.returncode) == (1, 1)
    assert codes(before) == ["static.not_collected", "migrations.unapplied"]
    assert codes(after) == ["static.not_collected", "framework.not_loaded"]


def test_production_without_secret_is_told_in_a_sentence(tmp_path: Path) -> None:
    result = montada(
        tmp_path, "doctor", DJANGO_SETTINGS_MODULE="montada.settings.production"
    )

    assert result.returncode == 1
    assert result.stderr == ""
    assert "secret.missing: MONTADA_SECRET_KEY is empty: set it" in result.stdout
