"""What every page of the shell shows: the edition, the parts, the other languages."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_from_path

from montada.edition import queries as edition
from montada.language.engine.text import LANGUAGES, OWN_NAMES
from montada.participation import queries as participation
from montada.site.parts import NAVIGATION, PARTS


class _Door(NamedTuple):
    """A part as the masthead of one language leads to it."""

    name: str
    href: str
    also: str


@cache
def _navigation(_language: str | None) -> list[_Door]:
    """Return where the masthead leads, on every page of the active language."""
    return [
        _Door(
            str(part.name),
            reverse(part.url_name),
            reverse(part.also) if part.also else "",
        )
        for part in NAVIGATION
    ]


def _languages(request: HttpRequest, forum: Any) -> list[dict[str, Any]]:
    """Return the forum's languages; all of them while it has not chosen any."""
    offered = (forum and forum.languages) or LANGUAGES
    # Addresses differ by their first part only; Django would resolve each anew.
    here = get_language_from_path(request.path_info)
    whole = request.get_full_path()
    rest, back = whole.removeprefix(f"/{here}/").lstrip("/"), quote(whole, safe="")
    return [
        {
            "code": tag,
            "own_name": OWN_NAMES[tag],
            "url": f"/{tag}/{rest}",
            "choose": f"{reverse('language', args=[tag])}?next={back}",
        }
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
        "navigation": _navigation(get_language()),
        "parts": PARTS,
    }
