"""The projects, and what lists are narrowed by."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from montada.language.fields import LocalizedTextField
from montada.stocktaking.choices import (
    PUBLIC,
    Coverage,
    Distinction,
    EntryType,
    LinkSource,
    ProjectStatus,
    Visibility,
)


def key_of_its_own() -> str:
    """Return a key under which no source's word will ever meet this project."""
    return uuid4().hex


class ProjectQuerySet(models.QuerySet["Project"]):
    def public(self) -> ProjectQuerySet:
        """Return what anybody may read."""
        return self.filter(visibility__in=PUBLIC)


class Project(models.Model):
    """
    One project, however often it was entered, nominated or awarded.

    What it says of itself is in its versions; the columns here repeat of the published
    one what lists show and are narrowed by.
    """

    slug = models.SlugField(max_length=120, unique=True)
    key = models.CharField(max_length=32, unique=True, default=key_of_its_own)
    """What identifies it to sources that name it again: see `engine.identity`."""
    visibility = models.CharField(
        max_length=12,
        choices=Visibility.choices,
        default=Visibility.PUBLISHED,
    )
    visibility_reason = models.TextField(blank=True)
    """In the words of who took it from the register."""
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
    """Of the organisation that enters it, or as a source files it."""
    countries_of_work = models.ManyToManyField(
        "framework.Country", blank=True, related_name="+"
    )
    stakeholder_group = models.ForeignKey(
        "framework.StakeholderGroup",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    action_lines = models.ManyToManyField(
        "framework.ActionLine",
        through="stocktaking.ProjectActionLine",
        blank=True,
        related_name="+",
    )
    goals = models.ManyToManyField(
        "framework.Goal",
        through="stocktaking.ProjectGoal",
        blank=True,
        related_name="+",
    )
    targets = models.ManyToManyField(
        "framework.Target",
        through="stocktaking.ProjectTarget",
        blank=True,
        related_name="+",
    )
    objectives = models.ManyToManyField(
        "framework.GdcObjective",
        through="stocktaking.ProjectObjective",
        blank=True,
        related_name="+",
    )
    """Of the Global Digital Compact."""
    entry_type = models.CharField(max_length=12, choices=EntryType.choices, blank=True)
    status = models.CharField(max_length=12, choices=ProjectStatus.choices, blank=True)
    coverage = models.CharField(max_length=16, choices=Coverage.choices, blank=True)
    written_in = models.CharField(max_length=5, blank=True)
    """BCP 47; empty where the published version has no text."""
    has_evidence = models.BooleanField(default=False)
    has_gap = models.BooleanField(default=False)
    """Whether money is missing, as far as is said."""
    first_year = models.PositiveSmallIntegerField(null=True, db_index=True)
    last_year = models.PositiveSmallIntegerField(null=True, db_index=True)
    """First and last year in which a source names it; empty where none says a year."""
    current_on = models.DateField(null=True)
    """When somebody last said that all this is true; freshness counts from it."""
    same_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="twins"
    )
    """The other record of the same project; both stay, and each leads to the other."""
    source_url = models.URLField(max_length=500, blank=True)
    words = models.TextField(blank=True, default="")
    """Title and summary in every wording, folded: what lists are searched for."""

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-last_year", "sort_key", "pk")
        indexes = (
            # The order of the list, with all that is asked to read it from here alone.
            models.Index(
                fields=("-last_year", "sort_key", "id", "visibility"),
                name="order_of_the_list",
            ),
        )

    def __str__(self) -> str:
        return self.slug

    @property
    def is_public(self) -> bool:
        return self.visibility in PUBLIC


class LabelLink(models.Model):
    """That a line, goal, target or objective is a project's, and who says so."""

    source = models.CharField(
        max_length=8, choices=LinkSource.choices, default=LinkSource.STATED
    )
    confidence = models.FloatField(null=True)
    """Between 0 and 1, where an engine said it first."""
    words = models.JSONField(default=list)
    """What led to it: words of the text, or codes of a source."""

    class Meta:
        abstract = True


class ProjectActionLine(LabelLink):
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="line_links"
    )
    actionline = models.ForeignKey(
        "framework.ActionLine", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        db_table = "stocktaking_project_action_lines"
        unique_together = (("project", "actionline"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.actionline_id}"


class ProjectGoal(LabelLink):
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="goal_links"
    )
    goal = models.ForeignKey(
        "framework.Goal", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        db_table = "stocktaking_project_goals"
        unique_together = (("project", "goal"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.goal_id}"


class ProjectTarget(LabelLink):
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="target_links"
    )
    target = models.ForeignKey(
        "framework.Target", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        unique_together = (("project", "target"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.target_id}"


class ProjectObjective(LabelLink):
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="objective_links"
    )
    objective = models.ForeignKey(
        "framework.GdcObjective", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        unique_together = (("project", "objective"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.objective_id}"


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
