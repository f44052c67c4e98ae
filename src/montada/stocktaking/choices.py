"""Stored values of stocktaking, with the names people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Distinction(models.TextChoices):
    """What a selection made of a project, as stocktaking is told of it."""

    WINNER = "winner", _("Winning project")
    CHAMPION = "champion", _("Outstanding project")
    NOMINEE = "nominee", _("Nominated project")
    AWARDED = "awarded", _("Awarded project")
