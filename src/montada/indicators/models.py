"""Tables of indicators. Shape and constraints only; decisions live in operations."""

from __future__ import annotations

from django.db import models

from montada.language.fields import LocalizedTextField


class Series(models.Model):
    """One indicator as one body publishes it: what is counted, in what unit."""

    slug = models.SlugField(max_length=60, primary_key=True)
    """`internet_users_pct`"""
    name = LocalizedTextField()
    definition = LocalizedTextField(blank=True)
    """What is counted, in one sentence for readers who are no statisticians."""
    code = models.CharField(max_length=40, blank=True)
    """The publisher's code: `IT.NET.USER.ZS`."""
    unit = models.CharField(max_length=60)
    source = models.CharField(max_length=120)
    source_url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("slug",)
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.slug


class Observation(models.Model):
    """One figure of one area in one year, as one release states it."""

    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, related_name="observations"
    )
    area = models.CharField(max_length=20)
    """ISO 3166 alpha-3 of a country, "world", or the code of a country group."""
    year = models.PositiveSmallIntegerField()
    value = models.FloatField()
    release = models.CharField(max_length=80, blank=True)
    """Set where releases of one publisher contradict each other; both are kept."""
    note = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("area", "year", "release")
        constraints = (
            models.UniqueConstraint(
                fields=("series", "area", "year", "release"),
                name="figure_once_a_release",
            ),
        )

    def __str__(self) -> str:
        return f"{self.series_id} {self.area} {self.year}"
