"""Sessions: the list with its filters, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from montada.djangokit.views import Page, narrowed_address, page_of
from montada.programme import queries
from montada.programme.web.zones import clock_of, forums_clock

SESSIONS_A_PAGE = 50

FACET_NAMES: dict[str, Any] = {
    "year": gettext_lazy("Year"),
    "line": gettext_lazy("Action line"),
    "goal": gettext_lazy("Goal"),
    "type": gettext_lazy("Type of session"),
}


class SessionList(Page):
    template_name = "programme/session_list.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        choice = {facet: request.GET.get(facet, "") for facet in queries.FACETS}
        text = request.GET.get("text", "")
        narrowed = queries.narrowed_sessions(choice=choice, text=text)
        page = page_of(request, narrowed.ids, SESSIONS_A_PAGE)
        return {
            "narrowed": narrowed,
            "facets": [
                (name, facet, self._options(narrowed.facets[facet]))
                for facet, name in FACET_NAMES.items()
            ],
            "choice": {facet: value for facet, value in choice.items() if value},
            "text": text,
            "page": page,
            "years": queries.by_day(narrowed, page.object_list),
        }

    def _options(self, options: Iterable[queries.Option]) -> list[Any]:
        """Return each option with where it leads."""
        return [(o, narrowed_address(self.request, o.toggled)) for o in options]


class SessionPage(Page):
    """A session: of former forums what sources say, of planned ones all we know."""

    template_name = "programme/session_detail.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        session = queries.session(kwargs["slug"])
        if session is None:
            raise Http404(_("There is no such session."))
        return {
            "session": session,
            "types": queries.types_in(session.session_type),
            "masthead_edition": session.edition,
            **self._planned(session),
        }

    def _planned(self, session: Any) -> dict[str, Any]:
        facts = queries.planned_facts(session)
        if facts is None:
            return {}
        clock = clock_of(self.request, session.edition)
        starts = facts.starts
        here = starts and starts.astimezone(clock.zone)
        runs = queries.runs_programme(self.request.user, session.edition)
        is_other = starts and here and here.utcoffset() != starts.utcoffset()
        return {
            "planned": facts,
            "current_edition": session.edition,
            "forum_clock": forums_clock(session.edition),
            "clock": clock,
            "starts_here": here if is_other else None,
            "ends_here": facts.ends and facts.ends.astimezone(clock.zone),
            "is_marked": session.pk
            in queries.marked_sessions(self.request.user, session.edition),
            "runs": runs,
            "holds": runs or queries.holds_session(self.request.user, session),
            "permanent": self.request.build_absolute_uri(self.request.path),
        }
