"""Projects side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from montada.djangokit.page_language import page_language
from montada.djangokit.views import Page
from montada.stocktaking import queries

LONGEST_SLUG = 120
MOST_READ = 50
"""Slugs of one address that are looked at, to say which of them were too many."""


class Compare(Page):
    """`?p=slug&p=slug`: what cannot be compared is named, the rest is compared."""

    template_name = "stocktaking/compare.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        asked = request.GET.getlist("p")[:MOST_READ]
        slugs = [slug.replace("\x00", "")[:LONGEST_SLUG] for slug in asked]
        bounds = queries.register_at(timezone.now()).freshness
        return {
            "it": queries.comparison(
                list(filter(None, slugs)), page_language(), bounds
            ),
            "most": queries.MOST_COMPARED,
        }
