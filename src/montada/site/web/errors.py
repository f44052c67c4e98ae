"""Error pages: what is wrong and what to do, in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _now

from montada.djangokit import problems
from montada.djangokit.page_language import page_language
from montada.language.engine.text import direction_of


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if problems.is_for_programs(request):
        return problems.wrong_request()
    return render(request, "site/400.html", status=400)


NO_PROOF = "Reauthentication not available"
"""What allauth says, in English alone, to who has neither a passkey nor an app."""


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if str(exception) == NO_PROOF:
        why = _now("Sign out and in again, then go on at once: that proves it is you.")
        return render(request, "site/403.html", {"told": why}, status=403)
    return render(request, "site/403.html", {"why": str(exception)}, status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form did not come from a page of ours, or one too old."""
    why = _now("This form was too old, or came from another site. Open it again.")
    return render(request, "site/403.html", {"told": why}, status=403)


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
    language = page_language()
    told = {"language": language, "direction": direction_of(language)}
    return HttpResponse(render_to_string("site/500.html", told), status=500)
