"""Labels never cause a migration, and every migration has a name."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import models

from montada.djangokit.management.commands.makemigrations import (
    _deconstruct_without_labels,
)


def test_labels_help_and_choices_do_not_reach_a_migration() -> None:
    field = models.CharField("Name", max_length=9, help_text="…", choices=[("a", "A")])

    assert _deconstruct_without_labels(field)[3] == {"max_length": 9}


def test_a_migration_without_a_name_is_refused() -> None:
    told = io.StringIO()

    with pytest.raises(SystemExit) as refused:
        call_command("makemigrations", stderr=told)

    assert refused.value.code == 2
    assert "--name" in told.getvalue()
