"""The file of a backup: a tar whose last entry says what must be in it."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

from montada import __version__
from montada.djangokit.refusals import Refusal

FORMAT = "montada-backup/1"
DATABASE = "database.sqlite3"
FILES = "files"
MANIFEST = "manifest.json"


class BackupNotReadable(Refusal):
    code = "site.backup_not_readable"
    message = _(
        "%(file)s is not a whole backup of Montada (%(why)s). Nothing was changed."
    )


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the backup."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: str
    version: str
    made_at: str
    migrations: list[str]
    """As `app.name`: what the code that reads it back must know."""
    members: dict[str, Member]


def packed(
    draft: Path,
    sources: Iterable[tuple[str, Path]],
    migrations: list[str],
    at: datetime,
) -> Manifest:
    """Write `sources` (name in the tar, path) and then their manifest into `draft`."""
    members: dict[str, Member] = {}
    with tarfile.open(draft, "w") as tar:
        for name, path in sources:
            members[name] = _added(tar, name, path)
        manifest = Manifest(FORMAT, __version__, at.isoformat(), migrations, members)
        content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return manifest


def unpacked(file: Path, room: Path) -> Manifest:
    """Unpack into `room` and compare every byte with the manifest."""
    try:
        with tarfile.open(file, "r:") as tar:
            tar.extractall(room, filter="data")
        manifest = _manifest(json.loads((room / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        why = _("there is no such file") if not file.exists() else _("it was cut off")
        raise BackupNotReadable(file=file, why=why) from error
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupNotReadable(file=file, why=error) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupNotReadable(file=file, why=_("its manifest is unclear")) from error
    there = {
        path.relative_to(room).as_posix()
        for path in room.rglob("*")
        if path.is_file() and path != room / MANIFEST
    }
    changed = there ^ set(manifest.members)
    changed |= {
        name
        for name in there - changed
        if _sha256(room / name) != manifest.members[name].sha256
    }
    if changed or DATABASE not in there:
        raise BackupNotReadable(
            file=file,
            why=_("%(name)s is not what was put in")
            % {"name": min(changed, default=DATABASE)},
        )
    return manifest


def _manifest(said: dict[str, object]) -> Manifest:
    if said["format"] != FORMAT:
        raise ValueError(said["format"])
    members = said["members"]
    migrations = said["migrations"]
    if not isinstance(members, dict) or not isinstance(migrations, list):
        raise TypeError(members)
    return Manifest(
        FORMAT,
        str(said["version"]),
        str(said["made_at"]),
        [str(name) for name in migrations],
        {
            str(name): Member(str(member["sha256"]), int(member["size_bytes"]))
            for name, member in members.items()
        },
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


class _Counted(io.RawIOBase):
    """Hashes what is read through it."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.digest.update(chunk)
        return chunk


def _added(tar: tarfile.TarFile, name: str, path: Path) -> Member:
    with path.open("rb") as source:
        entry = tar.gettarinfo(arcname=name, fileobj=source)
        # Another machine has other people: nobody's name and number goes along.
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        counted = _Counted(source)
        tar.addfile(entry, counted)
    return Member(counted.digest.hexdigest(), entry.size)
