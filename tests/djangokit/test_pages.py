"""Pages of a list: those beside the one that is shown can be reached from it."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.test import RequestFactory

from montada.djangokit.views import page_of


def test_the_pages_around_the_shown_one_are_named() -> None:
    request = RequestFactory().get("/en/projects/?line=C2&page=15")
    page = page_of(request, list(range(300)), 10)

    html = render_to_string("site/_pages.html", {"page": page}, request)

    assert '<span aria-current="page">15</span>' in html
    assert 'href="?line=C2&amp;page=14"' in html
    assert 'href="?line=C2&amp;page=16"' in html
    assert 'href="?line=C2&amp;page=30"' in html
