"""Tests: nothing on disk, nothing sent, nothing cached between two tests."""

from __future__ import annotations

import tempfile
from pathlib import Path

from montada.settings.base import *  # noqa: F403
from montada.settings.base import STORAGES

VAR = Path(tempfile.mkdtemp(prefix="montada-test-"))
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "montada.sqlite3",
        "TEST": {"NAME": VAR / "test.sqlite3"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        },
    }
}
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    for name in ("default", "pages")
}
