"""The programme: an attendee plans their days, the secretariat moves and releases."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import (
    WIDTHS,
    Forum,
    check_accessible,
    check_width,
    sign_in,
)

pytestmark = pytest.mark.browser

PROGRAMME = "/programme/demo-2027/"


def check_page(page: Page) -> None:
    check_accessible(page)
    check_width(page, *WIDTHS)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_attendee_is_warned_of_two_sessions_at_once_and_takes_their_plan_home(
    page: Page, forum: Forum, language: str
) -> None:
    sign_in(page, forum, "remote_moderator")
    home = f"{forum.url}/{language}{PROGRAMME}"
    page.goto(home)
    check_page(page)
    page.goto(f"{home}?view=list&zone=Asia/Tokyo")
    check_page(page)
    # The opening goes on all morning: the next in the list begins while it is held.
    links = page.locator("main a[href*='/sessions/']")
    for address in [links.nth(n).get_attribute("href") for n in (0, 1)]:
        page.goto(f"{forum.url}{address}")
        page.locator("form[action*='mark'] button").first.click()
    check_page(page)

    page.goto(f"{home}mine/")
    check_page(page)
    expect(page.locator("[role=note] li")).to_have_count(1)
    address = page.locator("a[href*='/out/']").first.get_attribute("href")
    calendar = page.request.get(f"{forum.url}{address}").text()
    assert calendar.count("BEGIN:VEVENT") == 2

    while (out := page.locator("button[value=unmark]")).count():
        page.locator("details").first.evaluate("e => e.open = true")
        out.first.click()
    expect(page.locator("[role=note]")).to_have_count(0)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_secretariat_carries_a_session_by_keyboard_and_releases_a_change(
    page: Page, forum: Forum, language: str
) -> None:
    sign_in(page, forum, "secretariat")
    home = f"{forum.url}/{language}{PROGRAMME}"
    page.goto(f"{home}timetable/")
    check_page(page)
    page.locator("main a[href*='/timetable/']:not([href*='rooms'])").last.click()
    check_page(page)
    told, card = page.locator("#carrying"), page.locator("[data-session]").nth(4)
    # Carried onto what comes after it in the room, it is told what is in the way.
    card.locator("[data-move]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(told.locator("li").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".carried")).to_have_count(0)

    card.locator("a").first.click()
    page.locator("button[value=unplace]").click()
    check_page(page)

    page.goto(f"{home}release/")
    check_page(page)
    expect(page.locator("ul.changes li")).to_have_count(1)
    page.locator("textarea").fill("شكرًا")
    page.locator("main form button").last.click()
    expect(page).to_have_url(re.compile(r"/releases/\d+/$"))
    check_page(page)
    expect(page.locator("ul.changes li")).to_have_count(1)


@pytest.mark.parametrize("key", ["Enter", "Delete"])
def test_what_is_carried_to_another_day_is_put_down_by_what_its_carrier_saw(
    page: Page, forum: Forum, key: str
) -> None:
    sign_in(page, forum, "secretariat")
    page.goto(f"{forum.url}/en{PROGRAMME}timetable/")
    page.locator("main a[href*='/timetable/']:not([href*='rooms'])").last.click()
    board, sent = page.locator("#board"), []
    seen = int(board.get_attribute("data-revision") or "")
    newer = f'data-revision="{seen + 1}"'

    def meanwhile(route: Route) -> None:
        """Draw the board as after a colleague's change; take down what is sent."""
        if route.request.method == "POST":
            sent.append(route.request.post_data or "")
            return route.fulfill(body=page.request.get(page.url).text())
        drawn = route.fetch().text().replace(f'data-revision="{seen}"', newer)
        return route.fulfill(body=drawn, content_type="text/html")

    page.route(lambda url: "day=" in url, meanwhile)
    page.locator("[data-session] [data-move]").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("PageDown")
    expect(board).to_have_attribute("data-revision", f"{seen + 1}")
    page.keyboard.press(key)
    expect(page.locator(".planner-ghost")).to_have_count(0)
    page.unroute_all()

    assert [f"revision={seen}&" in form for form in sent] == [True]


@pytest.mark.parametrize(("width", "is_cut"), [(1360, True), (320, False)])
def test_a_very_long_title_stretches_no_row_of_the_grid_and_is_whole_in_the_list(
    page: Page, forum: Forum, width: int, *, is_cut: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{forum.url}/ar{PROGRAMME}")

    shown, whole = page.locator(".agenda .slot a").first.evaluate(
        "e => { e.textContent = 'جلسة '.repeat(200); "
        "return [e.offsetHeight, Math.max(e.scrollHeight, e.offsetHeight)] }"
    )

    assert (shown < whole) == is_cut
