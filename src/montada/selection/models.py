"""Tables of selection. Shape and constraints only; decisions live in operations."""

from __future__ import annotations

from django.db import models

from montada.selection.choices import Result


class Award(models.Model):
    """What one project reached in one year's prizes, in one category."""

    project = models.ForeignKey(
        "stocktaking.Project", on_delete=models.PROTECT, related_name="+"
    )
    version = models.ForeignKey(
        "stocktaking.ProjectVersion",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """What the project said of itself when the award came into the register."""
    year = models.PositiveSmallIntegerField(null=True, db_index=True)
    """Empty where the source does not say."""
    edition = models.ForeignKey(
        "edition.Edition", null=True, on_delete=models.PROTECT, related_name="+"
    )
    action_line = models.ForeignKey(
        "framework.ActionLine", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """The prize category; empty where the source does not say."""
    result = models.CharField(max_length=10, choices=Result.choices)
    source_url = models.URLField(max_length=500)

    class Meta:
        ordering = ("-year", "pk")

    def __str__(self) -> str:
        return f"{self.project_id} {self.result} {self.year or ''}"

    @property
    def is_prize(self) -> bool:
        """Whether it won; a champion came close, a nominee was put forward."""
        return self.result in (Result.WINNER, Result.AWARDED)
