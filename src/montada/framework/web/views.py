"""Pages of framework: a handler asks one query and shows a template."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from montada.djangokit.views import Page
from montada.framework import queries


class ReferencePage(Page):
    template_name = "framework/reference.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"reference": queries.reference(get_language() or "ar")}
