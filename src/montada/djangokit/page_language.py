"""In which language a page is written, and lists in it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language


def page_language() -> str:
    """Return the language of the page that is being written, as a BCP 47 tag."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def listed(words: Iterable[str]) -> str:
    """Return words one after the other, with the comma of the page's language."""
    return ("، " if page_language() == "ar" else ", ").join(words)
