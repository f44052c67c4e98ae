"""What must be there before pages can be served: tables, assets, vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from montada.framework import queries as framework


def migrations_to_apply() -> list[str]:
    """Return the migrations that the database lacks, as `app.name`, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def static_is_collected() -> bool:
    """Whether all sources were collected, none of them changed since."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return False
    collected = json.loads(manifest.read_text(encoding="utf-8"))["paths"]
    collected_at = manifest.stat().st_mtime
    return all(
        name in collected and path.stat().st_mtime <= collected_at
        for name, path in _sources()
    )


def collect_static() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


def _sources() -> Iterator[tuple[str, Path]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name.replace("\\", "/"), Path(storage.path(name))


def reference_data_is_loaded() -> bool:
    return bool(framework.action_lines())
