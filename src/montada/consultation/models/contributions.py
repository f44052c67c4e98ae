"""Contributions to a call, what they answered, and every step they took."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models

from montada.consultation.choices import (
    ContributionState,
    DeclineReason,
    SignedAs,
)
from montada.consultation.models.calls import Call, ConsultationMeeting, Question
from montada.language.fields import LocalizedTextField
from montada.participation.fields import Gender


class Contributions(models.QuerySet["Contribution"]):
    def received(self) -> Self:
        """Return what was sent: what is counted."""
        return self.exclude(state=ContributionState.DRAFT)

    def public(self) -> Self:
        """Return what anybody may read: sent, with its author's consent."""
        return self.received().filter(may_publish=True)


class Contribution(models.Model):
    """What somebody hands in to a call, from the first draft to its outcome."""

    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="contributions"
    )
    state = models.CharField(
        max_length=12,
        choices=ContributionState.choices,
        default=ContributionState.DRAFT,
        db_index=True,
    )
    title = LocalizedTextField(blank=True)
    """Repeats the answer to the question `title`, for lists."""
    language = models.CharField(max_length=5)
    """Of its answers, BCP 47."""
    receipt = models.CharField(max_length=20, blank=True, db_index=True)
    """Number under which it was received and has its page; empty for a draft."""
    revision = models.PositiveIntegerField(default=0)
    """Counts savings: who saves says which one they saw, so that nothing is lost."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    """Empty where the secretariat entered it for somebody without an account."""
    author_name = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=200, blank=True)
    signed_as = models.CharField(
        max_length=12, choices=SignedAs.choices, default=SignedAs.PERSON
    )
    organisation = models.ForeignKey(
        "participation.Organisation",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """Found or named when it is sent."""
    organisation_name = models.CharField(max_length=300, blank=True)
    stakeholder_group = models.ForeignKey(
        "framework.StakeholderGroup",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    country = models.ForeignKey(
        "framework.Country", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Of the organisation's seat; of the State; of a person, where they live."""
    region = models.ForeignKey(
        "framework.CountryGroup", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """What it is about; empty for the whole world."""
    gender = models.CharField(max_length=8, choices=Gender.choices, blank=True)
    may_publish = models.BooleanField(default=False)

    is_late = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who of the secretariat entered it for its author."""
    entry_note = models.TextField(blank=True)
    """Why the secretariat entered it."""
    meeting = models.ForeignKey(
        ConsultationMeeting,
        null=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    """In whose room it was said."""

    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )
    grouped_under = LocalizedTextField(blank=True)
    """The theme it is read with."""
    session_url = models.CharField(max_length=500, blank=True)
    session_at = models.DateTimeField(null=True)
    """Where and when it is in the programme."""
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    objects = Contributions.as_manager()

    class Meta:
        ordering = ("-submitted_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")),
                name="contribution_not_merged_into_itself",
            ),
            models.UniqueConstraint(
                fields=("receipt",),
                condition=~models.Q(receipt=""),
                name="contribution_receipt_once",
            ),
        )

    def __str__(self) -> str:
        return self.receipt or f"draft {self.pk}"


class Answer(models.Model):
    """What a contribution answers to one version of a question."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="answers"
    )
    value: models.JSONField[Any, Any] = models.JSONField()
    """A text; a list of codes or of people; as the question's kind says."""

    class Meta:
        ordering = ("question__order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("contribution", "question"), name="answer_once_a_question"
            ),
        )

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.question_id}"


class ContributionStep(models.Model):
    """What happened to a contribution: its trace is the list of these."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="steps"
    )
    state = models.CharField(max_length=12, choices=ContributionState.choices)
    happened_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=16, choices=DeclineReason.choices, blank=True)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    """Of the words."""
    into = models.ForeignKey(
        Contribution, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """What it was merged into; taken apart again, the same where that was withdrawn."""

    class Meta:
        ordering = ("happened_at", "pk")

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.state}"
