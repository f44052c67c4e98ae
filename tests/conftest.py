"""What every test may lean on: the reference data, and people by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation
from django_tasks_db.models import DBTaskResult
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # has none

from montada.framework import operations as framework

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""The moment at which tests happen, unless they say another."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Load lines, goals, countries once: they are the same for every test."""
    with django_db_blocker.unblock():
        framework.load_framework(at=NOW)
        # What was published is not to be encoded: no task waits when a test begins.
        DBTaskResult.objects.all().delete()


@pytest.fixture(autouse=True)
def _reading_english() -> Iterator[None]:
    """Sentences in assertions are the msgids; pages choose by their address."""
    with translation.override("en"):
        yield


@pytest.fixture
def now() -> datetime:
    return NOW


TOGETHER = ("tests/journeys",)
"""Folders whose tests share what is dear to make, a forum and a browser."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # untyped
    """Gives a process a file of tests at a time, or one of the folders above."""

    def _split_scope(self, nodeid: str) -> str:
        file, _sign, _test = nodeid.partition("::")
        return next((one for one in TOGETHER if file.startswith(f"{one}/")), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile | None:
    return ByFile(config, log) if config.getvalue("dist") == "loadscope" else None
