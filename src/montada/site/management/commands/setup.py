"""The first start at the terminal: name, languages, administrator, a test message."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.language.engine.text import LANGUAGES, NO_TEXT, LocalizedText, TextState
from montada.participation import operations as participation
from montada.participation import queries

LINK_LASTS = timedelta(hours=1)


class Command(TerminalCommand):
    help = gettext_noop(
        "Name the forum, its languages and its first administrator, and print a "
        "one-time sign-in link. Asks for what is not given, if somebody is there. "
        "Can be run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--name",
            action="append",
            metavar="[LANGUAGE=]NAME",
            help='"ar=منتدى القمة"; may be repeated, without a language it is Arabic',
        )
        parser.add_argument(
            "--language", action="append", choices=LANGUAGES, help="may be repeated"
        )
        parser.add_argument("--email", help="of the first administrator")
        parser.add_argument(
            "--key",
            action="store_true",
            help="only print a key for the page /ar/setup/",
        )
        parser.add_argument(
            "--url", default=_own_address(), help="the forum's address, for the link"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["key"]:
            self._print_key(options["url"])
        else:
            self._set_up(options)

    def _print_key(self, url: str) -> None:
        key = participation.make_setup_key(at=timezone.now())
        with translation.override(settings.LANGUAGE_CODE):
            path = reverse("site:setup")
        self.stdout.write(f"Key: {key}\nOpen {url}{path}?key={key}")

    def _set_up(self, options: dict[str, Any]) -> None:
        forum = queries.forum()
        name = _text_of(options["name"], forum.name if forum else NO_TEXT)
        if not name:
            asked = self._asked("Name of the forum in Arabic", "--name")
            name = _text_of([asked], name)
        languages = options["language"] or (forum.languages if forum else LANGUAGES)
        at = timezone.now()
        administrator = participation.set_up_forum(
            name=name, languages=languages, email=self._address(options), at=at
        )
        participation.write_message(
            to_email=administrator.email,
            person=administrator,
            language=administrator.language,
            template="test",
            values={},
            at=at,
        )
        key = participation.make_sign_in_link(
            person=administrator, at=at, lasts=LINK_LASTS
        )
        self._tell(administrator, options["url"], key)

    def _tell(self, administrator: Any, url: str, key: str) -> None:
        with translation.override(administrator.language):
            path = reverse("participation:sign-in", args=[key])
        self.stdout.write(f"The forum is set up. Administrator: {administrator.email}")
        self.stdout.write(f"Sign in once, within an hour: {url}{path}")
        if settings.EMAIL_HOST:
            self.stdout.write("A test message is on its way to that address.")
        else:
            self.stdout.write(
                "There is no mail server (MONTADA_MAIL_HOST): messages and codes wait "
                "for you in: montada outbox"
            )

    def _address(self, options: dict[str, Any]) -> str:
        known = queries.administrators().values_list("email", flat=True).first()
        email = (
            options["email"] or known or self._asked("Your e-mail address", "--email")
        )
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        return str(email)

    def _asked(self, question: str, flag: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"{flag} is missing, and nobody is there to be asked.")
        return input(f"{question}: ").strip()


def _text_of(names: list[str] | None, text: LocalizedText) -> LocalizedText:
    """Return a name with what "ar=…" and "en=…" say; without a tag it is Arabic."""
    for given in names or ():
        tag, is_tagged, words = given.partition("=")
        language = tag if is_tagged and tag in LANGUAGES else "ar"
        spoken = words if language == tag else given
        text = text.with_wording(language, spoken.strip(), TextState.APPROVED)
    return text


def _own_address() -> str:
    origins = settings.CSRF_TRUSTED_ORIGINS
    return origins[0].rstrip("/") if origins else "http://localhost:8000"
