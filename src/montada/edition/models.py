"""Tables of edition. Shape and constraints only; decisions live in operations."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models

from montada.edition.choices import Mode, PhaseKind
from montada.language.fields import LocalizedTextField


class Edition(models.Model):
    """One year's forum. What its sources do not say stays empty, shown as unknown."""

    slug = models.SlugField(max_length=40, unique=True)
    year = models.PositiveSmallIntegerField(db_index=True)
    name = LocalizedTextField()
    theme = LocalizedTextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    """The last day, included."""
    timezone = models.CharField(max_length=40, default="Europe/Zurich")
    city = LocalizedTextField(blank=True)
    country = models.ForeignKey(
        "framework.Country",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    venue = LocalizedTextField(blank=True)
    mode = models.CharField(max_length=20, choices=Mode.choices, blank=True)
    online_url = models.URLField(max_length=500, blank=True)
    organisers = models.JSONField(default=list, blank=True)
    participants = models.PositiveIntegerField(null=True, blank=True)
    participants_basis = models.CharField(max_length=300, blank=True)
    """What the number counts, as its source says; numbers on other bases differ."""
    n_countries = models.PositiveIntegerField(null=True, blank=True)
    n_sessions = models.PositiveIntegerField(null=True, blank=True)
    sources = models.JSONField(default=list, blank=True)
    notes = models.TextField(blank=True)
    is_made_up = models.BooleanField(default=False)
    """Demonstration only; every page of it says so."""

    class Meta:
        ordering = ("-year", "-pk")

    def __str__(self) -> str:
        return self.slug

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def is_online_only(self) -> bool:
        return self.mode == Mode.ONLINE

    @property
    def has_reports(self) -> bool:
        """Whether a source gives a number of this edition."""
        numbers = (self.participants, self.n_countries, self.n_sessions)
        return any(number is not None for number in numbers)

    def is_over_at(self, moment: datetime) -> bool:
        """
        Return whether its last day has passed, in its own time zone.

        Without dates, whether its year has.
        """
        today = moment.astimezone(self.zone).date()
        last_day = self.ends_on or self.starts_on
        return last_day < today if last_day else self.year < today.year


class Phase(models.Model):
    """A time in which something is open; it opens and closes by itself."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="phases"
    )
    kind = models.CharField(max_length=20, choices=PhaseKind.choices)
    name = LocalizedTextField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    """The first moment at which it is closed again."""

    class Meta:
        ordering = ("opens_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="phase_closes_after_it_opens",
            ),
            models.UniqueConstraint(
                fields=("edition", "kind"), name="phase_kind_once_an_edition"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"

    def is_open_at(self, moment: datetime) -> bool:
        return self.opens_at <= moment < self.closes_at

    def is_over_at(self, moment: datetime) -> bool:
        return self.closes_at <= moment


class Room(models.Model):
    """Where sessions of an edition take place: a room, or a link."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rooms")
    name = LocalizedTextField()
    seats = models.PositiveIntegerField(null=True, blank=True)
    is_online = models.BooleanField(default=False)
    join_url = models.URLField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return str(self.name)


class Term(models.Model):
    """This edition's own word for something: sessions, awards, a part of the forum."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="terms")
    key = models.SlugField(max_length=40)
    label = LocalizedTextField()

    class Meta:
        ordering = ("key",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "key"), name="term_once_an_edition"
            ),
        )

    def __str__(self) -> str:
        return self.key
