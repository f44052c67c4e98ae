"""Tables of audit. Shape and constraints only; decisions live in operations."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class TrailIsAppendOnly(TypeError):
    """Code tried to change or remove what was decided."""


class EntryQuerySet(models.QuerySet["Entry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TrailIsAppendOnly

    def delete(self) -> NoReturn:
        raise TrailIsAppendOnly


class Entry(models.Model):
    """One decision. Rows are added and never changed."""

    action = models.CharField(max_length=80)
    """`feature.noun_past_participle`, for example `edition.copied`."""
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Empty where the forum acted by itself."""
    subject = models.CharField(max_length=120, db_index=True)
    """`app.model:pk`"""
    happened_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    """In the actor's words."""
    details = models.JSONField(default=dict)
    """What a reader needs to follow or undo it; never a secret, never a ballot."""

    objects = EntryQuerySet.as_manager()

    class Meta:
        app_label = "audit"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TrailIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TrailIsAppendOnly
