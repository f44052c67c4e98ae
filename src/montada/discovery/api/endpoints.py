"""Searching, for programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from montada.discovery import queries
from montada.discovery.api.schemas import FoundRecords
from montada.djangokit.page_language import page_language

router = Router(tags=["search"])

Kind = Annotated[str, Field(max_length=40)]


@router.get("", response=FoundRecords)
def search(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=1000)],
    lang: Literal["ar", "en", "fr", "es", "zh", "ru"] | None = None,
    kind: Annotated[list[Kind], Query(max_length=10)] = [],  # noqa: B006 - read only
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> dict[str, Any]:
    """Find records of any language; `why` says for each how it was found."""
    it = queries.search(q, reader=lang or page_language(), choice={"kind": kind})
    found = queries.results_of(it, it.found.hits[:limit])
    return {"results": [result.as_json() for result in found]}
