"""Choosing a language; the rest of the shell's pages lie beside this file."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme

from montada.site.middleware import chosen_language

ONE_YEAR = 60 * 60 * 24 * 365


def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead from `/` to the forum in the language chosen earlier."""
    return redirect(f"/{chosen_language(request)}/")


def remember_language(request: HttpRequest, language: str) -> HttpResponse:
    """Remember the choice and lead back to the same page in that language."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    response = redirect(translate_url(wanted, language) if is_ours else f"/{language}/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=ONE_YEAR,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
