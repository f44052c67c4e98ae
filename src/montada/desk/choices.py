"""Stored values of the desk, with the names people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FollowKind(models.TextChoices):
    """What can be followed."""

    PROJECT = "project", _("Project")
    ORGANISATION = "organisation", _("Organisation")
    COUNTRY = "country", _("Country")
    GROUP = "group", _("Group of countries")
    LINE = "line", _("Action line")


class DigestRhythm(models.TextChoices):
    """How often mail tells what is new."""

    NEVER = "never", _("No mail")
    DAILY = "daily", _("Every day on which there is something new")
    WEEKLY = "weekly", _("Once a week")
