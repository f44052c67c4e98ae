"""Error pages: what is wrong and what to do, in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from montada.djangokit import problems


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if problems.is_for_programs(request):
        return problems.wrong_request()
    return render(request, "site/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "site/403.html", {"why": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = (
        str(exception) if exception.args and isinstance(exception.args[0], str) else ""
    )
    return render(request, "site/404.html", {"why": said}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    if problems.is_for_programs(request):
        return problems.server_error()
    # Without a request and a stylesheet: what failed may be the database, a context
    # processor, or the collected assets.
    return HttpResponse(render_to_string("site/500.html"), status=500)
