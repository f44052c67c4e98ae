"""The outbox at the terminal."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

import montada
from montada.participation import operations as participation
from montada.participation.models import Message

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("outbox", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def code_for_amina() -> Message:
    return participation.write_message(
        to_email="amina@example.org",
        person=None,
        language="en",
        template="login_code",
        values={"code": "ABC-DEF"},
        at=timezone.now(),
    )


def test_an_empty_outbox_says_so() -> None:
    assert said() == "The outbox is empty.\n"


def test_the_list_shows_who_waits_for_what(code_for_amina: Message) -> None:
    assert "amina@example.org  ABC-DEF is your sign-in code" in said()


def test_a_code_is_read_out_where_no_mail_server_exists(
    code_for_amina: Message,
) -> None:
    assert "\nABC-DEF\n" in said("--show", str(code_for_amina.pk))


def test_a_message_that_does_not_exist_is_named() -> None:
    with pytest.raises(CommandError, match="There is no message 7"):
        said("--show", "7")


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_template_can_be_read(language: str) -> None:
    features = Path(montada.__file__).parent
    templates = sorted(features.glob("*/templates/participation/mail/*.txt"))
    assert len(templates) > 30
    for template in templates:
        said("--preview", template.stem, "--language", language)


@pytest.mark.parametrize("last", ["-3", "few", "9" * 30])
def test_less_than_nothing_cannot_be_listed(last: str) -> None:
    with pytest.raises(CommandError, match="is no number of messages"):
        said(f"--last={last}")


def test_a_template_can_be_read_before_anybody_gets_it() -> None:
    assert said("--preview", "test", "--language", "en").startswith(
        "Subject: Test message\n"
    )
    with pytest.raises(CommandError, match="no message template"):
        said("--preview", "love_letter")


def test_sending_needs_a_mail_server(code_for_amina: Message, settings: Any) -> None:
    with pytest.raises(CommandError, match="MONTADA_MAIL_HOST"):
        said("--send")

    settings.EMAIL_HOST = "mail.example"
    assert said("--send") == "1 sent, 0 refused.\n"
