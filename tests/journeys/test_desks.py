"""The pages of people who work here: accessible, and as wide as their window."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import (
    WIDTHS,
    Forum,
    check_accessible,
    check_width,
    sign_in,
)

pytestmark = pytest.mark.browser

DESKS = (
    "/participation/me/",
    "/participation/people/",
    "/participation/invitations/",
    "/participation/outbox/",
    "/trail/",
    "/editions/new/open/",
    "/editions/demo-2027/manage/",
    "/editions/demo-2027/manage/copy/",
    "/editions/demo-2027/manage/phases/",
    "/editions/demo-2027/manage/rooms/",
    "/matrix/C2/9/",
    "/account/2fa/",
)


def test_the_desks_of_a_moderator_and_of_nobody_else(page: Page, forum: Forum) -> None:
    sign_in(page, forum, "remote_moderator")

    for path in DESKS[1:5]:
        answer = page.request.get(f"{forum.url}/ar{path}")
        assert (path, answer.status) == (path, 403)


def test_the_desks_of_the_secretariat_are_accessible_and_hold_their_width(
    page: Page, forum: Forum
) -> None:
    sign_in(page, forum, "secretariat")

    for language in ("ar", "en"):
        for path in DESKS:
            answer = page.goto(f"{forum.url}/{language}{path}")
            assert answer is not None
            assert (path, answer.status) == (path, 200)
            check_width(page, *WIDTHS)
            check_accessible(page)
