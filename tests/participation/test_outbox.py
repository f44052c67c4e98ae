"""Messages are written at once and mailed later, or wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from montada.audit import queries as audit
from montada.language.engine.text import LANGUAGES
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.management.commands.outbox import EXAMPLE_VALUES
from montada.participation.models import Message
from montada.participation.operations.outbox import PAUSES
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db

TEMPLATES = (
    "login_code",
    "email_confirmation",
    "unknown_account",
    "account_already_exists",
    "account_changed",
    "invitation",
    "test",
)


def written(now: datetime, template: str = "test", **values: Any) -> Message:
    return participation.write_message(
        to_email="amina@example.org",
        person=None,
        language=values.pop("language", "en"),
        template=template,
        values=values,
        at=now,
    )


@pytest.fixture
def no_mail_server(settings: Any) -> None:
    """A port on which nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_has_a_subject_and_a_body(template: str, language: str) -> None:
    subject, body = participation.written(
        template=template, language=language, values=EXAMPLE_VALUES
    )

    assert subject
    assert len(body.splitlines()) > 2
    assert "{" not in subject + body


def test_a_code_is_the_first_thing_its_recipient_reads(now: datetime) -> None:
    message = written(now, "login_code", code="ABC-DEF")

    assert message.subject == "ABC-DEF is your sign-in code"
    assert "ABC-DEF" in message.body


def test_a_template_nobody_wrote_is_refused(now: datetime) -> None:
    with pytest.raises(participation.TemplateUnknown):
        written(now, "love_letter")


def test_words_of_people_are_not_escaped_like_a_page(now: datetime) -> None:
    message = written(now, "account_changed", change='A & B "C"')

    assert 'A & B "C"' in message.body


def test_nothing_is_mailed_when_a_message_is_written(now: datetime) -> None:
    message = written(now)

    assert (message.state, mail.outbox) == ("waiting", [])


def test_what_waits_is_mailed_oldest_first_in_its_language(now: datetime) -> None:
    first, second = written(now, language="en"), written(now, language="fr")

    done = participation.send_waiting(at=now)

    assert (done.n_sent, done.n_refused) == (2, 0)
    languages = [m.extra_headers["Content-Language"] for m in mail.outbox]
    assert languages == ["en", "fr"]
    for message in (first, second):
        message.refresh_from_db()
        assert (message.state, message.sent_at) == ("sent", now)
    assert participation.send_waiting(at=now).n_sent == 0


def test_a_round_has_a_limit(now: datetime) -> None:
    for _n in range(3):
        written(now)

    assert participation.send_waiting(at=now, limit=2).n_sent == 2
    assert Message.objects.filter(state="waiting").count() == 1


def test_a_sent_code_is_not_kept(now: datetime) -> None:
    message = written(now, "login_code", code="ABC-DEF")

    participation.send_waiting(at=now)

    message.refresh_from_db()
    assert message.body == ""
    assert "ABC-DEF" in mail.outbox[0].body


@pytest.mark.usefixtures("no_mail_server")
def test_a_refused_message_keeps_the_error_and_is_tried_again(now: datetime) -> None:
    message = written(now)

    assert participation.send_waiting(at=now).n_refused == 1
    message.refresh_from_db()
    assert (message.state, message.n_tries) == ("waiting", 1)
    assert "refused" in message.error
    assert message.next_try_at == now + PAUSES[0]
    assert participation.send_waiting(at=now).n_refused == 0


@pytest.mark.usefixtures("no_mail_server")
def test_after_many_tries_a_message_is_given_up(now: datetime) -> None:
    message = written(now)

    for days in range(len(PAUSES) + 1):
        participation.send_waiting(at=now + timedelta(days=days))

    message.refresh_from_db()
    assert (message.state, message.n_tries) == ("failed", len(PAUSES) + 1)
    assert participation.send_waiting(at=now + timedelta(days=99)).n_refused == 0


def test_a_failed_message_can_be_sent_again(now: datetime) -> None:
    message = written(now)
    Message.objects.update(state="failed", n_tries=6, error="rested")
    message.refresh_from_db()
    eve = make_person()

    participation.resend_message(message=message, resent_by=eve, at=now)

    assert participation.send_waiting(at=now).n_sent == 1
    (entry,) = audit.entries_about(message)
    assert (entry.action, entry.actor) == ("message.resent", eve)


def test_a_sent_message_is_not_sent_twice(now: datetime) -> None:
    message = written(now)
    participation.send_waiting(at=now)
    message.refresh_from_db()

    with pytest.raises(participation.MessageSentAlready):
        participation.resend_message(message=message, resent_by=None, at=now)


def test_sending_is_put_off_until_after_the_commit(
    now: datetime, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST = "mail.example"

    with django_capture_on_commit_callbacks(execute=True):
        written(now)
        assert DBTaskResult.objects.count() == 0

    (later,) = DBTaskResult.objects.all()
    assert later.task_path == "montada.participation.tasks.send_outbox"


def test_without_a_mail_server_messages_wait(
    now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        written(now)

    assert DBTaskResult.objects.count() == 0
    assert queries.next_message_due_at() == now
