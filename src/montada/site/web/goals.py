"""A goal: its targets, the action lines that serve it, its projects and sessions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from montada.djangokit.views import Page
from montada.framework import queries as framework
from montada.site.goals import goal_page


class GoalPage(Page):
    template_name = "site/goal.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        page = goal_page(kwargs["number"])
        if page is None:
            raise Http404(_("There are 17 goals; there is no such goal."))
        return {"it": page, "sources": framework.sources()["goals"]}
