"""Whose language a page is written in."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def page_language() -> str:
    """Return the language of the page that is being written, as a BCP 47 tag."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
