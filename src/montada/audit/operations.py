"""Everything that can happen to audit: every write is a function here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models

from montada.audit.models import Entry
from montada.audit.queries import moment_has_passed, name_of

Told = tuple[models.Model, Mapping[str, Any]]
"""A row about which something was decided, and the details of that."""


def record(
    *,
    action: str,
    actor: AbstractBaseUser | AnonymousUser | None,
    subject: models.Model,
    at: datetime,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Remember that `actor` did `action` to `subject` at `at`."""
    moment_has_passed()
    return Entry.objects.create(
        action=action,
        actor_id=actor.pk if actor else None,
        subject=name_of(subject),
        happened_at=at,
        reason=reason,
        details=dict(details or {}),
    )


def record_all(*, action: str, told: Iterable[Told], at: datetime) -> None:
    """Remember what a source did to many rows; an entry for each, as `record` does."""
    moment_has_passed()
    Entry.objects.bulk_create(
        Entry(
            action=action,
            subject=name_of(subject),
            happened_at=at,
            details=dict(details),
        )
        for subject, details in told
    )
