"""By what an edition chooses: its rules, criteria, scores, and runs of equal shares."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from montada.language.fields import LocalizedTextField
from montada.programme.choices import Endowment
from montada.programme.models.proposals import Proposal


class ProgrammeRules(models.Model):
    """One row an edition; an edition without one follows these defaults."""

    edition = models.OneToOneField(
        "edition.Edition", on_delete=models.CASCADE, related_name="+"
    )
    n_places = models.PositiveSmallIntegerField(default=100)
    """Places that are chosen, beside those by right."""
    endowment = models.CharField(
        max_length=8, choices=Endowment.choices, default=Endowment.GROUP
    )
    floors = models.JSONField(default=list)
    """`{"axis": "group"|"region"|"line", "value", "least"}` that rules demand."""
    appeal_days = models.PositiveSmallIntegerField(default=7)
    is_support_open = models.BooleanField(default=False)
    """Whether people may say which proposals they would come to."""

    opens = models.TimeField(default=time(9))
    closes = models.TimeField(default=time(18))
    breaks = models.JSONField(default=list)
    """`["13:00", "14:30"]` of every day."""
    hours = models.JSONField(default=dict)
    """Days that differ: `{"2027-07-05": ["10:00", "18:00"]}`; `[]` for closed."""
    unit_minutes = models.PositiveSmallIntegerField(
        default=15, validators=(MinValueValidator(5), MaxValueValidator(60))
    )
    weights = models.JSONField(default=dict)
    """Of the timetable's wishes, by label; absent ones as the engine has them."""
    levels = models.JSONField(default=dict)
    """Rule of the timetable to `Level`, where this edition differs."""

    class Meta:
        verbose_name_plural = "programme rules"

    def __str__(self) -> str:
        return f"programme rules of {self.edition_id}"


class Criterion(models.Model):
    """One line of the published rubric."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="criteria"
    )
    key = models.SlugField(max_length=40)
    name = LocalizedTextField()
    weight = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(default=5)
    """Points at most; the fewest are 0."""
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")
        verbose_name_plural = "criteria"
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "key"), name="criterion_once_an_edition"
            ),
        )

    def __str__(self) -> str:
        return self.key


class Score(models.Model):
    """The points that one reviewer gives a proposal by one criterion."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="scores"
    )
    criterion = models.ForeignKey(
        Criterion, on_delete=models.CASCADE, related_name="scores"
    )
    reviewer = models.CharField(max_length=200)
    """A name; or the address of who has an account. Never public."""
    points = models.DecimalField(max_digits=4, decimal_places=1)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "criterion", "reviewer"),
                name="score_once_a_reviewer",
            ),
            models.CheckConstraint(
                condition=models.Q(points__gte=0), name="score_not_below_zero"
            ),
        )

    def __str__(self) -> str:
        return f"{self.points} for {self.proposal_id}"


class SharesRun(models.Model):
    """One choice by equal shares, with all it was made of."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="shares_runs"
    )
    endowment = models.CharField(max_length=8, choices=Endowment.choices)
    mix = models.FloatField(default=0.5)
    n_places = models.PositiveSmallIntegerField()
    floors = models.JSONField(default=list)
    seed = models.PositiveIntegerField(default=1)
    result = models.JSONField(default=dict)
    """What was chosen and who paid, without any person: as formats describe it."""
    is_simulation = models.BooleanField(default=True)
    """Whether it answers "what if"; the committee reads the others."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"shares {self.pk}"
