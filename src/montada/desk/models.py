"""Tables of the desk. Shape and constraints only; decisions live in operations."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from montada.desk.choices import DigestRhythm, FollowKind


class Follow(models.Model):
    """That somebody wants to hear of what happens to something."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=FollowKind.choices)
    key = models.CharField(max_length=120)
    """Its address: a slug, an ISO code, the code of a group or line."""
    since = models.DateTimeField()

    class Meta:
        ordering = ("kind", "key")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind", "key"), name="follows_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.key}"


class Reading(models.Model):
    """How far somebody has read, and how they want to be told."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)
    """Up to when they have seen what is new; empty before the first visit."""
    rhythm = models.CharField(
        max_length=8, choices=DigestRhythm.choices, default=DigestRhythm.NEVER
    )
    digested_at = models.DateTimeField(null=True)
    """Up to when mail has told them."""

    def __str__(self) -> str:
        return f"reading of {self.person_id}"
