"""The forum's name and languages, as every page shows them."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from montada.audit import queries as audit
from montada.language.engine.text import LANGUAGES, LocalizedText
from montada.participation import operations as participation
from montada.participation.models import Forum
from tests.factories.edition import make_edition
from tests.factories.participation import make_administrator, make_person

pytestmark = pytest.mark.django_db

NAME = LocalizedText.of("ar", "منتدى الواحات", en="Forum of the Oases")
EVERYWHERE = pytest.mark.parametrize("path", ["", "matrix/", "account/login/"])


def set_up(*languages: str, at: datetime | None = None) -> None:
    participation.set_up_forum(
        name=NAME,
        languages=languages,
        email="salma@example.org",
        at=at or timezone.now(),
    )


def masthead(page: str) -> str:
    return page.partition("<header")[2].partition("</header>")[0]


def logo(page: str) -> str:
    (found,) = re.findall(r'class="logo".*?</a>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found.partition(">")[2]).strip()


def offered(page: str) -> tuple[list[str], list[str], list[str]]:
    """Return the languages in the masthead, in the footer and for search engines."""
    footer = page.partition("<footer")[2]
    tag = re.compile(r'<a lang="(\w+)" hreflang')
    alternate = re.findall(r'<link rel="alternate" hreflang="(\w+)"', page)
    return tag.findall(masthead(page)), tag.findall(footer), alternate


def test_before_its_first_start_a_forum_is_called_montada(client: Client) -> None:
    assert logo(client.get("/en/").content.decode()) == "Montada"


@EVERYWHERE
@pytest.mark.parametrize(
    ("language", "name"), [("ar", "منتدى الواحات"), ("en", "Forum of the Oases")]
)
def test_a_forum_without_an_edition_shows_its_own_name(
    client: Client, path: str, language: str, name: str
) -> None:
    set_up("ar", "en")

    assert logo(client.get(f"/{language}/{path}").content.decode()) == name


def test_a_name_in_another_language_says_which(client: Client) -> None:
    set_up("ar", "en", "fr")

    words = masthead(client.get("/fr/").content.decode())

    assert 'lang="ar" dir="rtl">منتدى الواحات' in words


def test_an_edition_stands_before_the_forums_name(client: Client) -> None:
    set_up("ar", "en")
    make_edition()

    assert logo(client.get("/en/").content.decode()) == "Forum 2027"


def test_before_its_first_start_a_forum_offers_all_languages(client: Client) -> None:
    page = client.get("/ar/").content.decode()

    assert offered(page) == (["en", "fr"], list(LANGUAGES), list(LANGUAGES))


@EVERYWHERE
def test_a_forum_offers_its_own_languages_and_no_other(
    client: Client, path: str
) -> None:
    set_up("ar", "ru", "es")
    theirs = ["ar", "es", "ru"]

    page = client.get(f"/ar/{path}").content.decode()

    assert offered(page) == (["es", "ru"], theirs, theirs)


def test_a_page_in_a_language_the_forum_does_not_offer_still_works(
    client: Client,
) -> None:
    set_up("ar", "en")

    answer = client.get("/fr/matrix/?q=%D9%85%D8%A7")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="fr"' in page
    assert offered(page) == (["ar", "en"], ["ar", "en"], ["ar", "en"])
    assert 'href="/ar/matrix/?q=%D9%85%D8%A7"' in page


def test_a_person_who_reads_another_language_is_not_forgotten(client: Client) -> None:
    set_up("ar", "en")
    admin = make_administrator("Nour")
    client.force_login(admin, "allauth.account.auth_backends.AuthenticationBackend")
    eve = make_person("Eve", language="ru")

    words = client.get(f"/ar/participation/people/{eve.pk}/").content.decode()

    assert '<bdi lang="ru">Русский</bdi>' in words


def test_setting_up_leaves_a_decision_and_repeating_it_none(now: datetime) -> None:
    set_up("ar", "en", at=now)
    set_up("ar", "en", at=now)
    set_up("ar", "fr", at=now)

    entries = audit.entries_about(Forum.objects.get())
    assert [(e.action, e.details["languages"]) for e in entries] == [
        ("forum.set_up", ["ar", "fr"]),
        ("forum.set_up", ["ar", "en"]),
    ]
