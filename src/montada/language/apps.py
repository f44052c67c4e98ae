"""Django's name for this feature."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class LanguageConfig(AppConfig):
    name = "montada.language"
    label = "language"

    def ready(self) -> None:
        # The task listens for texts that wait.
        import_module("montada.language.tasks")
        post_migrate.connect(_make_full_text_index, sender=self)


def _make_full_text_index(using: str, **_announced: Any) -> None:
    """Stand beside the table, however the table came into being."""
    # Not before the models are loaded.
    fulltext = import_module("montada.language.adapters.fulltext")
    connection = connections[using]
    if fulltext.TABLE in connection.introspection.table_names():
        with connection.cursor() as cursor:
            fulltext.create(cursor, connection.vendor)
