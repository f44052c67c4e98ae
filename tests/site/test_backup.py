"""A backup is one moment of a forum that goes on; a restore is all of it or nothing."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import stat
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.site.installations import DATABASE, asked, montada

NOTE = "INSERT INTO audit_entry (action, subject, happened_at, reason, details)"
NOTE += " VALUES (?, 'a.b:1', '2027-03-01', '', '{}')"
DECISIONS = "SELECT action FROM audit_entry ORDER BY id"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "var"
    done = montada(folder, "migrate")
    assert done.returncode == 0, done.stderr
    asked(folder / DATABASE, NOTE, "first.decision")
    (folder / "files" / "2027").mkdir(parents=True)
    (folder / "files" / "2027" / "شعار.txt").write_text(
        "شعار المنتدى", encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def backup_of_it(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return backed_up(made_once, tmp_path_factory.mktemp("kept") / "forum.tar")


@pytest.fixture
def file(backup_of_it: Path, tmp_path: Path) -> Path:
    """A backup of `forum`."""
    return Path(shutil.copy(backup_of_it, tmp_path))


@pytest.fixture
def forum(made_once: Path, tmp_path: Path) -> Path:
    """An installation with one decision and one file."""
    return Path(shutil.copytree(made_once, tmp_path / "var"))


def backed_up(forum: Path, file: Path) -> Path:
    done = montada(forum, "backup", file)
    assert done.returncode == 0, done.stderr
    return file


def refusal(forum: Path, *words: object) -> str:
    """Return the one line that a refused command says."""
    result = montada(forum, *words)
    assert result.returncode == 1
    assert result.stdout == ""
    return result.stderr.strip().removeprefix("CommandError: ")


def files_of(folder: Path) -> dict[str, str]:
    root = folder / "files"
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.is_file()
    }


def test_a_forum_comes_back_on_another_machine(
    forum: Path, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"

    done = montada(other, "restore", file)

    assert done.returncode == 0, done.stderr
    assert asked(other / DATABASE, DECISIONS) == [
        ("first.decision",),
        ("site.restored",),
    ]
    assert files_of(other) == {"2027/شعار.txt": "شعار المنتدى"}


def test_a_backup_names_each_file_with_its_checksum_and_no_secret(
    file: Path,
) -> None:
    with tarfile.open(file) as tar:
        names = tar.getnames()
        said = tar.extractfile("manifest.json")
        assert said is not None
        manifest = json.load(said)

    assert names == ["database.sqlite3", "files/2027/شعار.txt", "manifest.json"]
    assert (manifest["format"], manifest["version"]) == ("montada-backup/1", "0.1.0")
    assert manifest["members"]["files/2027/شعار.txt"] == {
        "sha256": hashlib.sha256("شعار المنتدى".encode()).hexdigest(),
        "size_bytes": 23,
    }


def test_nobody_else_reads_a_backup(file: Path) -> None:
    assert stat.filemode(file.stat().st_mode) == "-rw-------"


def test_a_backup_taken_while_people_write_holds_whole_transactions(
    forum: Path, tmp_path: Path
) -> None:
    database = forum / DATABASE
    asked(database, "CREATE TABLE given (pad TEXT)")
    asked(database, "CREATE TABLE taken (pad TEXT)")
    ends = threading.Event()
    written: list[int] = []

    def write() -> None:
        with closing(sqlite3.connect(database, timeout=20)) as connection:
            while not ends.is_set():
                connection.execute("INSERT INTO given VALUES (?)", ("x" * 500,))
                connection.execute("INSERT INTO taken VALUES (?)", ("x" * 500,))
                connection.commit()
                written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    file = backed_up(forum, tmp_path / "forum.tar")
    ends.set()
    writer.join()

    with tarfile.open(file) as tar:
        tar.extract("database.sqlite3", tmp_path, filter="data")
    copy = tmp_path / "database.sqlite3"
    given, taken = (
        asked(copy, f"SELECT count(*) FROM {table}")[0][0]
        for table in ("given", "taken")
    )
    assert asked(copy, "PRAGMA integrity_check") == [("ok",)]
    assert given == taken
    # It was one moment in the middle: some was written before, some after.
    assert 0 < given < len(written)


def test_a_file_that_stands_there_is_never_overwritten(
    forum: Path, tmp_path: Path
) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear minister")

    assert refusal(forum, "backup", file) == (
        f"{file} exists already and is kept: name another file."
    )
    assert file.read_text() == "Dear minister"


def test_a_backup_into_a_folder_that_is_not_there_is_refused(
    forum: Path, tmp_path: Path
) -> None:
    file = tmp_path / "gone" / "forum.tar"

    assert refusal(forum, "backup", file) == (
        f"The backup {file} cannot be written: No such file or directory."
    )


def test_nothing_is_left_beside_a_backup(forum: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    backed_up(forum, shelf / "forum.tar")

    assert [path.name for path in shelf.iterdir()] == ["forum.tar"]


def test_a_forum_is_not_replaced_unless_asked(
    forum: Path, file: Path, tmp_path: Path
) -> None:
    asked(forum / DATABASE, NOTE, "second.decision")

    assert refusal(forum, "restore", file) == (
        f"The database {forum / DATABASE} already holds a forum. Make a backup of it, "
        "then say --replace to put the other in its place."
    )
    assert asked(forum / DATABASE, DECISIONS) == [
        ("first.decision",),
        ("second.decision",),
    ]


def test_a_replaced_forum_numbers_its_trail_further(forum: Path, file: Path) -> None:
    # Pages are kept by the number of the newest decision: it must never come twice.
    asked(forum / DATABASE, NOTE, "second.decision")
    asked(forum / DATABASE, NOTE, "third.decision")
    (forum / "files" / "later.txt").write_text("written after the backup")

    done = montada(forum, "restore", "--replace", file)

    assert done.returncode == 0, done.stderr
    assert asked(forum / DATABASE, "SELECT id, action FROM audit_entry") == [
        (1, "first.decision"),
        (4, "site.restored"),
    ]
    assert files_of(forum) == {"2027/شعار.txt": "شعار المنتدى"}
    assert not [path for path in forum.iterdir() if path.name.startswith(".montada-")]


def cut_off(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def cut_off_before_the_manifest(file: Path) -> None:
    rewritten(file, lambda name, content: None if name == "manifest.json" else content)


def changed_by_one_byte(file: Path) -> None:
    rewritten(
        file,
        lambda name, content: content[:-1] + b"!" if name.endswith(".txt") else content,
    )


def with_a_stranger_inside(file: Path) -> None:
    with tarfile.open(file, "a") as tar:
        tar.addfile(tarfile.TarInfo("files/stranger.txt"), io.BytesIO())


def climbing_out(file: Path) -> None:
    with tarfile.open(file, "a") as tar:
        tar.addfile(tarfile.TarInfo("../../escaped.txt"), io.BytesIO())


def of_another_kind(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04 a spreadsheet")


def nothing_at_all(file: Path) -> None:
    file.unlink()


def rewritten(file: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    with tarfile.open(file) as tar:
        kept = [
            (member, change(member.name, content.read()))
            for member in tar
            if (content := tar.extractfile(member))
        ]
    with tarfile.open(file, "w") as tar:
        for member, changed in kept:
            if changed is not None:
                tar.addfile(member, io.BytesIO(changed))


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (cut_off, "unexpected end of data"),
        (cut_off_before_the_manifest, "it was cut off"),
        (changed_by_one_byte, "files/2027/شعار.txt is not what was put in"),
        (with_a_stranger_inside, "files/stranger.txt is not what was put in"),
        (climbing_out, "would be extracted"),
        (of_another_kind, "truncated header"),
        (nothing_at_all, "there is no such file"),
    ],
)
def test_a_file_that_is_no_whole_backup_changes_nothing(
    forum: Path, file: Path, damage: Callable[[Path], None], why: str
) -> None:
    damage(file)
    asked(forum / DATABASE, NOTE, "second.decision")

    said = refusal(forum, "restore", "--replace", file)

    assert said.startswith(f"{file} is not a whole backup of Montada (")
    assert said.endswith("). Nothing was changed.")
    assert why in said
    assert asked(forum / DATABASE, DECISIONS) == [
        ("first.decision",),
        ("second.decision",),
    ]
    assert files_of(forum) == {"2027/شعار.txt": "شعار المنتدى"}
    assert not list(file.parent.parent.rglob("escaped.txt"))


def test_a_backup_of_a_newer_montada_is_refused(forum: Path, tmp_path: Path) -> None:
    asked(
        forum / DATABASE,
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('audit', '0999_from_the_future', '2030-01-01')",
    )
    file = backed_up(forum, tmp_path / "forum.tar")

    assert refusal(tmp_path / "other", "restore", file) == (
        f"{file} was made by Montada 0.1.0, which knows more than this one (0.1.0): "
        "install that version first. Nothing was changed."
    )
