"""The first start: at the terminal, or in a browser with the terminal's key."""

from __future__ import annotations

import re
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from montada.audit import queries as audit
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.models import Forum, Message, Person
from tests.factories.participation import make_administrator, make_person

pytestmark = pytest.mark.django_db

NAME = LocalizedText.of("ar", "منتدى القمة", en="The Forum")
FORM = {
    "name_ar": "منتدى القمة",
    "languages": ["ar", "en"],
    "email": "salma@example.org",
    "person_name": "Salma",
}


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("setup", *arguments, stdout=out)
    return out.getvalue()


def form(client: Client, **values: Any) -> dict[str, Any]:
    page = client.get("/en/setup/").content.decode()
    name = re.search(r'<textarea name="([\w]+)"[^>]*lang="ar"', page)
    assert name is not None
    filled = {key: v for key, v in FORM.items() if key != "name_ar"}
    return filled | {name[1]: FORM["name_ar"]} | values


def test_the_terminal_names_the_forum_and_its_administrator() -> None:
    words = said(
        "--name", "ar=منتدى القمة", "--name", "en=The Forum", "--language", "ar",
        "--language", "en", "--email", "salma@example.org",
    )  # fmt: skip

    forum = queries.forum()
    assert forum is not None
    assert forum.name.by_language == NAME.by_language
    assert forum.languages == ["ar", "en"]
    (admin,) = queries.administrators()
    assert admin.email == "salma@example.org"
    assert Message.objects.get().template == "test"
    assert "montada outbox" in words


def test_the_printed_link_signs_the_administrator_in(client: Client) -> None:
    words = said("--name", "منتدى", "--email", "salma@example.org")
    found = re.search(r"http://localhost:8000(/ar/\S+)", words)
    assert found is not None

    client.post(found[1])

    admin = Person.objects.get()
    assert client.session["_auth_user_id"] == str(admin.pk)
    assert admin.has_perm("participation.administer")


def test_running_it_again_with_the_same_changes_nothing() -> None:
    said("--name", "منتدى", "--email", "salma@example.org")
    n_set_up = audit.entries().filter(action="forum.set_up").count()

    said()

    assert Person.objects.count() == 1
    assert audit.entries().filter(action="forum.set_up").count() == n_set_up == 1


def test_another_name_leaves_those_in_other_languages() -> None:
    said("--name", "منتدى", "--name", "fr=Forum", "--email", "salma@example.org")

    said("--name", "en=The Forum")

    forum = queries.forum()
    assert forum is not None
    assert forum.name.by_language == {"ar": "منتدى", "fr": "Forum", "en": "The Forum"}


def test_where_nobody_sits_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())

    with pytest.raises(CommandError, match="--name is missing"):
        said("--email", "salma@example.org")
    with pytest.raises(CommandError, match="--email is missing"):
        said("--name", "منتدى")
    assert Person.objects.count() == 0


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="salma is not an e-mail address"):
        said("--name", "منتدى", "--email", "salma")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_first_start_page_is_open_without_an_administrator(
    client: Client, language: str
) -> None:
    make_person("Eve")

    assert "<form" in client.get(f"/{language}/setup/").content.decode()


def test_with_the_key_the_page_makes_an_administrator(client: Client) -> None:
    words = said("--key")
    key = re.search(r"Key: (\S+)", words)
    assert key is not None

    answer = client.post("/en/setup/", form(client, key=key[1]))

    assert answer.headers["Location"] == "/en/participation/me/"
    admin = Person.objects.get()
    assert (admin.email, admin.name) == ("salma@example.org", "Salma")
    assert client.session["_auth_user_id"] == str(admin.pk)
    assert Forum.objects.get().setup_key_digest == ""


@pytest.mark.parametrize("key", ["", "guess"])
def test_a_stranger_without_the_key_gets_nothing(client: Client, key: str) -> None:
    said("--key")

    page = client.post("/en/setup/", form(client, key=key or " guess "))

    assert page.status_code == 409
    assert "not the key that the server" in page.content.decode()
    assert Person.objects.count() == 0


def test_before_a_key_was_made_no_key_fits(now: datetime) -> None:
    with pytest.raises(participation.SetupKeyWrong):
        participation.set_up_forum_with_key(
            key="", name=NAME, languages=["ar"], email="eve@example.org", at=now
        )


def test_a_new_key_replaces_the_one_before(now: datetime) -> None:
    old = participation.make_setup_key(at=now)
    participation.make_setup_key(at=now)

    with pytest.raises(participation.SetupKeyWrong):
        participation.set_up_forum_with_key(
            key=old, name=NAME, languages=["ar"], email="eve@example.org", at=now
        )


def test_once_there_is_an_administrator_the_page_and_the_keys_are_closed(
    client: Client, now: datetime
) -> None:
    key = participation.make_setup_key(at=now)
    filled = form(client, key=key)
    make_administrator()

    assert "<form method" not in client.get("/en/setup/").content.decode()
    assert client.post("/en/setup/", filled).status_code == 409
    with pytest.raises(participation.ForumSetUpAlready):
        participation.make_setup_key(at=now)
    with pytest.raises(CommandError, match="has an administrator already"):
        said("--key")
    assert Person.objects.count() == 1


def test_a_forum_has_a_name_and_languages_it_can_write(now: datetime) -> None:
    with pytest.raises(participation.ForumNameMissing):
        participation.set_up_forum(
            name=NO_TEXT, languages=["ar"], email="a@example.org", at=timezone.now()
        )
    with pytest.raises(participation.LanguageUnknown):
        participation.set_up_forum(
            name=NAME, languages=["tlh"], email="a@example.org", at=now
        )
