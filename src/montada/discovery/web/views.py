"""Searching: a page of results, and the first few while somebody types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from montada.discovery import queries
from montada.djangokit.page_language import page_language
from montada.djangokit.views import Page, narrowed_address, page_of

PAGE_SIZE = 20
AT_ONCE = 6
"""Results under the box in the head of every page."""

MOST_CHOSEN = 10
"""Values of one facet that are looked at; a page offers fewer."""

FACET_NAMES: dict[str, Any] = {
    "kind": _("Kind"),
    "language": _("Language"),
    "country": _("Country"),
    "year": _("Year"),
    "line": _("Action line"),
    "goal": _("Goal"),
}


class SearchView(Page):
    """
    Keeps what strangers search for out of caches and of other search engines.

    The number of queries has no end: they would push the forum's pages out.
    """

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = super().get(request, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


class SearchPage(SearchView):
    template_name = "discovery/search.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        choice = {
            name: request.GET.getlist(name)[:MOST_CHOSEN] for name in queries.FACETS
        }
        it = queries.search(
            request.GET.get("q", ""), reader=page_language(), choice=choice
        )
        page = page_of(request, list(it.found.hits), PAGE_SIZE)
        return {
            "it": it,
            "page": page,
            "results": queries.results_of(it, page.object_list),
            "facets": [
                (facet.name, FACET_NAMES[facet.name], self._values(facet))
                for facet in it.facets
            ],
            "kept": [(name, v) for name, values in choice.items() for v in values],
            "chosen_facets": [facet.name for facet in it.facets if facet.chosen],
            "is_full": len(it.found.hits) >= queries.MOST_SHOWN,
        }

    def _values(self, facet: queries.Facet) -> list[tuple[queries.FacetValue, str]]:
        """Return each value with where choosing it leads, or taking it back."""
        return [
            (
                value,
                narrowed_address(
                    self.request, {facet.name: None if value.is_chosen else value.value}
                ),
            )
            for value in facet.values
        ]


class AtOnce(SearchView):
    template_name = "discovery/_at_once.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        it = queries.search(request.GET.get("q", ""), reader=page_language())
        hits = it.found.hits[:AT_ONCE]
        return {
            "it": it,
            "results": queries.results_of(it, hits),
            "n_more": len(it.found.hits) - len(hits),
        }
