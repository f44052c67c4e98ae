"""Tables of stocktaking. Shape and constraints only; decisions live in operations."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from montada.language.fields import LocalizedTextField
from montada.stocktaking.choices import Distinction


def key_of_its_own() -> str:
    """Return a key under which no source's word will ever meet this project."""
    return uuid4().hex


class Project(models.Model):
    """One project, however often it was entered, nominated or awarded."""

    slug = models.SlugField(max_length=120, unique=True)
    key = models.CharField(max_length=32, unique=True, default=key_of_its_own)
    """What identifies it to sources that name it again: see `engine.identity`."""
    title = LocalizedTextField(blank=True)
    """Empty where no source gives a title."""
    sort_key = models.CharField(max_length=300, db_index=True)
    organisation = models.ForeignKey(
        "participation.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    country = models.ForeignKey(
        "framework.Country",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    stakeholder_group = models.ForeignKey(
        "framework.StakeholderGroup",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    action_lines = models.ManyToManyField(
        "framework.ActionLine", blank=True, related_name="+"
    )
    goals = models.ManyToManyField("framework.Goal", blank=True, related_name="+")
    first_year = models.PositiveSmallIntegerField(null=True, db_index=True)
    last_year = models.PositiveSmallIntegerField(null=True, db_index=True)
    """First and last year in which a source names it; empty where none says a year."""
    source_url = models.URLField(max_length=500)

    class Meta:
        ordering = ("-last_year", "sort_key", "pk")

    def __str__(self) -> str:
        return self.slug


class ProjectDistinction(models.Model):
    """
    That a project was nominated, championed or awarded in a year.

    Told by the selection, which owns the award itself; kept here so that the list of
    projects can be narrowed by it.
    """

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="distinctions"
    )
    kind = models.CharField(max_length=10, choices=Distinction.choices)
    year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("year", "kind")

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.year or ''}"
