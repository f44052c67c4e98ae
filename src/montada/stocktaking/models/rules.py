"""What an edition rules about the register: every number that processes depend on."""

from __future__ import annotations

from django.db import models


class RegisterRules(models.Model):
    """One row an edition; an edition without one follows these defaults."""

    edition = models.OneToOneField(
        "edition.Edition", on_delete=models.CASCADE, related_name="+"
    )
    summary_words_least = models.PositiveSmallIntegerField(default=20)
    summary_words_most = models.PositiveSmallIntegerField(default=200)
    """Of the short description, counted by Unicode's word boundaries."""
    text_words_most = models.PositiveSmallIntegerField(default=1000)
    """Of each longer text."""
    focal_point_days = models.PositiveSmallIntegerField(default=14)
    """How long a focal point may speak before an entry goes on by itself."""
    fresh_months = models.PositiveSmallIntegerField(default=12)
    ageing_months = models.PositiveSmallIntegerField(default=24)
    """Updated within the first: fresh; within the second: ageing; older: stale."""
    archive_months = models.PositiveSmallIntegerField(default=48)
    update_call_month = models.PositiveSmallIntegerField(default=9)
    """1–12: when owners are asked once a year whether all is still true."""

    class Meta:
        verbose_name_plural = "register rules"

    def __str__(self) -> str:
        return f"rules of {self.edition_id}"
