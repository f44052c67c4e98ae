"""Speakers: their profile goes from edition to edition, their seats do not."""

from __future__ import annotations

from pathlib import PurePath

from django.conf import settings
from django.db import models

from montada.language.fields import LocalizedTextField
from montada.participation.fields import Gender
from montada.programme.choices import SeatRole, SeatState
from montada.programme.models.proposals import Proposal
from montada.programme.models.sessions import Session


class Speaker(models.Model):
    """Somebody who speaks, with or without an account."""

    slug = models.SlugField(max_length=120, unique=True)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="speaker",
    )
    name = models.CharField(max_length=200)
    honorific = models.CharField(max_length=60, blank=True)
    position = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        "participation.Organisation",
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
    country = models.ForeignKey(
        "framework.Country",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    gender = models.CharField(max_length=8, choices=Gender.choices, blank=True)
    is_young = models.BooleanField(null=True)
    """Under 30, told voluntarily; empty is no answer."""
    biography = LocalizedTextField(blank=True)
    email = models.EmailField(blank=True)
    """Never shown; where they are asked."""
    timezone = models.CharField(max_length=40, blank=True)
    """IANA; empty for the place of the forum."""
    photo = models.FileField(
        upload_to="speakers/", max_length=100, blank=True, db_index=True
    )
    """A square WebP of `PHOTO_SIDE` points under a name that changes with it."""

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("email",),
                condition=~models.Q(email=""),
                name="speaker_address_once",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def photo_name(self) -> str:
        """By which the address of the photo names it."""
        return PurePath(self.photo.name or "").stem


class Seat(models.Model):
    """A speaker's place in a proposed session, and then in the session itself."""

    proposal = models.ForeignKey(
        Proposal,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="seats",
    )
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.CASCADE, related_name="seats"
    )
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(
        max_length=10, choices=SeatRole.choices, default=SeatRole.PANELLIST
    )
    is_remote = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=SeatState.choices, default=SeatState.ASKED
    )
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    """SHA-256 of the key in the letter with which they answer without an account."""
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "speaker"), name="seat_once_a_proposal"
            ),
            models.UniqueConstraint(
                fields=("session", "speaker"), name="seat_once_a_session"
            ),
            models.CheckConstraint(
                condition=models.Q(proposal__isnull=False)
                | models.Q(session__isnull=False),
                name="seat_somewhere",
            ),
        )

    def __str__(self) -> str:
        return f"{self.speaker_id} {self.role}"


class Availability(models.Model):
    """A time in which a speaker can be there; without any, always."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="+"
    )
    speaker = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="available"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "pk")
        verbose_name_plural = "availabilities"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="availability_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.speaker_id} from {self.starts_at}"
