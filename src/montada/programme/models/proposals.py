"""Proposals of sessions, who is behind them, and what was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from montada.language.fields import LocalizedTextField
from montada.programme.choices import (
    DecisionReason,
    ProposalState,
    RightHolder,
    SessionMode,
)
from montada.programme.models.sessions import SessionKind


class PlaceByRight(models.Model):
    """Places of an edition's programme that are given before anybody chooses."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="places_by_right"
    )
    holder = models.CharField(max_length=14, choices=RightHolder.choices)
    name = LocalizedTextField()
    n_places = models.PositiveSmallIntegerField(default=1)
    organisation = models.ForeignKey(
        "participation.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """Whose they are; empty for any of this kind of holders."""
    action_line = models.ForeignKey(
        "framework.ActionLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ("holder", "pk")
        verbose_name_plural = "places by right"

    def __str__(self) -> str:
        return str(self.name)


class Proposal(models.Model):
    """What may become a session of an edition."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="proposals"
    )
    contribution = models.OneToOneField(
        "consultation.Contribution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """The request it comes from; empty where the secretariat entered it."""
    reference = models.CharField(max_length=20, unique=True)
    title = LocalizedTextField()
    summary = LocalizedTextField(blank=True)
    outcomes = LocalizedTextField(blank=True)
    """What is expected to come of it."""
    kind = models.ForeignKey(
        SessionKind, on_delete=models.PROTECT, related_name="proposals"
    )
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=8, choices=SessionMode.choices, blank=True)
    needs = models.JSONField(default=list, blank=True)
    """Values of `Feature`."""
    wishes = models.JSONField(default=dict, blank=True)
    """`{"days": ["2027-07-05"], "half": "morning"}`; empty for none."""
    audience = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=10,
        choices=ProposalState.choices,
        default=ProposalState.RECEIVED,
        db_index=True,
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    by_right = models.ForeignKey(
        PlaceByRight,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
    )
    action_lines = models.ManyToManyField(
        "framework.ActionLine", blank=True, related_name="+"
    )
    goals = models.ManyToManyField("framework.Goal", blank=True, related_name="+")
    balance_note = models.TextField(blank=True)
    """Why the panel is as it is, in its organisers' words."""
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    """Who answers for it; not one of the speakers unless they say so."""
    submitted_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    """Counts savings: who saves says which one they saw."""

    class Meta:
        ordering = ("reference",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("pk")),
                name="proposal_not_merged_into_itself",
            ),
        )
        indexes = (models.Index(fields=("edition", "state")),)

    def __str__(self) -> str:
        return self.reference


class ProposalOrganiser(models.Model):
    """That an organisation organises a proposed session, alone or with others."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="organisers"
    )
    organisation = models.ForeignKey(
        "participation.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    is_lead = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    """Neither: it was named and has not answered."""

    class Meta:
        ordering = ("-is_lead", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "organisation"), name="organiser_once_a_proposal"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} of {self.proposal_id}"


class MergeOffer(models.Model):
    """That two proposals should become one; both keep their words and authors."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="merge_offers"
    )
    into = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="offered")
    words = models.TextField(blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-offered_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "into"),
                condition=models.Q(accepted_at__isnull=True, refused_at__isnull=True),
                name="open_merge_offer_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(proposal=models.F("into")),
                name="merge_offer_of_two",
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal_id} into {self.into_id}"


class ProposalSupport(models.Model):
    """That somebody would come: what equal shares count."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="supports"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="supported_proposals",
    )
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "person"), name="support_once_a_proposal"
            ),
        )

    def __str__(self) -> str:
        return f"support of {self.proposal_id}"


class ProposalDecision(models.Model):
    """What the committee decided about a proposal, and what its author says to it."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="decisions"
    )
    outcome = models.CharField(max_length=10, choices=ProposalState.choices)
    reason = models.CharField(max_length=14, choices=DecisionReason.choices)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    """Of the words."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()
    appeal_until = models.DateTimeField(null=True)
    """The first moment at which its author can no longer appeal."""
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-decided_at", "-pk")

    def __str__(self) -> str:
        return f"{self.outcome} {self.proposal_id}"
