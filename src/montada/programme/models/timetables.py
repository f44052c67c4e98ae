"""Plans of a timetable, the solver's work on them, and what was released."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from montada.programme.choices import Layout
from montada.programme.models.sessions import Session


class RoomDetails(models.Model):
    """What the programme needs to know of a room of an edition."""

    room = models.OneToOneField(
        "edition.Room", on_delete=models.CASCADE, related_name="details"
    )
    building = models.CharField(max_length=120, blank=True)
    floor = models.CharField(max_length=40, blank=True)
    layout = models.CharField(max_length=14, choices=Layout.choices, blank=True)
    features = models.JSONField(default=list)
    """Values of `Feature`."""
    n_booths = models.PositiveSmallIntegerField(default=0)
    equipment = models.TextField(blank=True)
    """One thing a line."""
    hours = models.JSONField(default=dict)
    """Days that differ: `{"2027-07-05": ["09:00", "16:00"]}`; `[]` for closed."""
    closed = models.JSONField(default=list)
    """`["2027-07-05T16:00", "2027-07-05T18:00"]`, local."""

    class Meta:
        verbose_name_plural = "room details"

    def __str__(self) -> str:
        return f"details of room {self.room_id}"


class Plan(models.Model):
    """One way to place an edition's sessions; several may lie side by side."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="plans"
    )
    name = models.CharField(max_length=120)
    is_current = models.BooleanField(default=False)
    """The one that is worked on and released."""
    revision = models.PositiveIntegerField(default=0)
    """Counts changes: who moves something says which one they saw."""
    cost = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    """No plan costs less; both as of the last solving."""
    iterations = models.PositiveIntegerField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-is_current", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition",),
                condition=models.Q(is_current=True),
                name="one_current_plan_an_edition",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where and when a plan has a session."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="placements")
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="placements"
    )
    room = models.ForeignKey("edition.Room", on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    is_locked = models.BooleanField(default=False)
    """Whether solving again leaves it where it is."""

    class Meta:
        ordering = ("starts_at", "room", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "session"), name="placed_once_a_plan"
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id} in {self.room_id}"


class PlanChange(models.Model):
    """One change of a plan, as it can be undone."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    """Of the plan after it."""
    before = models.JSONField(default=list)
    """`{"session", "room", "starts_at", "is_locked"}`, room empty where unplaced."""
    after = models.JSONField(default=list)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-revision",)
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "revision"), name="change_once_a_revision"
            ),
        )

    def __str__(self) -> str:
        return f"change {self.revision} of plan {self.plan_id}"


class SolverRun(models.Model):
    """The solver at work on a plan, from being asked to its result."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="runs")
    seed = models.PositiveIntegerField(default=1)
    seconds = models.PositiveIntegerField(default=20)
    iterations = models.PositiveIntegerField(null=True)
    """Wins over seconds, and makes it repeatable."""
    is_exact = models.BooleanField(default=False)
    """Whether the plan is to be proved the best, by the exact solver."""
    progress = models.PositiveSmallIntegerField(default=0)
    """Percent."""
    best = models.JSONField(default=dict)
    """`{"cost", "bound", "n_placed", "n_unplaced"}` so far."""
    is_to_stop = models.BooleanField(default=False)
    """Somebody has seen enough: the best so far is taken."""
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)
    """Why it came to nothing: a refusal's code. Old runs have words."""
    fault_details = models.JSONField(default=dict)
    """What that refusal says of this run."""

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("plan",),
                condition=models.Q(done_at__isnull=True),
                name="one_solver_a_plan",
            ),
        )

    def __str__(self) -> str:
        return f"solving plan {self.plan_id}"


class Release(models.Model):
    """One published state of the programme; it stays readable for ever."""

    edition = models.ForeignKey(
        "edition.Edition", on_delete=models.CASCADE, related_name="releases"
    )
    number = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    """What the secretariat says about it, in `language`."""
    language = models.CharField(max_length=5, blank=True)
    places = models.JSONField(default=dict)
    """Slug of a session to `{"title", "room", "room_name", "starts", "ends"}`."""
    changes = models.JSONField(default=list)
    """Against the release before: `{"session", "kind", "before", "after", "why"}`."""
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    """When the letters to those whom it concerns were written."""

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "number"), name="release_number_once_an_edition"
            ),
        )

    def __str__(self) -> str:
        return f"release {self.number} of {self.edition_id}"


class Bookmark(models.Model):
    """That somebody wants to be at a session."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks"
    )
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="bookmarks"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "session"), name="bookmark_once_a_session"
            ),
        )

    def __str__(self) -> str:
        return f"bookmark {self.pk}"
