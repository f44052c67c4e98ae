"""Values that columns of other features keep of people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Gender(models.TextChoices):
    """Told voluntarily; empty is no answer."""

    WOMAN = "woman", pgettext_lazy("gender", "Woman")
    MAN = "man", pgettext_lazy("gender", "Man")
    OTHER = "other", pgettext_lazy("gender", "In another way")
