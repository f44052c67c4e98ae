"""Every page, in Arabic and English, while it holds the hardest record we know."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import WIDTHS, Forum, check_accessible, check_width

pytestmark = pytest.mark.browser

MISSING = "/there-is-no-such-page/"
PAGES = (
    "/",
    "/editions/",
    "/editions/2018/",
    "/editions/2025/",
    "/matrix/",
    "/matrix/?group=las",
    "/matrix/C2/9/",
    "/framework/",
    "/action-lines/C7-eagri/",
    "/goals/4/",
    "/projects/",
    "/projects/?group=las&country=SAU",
    "/projects/?page=11",
    "/projects/?line=C7-ehealth&suggested=1",
    "/projects/gaps/",
    # Of `hard_records`: the longest Arabic title, and text that tries to be markup.
    "/projects/project-933653b70a/",
    "/projects/bmarkupb-scriptalert1script-int/",
    # Of the real facts: no title; the longest name of a session, an organisation.
    "/projects/project-d8702d0fda/",
    "/sessions/",
    "/sessions/2006-consultation-meeting-on-wsis-action-line-c8-cultural-diversity-"
    "and-identity/",
    "/organisations/graduate-school-of-management-and-innovation-gmi-king-mongkuts-"
    "university-of-technology-thonburi-kmu/",
    "/participation/organisations/",
    "/organisations/itu/",
    "/countries/",
    "/countries/EGY/",
    "/countries/ATA/",
    "/search/",
    "/search/?q=health",
    "/search/?q=markup",
    "/search/?q=القاهرة",
    "/search/?q=there+is+no+such+word+xyzzy&kind=goal",
    "/review/",
    "/review/j/",
    "/account/login/",
    "/account/signup/",
    MISSING,
)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_and_holds_its_width(
    page: Page, forum: Forum, path: str, language: str
) -> None:
    answer = page.goto(f"{forum.url}/{language}{path}")
    assert answer is not None
    assert answer.status == (404 if path == MISSING else 200)
    check_width(page, *WIDTHS)
    check_accessible(page)
    assert page.locator("html").get_attribute("dir") == (
        "rtl" if language == "ar" else "ltr"
    )


@pytest.mark.parametrize("path", ["/", "/projects/", "/matrix/", "/review/j/"])
def test_page_is_accessible_in_the_dark(page: Page, forum: Forum, path: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{forum.url}/ar{path}")

    check_accessible(page)
