"""The public agenda of an edition: a day by rooms, lists, groups, now and next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from montada.djangokit.page_language import page_language
from montada.djangokit.views import Page, narrowed_address
from montada.djangokit.widgets import LongSelect
from montada.edition import queries as editions
from montada.participation import queries as people
from montada.programme import queries
from montada.programme.web.asking import of_edition
from montada.programme.web.zones import (
    Clock,
    clock_of,
    is_zone,
    place_of,
    remember_clock,
)

VIEWS: Mapping[str, Any] = {
    "grid": _("By day and room"),
    "list": _("List"),
    "lines": _("By action line"),
    "goals": _("By goal"),
    "rooms": _("By room"),
    "people": _("By person"),
    "now": _("Now and next"),
}
"""The first one where the address names none."""

FACETS: Mapping[str, Any] = {
    "line": _("Action line"),
    "goal": _("Goal"),
    "kind": _("Type of session"),
    "room": _("Room"),
    "language": _("Language"),
}

Offered = Mapping[str, Mapping[str, Any]]
"""Facet to values with what they are of."""

ByDay = Sequence[tuple[date, Sequence[Any]]]
"""Days with the sessions that begin on them."""

GROUPED = {"lines": "line", "goals": "goal", "rooms": "room"}
"""What each of these views groups by."""


def asked_release(slug: str) -> tuple[Any, Any]:
    """
    Return the edition that an address names, and its last release if it has one.

    Raises
    ------
    Http404
    """
    edition, release = queries.released_edition(slug)
    if edition is None:
        raise Http404(_now("There is no such edition."))
    return edition, release


class Agenda(Page):
    """What the last release says, as `?view=`, `?day=`, `?zone=` and filters ask."""

    template_name = "programme/agenda.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = super().get(request, **kwargs)
        if request.GET.get("view") == "now":
            response.headers["Cache-Control"] = "private, no-cache"
        return response

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition, release = asked_release(kwargs["edition"])
        asked = request.GET.get("view", "")
        shown = Shown(
            request=request,
            edition=edition,
            agenda=queries.agenda_of(edition),
            clock=clock_of(request, edition),
            view=asked if asked in VIEWS else "grid",
            at=timezone.now(),
        )
        return {
            **of_edition(edition),
            "current_edition": edition,
            "release": release,
            **(shown.values() if release else {}),
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """One view of an agenda, and all that its page is told."""

    request: HttpRequest
    edition: Any
    agenda: queries.Agenda
    clock: Clock
    view: str
    at: datetime

    def values(self) -> dict[str, Any]:
        choice = {
            name: value
            for name in (*FACETS, "text")
            if (value := self.request.GET.get(name, "").strip())
        }
        left = queries.narrowed_agenda(self.edition, self.agenda, choice)
        offered = queries.offered_values(self.agenda)
        days = queries.agenda_days(self.agenda.sessions, self.clock.zone)
        by_day = queries.by_day_in(left, self.clock.zone)
        day = self._day(days, [on for on, _those in by_day])
        moments = [session.starts for session in left if session.starts]
        return {
            "agenda": self.agenda,
            "clock": self.clock,
            "offset": self.clock.offset(moments[0] if moments else self.at),
            "marked": queries.marked_sessions(self.request.user, self.edition),
            "view": self.view,
            "views": [
                (key, name, self._to(view=None if key == "grid" else key))
                for key, name in VIEWS.items()
            ],
            "days": [(one, self._to(day=f"{one}")) for one in days],
            "day": day,
            "all_days": self._to(day=None),
            "to_stands": f"{self._to(view='list', day=None)}#stands",
            "choice": choice,
            "without_choice": self._to(**dict.fromkeys((*FACETS, "text"))),
            "kept": self._kept(),
            "filters": [
                (facet, name, offered[facet], choice.get(facet, ""))
                for facet, name in FACETS.items()
            ],
            "n_left": len(left),
            "stands": [s for s in left if s.is_stand],
            "no_time": [s for s in left if not (s.starts or s.is_stand)],
            "offered": offered,
            **self._body(left, by_day, day, offered),
        }

    def _to(self, **changes: str | None) -> str:
        return narrowed_address(self.request, changes)

    def _kept(self) -> list[tuple[str, str]]:
        """Return what of the address a form of filters must send again."""
        names = ("view", "day", "zone")
        return [(n, v) for n in names if (v := self.request.GET.get(n, ""))]

    def _day(self, days: list[date], left_on: list[date]) -> date | None:
        """
        Return the day that is asked for; for a day by rooms always one.

        Where none is asked for, one on which the filters leave something.
        """
        asked = self.request.GET.get("day", "")
        found = next((day for day in days if f"{day}" == asked), None)
        if found or self.view != "grid" or not days:
            return found
        today, those = queries.day_in(self.at, self.clock.zone), left_on or days
        return today if today in those else those[0]

    def _body(
        self, left: list[Any], by_day: ByDay, day: date | None, offered: Offered
    ) -> dict[str, Any]:
        if self.view == "grid":
            here = next((those for on, those in by_day if on == day), [])
            return {
                "table": queries.table_of(here, self.agenda),
                "n_here": len(here),
                "elsewhere": [
                    (on, self._to(day=f"{on}"), len(those)) for on, those in by_day
                ],
            }
        if self.view == "list":
            return {"by_day": [(d, s) for d, s in by_day if day in (None, d)]}
        if self.view == "now":
            now, soon = queries.now_and_next(left, self.at)
            return {"on_now": now, "on_soon": soon}
        if self.view == "people":
            return {"groups": queries.by_person(self.edition, left)}
        facet = GROUPED[self.view]
        return {"groups": queries.by_value(left, facet, offered[facet]), "by": facet}


class Zones(Page):
    """A form to choose the clock by which the agenda is shown."""

    template_name = "programme/agenda_zones.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition, _release = asked_release(kwargs["edition"])
        clock = clock_of(request, edition)
        zones = [("UTC", "UTC"), *people.timezones(page_language())]
        select = LongSelect(choices=zones)
        asked = {"page": [""]} | dict(request.GET.lists())
        is_mine = asked.pop("page")[-1] == "mine"
        asked.pop("zone", None)
        return {
            **of_edition(edition),
            "select": select.render("zone", clock.name, {"id": "zone"}),
            "page": "mine" if is_mine else "agenda",
            "kept": [(name, value) for name in asked for value in asked[name]],
        }


class ChooseZone(View):
    """Remembers a clock on this device, and leads back to the agenda by it."""

    def get(self, request: HttpRequest, edition: str) -> HttpResponse:
        query = request.GET.copy()
        page = "mine" if query.pop("page", [""])[-1] == "mine" else "agenda"
        name = query.pop("zone", [""])[-1]
        is_known = is_zone(name)
        if not is_known:
            query["zone"] = name  # and its page says that there is none of this name
        address = reverse(f"programme:{page}", args=[edition])
        response = redirect(f"{address}?{query.urlencode()}" if query else address)
        if is_known:
            remember_clock(request, response, name)
        return response


class ZonePlace(View):
    """What the place of a zone is called in the language of the page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        name = request.GET.get("zone", "")
        if not is_zone(name):
            raise Http404
        return HttpResponse(place_of(name), content_type="text/plain; charset=utf-8")


class PresentProgramme(View):
    """
    Leads to the agenda of the edition that runs or comes next, if it has one.

    Else to the list of all sessions, which reads the same filters.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        edition = editions.current_edition(timezone.now())
        address = reverse("programme:list")
        if edition is not None and queries.last_release(edition) is not None:
            address = reverse("programme:agenda", args=[edition.slug])
        query = request.GET.urlencode()
        return redirect(f"{address}?{query}" if query else address)


class OfflineWorker(TemplateView):
    """The script that keeps agendas for reading without a line."""

    template_name = "programme/offline.js"
    content_type = "text/javascript"

    def render_to_response(self, context: Any, **more: Any) -> HttpResponse:
        response = super().render_to_response(context, **more)
        # It stands below the pages that it keeps: browsers ask for leave.
        response.headers["Service-Worker-Allowed"] = f"/{page_language()}/"
        return response
