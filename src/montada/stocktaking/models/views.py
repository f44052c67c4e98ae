"""Views of the register that people keep."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A choice of filters under a name and an address of its own."""

    key = models.SlugField(max_length=16, unique=True)
    name = models.CharField(max_length=120)
    query = models.CharField(max_length=2000)
    """Of the list's address, without "?"."""
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
