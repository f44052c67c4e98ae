"""What can happen to messages: they are written, and mailed when nobody waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.participation import queries
from montada.participation.choices import MessageState
from montada.participation.models import Message, Person
from montada.participation.signals import message_written

PAUSES = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 720))
"""Between a try and the next; a mail server that rests is not pressed."""


class TemplateUnknown(Refusal):
    code = "participation.template_unknown"
    message = _("There is no message template “%(template)s”.")


class MessageSentAlready(Refusal):
    code = "participation.message_sent_already"
    message = _("This message was sent already.")


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What one round of mailing came to."""

    n_sent: int
    n_refused: int
    """Refused by the mail server: tried again later, or given up."""


def written(
    *, template: str, language: str, values: Mapping[str, Any]
) -> tuple[str, str]:
    """
    Return subject and body of a message, in one language.

    A template's first line is its subject. Whom it greets is `person` among `values`.

    Raises
    ------
    TemplateUnknown
    """
    forum = queries.forum()
    known = {"forum_name": forum.name if forum else "", **values}
    with translation.override(language):
        try:
            text = render_to_string(f"participation/mail/{template}.txt", known)
        except TemplateDoesNotExist:
            raise TemplateUnknown(template=template) from None
    subject, _newline, body = text.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


@transaction.atomic
def write_message(
    *,
    to_email: str,
    person: Person | None,
    language: str,
    template: str,
    values: Mapping[str, Any],
    at: datetime,
) -> Message:
    """
    Put a message into the outbox, in the recipient's language.

    A message is no decision: it leaves no entry in the trail.

    Raises
    ------
    TemplateUnknown
    """
    subject, body = written(
        template=template, language=language, values={"person": person, **values}
    )
    message = Message.objects.create(
        to_email=to_email,
        person=person,
        language=language,
        template=template,
        subject=subject[:300],
        body=body,
        next_try_at=at,
        written_at=at,
    )
    transaction.on_commit(partial(message_written.send_robust, sender=Message))
    return message


def send_waiting(*, at: datetime, limit: int = 100) -> Dispatch:
    """
    Mail what is due, the oldest first, through Django's mail backend.

    Not one transaction: a mail server's slowness must not hold the database, and what
    was mailed stays mailed when the next one fails. Two workers never send the same
    message, because each claims it before.
    """
    outcomes = [
        _sent(message, at)
        for message in queries.messages_due(at, limit)
        if _claimed(message, at)
    ]
    return Dispatch(outcomes.count(True), outcomes.count(False))


@transaction.atomic
def resend_message(*, message: Message, resent_by: Person | None, at: datetime) -> None:
    """
    Try a message again at once, as if it were new.

    Raises
    ------
    MessageSentAlready
    """
    if message.state == MessageState.SENT:
        raise MessageSentAlready
    message.state = MessageState.WAITING
    message.n_tries, message.next_try_at = 0, at
    message.save(update_fields=["state", "n_tries", "next_try_at"])
    audit.record(action="message.resent", actor=resent_by, subject=message, at=at)
    transaction.on_commit(partial(message_written.send_robust, sender=Message))


def _claimed(message: Message, at: datetime) -> bool:
    pause = PAUSES[min(message.n_tries, len(PAUSES) - 1)]
    untouched = Message.objects.filter(
        pk=message.pk, state=MessageState.WAITING, n_tries=message.n_tries
    )
    message.n_tries += 1
    return bool(untouched.update(n_tries=message.n_tries, next_try_at=at + pause))


def _sent(message: Message, at: datetime) -> bool:
    letter = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.to_email],
        headers={"Content-Language": message.language},
    )
    try:
        letter.send()
    except (SMTPException, OSError, ValueError) as error:
        message.error = str(error) or type(error).__name__
        if message.n_tries > len(PAUSES):
            message.state = MessageState.FAILED
        message.save(update_fields=["state", "error"])
        return False
    message.state, message.error, message.sent_at = MessageState.SENT, "", at
    if queries.is_secret(message):
        # A code that is on its way is no longer needed here.
        message.body = ""
    message.save(update_fields=["state", "error", "sent_at", "body"])
    return True
