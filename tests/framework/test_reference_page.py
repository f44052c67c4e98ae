"""The whole vocabulary on one page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def words(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_the_page_holds_every_part_with_its_sources(client: Client) -> None:
    said = words(client, "/en/framework/")

    for part in (
        "C7 – E-agriculture",
        "Quality Education",
        "Bring ICT to every village",
        "Close all digital divides",
        "Technical community",
        "249 countries and areas",
        "https://www.un.org/sustainabledevelopment/",
    ):
        assert part in said


def test_recalled_memberships_say_that_they_are(client: Client) -> None:
    said = words(client, "/en/framework/")

    assert "League of Arab States – 22 members list recalled, not yet checked" in said
    assert (
        "Digital Cooperation Organization – 16 members list read at its source" in said
    )


def test_members_stand_in_the_readers_order(client: Client) -> None:
    arabic = words(client, "/ar/framework/").partition("جامعة الدول العربية –")[2]

    assert arabic.index("الأردن") < arabic.index("الجزائر") < arabic.index("اليمن")


def test_the_page_asks_little(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(12):
        client.get("/en/framework/")
