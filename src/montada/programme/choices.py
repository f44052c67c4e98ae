"""Stored values of programme, with the names people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LabelsBasis(models.TextChoices):
    """From where a session's action lines and goals are known."""

    DECLARED = "declared", _("Declared by the organiser.")
    DECLARED_GOALS = "declared-sdg", _("The goals were declared by the organiser.")
    DECLARED_IN_PART = (
        "declared-truncated",
        _("Declared by the organiser; the list in the source is cut off."),
    )
    FACILITATED = (
        "facilitated-al",
        _("The line whose facilitation meeting it was."),
    )
    TITLE = "title", _("Read from the title.")
