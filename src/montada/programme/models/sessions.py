"""Tables of programme. Shape and constraints only; decisions live in operations."""

from __future__ import annotations

from django.db import models

from montada.language.fields import LocalizedTextField
from montada.programme.choices import LabelsBasis


class Session(models.Model):
    """One session of an edition, or a meeting of the process between editions."""

    slug = models.SlugField(max_length=120, unique=True)
    edition = models.ForeignKey(
        "edition.Edition",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    year = models.PositiveSmallIntegerField(null=True, db_index=True)
    number = models.CharField(max_length=12, blank=True)
    """The forum's own number, as text."""
    title = LocalizedTextField()
    sort_key = models.CharField(max_length=300, db_index=True)
    held_on = models.DateField(null=True, blank=True)
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    """Local times of the place; empty where the source does not say."""
    place = models.CharField(max_length=200, blank=True)
    """Room and building, as the source writes them."""
    session_type = models.CharField(max_length=80, blank=True)
    organisers = models.ManyToManyField(
        "participation.Organisation", blank=True, related_name="+"
    )
    action_lines = models.ManyToManyField(
        "framework.ActionLine", blank=True, related_name="+"
    )
    goals = models.ManyToManyField("framework.Goal", blank=True, related_name="+")
    labels_basis = models.CharField(
        max_length=30, blank=True, choices=LabelsBasis.choices
    )
    """Where lines and goals come from: a `LabelsBasis`, empty without any."""
    source_url = models.URLField(max_length=500)

    class Meta:
        ordering = ("-year", "-held_on", "starts_at", "pk")

    def __str__(self) -> str:
        return self.slug
