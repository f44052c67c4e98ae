"""The secretariat takes in a list: a trial, the rows, one of them mended by hand."""

from __future__ import annotations

import re

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

GOOD, BROKEN = "مكتبات متنقلة للقرى", "مدارس الواحات المتصلة"
ROWS = (
    "العنوان,البلد,أين نُشر\n"
    f"{GOOD},مصر,https://example.org/1\n"
    f"{BROKEN},أطلنطس,https://example.org/2\n"
)


def check_page(page: Page) -> None:
    check_width(page, *WIDTHS)
    check_accessible(page)


def press(page: Page, step: str) -> None:
    """Press a button of the import, and wait until the worker is done."""
    page.locator(f'button[name=step][value="{step}"]').click()
    expect(page.locator("#import progress")).to_have_count(0, timeout=30_000)


def test_a_list_is_tried_taken_in_and_its_broken_row_mended(
    page: Page, forum: Forum
) -> None:
    sign_in(page, forum, "secretariat")
    page.goto(f"{forum.url}/ar/projects/")
    page.locator('main a[href="/ar/projects/imports/"]').click()
    file = {"name": "قائمة.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a FilePayload
    page.locator("main form button").click()

    expect(page.locator("select[name=column-0]")).to_have_value("title")
    expect(page.locator("select[name=column-2]")).to_have_value("")
    page.locator("select[name=column-2]").select_option("source_url")
    press(page, "try")
    totals = page.locator("#import ul.row > li")
    expect(totals).to_have_count(2)
    expect(page.locator("#import .why")).to_be_visible()
    expect(page.locator("#import tbody tr").last).to_contain_text("أطلنطس")
    check_page(page)

    press(page, "take")
    expect(page.locator("#import .why")).to_have_count(0)
    page.locator('#import a.btn[href*="/rows/"]').click()
    wrong = page.locator(".field.wrong")
    expect(wrong.locator("input")).to_have_value("أطلنطس")
    expect(wrong.locator(".error")).to_contain_text("أطلنطس")
    check_page(page)
    wrong.locator("input").fill("تونس")
    page.locator("main form button").click()

    expect(page).to_have_url(re.compile(r"/ar/projects/imports/\d+/$"))
    expect(page.locator(".message.success")).to_be_visible()
    for title, country in ((GOOD, "EGY"), (BROKEN, "TUN")):
        page.goto(f"{forum.url}/ar/projects/?country={country}&q={title}")
        expect(page.locator("#listing .list a").first).to_have_text(title)
