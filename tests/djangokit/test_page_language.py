"""Lists inside sentences, as the page's language writes them."""

from __future__ import annotations

import pytest
from django.utils import translation

from montada.djangokit.page_language import listed


@pytest.mark.parametrize(
    ("language", "written"),
    [("ar", "مصر، تونس"), ("en", "مصر, تونس"), ("fr", "مصر, تونس")],
)
def test_a_list_has_the_comma_of_the_page(language: str, written: str) -> None:
    with translation.override(language):
        assert listed(["مصر", "تونس"]) == written
