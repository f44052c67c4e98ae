"""Language comes from the address; pages that nobody changed are not rewritten."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.http import parse_etags
from django.utils.translation import (
    get_language_from_path,
    get_language_from_request,
)

from montada import __version__
from montada.audit import queries as audit
from montada.djangokit.problems import is_for_programs
from montada.site.queries import stamp

Answer = Callable[[HttpRequest], HttpResponse]

PERSONAL = frozenset({settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name})
"""Cookies of a reader whose page is their own: signed in, or with a message waiting."""

KEPT_SECONDS = 600
"""How long an unused page stays in memory."""


def chosen_language(request: HttpRequest) -> str:
    """
    Return the language somebody chose earlier, else the site's own (Arabic).

    A program's is the one it asks for.
    """
    if is_for_programs(request):
        return get_language_from_request(request)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class LanguageOfPath:
    """
    Reads `/ar/…`; elsewhere the reader's choice.

    Not Django's LocaleMiddleware: a browser that was delivered in English says nothing
    about who sits before it, so the browser's wish is not asked.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = get_language_from_path(request.path_info) or chosen_language(request)
        with translation.override(language), audit.one_moment():
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PageCache:
    """
    Answers readers who are not signed in from memory while nothing has changed.

    "Changed" is `stamp`: one indexed query. The stamp is also the ETag, so a reader
    on a slow line who has the page gets 304 and no bytes.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_shared(request):
            response = self.get_response(request)
            response.headers.setdefault("Cache-Control", "private, no-cache")
            return response
        etag, pages = self._etag(request), caches["pages"]
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return self._marked(HttpResponse(status=304), etag)
        kept: HttpResponse | None = pages.get(etag)
        if kept is not None:
            return kept
        response = self.get_response(request)
        if (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            # A page that says itself how long it may be kept (a search) is not kept.
            and "Cache-Control" not in response.headers
        ):
            self._marked(response, etag)
            pages.set(etag, response, KEPT_SECONDS)
        return response

    @staticmethod
    def _is_shared(request: HttpRequest) -> bool:
        return (
            request.method == "GET"
            and not PERSONAL.intersection(request.COOKIES)
            and get_language_from_path(request.path_info) is not None
            and "/account/" not in request.path_info
        )

    @staticmethod
    def _etag(request: HttpRequest) -> str:
        squeezed = "gzip" in request.headers.get("Accept-Encoding", "")
        # Pages and calendars name themselves by the address that they were asked at.
        address = request.build_absolute_uri()
        zone = request.COOKIES.get(settings.ZONE_COOKIE_NAME, "")
        whole = f"{__version__} {stamp(timezone.now())} {squeezed} {zone!r} {address}"
        return f'W/"{hashlib.sha256(whole.encode()).hexdigest()[:24]}"'

    @staticmethod
    def _marked(response: HttpResponse, etag: str) -> HttpResponse:
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "private, no-cache"
        return response
