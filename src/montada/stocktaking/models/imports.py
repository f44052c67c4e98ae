"""Imports: a file, how its columns are read, and what became of each row."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from montada.stocktaking.choices import FileFormat, ImportState


class ImportRun(models.Model):
    """One file on its way in. Rows go in batches: `position` tells how far it is."""

    file = models.FileField(upload_to="imports/", max_length=200)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    format = models.CharField(max_length=8, choices=FileFormat.choices)
    system = models.CharField(max_length=80)
    """Whose identifiers the rows carry."""
    mapping = models.JSONField(default=dict)
    """Column of the file → field of ours."""
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.MAPPING
    )
    position = models.PositiveIntegerField(default=0)
    """Rows or activities that are done."""
    n_rows = models.PositiveIntegerField(null=True)
    counts = models.JSONField(default=dict)
    """Status of a row → how many."""
    error = models.TextField(blank=True)
    """Why it stopped, in words."""
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class ImportRow(models.Model):
    """A row with something to say; a refused one keeps its cells to be mended."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    identifier = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10)
    """One of `djangokit.tables.STATUSES`."""
    field = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    cells = models.JSONField(default=dict)
    """Column → what stands there; of refused rows only."""

    class Meta:
        ordering = ("number", "pk")

    def __str__(self) -> str:
        return f"{self.run_id} row {self.number} {self.status}"
