"""What every page of the shell shows: the edition, the parts, the other languages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_from_path

from montada.edition import queries as edition
from montada.language.engine.text import LANGUAGES, OWN_NAMES
from montada.participation import queries as participation
from montada.site.parts import NAVIGATION, PARTS


def _languages(request: HttpRequest, forum: Any) -> list[dict[str, Any]]:
    """Return the forum's languages; all of them while it has not chosen any."""
    offered = (forum and forum.languages) or LANGUAGES
    # Addresses differ by their first part only; Django would resolve each anew.
    here = get_language_from_path(request.path_info)
    rest = request.get_full_path().removeprefix(f"/{here}/").lstrip("/")
    return [
        {"code": tag, "own_name": OWN_NAMES[tag], "url": f"/{tag}/{rest}"}
        for tag in LANGUAGES
        if tag in offered
    ]


def shell(request: HttpRequest) -> dict[str, Any]:
    forum: Any = SimpleLazyObject(participation.forum)
    return {
        "current_edition": SimpleLazyObject(
            lambda: edition.current_edition(timezone.now())
        ),
        "forum": forum,
        "languages": SimpleLazyObject(lambda: _languages(request, forum)),
        "navigation": NAVIGATION,
        "parts": PARTS,
    }
