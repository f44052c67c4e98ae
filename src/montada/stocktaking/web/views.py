"""The list of projects, as list and map, and what their sources leave open."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import page_language
from montada.djangokit.views import Page, page_of
from montada.framework import queries as framework
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
    "type": _("Type of entry"),
    "status": _("Status"),
    "region": _("Region of work"),
    "work": _("Country of work"),
    "language": _("Written in"),
    "freshness": _("Freshness"),
    "evidence": _("Evidence"),
    "gap": _("Money"),
    "suggested": _("Labels"),
    "title": _("Title"),
    "organisation": _("Organisation"),
}

COUNTED = ngettext_lazy(
    "%(country)s: %(shown)s project", "%(country)s: %(shown)s projects", "n"
)
"""What a map says of a country."""

SEAT, WORK = "seat", "work"
MAPPED = {SEAT: ("country", "group"), WORK: ("work", "region")}
"""What a map counts: the facet of its countries, and that of their groups."""


def asked_for(request: HttpRequest, register: queries.RegisterAt) -> dict[str, Any]:
    """Return what an address of the list asks for, as `project_listing` takes it."""
    query = request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUERY].strip()
    return {
        "choice": {name: request.GET.getlist(name) for name in FACET_NAMES},
        "query": query,
        "language": page_language(),
        "bounds": register.freshness,
    }


def no_such_value(missing: queries.NoSuchFilterValue) -> Http404:
    facet, value = missing.args
    sentence = gettext("The filter “%(facet)s” has no value “%(value)s”.")
    return Http404(sentence % {"facet": FACET_NAMES[facet], "value": value[:60]})


class ProjectList(Page):
    template_name = "stocktaking/project_list.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        asked = asked_for(request, queries.register_at(timezone.now()))
        beside = _beside(request)
        try:
            listing = queries.project_listing(**asked, kept=beside)
        except queries.NoSuchFilterValue as missing:
            raise no_such_value(missing) from None
        page = page_of(request, listing.ids, PAGE_SIZE)
        choice = listing.choice
        return {
            "listing": listing,
            "facets": [(FACET_NAMES[f.name], f) for f in listing.shown_facets],
            "chosen": [(FACET_NAMES[f.name], value) for f, value in listing.chosen],
            "kept": [
                *((name, v) for name, values in choice.items() for v in values),
                *beside.items(),
            ],
            "query": asked["query"],
            "address": listing.narrowed.address,
            "page": page,
            "may_decide": request.user.has_perm("stocktaking.decide_label"),
            **(_mapped(listing, beside) if beside else _cards(listing, page)),
        }


def _beside(request: HttpRequest) -> dict[str, str]:
    """Return what an address says beside its filters: that it is a map, and of what."""
    if request.GET.get("view") != "map":
        return {}
    by = request.GET.get("by", SEAT)
    return {"view": "map", **({"by": by} if by == WORK else {})}


def _cards(listing: queries.ProjectListing, page: Any) -> dict[str, Any]:
    cards = queries.project_cards(listing.index, page.object_list, listing.choice)
    return {"cards": cards, "most_compared": queries.MOST_COMPARED}


def _mapped(listing: queries.ProjectListing, beside: dict[str, str]) -> dict[str, Any]:
    by = beside.get("by", SEAT)
    countries, groups = MAPPED[by]
    counts = listing.narrowed.counts(countries)
    chosen = listing.choice[groups]
    of_group = chosen[0] if len(chosen) == 1 and chosen[0] in _known_groups() else None
    rest = listing.narrowed.address_without(countries)
    leading = "&".join(filter(None, (rest, urlencode(beside))))
    return {
        "drawing": framework.world_map(counts, of_group, language=page_language()),
        "by": by,
        "says": COUNTED,
        "n_nowhere": counts.get("none", 0),
        "to_country": f"?{leading}&{countries}=",
    }


def _known_groups() -> set[str]:
    return {group.code for group in framework.country_groups()}


class Gaps(Page):
    template_name = "stocktaking/project_gaps.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        found = queries.gaps(page_language())
        return {"gaps": [(FACET_NAMES[gap.name], gap) for gap in found]}
