"""An action line: the page its facilitator lives on."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from montada.djangokit.views import Page
from montada.framework import queries as framework
from montada.site.lines import line_page
from montada.site.matrix import NoSuchGroup
from montada.site.web.matrix import no_such_group


class Line(Page):
    template_name = "site/line.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        try:
            page = line_page(kwargs["code"], request.GET.get("group"))
        except NoSuchGroup:
            raise no_such_group(request) from None
        if page is None:
            raise Http404(_("There is no such action line."))
        person, permission = request.user, "framework.change_matrixlink"
        return {
            "it": page,
            "may_change": person.is_authenticated
            and person.has_perm(permission, page.line),
            "goal_numbers": range(1, 18),
            "sources": framework.sources()["facilitators"],
        }
