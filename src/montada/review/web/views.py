"""Pages of the targets of Geneva."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from montada.djangokit.views import Page
from montada.review import queries


class Targets(Page):
    template_name = "review/target_list.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"rows": queries.targets(), "due_year": queries.DUE_YEAR}


class Target(Page):
    template_name = "review/target_page.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        letter = kwargs["letter"]
        row = queries.target(letter)
        if row is None:
            message = _(
                'The targets of Geneva run from a to j; there is no "%(letter)s".'
            )
            raise Http404(message % {"letter": letter[:40]})
        return {
            "row": row,
            "target": row.target,
            "due_year": queries.DUE_YEAR,
            "sources": queries.sources(),
        }
