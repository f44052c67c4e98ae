"""Everything that can happen to a backup: it is written, it is put back."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy as _

from montada import __version__
from montada.audit import operations as audit
from montada.audit import queries as trail
from montada.djangokit.refusals import Refusal
from montada.site.safekeeping import embedded
from montada.site.safekeeping.archive import (
    DATABASE,
    FILES,
    Manifest,
    packed,
    unpacked,
)


class BackupInTheWay(Refusal):
    code = "site.backup_in_the_way"
    message = _("%(file)s exists already and is kept: name another file.")


class BackupNotWritable(Refusal):
    code = "site.backup_not_writable"
    message = _("The backup %(file)s cannot be written: %(why)s.")


class BackupTooNew(Refusal):
    code = "site.backup_too_new"
    message = _(
        "%(file)s was made by Montada %(theirs)s, which knows more than this one "
        "(%(ours)s): install that version first. Nothing was changed."
    )


class ForumInTheWay(Refusal):
    code = "site.forum_in_the_way"
    message = _(
        "The database %(database)s already holds a forum. Make a backup of it, then "
        "say --replace to put the other in its place."
    )


class DatabaseNotEmbedded(Refusal):
    code = "site.database_not_embedded"
    message = _(
        "This forum's database is %(vendor)s: use that database's own backup for it."
    )


def back_up(*, file: Path, at: datetime) -> Manifest:
    """
    Write the database, as it is at one moment, and all files into `file`.

    Readers and writers go on meanwhile. `file` appears when it is whole.

    Raises
    ------
    BackupInTheWay, BackupNotWritable, DatabaseNotEmbedded
    """
    _require_embedded()
    if file.exists():
        raise BackupInTheWay(file=file)
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".montada-") as room:
            draft, copy = Path(room) / "backup.tar", Path(room) / DATABASE
            embedded.copy_database(copy)
            # Whoever reads it reads codes and keys in letters that wait.
            draft.touch(mode=0o600)
            sources = [(DATABASE, copy), *_files()]
            manifest = packed(draft, sources, embedded.migrations_of(copy), at)
            # A link, unlike a rename, never replaces what came to stand there since.
            os.link(draft, file)
    except FileExistsError:
        raise BackupInTheWay(file=file) from None
    except OSError as error:
        raise BackupNotWritable(file=file, why=error.strerror or error) from error
    return manifest


def restore(*, file: Path, replace: bool, at: datetime) -> Manifest:
    """
    Put the forum that `file` holds into this installation, whole or not at all.

    The trail goes on where the replaced one ended, so that no page kept by a browser
    is taken for one of today.

    Raises
    ------
    BackupNotReadable, BackupTooNew, ForumInTheWay, DatabaseNotEmbedded
    """
    _require_embedded()
    tables = connection.introspection.table_names()
    if tables and not replace:
        raise ForumInTheWay(database=connection.settings_dict["NAME"])
    reached = trail.last_entry_id() if "audit_entry" in tables else 0
    beside = Path(settings.MEDIA_ROOT).parent
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside, prefix=".montada-") as room:
        copy = Path(room) / DATABASE
        manifest = unpacked(file, Path(room))
        _require_known(file, manifest)
        embedded.continue_numbers(copy, "audit_entry", reached)
        with _files_swapped(Path(room) / FILES, Path(settings.MEDIA_ROOT)):
            embedded.replace_database(copy)
    _remember(manifest, at)
    return manifest


def _remember(manifest: Manifest, at: datetime) -> None:
    newest = trail.entries().first()
    if newest is not None:
        audit.record(
            action="site.restored",
            actor=None,
            subject=newest,
            at=at,
            details={"made_at": manifest.made_at, "version": manifest.version},
        )


def _require_embedded() -> None:
    if connection.vendor != "sqlite":
        raise DatabaseNotEmbedded(vendor=connection.display_name)


def _files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{FILES}/{path.relative_to(root).as_posix()}", path


def _require_known(file: Path, manifest: Manifest) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    names = {f"{app}.{name}" for app, name in known}
    if not names.issuperset(manifest.migrations):
        raise BackupTooNew(file=file, theirs=manifest.version, ours=__version__)


@contextmanager
def _files_swapped(new: Path, root: Path) -> Iterator[None]:
    """Put `new` in the place of `root`; put it back if the block fails."""
    old = new.with_name("files-before")
    new.mkdir(exist_ok=True)
    if root.exists():
        root.rename(old)
    new.rename(root)
    try:
        yield
    except BaseException:
        shutil.rmtree(root)
        if old.exists():
            old.rename(root)
        raise
