"""Pages of framework: a handler asks one query and shows a template."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from montada.djangokit.page_language import page_language
from montada.djangokit.views import Page
from montada.framework import queries


class ReferencePage(Page):
    template_name = "framework/reference.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"reference": queries.reference(page_language())}
