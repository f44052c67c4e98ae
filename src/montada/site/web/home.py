"""The forum's home, and the home of each of its editions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from montada.desk import queries as desk
from montada.djangokit.views import Page
from montada.edition import queries as editions
from montada.programme import queries as programme
from montada.site.figures import figures
from montada.site.web.matrix import asked_table


class EditionHome(Page):
    """What an edition is, and what its sources report of it."""

    template_name = "site/home.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = editions.edition(kwargs["slug"])
        if edition is None:
            raise Http404(_("There is no such edition."))
        now = timezone.now()
        page = edition_page(request, edition, now)
        if edition.is_over_at(now):
            n_held = programme.sessions_of(edition=edition).count()
            return page | {"n_sessions_here": n_held}
        return page | whole_forum(request)


class Home(Page):
    """The edition that runs or comes next, and what the whole forum holds."""

    template_name = "site/home.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        edition = editions.current_edition(now)
        if edition is None:
            person: Any = request.user
            return {
                "edition": None,
                "current_edition": None,
                "may_open": person.has_perm("edition.add_edition"),
            }
        return {
            **edition_page(request, edition, now),
            **whole_forum(request),
            "whats_new": new_for(request, now),
        }


def new_for(request: HttpRequest, now: datetime) -> desk.WhatIsNew | None:
    """Return what is new for a reader who is signed in."""
    reader: Any = request.user
    return desk.what_is_new(reader, at=now) if reader.is_authenticated else None


def edition_page(request: HttpRequest, edition: Any, now: datetime) -> dict[str, Any]:
    person: Any = request.user
    return {
        "edition": edition,
        "masthead_edition": edition,
        "current_edition": edition,
        "phases": editions.timeline(edition, now),
        "terms": editions.terms_of(edition),
        "may_manage": person.has_perm("edition.change_edition", edition),
    }


def whole_forum(request: HttpRequest) -> dict[str, Any]:
    return {"figures": figures(), "table": asked_table(request)}
