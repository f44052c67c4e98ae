"""Statements of a consultation, the votes on them, and what moderators decided."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from montada.consultation.choices import (
    StatementReason,
    StatementState,
    StatementStep,
    VoterTier,
    VoteValue,
)
from montada.language.fields import LocalizedTextField


class StatementRules(models.Model):
    """One row an edition; an edition without one follows these defaults."""

    edition = models.OneToOneField(
        "edition.Edition", on_delete=models.CASCADE, related_name="+"
    )
    longest = models.PositiveSmallIntegerField(default=200)
    """Characters of a statement."""
    batch = models.PositiveSmallIntegerField(default=20)
    """Statements shown before somebody is asked whether they want more."""
    statements_a_day = models.PositiveSmallIntegerField(default=10)
    """That one person may propose."""
    votes_a_minute = models.PositiveSmallIntegerField(default=40)
    """That one person may cast: faster, nobody has read."""
    fewest_voters = models.PositiveSmallIntegerField(default=30)
    """With fewer, every result carries a warning."""
    guests_vote = models.BooleanField(default=False)
    """Whether people who have not signed in vote; counted beside all rankings."""

    class Meta:
        verbose_name_plural = "statement rules"

    def __str__(self) -> str:
        return f"statement rules of {self.edition_id}"


class Statements(models.QuerySet["Statement"]):
    def open(self) -> Self:
        """Return what is voted on."""
        return self.filter(state=StatementState.OPEN)

    def public(self) -> Self:
        """Return what anybody may read: open, or retired after it was."""
        return self.filter(state__in=(StatementState.OPEN, StatementState.RETIRED))


class Statement(models.Model):
    """One short sentence that people agree or disagree with."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="statements"
    )
    text = LocalizedTextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="statements",
    )
    """Never shown; empty for seeds."""
    stakeholder_group = models.ForeignKey(
        "framework.StakeholderGroup",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """Of its author; of a seed, the group that supplied it."""
    is_seed = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=StatementState.choices, default=StatementState.WAITING
    )
    in_favour_of = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaces"
    )
    """The statement that took its place; votes stay where they were cast."""
    moved_to = models.ForeignKey(
        "consultation.Contribution",
        null=True,
        on_delete=models.SET_NULL,
        related_name="moved_from",
    )
    """The draft of its author in the call where it belongs."""
    folded = models.CharField(max_length=64, db_index=True)
    """SHA-256 of its words without case and signs: the same words come once."""
    vector = models.BinaryField(default=bytes)
    """float16, unit length: what it means in any language; empty if not known."""
    written_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """The moderator who is deciding about it, until `held_until`."""
    held_until = models.DateTimeField(null=True)

    objects = Statements.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "folded"), name="statement_words_once_an_edition"
            ),
            models.CheckConstraint(
                condition=models.Q(in_favour_of__isnull=True)
                | ~models.Q(in_favour_of=models.F("pk")),
                name="statement_not_in_favour_of_itself",
            ),
        )
        indexes = (models.Index(fields=("edition", "state")),)

    def __str__(self) -> str:
        return f"statement {self.pk}"


class Voter(models.Model):
    """A person in one edition's votes, and as what they are counted."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="voters"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="voters",
    )
    """Empty for guests, and where votes were taken in from elsewhere."""
    guest_key = models.CharField(max_length=64, blank=True)
    """
    Of a guest: SHA-256 of what their browser keeps; of somebody taken in from a file:
    what names them there. Empty for others.
    """
    tier = models.CharField(max_length=12, choices=VoterTier.choices)
    stakeholder_group = models.ForeignKey(
        "framework.StakeholderGroup",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    country = models.ForeignKey(
        "framework.Country", null=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "person"), name="voter_once_an_edition"
            ),
            models.UniqueConstraint(
                fields=("edition", "guest_key"),
                condition=~models.Q(guest_key=""),
                name="guest_once_an_edition",
            ),
        )

    def __str__(self) -> str:
        return f"voter {self.pk}"


class Vote(models.Model):
    """What a voter says to a statement; the last word counts."""

    voter = models.ForeignKey(Voter, on_delete=models.CASCADE, related_name="votes")
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="votes"
    )
    value = models.SmallIntegerField(choices=VoteValue.choices)
    is_important = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)
    """In the voter's words; the secretariat reads it without a name."""
    shown_with = models.FloatField(null=True)
    """Chance with which it was drawn; empty where the voter chose it."""
    n_passes = models.PositiveSmallIntegerField(default=0)
    """How often it was passed: once passed, it returns once."""
    cast_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("voter", "statement"), name="vote_once_a_statement"
            ),
            models.CheckConstraint(
                condition=models.Q(value__in=(-1, 0, 1)), name="vote_is_one_of_three"
            ),
        )
        indexes = (models.Index(fields=("voter", "cast_at")),)

    def __str__(self) -> str:
        return f"vote {self.pk}"


class StatementDecision(models.Model):
    """What was decided about a statement, for the public log; without names."""

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="decisions"
    )
    step = models.CharField(max_length=10, choices=StatementStep.choices)
    reason = models.CharField(
        max_length=14, choices=StatementReason.choices, blank=True
    )
    note = models.TextField(blank=True)
    """In the moderator's words, for everybody to read."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    """What the author says to it."""
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.step} {self.statement_id}"


class OpinionRun(models.Model):
    """One computation of opinion: from its beginning to its result."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="opinion_runs"
    )
    is_done = models.BooleanField(default=False)
    progress = models.PositiveSmallIntegerField(default=0)
    """Percent."""
    seed = models.PositiveIntegerField(default=1)
    engine = models.CharField(max_length=40)
    """Name with version."""
    n_votes = models.PositiveIntegerField(default=0)
    n_voters = models.PositiveIntegerField(default=0)
    votes_until = models.DateTimeField()
    """The newest vote that is in it."""
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    """What everybody may see, as `engine.public_result` writes it: no person in it."""
    tallies = models.JSONField(default=dict)
    """Statement to stakeholder group to [agree, disagree, pass]: for routing alone."""

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"opinion {self.pk}"


class OpinionPlace(models.Model):
    """Where one voter stands in the newest result; shown to that voter alone."""

    run = models.ForeignKey(OpinionRun, on_delete=models.CASCADE, related_name="places")
    voter = models.ForeignKey(Voter, on_delete=models.CASCADE, related_name="+")
    x = models.FloatField()
    y = models.FloatField()
    group = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("run", "voter"), name="one_place_a_run"),
        )

    def __str__(self) -> str:
        return f"place {self.pk}"


class VoteTable(models.Model):
    """
    Votes as they were published for anybody to take along.

    Of tables that newer ones replaced only the prints are kept: no later table may tell
    by its difference how one to four people voted.
    """

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="vote_tables"
    )
    number = models.PositiveIntegerField()
    """From 1; voters are called by another number in each."""
    made_at = models.DateTimeField()
    n_left_out = models.PositiveIntegerField(default=0)
    """People whose votes have changed since, as the newest result counts them."""
    votes = models.BinaryField(default=bytes)
    """`engine.vote_rows.packed_votes`, int64, compressed; empty in replaced tables."""
    prints = models.BinaryField(default=bytes)
    """`engine.vote_rows.prints_of`: pairs of int64, compressed."""
    groups = models.JSONField(default=dict)
    """Voter to opinion group, counted from 0; who is in none is not in it."""

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "number"), name="vote_table_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"votes {self.edition_id}/{self.number}"
