"""Errors for programs: problems as RFC 9457 has them, in the language asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from montada.djangokit.refusals import Refusal

MEDIA_TYPE = "application/problem+json"

SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457). `code` is for programs, `detail` for "
    "people: a sentence in the language of Accept-Language.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "details": {"type": "object", "additionalProperties": {"type": "string"}},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "field", "message"],
                "properties": {
                    "in": {"type": "string"},
                    "field": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
"""`details` are the values of a refusal, `errors` the fields of broken input."""


def is_for_programs(request: HttpRequest) -> bool:
    """Return whether an answer to `request` is read by a program, not by a person."""
    return request.path_info.startswith("/api/")


def problem(status: int, *, code: str, detail: str, **more: Any) -> HttpResponse:
    """Return an error; `more` are further members of the problem."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    # What was sent may be quoted; half a character of it must not break the answer.
    body = json.dumps(told | more, ensure_ascii=False).encode("utf-8", "replace")
    response = HttpResponse(body, status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def refused(refusal: Any, **more: Any) -> HttpResponse:
    more["details"] = {name: str(value) for name, value in refusal.details.items()}
    return problem(refusal.status, code=refusal.code, detail=str(refusal), **more)


def not_found(why: str = "") -> HttpResponse:
    detail = why or _("There is nothing at this address.")
    return problem(404, code="not_found", detail=detail)


def wrong_request() -> HttpResponse:
    return problem(400, code="unreadable", detail=_("The request cannot be read."))


def too_large() -> HttpResponse:
    return problem(413, code="too_large", detail=_("This is too much at once."))


def server_error() -> HttpResponse:
    detail = _("Something broke here. Nothing was half-done; try again later.")
    return problem(500, code="server_error", detail=detail)


def broken_input(errors: list[dict[str, str]]) -> HttpResponse:
    """Return a 422 that names each field: rows of `in`, `field`, `message`."""
    fields = ", ".join(dict.fromkeys(error["field"][:80] for error in errors[:5]))
    detail = _("What was sent is not as it should be: %(fields)s.") % {"fields": fields}
    return problem(422, code="broken_input", detail=detail, errors=errors)


def answer_problems(api: NinjaAPI) -> None:
    """Make `api` answer every error as a problem."""
    api.add_exception_handler(Refusal, lambda _request, it: refused(it))
    api.add_exception_handler(Http404, lambda _request, it: not_found(_said(it)))
    api.add_exception_handler(PermissionDenied, lambda _request, it: _denied(it))
    api.add_exception_handler(ValidationError, lambda _request, it: _invalid(it))
    api.add_exception_handler(RequestDataTooBig, lambda _request, _it: too_large())
    for unreadable in (SuspiciousOperation, MultiPartParserError):
        api.add_exception_handler(unreadable, lambda _request, _it: wrong_request())
    api.add_exception_handler(HttpError, lambda _request, it: _of_status(it))


def answering_problems(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Wrap what the framework answers by itself: no such method, no such page."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.method
        # What can be read can be asked about (RFC 9110, 9.3.2); servers send no body.
        request.method = "GET" if asked == "HEAD" else asked
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return not_found()
        finally:
            request.method = asked
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        detail = _("This address knows only %(methods)s.") % {
            "methods": response.headers["Allow"]
        }
        answer = problem(405, code="method_not_allowed", detail=detail)
        answer.headers["Allow"] = response.headers["Allow"]
        return answer

    return answering


def _said(error: Any) -> str:
    return str(error.args[0]) if error.args else ""


def _denied(error: Any) -> HttpResponse:
    detail = _said(error) or _("You may not do this.")
    return problem(403, code="not_allowed", detail=detail)


def _invalid(error: Any) -> HttpResponse:
    return broken_input(
        [
            {
                "in": str(one["loc"][0]),
                "field": ".".join(str(part)[:80] for part in one["loc"][1:]),
                "message": str(one["msg"]),
            }
            for one in error.errors[:50]
        ]
    )


def _of_status(error: Any) -> HttpResponse:
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        detail = _("Send the key of an application: “Authorization: Bearer mnt_…”.")
        return problem(401, code="token_missing", detail=detail)
    if error.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        detail = _("Too many requests with this key. Wait, then go on.")
        return problem(429, code="too_many_requests", detail=detail)
    return wrong_request()
