"""A participant votes on a telephone: in Arabic, by keyboard, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.conftest import Forum, check_accessible, sign_in

pytestmark = pytest.mark.browser

TELEPHONE = ViewportSize(width=320, height=640)
READ = {
    "ar": ("opinion/", "statements/", "statements/mine/"),
    "en": ("opinion/", "statements/log/"),
}
"""Pages of results and lists, by the language they are read in."""


@pytest.fixture
def telephone(page: Page, forum: Forum) -> Page:
    page.set_viewport_size(TELEPHONE)
    sign_in(page, forum, "focal_point")
    return page


def check_page(page: Page) -> None:
    check_accessible(page)
    sizes = "e => [e.scrollWidth, e.clientWidth]"
    scroll, client = page.eval_on_selector("html", sizes)
    assert scroll == client


def n_answered(page: Page) -> int:
    return int(page.locator("form.vote progress").get_attribute("value") or 0)


def test_votes_by_finger_and_by_key_are_changed_and_taken_back(
    telephone: Page, forum: Forum
) -> None:
    page = telephone
    page.goto(f"{forum.url}/ar/consultation/statements/vote/")
    check_page(page)
    before = n_answered(page)

    with page.expect_navigation():
        page.locator('button[name=value][value="agree"]').click()
    with page.expect_navigation():
        page.keyboard.press("2")

    assert n_answered(page) == before + 2
    expect(page).to_have_url(re.compile(r"\?done=2$"))
    with page.expect_navigation():
        page.locator("#last a").click()
    with page.expect_navigation():
        page.locator('button[name=value][value="pass"]').click()
    with page.expect_navigation():
        page.locator('#last button[value="undo"]').click()
    assert n_answered(page) == before + 1
    # While somebody writes, keys are letters.
    page.locator("details summary").click()
    page.locator("#why").fill("1")
    page.locator("#why").press("3")
    assert page.locator("#why").input_value() == "13"


def test_votes_need_no_scripts(browser: Browser, forum: Forum) -> None:
    context = browser.new_context(viewport=TELEPHONE, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, forum, "focal_point")
    page.goto(f"{forum.url}/en/consultation/statements/vote/")
    before = n_answered(page)

    page.locator('button[name=value][value="disagree"]').click()

    expect(page.locator("#last")).to_contain_text("Disagree")
    assert n_answered(page) == before + 1
    context.close()


def test_the_results_fit_a_telephone_and_a_list_is_read_by_all(
    telephone: Page, forum: Forum
) -> None:
    for language, parts in READ.items():
        for part in parts:
            telephone.goto(f"{forum.url}/{language}/consultation/{part}")
            check_page(telephone)
