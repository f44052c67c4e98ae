"""Sessions, what kinds of them an edition has, and series of them."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Self

from django.db import models

from montada.language.fields import LocalizedTextField
from montada.programme.choices import LabelsBasis, SessionMode

if TYPE_CHECKING:
    from collections.abc import Sequence


class SessionKind(models.Model):
    """A kind of session of an edition, with what is usual for it."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="session_kinds"
    )
    code = models.SlugField(max_length=40)
    """As requests for sessions name it."""
    name = LocalizedTextField()
    minutes = models.PositiveSmallIntegerField(default=60)
    lengths = models.JSONField(default=list)
    """Minutes that may be chosen; empty for `minutes` alone."""
    needs = models.JSONField(default=list)
    """Values of `Feature` that every session of this kind needs."""
    audience = models.PositiveIntegerField(default=0)
    """People who are expected where a session does not say; 0 for nobody knows."""
    is_stand = models.BooleanField(default=False)
    """Whether it has a stand or a poster for the whole forum, and no hours."""
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "code"), name="session_kind_once_an_edition"
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def choice_of_minutes(self) -> Sequence[int]:
        return self.lengths or [self.minutes]


class Series(models.Model):
    """Sessions that belong together: they are never at the same time."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="series"
    )
    title = LocalizedTextField()
    is_in_order = models.BooleanField(default=True)
    """Whether the parts follow each other by their numbers."""

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return str(self.title)


class Sessions(models.QuerySet["Session"]):
    def public(self) -> Self:
        """Return what anybody may read."""
        return self.filter(is_public=True)


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
    source_url = models.URLField(max_length=500, blank=True)

    # What follows is of sessions that were planned here.
    is_public = models.BooleanField(default=True, db_index=True)
    """From its first release on. Day, hours and room are those of the last one."""
    is_cancelled = models.BooleanField(default=False)
    cancelled_because = LocalizedTextField(blank=True)
    """Why, for everybody to read; empty unless it is cancelled."""
    proposal = models.OneToOneField(
        "programme.Proposal",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="session",
    )
    kind = models.ForeignKey(
        SessionKind,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    room = models.ForeignKey(
        "edition.Room",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    series = models.ForeignKey(
        Series,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sessions",
    )
    part = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    description = LocalizedTextField(blank=True)
    agenda = LocalizedTextField(blank=True)
    mode = models.CharField(max_length=8, choices=SessionMode.choices, blank=True)
    needs = models.JSONField(default=list, blank=True)
    """Values of `Feature`."""
    languages = models.JSONField(default=list, blank=True)
    """BCP 47, in which it is spoken or interpreted."""
    audience = models.PositiveIntegerField(default=0)
    wishes = models.JSONField(default=dict, blank=True)
    """`{"days": ["2027-07-05"], "half": "morning"}`; empty for none."""
    remote_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    """Kept for questions from afar."""
    hashtag = models.CharField(max_length=60, blank=True)
    links = models.JSONField(default=list, blank=True)
    """`{"title", "url"}`."""
    documents = models.JSONField(default=list, blank=True)
    """`{"title", "url"}`."""
    register_url = models.URLField(max_length=500, blank=True)
    stream_url = models.URLField(max_length=500, blank=True)
    recording_url = models.URLField(max_length=500, blank=True)

    objects = Sessions.as_manager()

    class Meta:
        ordering = ("-year", "-held_on", "starts_at", "pk")

    def __str__(self) -> str:
        return self.slug


class SessionImage(models.Model):
    """A picture on a session's page."""

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="images"
    )
    file = models.FileField(upload_to="sessions/", max_length=100, db_index=True)
    """A WebP under a name that nobody guesses."""
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    """Points of the file: its place on the page is kept before it is there."""
    description = LocalizedTextField()
    """What it shows, for those who do not see it."""
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.description)

    @property
    def name(self) -> str:
        """By which the address of the file names it."""
        return PurePath(self.file.name or "").stem
