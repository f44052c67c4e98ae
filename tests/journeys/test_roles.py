"""One path through the forum for each kind of visitor, in Arabic and in English."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Forum, check_accessible, sign_in

pytestmark = pytest.mark.browser

WORDS = {
    "ar": {
        "register": "سجل المشروعات",
        "programme": "البرنامج",
        "framework": "الإطار المرجعي",
        "egypt": "جمهورية مصر العربية",
        "sign_in": "تسجيل الدخول",
    },
    "en": {
        "register": "Project register",
        "programme": "Programme",
        "framework": "Framework",
        "egypt": "The Arab Republic of Egypt",
        "sign_in": "Sign in",
    },
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_visitor_walks_from_home_to_a_project_and_its_country(
    page: Page, forum: Forum, language: str
) -> None:
    words = WORDS[language]
    page.goto(f"{forum.url}/{language}/")
    expect(page.locator("h1")).to_be_visible()

    page.get_by_role("link", name=words["register"], exact=True).first.click()
    page.goto(f"{page.url}?country=EGY")
    page.locator("#listing .list a").first.click()
    expect(page).to_have_url(re.compile(rf"/{language}/projects/[\w-]+/$"))
    page.locator(f'main a[href="/{language}/countries/EGY/"]').first.click()

    expect(page.locator("h1")).to_contain_text(words["egypt"])
    expect(page.locator("svg.chart").first).to_be_visible()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_visitor_reads_a_session_and_its_line(
    page: Page, forum: Forum, language: str
) -> None:
    page.goto(f"{forum.url}/{language}/sessions/?line=C2")
    page.locator("main .list a").first.click()
    page.locator(f'main a[href^="/{language}/action-lines/"]').first.click()

    expect(page).to_have_url(re.compile(rf"/{language}/action-lines/C[\w-]+/$"))


@pytest.mark.parametrize(("language", "country"), [("ar", "القاهرة"), ("en", "Cairo")])
def test_a_visitor_finds_while_typing_and_on_a_page_of_its_own(
    page: Page, forum: Forum, language: str, country: str
) -> None:
    page.goto(f"{forum.url}/{language}/")

    page.locator(".masthead input[type=search]").press_sequentially(country, delay=30)
    # The first search of a process reads the index and the models.
    at_once = page.locator("#found-at-once a")
    expect(at_once.first).to_be_visible(timeout=30_000)
    check_accessible(page)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(rf"/{language}/search/\?q="))
    expect(page.locator("main ol.list > li").first).to_be_visible()


def test_the_language_stays_chosen_and_the_page_stays_the_same(
    page: Page, forum: Forum
) -> None:
    page.goto(f"{forum.url}/ar/countries/EGY/")

    page.locator('.masthead .tools a[lang="en"]').click()
    expect(page).to_have_url(f"{forum.url}/en/countries/EGY/")
    page.goto(forum.url)

    expect(page).to_have_url(f"{forum.url}/en/")


def test_everything_can_be_reached_by_keyboard(page: Page, forum: Forum) -> None:
    page.goto(f"{forum.url}/ar/projects/")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip")
    page.keyboard.press("Enter")

    expect(page.locator("main#content")).to_be_focused()


@pytest.mark.parametrize(
    ("language", "target", "reason"),
    [
        ("ar", "9.1", "الطرق للبيانات أيضًا بنية تحتية."),
        ("en", "9.a", "Roads of data are roads."),
    ],
)
def test_a_facilitator_changes_a_cell_and_the_old_version_stays(
    page: Page, forum: Forum, language: str, target: str, reason: str
) -> None:
    sign_in(page, forum, "facilitator")

    page.goto(f"{forum.url}/{language}/matrix/C2/9/")
    page.locator(f'main form textarea[lang="{language}"]').fill(reason)
    page.locator(f'main form input[type="checkbox"][value="{target}"]').uncheck()
    page.locator("main form button").click()

    expect(page.locator("main")).to_contain_text(reason)
    page.goto(f"{forum.url}/{language}/matrix/?version=1")
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_facilitator_finds_the_labels_that_wait_for_a_decision(
    page: Page, forum: Forum, language: str
) -> None:
    sign_in(page, forum, "facilitator")

    page.goto(f"{forum.url}/{language}/participation/me/")
    page.locator(f'main a[href="/{language}/projects/suggestions/"]').click()
    expect(page.locator("h1")).to_be_visible()
    page.locator("main select[name=order]").select_option("newest")
    page.locator("main form[role=search] button").click()

    expect(page).to_have_url(re.compile("order=newest"))
    check_accessible(page)


@pytest.mark.parametrize(
    ("language", "place"),
    [("ar", "جنيف وعبر الإنترنت"), ("en", "Geneva and online")],
)
def test_the_secretariat_moves_an_edition_online_and_undoes_it(
    page: Page, forum: Forum, language: str, place: str
) -> None:
    sign_in(page, forum, "secretariat")
    page.goto(f"{forum.url}/{language}/editions/")
    page.locator('main a[href*="/editions/demo-"]').first.click()
    desk = page.url.rstrip("/") + "/manage/"

    page.goto(desk + "online/")
    page.locator("main form button").click()
    page.goto(desk)
    page.locator('main a[href*="/undo/"]').first.click()
    page.locator("main form button").click()

    page.goto(desk)
    expect(page.locator("main")).to_contain_text(place)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("role", ["focal_point", "reviewer", "submitter", "donor"])
def test_other_roles_sign_in_and_find_themselves_and_closed_doors(
    page: Page, forum: Forum, role: str, language: str
) -> None:
    sign_in(page, forum, role)

    page.goto(f"{forum.url}/{language}/participation/me/")
    expect(page.locator("h1")).to_be_visible()
    closed = page.request.get(f"{forum.url}/{language}/participation/people/")

    assert closed.status == 403


def test_a_code_signs_somebody_in_where_no_mail_server_exists(
    page: Page, forum: Forum
) -> None:
    page.goto(f"{forum.url}/en/account/login/")
    expect(page.locator('input[type="password"]')).to_have_count(0)
    page.locator('main input[type="email"]').fill("donor@example.org")
    page.locator("main form button").first.click()

    expect(page.locator("main input[name=code]")).to_be_visible()


def test_a_filter_narrows_the_list_in_place(page: Page, forum: Forum) -> None:
    page.goto(f"{forum.url}/ar/projects/")
    page.evaluate("document.documentElement.dataset.kept = 'yes'")

    page.locator('.facets details:has(a[href*="distinction="]) summary').click()
    page.locator('.facets a[href*="distinction=winner"]').click()

    expect(page).to_have_url(re.compile(r"distinction=winner"))
    expect(page.locator("#listing [role=status]")).to_contain_text("74")
    # The page was not loaded anew: what was written on it is still there.
    assert page.evaluate("document.documentElement.dataset.kept") == "yes"
