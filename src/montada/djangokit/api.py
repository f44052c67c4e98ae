"""The API's base: one NinjaAPI in which a refusal is a 409 with its code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from montada.djangokit.refusals import Refusal


def make_api(*, title: str, version: str, description: str) -> NinjaAPI:
    """Return an API that answers refusals with `{"code", "message", "details"}`."""
    api = NinjaAPI(title=title, version=version, description=description, docs_url=None)

    @api.exception_handler(Refusal)
    def _refuse(request: HttpRequest, refusal: Any) -> HttpResponse:
        answer = {
            "code": refusal.code,
            "message": str(refusal),
            "details": {name: str(value) for name, value in refusal.details.items()},
        }
        return api.create_response(request, answer, status=409)

    return api
