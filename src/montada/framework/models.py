"""Tables of framework. Shape and constraints only; decisions live in operations."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from montada.language.fields import LocalizedTextField


class ActionLine(models.Model):
    """One of 18 categories of the Geneva Plan of Action: C1 to C11 with C7's parts."""

    code = models.CharField(max_length=12, primary_key=True)
    """"C2", "C7-eagri": as in the data and in addresses."""
    order = models.PositiveSmallIntegerField(unique=True)
    code_ar = models.CharField(max_length=12)
    title = LocalizedTextField()
    scope = LocalizedTextField()
    lead = models.JSONField(default=list)
    """Names of the facilitating UN organisations."""
    co_facilitators = models.JSONField(default=list)
    matrix_note = models.TextField(blank=True)
    source_url = models.URLField(max_length=500)

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.code

    @property
    def latin_code(self) -> str:
        """The short code without its part: "C7" for "C7-eagri"."""
        return self.code.split("-")[0]


class Goal(models.Model):
    """A Sustainable Development Goal."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    title = LocalizedTextField()
    official_title = LocalizedTextField(blank=True)
    """The long title; empty until `load-targets` has read a file."""

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"SDG {self.number}"


class Target(models.Model):
    """A target of a goal, known by its code; its title comes from a loaded file."""

    code = models.CharField(max_length=6, primary_key=True)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="targets")
    order = models.PositiveSmallIntegerField()
    title = LocalizedTextField(blank=True)

    class Meta:
        ordering = ("goal_id", "order")

    def __str__(self) -> str:
        return self.code


class MatrixLink(models.Model):
    """
    What one cell of the WSIS–SDG matrix says from one version of the matrix on.

    Rows are added and never changed: version n of the matrix is, per cell, the newest
    row whose `version` is at most n.
    """

    version = models.PositiveIntegerField(db_index=True)
    action_line = models.ForeignKey(
        ActionLine, on_delete=models.PROTECT, related_name="+"
    )
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")
    is_linked = models.BooleanField()
    targets = models.JSONField(default=list)
    """Codes of the linked targets; empty where the link is to the goal as a whole."""
    rationale = LocalizedTextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    source_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("version", "action_line__order", "goal_id")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "action_line", "goal"), name="cell_once_per_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_line_id} × {self.goal_id} (version {self.version})"


class GenevaTarget(models.Model):
    """One of the ten targets of 2003, in our own words, with its indicators."""

    letter = models.CharField(max_length=1, primary_key=True)
    number = models.PositiveSmallIntegerField(unique=True)
    text = LocalizedTextField()
    indicators = models.JSONField(default=list)
    """Texts of the indicators set in 2011, in English."""
    indicators_status = models.CharField(max_length=20, blank=True)
    series = models.JSONField(default=list)
    """`{"provider", "code", "label", "fit"}` of each published series."""
    action_lines = models.ManyToManyField(ActionLine, related_name="+")

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"Geneva target {self.letter}"


class GdcObjective(models.Model):
    """An objective of the Global Digital Compact (2024)."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    title = LocalizedTextField()
    scope = LocalizedTextField(blank=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"GDC {self.number}"


class StakeholderGroup(models.Model):
    """Governments, private sector, civil society, academia, technical community, …"""

    code = models.CharField(max_length=20, primary_key=True)
    order = models.PositiveSmallIntegerField()
    name = LocalizedTextField()

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.code


class Region(models.Model):
    """A region of the UN's M49 standard."""

    m49 = models.CharField(max_length=3, primary_key=True)
    level = models.CharField(max_length=12)
    name = LocalizedTextField()

    def __str__(self) -> str:
        return self.m49


class Country(models.Model):
    """A country or area of the UN's M49 standard, under its UN names."""

    iso3 = models.CharField(max_length=3, primary_key=True)
    iso2 = models.CharField(max_length=2, unique=True)
    m49 = models.CharField(max_length=3, unique=True)
    name = LocalizedTextField()
    formal_name = LocalizedTextField(blank=True)
    region = models.ForeignKey(
        Region, null=True, on_delete=models.PROTECT, related_name="+"
    )
    subregion = models.ForeignKey(
        Region, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_ldc = models.BooleanField()
    is_lldc = models.BooleanField()
    is_sids = models.BooleanField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        ordering = ("iso3",)

    def __str__(self) -> str:
        return self.iso3


class CountryGroup(models.Model):
    """Countries that act or are counted together: the Arab League, an ITU region."""

    code = models.CharField(max_length=20, primary_key=True)
    """`las` is the League of Arab States, `au` the African Union."""
    order = models.PositiveSmallIntegerField()
    name = LocalizedTextField()
    members = models.ManyToManyField(Country, related_name="groups")
    membership_status = models.CharField(max_length=12, default="recalled")
    """Whether the list of members was read at a source ("sourced") or "recalled"."""

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.code


class LabelledText(models.Model):
    """A text that a machine has read for labels, whether or not it found any."""

    subject = models.CharField(max_length=120, unique=True)
    """The row whose text it is, as the trail names it: `app.model:pk`."""
    text = models.TextField()
    """As it was read; its suggestions' evidence points into it."""
    language = models.CharField(max_length=5, blank=True)
    """In which it was read; empty where it is in none of the six."""
    model = models.CharField(max_length=80)
    """Which arrays and encoder judged."""
    labelled_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject


class LabelSuggestion(models.Model):
    """
    An action line or goal that a text suggests, and the words that led to it.

    It assigns nothing: a person decides, and the decision is a `LabelDecision`.
    """

    labelled_text = models.ForeignKey(
        LabelledText, on_delete=models.CASCADE, related_name="labels"
    )
    axis = models.CharField(max_length=12)
    """"action_line" or "goal"."""
    code = models.CharField(max_length=12)
    """"C7-ehealth", "3"."""
    score = models.FloatField()
    """How likely it is, 0 to 1."""
    evidence = models.JSONField(default=list)
    """`{"text", "start", "end", "weight"}` of words of the text, heaviest first."""

    class Meta:
        ordering = ("-score", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("labelled_text", "axis", "code"), name="suggested_once_a_text"
            ),
        )
        indexes = (models.Index(fields=("axis", "code"), name="suggested_label"),)

    def __str__(self) -> str:
        return f"{self.axis} {self.code}"


class LabelDecision(models.Model):
    """
    What a person decided about a suggested label.

    It keeps the words and what the machine thought of them, to learn from later.
    """

    subject = models.CharField(max_length=120)
    axis = models.CharField(max_length=12)
    code = models.CharField(max_length=12)
    is_confirmed = models.BooleanField()
    text = models.TextField()
    language = models.CharField(max_length=5, blank=True)
    model = models.CharField(max_length=80)
    score = models.FloatField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "axis", "code"), name="decided_once_a_label"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.axis} {self.code}"
