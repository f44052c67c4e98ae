"""Sessions: the list with its filters, and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from montada.djangokit.views import Page, page_of
from montada.programme import queries

SESSIONS_A_PAGE = 50


class SessionList(Page):
    template_name = "programme/session_list.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        choice = {facet: request.GET.get(facet, "") for facet in queries.FACETS}
        text = request.GET.get("text", "")
        narrowed = queries.narrowed_sessions(choice=choice, text=text)
        page = page_of(request, narrowed.ids, SESSIONS_A_PAGE)
        return {
            "narrowed": narrowed,
            "choice": {facet: value for facet, value in choice.items() if value},
            "text": text,
            "page": page,
            "years": queries.by_day(narrowed, page.object_list),
        }


class SessionPage(Page):
    template_name = "programme/session_detail.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        session = queries.session(kwargs["slug"])
        if session is None:
            raise Http404(_("There is no such session."))
        return {
            "session": session,
            "types": queries.types_in(session.session_type),
            "masthead_edition": session.edition,
        }
