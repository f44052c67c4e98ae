"""The focal point of Egypt: all entries of the country, endorsed, and others told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import (
    WIDTHS,
    Forum,
    check_accessible,
    check_width,
    sign_in,
)

pytestmark = pytest.mark.browser

EGYPT = "projects/country/EGY/"


def check_page(page: Page) -> None:
    """Accessible, and as wide as its window on a phone and on a desk."""
    for width in WIDTHS:
        check_width(page, width)
        check_accessible(page)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_focal_point_endorses_comments_and_others_are_told(
    page: Page, forum: Forum, language: str
) -> None:
    title = f"آبار الواحات ({language})"
    sign_in(page, forum, "focal_point")
    page.goto(f"{forum.url}/{language}/countries/EGY/")
    page.locator(f'main a[href="/{language}/{EGYPT}"]').click()
    check_page(page)

    # What is missing, until when, and one click.
    row = page.locator("main .list > li", has_text=title)
    expect(row.locator("details li").first).to_be_attached()
    expect(row.locator("strong")).to_contain_text("14")
    row.locator("form button").click()
    expect(page).to_have_url(f"{forum.url}/{language}/{EGYPT}")
    expect(page.locator(".message.success")).to_be_visible()

    page.locator("main .list > li", has_text=title).locator("h2 a").click()
    expect(page.locator("main textarea")).to_have_count(1)
    page.locator("main textarea").fill("🌴 \u202eشكرًا")
    page.locator('main button[value="comment"]').click()
    expect(page.locator("main .list .told").first).to_have_text("🌴 شكرًا")
    check_page(page)

    page.context.clear_cookies()
    sign_in(page, forum, "secretariat")
    page.goto(f"{forum.url}/{language}/projects/waiting/")
    expect(page.locator("main .list", has_text=title)).to_be_visible()
    check_page(page)
    page.goto(f"{forum.url}/{language}/participation/outbox/")
    told, onward = 0, page.locator('a[rel="next"]')
    while True:
        told += page.locator("main .list > li, main tr", has_text=title).count()
        if not onward.count():
            break
        # Letters about a release, which others made meanwhile, may come before.
        onward.first.click()
        page.wait_for_load_state()
    # The ministry and the secretariat of the endorsement and of the comment, the
    # ministry and the focal point of the entry.
    assert told == 6
