"""Reading for programs: what did not change is not sent again; lists come in pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import wraps
from typing import Annotated, Any, NamedTuple

from django.core.paginator import EmptyPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language, ngettext
from ninja import Schema
from pydantic import ConfigDict, Field

Run = Callable[..., HttpResponse]


class Moment(NamedTuple):
    """What an answer is of: `stamp` changes with every decision; `at` is the last's."""

    stamp: str
    at: datetime | None


def unless_unchanged(moment: Callable[[datetime], Moment]) -> Callable[[Run], Run]:
    """
    Answer reads that nothing has changed since with 304 and no body.

    For operations without a token: the answer depends on address and language alone.
    """

    def decorator(run: Run) -> Run:
        @wraps(run)
        def running(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "GET":
                return run(request, *args, **kwargs)
            now = timezone.now()
            stamp, decided_at = moment(now)
            etag, changed = _etag(request, stamp), _seconds(decided_at, now)
            unchanged = get_conditional_response(request, etag, changed)
            response = unchanged or run(request, *args, **kwargs)
            if response.status_code in {200, 304}:
                response.headers["ETag"] = etag
                if changed:
                    response.headers["Last-Modified"] = http_date(changed)
            patch_vary_headers(response, ["Accept-Language"])
            return response

        return running

    return decorator


def _etag(request: HttpRequest, stamp: str) -> str:
    whole = f"{stamp} {get_language()} {request.get_full_path()}"
    return f'W/"{hashlib.sha256(whole.encode()).hexdigest()[:24]}"'


def _seconds(at: datetime | None, now: datetime) -> int | None:
    """Return whole seconds; none while a second decision may fall into the same."""
    if at is None or at > now - timedelta(seconds=1):
        return None
    return int(at.timestamp())


class Described(Schema):
    """Fields are described by the sentences below them, also in the API's schema."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Paging(Described):
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    """Rows of one page."""


def paged(
    rows: Sequence[Any] | QuerySet[Any],
    paging: Paging,
    request: HttpRequest,
    response: HttpResponse,
) -> list[Any]:
    """
    Return one page of `rows`; `response` gets links to the others (RFC 8288).

    Raises
    ------
    Http404
        If there is no such page; the message says how many there are.
    """
    paginator = Paginator(rows, paging.limit)
    try:
        page = paginator.page(paging.page)
    except EmptyPage:
        raise Http404(
            ngettext(
                "There is no such page: the list has %(n_pages)s page.",
                "There is no such page: the list has %(n_pages)s pages.",
                paginator.num_pages,
            )
            % {"n_pages": paginator.num_pages}
        ) from None
    numbers = {"first": 1, "last": paginator.num_pages}
    if page.has_previous():
        numbers["prev"] = page.previous_page_number()
    if page.has_next():
        numbers["next"] = page.next_page_number()
    links = (f'<{_address(request, n)}>; rel="{rel}"' for rel, n in numbers.items())
    response.headers["Link"] = ", ".join(links)
    return list(page.object_list)


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}"
