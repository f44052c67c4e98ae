"""The outbox at the terminal: codes are read here where no mail server exists."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext_noop

from montada.djangokit.drafts import whole
from montada.djangokit.terminal import TerminalCommand
from montada.language.engine.text import LANGUAGES, LocalizedText
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.choices import RoleKind

EXAMPLE_VALUES = {
    "code": "XYZ-123",
    "url": "https://forum.example/",
    "signup_url": "https://forum.example/",
    "login_url": "https://forum.example/",
    "change": "…",
    "expires_on": date(2027, 7, 9),
    "role": RoleKind.REVIEWER.label,
    "edition": SimpleNamespace(
        name=LocalizedText.of("ar", "منتدى 2027", en="Forum 2027"),
        city=LocalizedText.of("ar", "القاهرة", en="Cairo"),
        timezone="Africa/Cairo",
        zone=ZoneInfo("Africa/Cairo"),
    ),
    "n_changes": 3,
    "n_more": 3,
    "news": {"n_items": 3, "n_more": 3},
}
"""What a preview fills in; no message is written."""


def _count(given: str) -> int:
    number = whole(given)
    if number < 0:
        raise ArgumentTypeError(f"{given} is no number of messages")
    return number


class Command(TerminalCommand):
    help = gettext_noop(
        "List messages, show one (with its code), preview a template, send what waits."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--show", type=int, metavar="ID", help="print one message")
        one.add_argument("--preview", metavar="TEMPLATE", help="print a template")
        one.add_argument("--send", action="store_true", help="mail what is due")
        parser.add_argument("--language", default="ar", choices=LANGUAGES)
        parser.add_argument(
            "--last", type=_count, default=20, metavar="N", help="how many to list; 20"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["show"] is not None:
            self._show(options["show"])
        elif options["preview"]:
            self._preview(options["preview"], options["language"])
        elif options["send"]:
            self._send()
        else:
            self._list(options["last"])

    def _list(self, n_last: int) -> None:
        rows = queries.messages()[:n_last]
        if not rows:
            self.stdout.write("The outbox is empty.")
        for row in rows:
            what = f"{row.pk:>6}  {row.state:<8} {row.written_at:%Y-%m-%d %H:%M}Z"
            self.stdout.write(f"{what}  {row.to_email}  {row.subject}")
            if row.error:
                self.stdout.write(f"        {row.error}")

    def _show(self, pk: int) -> None:
        message = queries.message(pk)
        if message is None:
            raise CommandError(f"There is no message {pk}.")
        self.stdout.write(f"To: {message.to_email}\nSubject: {message.subject}\n")
        self.stdout.write(message.body or "(sent; its code was not kept)")

    def _preview(self, template: str, language: str) -> None:
        subject, body = participation.written(
            template=template, language=language, values=EXAMPLE_VALUES
        )
        self.stdout.write(f"Subject: {subject}\n\n{body}")

    def _send(self) -> None:
        if not settings.EMAIL_HOST:
            raise CommandError(
                "There is no mail server. Name one in MONTADA_MAIL_HOST; until then "
                "messages wait, and --show prints their codes."
            )
        done = participation.send_waiting(at=timezone.now())
        self.stdout.write(f"{done.n_sent} sent, {done.n_refused} refused.")
