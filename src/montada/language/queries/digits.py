"""Digits of the site."""

from __future__ import annotations

from django.conf import settings

from montada.djangokit.page_language import page_language
from montada.language.engine.numbers import in_digits


def in_page_digits(value: object) -> str:
    """Return a year, a code or a clock time as the page being written writes it."""
    return in_digits(str(value), page_language(), digits=settings.DIGITS)
