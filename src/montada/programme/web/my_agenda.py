"""My agenda: what somebody marked, what clashes, and a plan by their interests."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext
from django.views import View

from montada.djangokit.refusals import Refusal
from montada.djangokit.views import Page
from montada.programme import operations, queries
from montada.programme.web.agenda import asked_release
from montada.programme.web.asking import of_edition
from montada.programme.web.zones import clock_of

MOST_NAMED = 300
"""Sessions and interests of an address that are read."""


class MyAgenda(Page):
    """
    Somebody's own agenda; of an address that names sessions (`?s=`), theirs.

    Interests (`?line=`, `?goal=`) get a plan of at most one session at a time. All is
    in the address, so that nobody needs an account to have a plan or to hand it on.
    """

    template_name = "programme/mine.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition, release = asked_release(kwargs["edition"])
        agenda, clock = queries.agenda_of(edition), clock_of(request, edition)
        marked = queries.marked_sessions(request.user, edition)
        named = request.GET.getlist("s")[:MOST_NAMED]
        own = (
            queries.sessions_in(agenda, named)
            if named
            else [row for row in agenda.sessions if row.pk in marked]
        )
        interests = {
            facet: request.GET.getlist(facet)[:MOST_NAMED]
            for facet in queries.INTERESTS
        }
        plan = (
            queries.personal_plan(
                agenda, interests=interests, marked={row.pk for row in own}
            )
            if any(interests.values())
            else []
        )
        offered = queries.offered_values(agenda)
        first = next((row.starts for row in agenda.sessions if row.starts), None)
        return {
            **of_edition(edition),
            "current_edition": edition,
            "release": release,
            "agenda": agenda,
            "offered": offered,
            "clock": clock,
            "offset": clock.offset(first or timezone.now()),
            "marked": marked,
            "is_named": bool(named),
            "own": own,
            "own_days": queries.by_day_in(own, clock.zone),
            "no_time": [row for row in own if row.starts is None],
            "clashes": queries.clashes_among(own),
            "has_interests": any(interests.values()),
            "plan": [(row, self._reasons(row, offered)) for row in plan],
            "plan_days": queries.by_day_in([row.session for row in plan], clock.zone),
            "address_of_plan": self._address([row.session for row in plan]),
            "address_of_own": self._address(own),
            "to_keep": [row for row in own if not row.is_cancelled],
            "lines": [
                (code, queries.name_of_line(line), code in interests["line"])
                for code, line in offered["line"].items()
            ],
            "goals": [
                (value, goal, value in interests["goal"])
                for value, goal in offered["goal"].items()
            ],
        }

    def _reasons(self, row: Any, offered: Any) -> list[str]:
        """Return why a session is in the plan, in words."""
        names = {"line": queries.name_of_line, "goal": queries.name_of_goal}
        return [names[facet](offered[facet][value]) for facet, value in row.interests]

    def _address(self, sessions: Sequence[Any]) -> str:
        """Return the address of a plan, with which anybody sees it."""
        pairs = [("s", row.slug) for row in sessions]
        zone = self.request.GET.get("zone", "")
        return f"?{urlencode([*pairs, *([('zone', zone)] if zone else [])])}"


class Mark(LoginRequiredMixin, View):
    """The buttons that put sessions into one's own agenda and take one out."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, edition: str) -> HttpResponse:
        slugs = request.POST.getlist("s")
        me: Any = request.user
        if request.POST.get("action") == "unmark":
            for slug in slugs[:1]:
                operations.unmark_session(slug=slug, unmarked_by=me)
            messages.success(request, _now("It is no longer in your agenda."))
            return self._back(edition, slugs)
        try:
            n = operations.mark_sessions(slugs=slugs, marked_by=me, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext(
                "%(n)s session is now in your agenda.",
                "%(n)s sessions are now in your agenda.",
                n,
            )
            messages.success(request, said % {"n": n})
        return self._back(edition, slugs)

    def _back(self, edition: str, slugs: Sequence[str]) -> HttpResponse:
        if self.request.POST.get("back") == "session" and slugs:
            with suppress(NoReverseMatch):  # what was sent may be no name at all
                return redirect(reverse("programme:session", args=[slugs[0]]))
        return redirect("programme:mine", edition=edition)
