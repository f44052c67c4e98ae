"""A participant's path: answer a call, get a number, follow it to its reason."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Forum, sign_in
from tests.journeys.test_submitter import check_page, press, said_of

pytestmark = pytest.mark.browser

TITLE = "شبكات مجتمعية للواحات والقرى النائية"
SUMMARY = (
    "لتكن الشبكات التي يديرها أهل القرى محورًا من محاور المنتدى، بالعربية والفرنسية."
)
ENGLISH = (
    "Oases and remote villages can run networks of their own if spectrum is shared and "
    "people are trained: this session hears those who did it and those who regulate."
)


def begin(page: Page, forum: Forum, language: str, nth: int) -> None:
    """Open the consultation, the nth call in it, and begin."""
    page.goto(f"{forum.url}/{language}/consultation/")
    page.locator("main .list h3 a").nth(nth).click()
    page.locator("main form[method=post] button").first.click()
    expect(page).to_have_url(re.compile(rf"/{language}/consultation/drafts/\d+/$"))


def number_of(page: Page) -> str:
    expect(page).to_have_url(re.compile(r"/consultation/drafts/\d+/receipt/$"))
    number = page.locator("dl.facts b").first
    expect(number).to_have_text(re.compile(r"^\d{4}-C\d{5}$"))
    return str(number.text_content())


def test_views_in_arabic_are_written_counted_sent_and_followed(
    page: Page, forum: Forum
) -> None:
    sign_in(page, forum, "remote_moderator")
    begin(page, forum, "ar", 0)
    what_else = page.locator("#id_q-innovation_words")
    expect(what_else).to_be_hidden()
    page.locator("#id_q-title").fill(TITLE)
    page.locator("#id_q-summary").fill(SUMMARY)
    expect(page.locator("#id_q-summary_words")).to_have_text("12")
    page.locator('input[name="q-innovations"][value="other"]').check()
    expect(what_else).to_be_visible()
    what_else.fill("جلسات مسائية")
    page.locator("#id_stakeholder_group_id").select_option("technical")
    page.locator("#id_country_id").select_option("TUN")
    page.locator("#id_region_id").select_option("itu-africa")
    page.locator("#id_may_publish").check()
    expect(page.locator("#beside .good")).to_be_visible(timeout=15_000)
    check_page(page)

    press(page, "send")

    number = number_of(page)
    check_page(page)
    page.locator("main a.btn").first.click()
    expect(page.locator("h1")).to_contain_text(TITLE)
    expect(page.locator("ol.list > li").first).to_be_visible()
    check_page(page)
    page.goto(f"{forum.url}/ar/consultation/mine/")
    expect(page.locator(f'a[href$="/inputs/{number}/"]')).to_have_text(
        re.compile(TITLE)
    )
    # The technical community is a group of its own.
    page.goto(f"{forum.url}/ar/consultation/totals/")
    expect(
        page.locator("#group tbody tr").filter(has_text="المجتمع التقني")
    ).to_have_count(1)
    check_page(page)


def test_a_session_asked_for_without_javascript_is_declined_with_its_reason(
    browser: Browser, page: Page, forum: Forum
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    chen = plain.new_page()
    sign_in(chen, forum, "reviewer")
    begin(chen, forum, "en", 1)
    condition = chen.locator('[data-shown-if="q-mode"] [data-condition]').first
    expect(condition).to_be_visible()
    chen.locator("#id_q-title").fill("Networks of oases")
    chen.locator("#id_q-summary").fill("Too short.")
    press(chen, "send")
    expect(said_of(chen, "q-summary")).to_have_text(
        "Write at least 20 words; there are 2 so far."
    )
    expect(said_of(chen, "q-binding")).to_have_count(1)
    chen.locator("#id_q-summary").fill(ENGLISH)
    chen.locator("#id_q-expected_outcomes").fill("A list of rules that helped.")
    for question, answer in (
        ("session_type", "thematic_workshop"),
        ("mode", "on_site"),
        ("binding", "yes"),
    ):
        chen.locator(f"#id_q-{question}").select_option(answer)
    chen.locator('input[name="q-action_lines"][value="C2"]').check()
    chen.locator("#id_stakeholder_group_id").select_option("academia")
    chen.locator("#id_may_publish").check()
    press(chen, "send")
    number = number_of(chen)

    sign_in(page, forum, "secretariat")
    page.goto(f"{forum.url}/en/consultation/inputs/{number}/")
    page.locator("#id_words").fill("There were five requests for each place.")
    page.locator("#id_reason").select_option("no_place")
    check_page(page)
    page.locator('button[name=step][value="decline"]').click()

    chen.goto(f"{forum.url}/en/consultation/inputs/{number}/")
    step = chen.locator("main .split ol.list > li").filter(has_text="Reason:")
    expect(step).to_contain_text("Reason: More requests than places")
    expect(step).to_contain_text("There were five requests for each place.")
    plain.close()
