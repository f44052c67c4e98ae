"""Calls of a consultation: what is asked, until when, and the meetings about it."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from montada.consultation.choices import CallKind, QuestionKind, TargetAxis
from montada.language.fields import LocalizedTextField


class Call(models.Model):
    """One thing that an edition's consultation asks for, in a window of its own."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="calls"
    )
    kind = models.CharField(max_length=12, choices=CallKind.choices)
    intro = LocalizedTextField(blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    """The first moment at which it is closed again."""
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "kind"), name="call_kind_once_an_edition"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="call_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"

    def is_open_at(self, moment: datetime) -> bool:
        return self.opens_at <= moment < self.closes_at

    def is_over_at(self, moment: datetime) -> bool:
        return self.closes_at <= moment


class Question(models.Model):
    """
    One version of a question of a call.

    Versions are added and never changed: answers stay bound to the words that were
    read. The present version has no `replaced_at`.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=QuestionKind.choices)
    label = LocalizedTextField()
    hint = LocalizedTextField(blank=True)
    is_required = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
    """Whether answers are shown to everybody who may read the contribution."""
    least_words = models.PositiveSmallIntegerField(null=True)
    most_words = models.PositiveSmallIntegerField(null=True)
    """Of a long text, counted as Unicode does."""
    choices = models.JSONField(default=list)
    """`{"value", "label": {language: words}}` of what can be chosen."""
    shown_if = models.JSONField(default=dict)
    """`{"question": key, "is": [values]}`; empty for always."""
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    """When another version took its place, or it was asked no more."""

    class Meta:
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("call", "key", "version"), name="question_version_once_a_call"
            ),
            models.UniqueConstraint(
                fields=("call", "key"),
                condition=models.Q(replaced_at__isnull=True),
                name="one_present_version_a_question",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} version {self.version}"


class ConsultationMeeting(models.Model):
    """A meeting at which the consultation is talked over."""

    edition = models.ForeignKey(
        "edition.Edition",
        on_delete=models.CASCADE,
        related_name="consultation_meetings",
    )
    title = LocalizedTextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = LocalizedTextField(blank=True)
    join_url = models.URLField(max_length=500, blank=True)
    agenda = LocalizedTextField(blank=True)
    minutes = LocalizedTextField(blank=True)
    documents = models.JSONField(default=list)
    """`{"title", "url"}` of what is read at it."""

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="consultation_meeting_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return str(self.title)


class ParticipationTarget(models.Model):
    """The share of contributions that an edition wants from some of those concerned."""

    edition = models.ForeignKey(
        "edition.Edition",
        on_delete=models.CASCADE,
        related_name="participation_targets",
    )
    axis = models.CharField(max_length=10, choices=TargetAxis.choices)
    value = models.CharField(max_length=20)
    """A stakeholder group, a region's code, a language, or a gender."""
    least_percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("axis", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "axis", "value"), name="target_once_a_value"
            ),
        )

    def __str__(self) -> str:
        return f"{self.axis} {self.value}: {self.least_percent} %"
