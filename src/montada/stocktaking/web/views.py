"""The list of projects, and the list of what their sources leave open."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import Page, page_of
from montada.stocktaking import queries

PAGE_SIZE = 50
LONGEST_QUERY = 100

FACET_NAMES: dict[str, Any] = {
    "group": _("Group of countries"),
    "country": _("Country"),
    "line": _("Action line"),
    "goal": _("Goal"),
    "year": _("Year"),
    "stakeholder": _("Stakeholder group"),
    "distinction": _("Nomination or prize"),
    "suggested": _("Labels"),
    "title": _("Title"),
    "organisation": _("Organisation"),
}


class ProjectList(Page):
    template_name = "stocktaking/project_list.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        language = get_language() or "ar"
        query = request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUERY].strip()
        choice = {name: request.GET.getlist(name) for name in FACET_NAMES}
        try:
            listing = queries.project_listing(
                choice=choice, query=query, language=language
            )
        except queries.NoSuchFilterValue as missing:
            raise Http404(_no_such_value(*missing.args)) from None
        page = page_of(request, listing.ids, PAGE_SIZE)
        return {
            "listing": listing,
            "facets": [(FACET_NAMES[f.name], f) for f in listing.shown_facets],
            "chosen": [(FACET_NAMES[f.name], value) for f, value in listing.chosen],
            "kept": [(name, v) for name, values in choice.items() for v in values],
            "query": query,
            "page": page,
            "cards": queries.project_cards(listing.index, page.object_list, choice),
            "may_decide": request.user.has_perm("stocktaking.decide_label"),
        }


class Gaps(Page):
    template_name = "stocktaking/project_gaps.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        found = queries.gaps(get_language() or "ar")
        return {"gaps": [(FACET_NAMES[gap.name], gap) for gap in found]}


def _no_such_value(facet: str, value: str) -> str:
    sentence = gettext("The filter “%(facet)s” has no value “%(value)s”.")
    return sentence % {"facet": FACET_NAMES[facet], "value": value[:60]}
