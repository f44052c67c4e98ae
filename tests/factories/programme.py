"""Unsurprising sessions."""

from __future__ import annotations

from typing import Any

from montada.language.engine.text import LocalizedText
from montada.programme.models import Session


def make_session(words: str = "Opening", **values: Any) -> Session:
    """Save a session; its address is counted up from those that are there."""
    n = Session.objects.count() + 1
    facts: dict[str, Any] = {
        "slug": f"2025-{n}",
        "year": 2025,
        "title": LocalizedText.of("en", words),
        "sort_key": words.casefold(),
        "source_url": "https://example.org/sessions",
    }
    return Session.objects.create(**(facts | values))
