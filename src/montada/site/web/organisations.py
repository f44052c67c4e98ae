"""An organisation with its projects and sessions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from montada.djangokit.views import Page, page_of
from montada.participation import queries as participation
from montada.programme import queries as programme
from montada.stocktaking import queries as stocktaking

PROJECTS_A_PAGE = 20
MOST_SESSIONS = 50
"""Sessions shown here; the list of sessions has the others."""


class OrganisationPage(Page):
    template_name = "site/organisation.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.organisation = participation.organisation(kwargs["slug"])
        if self.organisation is None:
            raise Http404(_("There is no such organisation."))
        merged_into = self.organisation.merged_into
        if merged_into is not None:
            return redirect("site:organisation", merged_into.slug, permanent=True)
        return super().get(request, **kwargs)

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        organisation: Any = self.organisation
        projects = stocktaking.projects_of(organisation=organisation)
        sessions = programme.sessions_of(organisation=organisation)
        return {
            "organisation": organisation,
            "names": participation.names_of(organisation),
            "aliases": participation.other_names_of(organisation),
            "parts": participation.parts_of(organisation),
            "page": page_of(request, projects, PROJECTS_A_PAGE),
            "sessions": sessions[:MOST_SESSIONS],
            "n_sessions": sessions.count(),
            "may_change": request.user.has_perm(
                "participation.change_organisation", organisation
            ),
        }
