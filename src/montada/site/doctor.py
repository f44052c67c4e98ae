"""
What can be wrong with an installation: what, where and what to do, in one sentence.

Every check looks at one thing and yields findings; a check that needs the tables is not
asked while migrations are missing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

import montada
from montada.language import queries as language
from montada.site import readiness

SECRET_CHARACTERS = 50
"""Django's own bound for a secret that cannot be guessed (security.W009)."""

ROOM_BYTES = 500_000_000
"""A backup, a write-ahead log and a week of files of a small forum fit into this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `code` is stable; `sentence` is for a person."""

    code: str
    sentence: str


def _environment_at_start() -> Mapping[str, str]:
    """Return what this process was started with; Django overwrites TZ later on."""
    try:
        entries = Path("/proc/self/environ").read_bytes().split(b"\0")
    except OSError:
        return {}
    pairs = (entry.decode(errors="replace").partition("=") for entry in entries)
    return {name: value for name, _equals, value in pairs if name}


def _is_production() -> bool:
    return str(settings.SETTINGS_MODULE).endswith(".production")


@dataclass(frozen=True, slots=True)
class Machine:
    """What the checks must know of the machine; a test may say another."""

    now: datetime
    environment: Mapping[str, str] = field(default_factory=_environment_at_start)
    localtime: Path = Path("/etc/localtime")
    room_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free
    is_production: bool = field(default_factory=_is_production)
    database: BaseDatabaseWrapper = field(
        default_factory=lambda: connections["default"]
    )


def findings(machine: Machine) -> list[Finding]:
    """Return everything that is wrong, the most basic first."""
    found: list[Finding] = []
    for stage in STAGES:
        if not any(finding.code in BLOCKING for finding in found):
            found += [finding for check in stage for finding in check(machine)]
    return found


def folders(machine: Machine) -> Iterator[Finding]:
    """Database, files and assets must be writable; a full disk stops all three."""
    for folder in (
        settings.VAR,
        settings.MEDIA_ROOT,
        settings.STATIC_ROOT,
        settings.MODELS,
    ):
        where = _nearest_existing(Path(folder))
        try:
            with tempfile.TemporaryFile(dir=where):
                pass
        except OSError as error:
            yield Finding(
                "folder.unwritable",
                _(
                    "The folder %(folder)s cannot be written (%(why)s): give it to the "
                    "user who runs Montada, or name another in MONTADA_VAR."
                )
                % {"folder": folder, "why": error.strerror},
            )
    room = machine.room_bytes(_nearest_existing(Path(settings.VAR)))
    if room < ROOM_BYTES:
        yield Finding(
            "disk.nearly_full",
            _(
                "The disk that holds %(folder)s has %(room)s MB left: free at least "
                "%(needed)s MB, or move the folder and name it in MONTADA_VAR."
            )
            % {
                "folder": settings.VAR,
                "room": room // 1_000_000,
                "needed": ROOM_BYTES // 1_000_000,
            },
        )


def secret(machine: Machine) -> Iterator[Finding]:
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        key = ""
    if not key:
        yield Finding(
            "secret.missing",
            _(
                "MONTADA_SECRET_KEY is empty: set it, or MONTADA_SECRET_KEY_FILE, to "
                "at least %(characters)s random characters."
            )
            % {"characters": SECRET_CHARACTERS},
        )
    elif machine.is_production and len(key) < SECRET_CHARACTERS:
        yield Finding(
            "secret.short",
            _(
                "MONTADA_SECRET_KEY has %(length)s characters: set it to at least "
                "%(characters)s random ones."
            )
            % {"length": len(key), "characters": SECRET_CHARACTERS},
        )


def exposure(machine: Machine) -> Iterator[Finding]:
    """Settings with which strangers see or reach more than they should."""
    if machine.is_production and settings.DEBUG:
        yield Finding(
            "debug.in_production",
            _(
                "DEBUG is on in the production settings: every error would show the "
                "code and the settings to strangers; turn it off."
            ),
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(
            "hosts.any",
            _(
                "The forum answers under every name (ALLOWED_HOSTS is *): list its "
                "own names in MONTADA_HOSTS."
            ),
        )


def clock(machine: Machine) -> Iterator[Finding]:
    """Phases open and close by the clock, so it must know its zone and the year."""
    zone = machine.environment.get("TZ", "")
    if not settings.USE_TZ or not (zone or machine.localtime.exists()):
        yield Finding(
            "clock.no_zone",
            _(
                "The machine's clock has no time zone (TZ is not set and %(file)s is "
                "missing): set TZ, for example to Africa/Cairo."
            )
            % {"file": machine.localtime},
        )
    installed = Path(montada.__file__).stat().st_mtime
    if machine.now.timestamp() < installed:
        yield Finding(
            "clock.behind",
            _(
                "The machine's clock says %(now)s, before Montada was put on it "
                "(%(installed)s): set the clock."
            )
            % {
                "now": f"{machine.now:%Y-%m-%d %H:%M}",
                "installed": f"{datetime.fromtimestamp(installed, UTC):%Y-%m-%d %H:%M}",
            },
        )


def catalogues(machine: Machine) -> Iterator[Finding]:
    """Without its catalogue a language shows English."""
    for folder in settings.LOCALE_PATHS:
        missing = [
            code
            for code, _name in settings.LANGUAGES
            if not (Path(folder) / code / "LC_MESSAGES" / "django.mo").exists()
        ]
        if missing:
            yield Finding(
                "catalogues.missing",
                _(
                    "Sentences of these languages are not compiled in %(folder)s: "
                    "%(languages)s; run `make messages`, or install again."
                )
                % {"folder": folder, "languages": ", ".join(missing)},
            )


def assets(machine: Machine) -> Iterator[Finding]:
    if not readiness.static_is_collected():
        yield Finding(
            "static.not_collected",
            _(
                "Styles and scripts in %(folder)s are missing or old: run "
                "`montada serve`, or `montada collectstatic`."
            )
            % {"folder": settings.STATIC_ROOT},
        )


def models(machine: Machine) -> Iterator[Finding]:
    """Without an encoder, search goes by words alone and nothing is labelled."""
    missing = language.models_here().missing
    if missing:
        yield Finding(
            "models.missing",
            _(
                "Packages that compare texts by their meaning are missing or damaged: "
                "%(packages)s; install those of requirements.lock again."
            )
            % {"packages": ", ".join(missing)},
        )


def migrations(machine: Machine) -> Iterator[Finding]:
    missing = readiness.migrations_to_apply()
    if missing:
        yield Finding(
            "migrations.unapplied",
            _(
                "The database %(database)s lacks %(count)s migrations, the first is "
                "%(first)s: run `montada migrate`."
            )
            % {
                "database": settings.DATABASES["default"]["NAME"],
                "count": len(missing),
                "first": missing[0],
            },
        )


def journal(machine: Machine) -> Iterator[Finding]:
    """Without its write-ahead log, SQLite lets no one read while somebody writes."""
    if machine.database.vendor != "sqlite":
        return
    with machine.database.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != "wal":
        yield Finding(
            "database.not_wal",
            _(
                "The database %(database)s keeps its journal as %(mode)s and not as "
                "wal: move it from the network drive to a local disk."
            )
            % {"database": machine.database.settings_dict["NAME"], "mode": mode},
        )


def reference_data(machine: Machine) -> Iterator[Finding]:
    if not readiness.reference_data_is_loaded():
        yield Finding(
            "framework.not_loaded",
            _(
                "The database %(database)s holds no action lines, goals or countries: "
                "run `montada serve` or `montada demo`."
            )
            % {"database": settings.DATABASES["default"]["NAME"]},
        )


def _nearest_existing(folder: Path) -> Path:
    return next((path for path in (folder, *folder.parents) if path.exists()), folder)


Check = Callable[[Machine], Iterator[Finding]]
STAGES: tuple[tuple[Check, ...], ...] = (
    (folders, secret, exposure, clock, catalogues, assets, models),
    (migrations,),
    (journal, reference_data),
)
"""Each leans on the one before: a database needs its folder, tables their columns."""
BLOCKING = {"folder.unwritable", "migrations.unapplied"}
"""Findings after which the next stage cannot be asked."""
