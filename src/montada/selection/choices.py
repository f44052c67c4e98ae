"""Stored values of selection, with the names people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Result(models.TextChoices):
    """How far a project came. A nominee may have won too: sources list one or other."""

    WINNER = "winner", _("Winner")
    CHAMPION = "champion", _("Champion")
    NOMINEE = "nominee", _("Nominee")
    AWARDED = "awarded", _("Awarded")
