"""A submitter's path: begin, write, take advice, lose the line, send, get a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from montada.language.engine.counting import n_words
from tests.journeys.conftest import (
    WINDOW,
    Forum,
    check_accessible,
    check_width,
    sign_in,
    visiting,
)

pytestmark = pytest.mark.browser

TITLE = "عيادات القرى عبر الهاتف"
SUMMARY = (
    "تتيح المنصة لسكان القرى النائية استشارة الأطباء عبر الهاتف المحمول، وتربط 12 "
    "مستشفى بسجلات صحية إلكترونية مشتركة، وتدرب الممرضات على الرعاية الصحية عن بُعد "
    "باللغة العربية، فقلّ انتظار المرضى من أسابيع إلى يومين."
)
MORE = " ونضيف ثلاث قرى جديدة."


@pytest.fixture
def writer(tab: Page, forum: Forum) -> Iterator[Page]:
    """The submitter's browser; fails on errors of ours, not of a line that is gone."""
    with visiting(tab, expected="Failed to") as page:
        sign_in(page, forum, "submitter")
        yield page


def begin(page: Page, forum: Forum, language: str) -> None:
    page.goto(f"{forum.url}/{language}/projects/new/")
    page.locator("main form[method=post] button").click()
    expect(page).to_have_url(re.compile(rf"/{language}/projects/drafts/\d+/$"))


def press(page: Page, action: str) -> None:
    """Press a button of the form and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(f'button[name=action][value="{action}"]').first.click()


def said_of(page: Page, field: str) -> Locator:
    """Return what is said beside a field."""
    return page.locator(f".field.wrong:has(#id_{field}) .error")


def check_page(page: Page) -> None:
    """Accessible, and as wide as a small telephone."""
    check_accessible(page)
    check_width(page, 320)
    page.set_viewport_size(WINDOW)


def test_an_entry_is_written_in_arabic_on_a_line_that_breaks_and_gets_its_number(
    writer: Page, forum: Forum
) -> None:
    begin(writer, forum, "ar")
    expect(writer.locator("#id_language")).to_have_value("ar")
    _write_and_take_advice(writer)
    _lose_the_line_and_nothing_else(writer)
    _be_signed_out_and_lose_nothing(writer, forum)
    _send_too_early(writer)
    check_page(writer)

    _complete(writer)
    press(writer, "send")

    expect(writer).to_have_url(re.compile(r"/ar/projects/drafts/\d+/receipt/$"))
    number = writer.locator("dl.facts b").first
    expect(number).to_have_text(re.compile(r"^\d{4}-\d{5}$"))
    check_page(writer)


def _write_and_take_advice(page: Page) -> None:
    """What is typed is counted at once, saved by itself, and read for labels."""
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill(SUMMARY)
    expect(page.locator("#id_summary_words")).to_have_text(str(n_words(SUMMARY)))
    offers = page.locator('#suggestions button[value^="accept:"]')
    expect(offers.first).to_be_visible(timeout=30_000)
    expect(page.locator("#suggestions .why mark").first).to_be_visible()

    accepted, refused = _offered(offers)[:2]
    press(page, f"accept:{accepted}")
    press(page, f"refuse:{refused}")

    axis, code = accepted.split("/")
    expect(page.locator(f'input[name={axis}s][value="{code}"]')).to_be_checked()
    assert {accepted, refused}.isdisjoint(_offered(offers))


def _offered(offers: Locator) -> list[str]:
    """Return the labels that can be accepted, as "action_line/C3"."""
    values = [str(offer.get_attribute("value")) for offer in offers.all()]
    return [value.removeprefix("accept:") for value in values]


def _lose_the_line_and_nothing_else(page: Page) -> None:
    """Words that did not arrive stay on the device, and are put back."""
    summary = page.locator("#id_summary")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    summary.fill(SUMMARY + MORE)
    page.context.set_offline(False)
    page.reload()
    expect(summary).to_have_value(SUMMARY)
    page.locator("[data-put-back]").click()
    expect(summary).to_have_value(SUMMARY + MORE)
    expect(page.locator("#id_summary_words")).to_have_text(str(n_words(SUMMARY + MORE)))

    press(page, "save")

    expect(summary).to_have_value(SUMMARY + MORE)
    expect(page.locator("#kept")).to_be_hidden()


def _be_signed_out_and_lose_nothing(page: Page, forum: Forum) -> None:
    """Who signs in again in another tab, as it is said, goes on writing in this one."""
    summary, more = page.locator("#id_summary"), page.locator("#id_aims")
    page.locator("details:has(#id_aims) > summary").click()
    page.context.clear_cookies(name="sessionid")
    more.fill(SUMMARY)
    said = page.locator("#beside [role=alert]")
    with page.expect_popup() as opened:
        said.locator("a").click()
    other = opened.value
    expect(other).to_have_url(f"{forum.url}/ar/account/login/?next=/ar/projects/mine/")
    expect(other.locator('main input[type="email"]')).to_be_visible()
    del forum.cookies["submitter"]
    sign_in(other, forum, "submitter")
    other.close()

    summary.fill(SUMMARY + MORE + MORE)

    expect(said).to_have_count(0)
    expect(page.locator("#beside[data-saved]")).to_be_visible()
    page.reload()
    expect(page.locator("#kept")).to_be_hidden()
    expect(summary).to_have_value(SUMMARY + MORE + MORE)
    expect(more).to_have_value(SUMMARY)


def _send_too_early(page: Page) -> None:
    """What is missing is said beside its field."""
    page.locator("#id_organisation_name").fill("")
    press(page, "send")
    expect(said_of(page, "organisation_name")).to_have_count(1)
    expect(said_of(page, "entry_type")).to_have_count(1)
    expect(said_of(page, "title")).to_have_count(0)


def _complete(page: Page) -> None:
    page.locator("#id_organisation_name").fill("جمعية الواحات")
    page.locator("#id_stakeholder_group_id").select_option("civil")
    page.locator("#id_country_id").select_option("EGY")
    page.locator("#id_entry_type").select_option("project")
    line = page.locator('input[name=action_lines][value="C7-ehealth"]')
    if not line.is_visible():
        page.locator("details:has(input[name=action_lines]) > summary").click()
    line.check()


def test_an_entry_is_written_in_english_and_without_javascript(
    writer: Page, forum: Forum, browser: Browser
) -> None:
    begin(writer, forum, "en")
    writer.locator("#id_title").fill("Wells by telephone")
    writer.locator("#id_summary").fill("It's an e-mail of 3.5 words.")
    # It's, an, e, mail, of, 3.5, words: as Unicode counts.
    expect(writer.locator("#id_summary_words")).to_have_text("7")
    press(writer, "send")
    expect(said_of(writer, "summary")).to_have_text(
        "Write at least 20 words; there are 7 so far."
    )
    expect(said_of(writer, "entry_type")).to_have_count(1)

    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(writer.context.cookies())  # type: ignore[arg-type]  # as they came
    page = plain.new_page()
    page.goto(writer.url)
    expect(page.locator("#id_title")).to_have_value("Wells by telephone")
    expect(page.locator("#id_summary_words")).to_be_hidden()
    page.locator("#id_title").fill("Wells by radio")
    press(page, "save")
    expect(page.locator("#id_title")).to_have_value("Wells by radio")
    page.locator('details:has([value="add:evidence"]) > summary').click()
    press(page, "add:evidence")
    expect(page.locator("#id_evidence-1-indicator")).to_be_visible()
    plain.close()
