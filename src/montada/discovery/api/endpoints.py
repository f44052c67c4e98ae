"""Searching, for programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router

from montada.discovery import queries
from montada.discovery.api.schemas import FoundRecords

router = Router(tags=["search"])


@router.get("", response=FoundRecords)
def search(
    request: HttpRequest,
    q: str,
    lang: Literal["ar", "en", "fr", "es", "zh", "ru"] | None = None,
    kind: Annotated[list[str], Query()] = [],  # noqa: B006 - read by the router only
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> dict[str, Any]:
    """Find records of any language; `why` says for each how it was found."""
    it = queries.search(
        q, reader=lang or get_language() or "ar", choice={"kind": kind[:10]}
    )
    found = queries.results_of(it, it.found.hits[:limit])
    return {"results": [result.as_json() for result in found]}
