"""The text a command is about: from a file, or from standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.djangokit.terminal import TerminalCommand

MOST_BYTES = 32_000_000
"""Far more than is read of a text, and little enough to hold."""


class TextNotThere(Refusal):
    code = "djangokit.text_not_there"
    message = _("The file %(path)s cannot be read: %(why)s")


class TextUnreadable(Refusal):
    code = "djangokit.text_unreadable"
    message = _(
        "The text is not UTF-8 (byte %(byte)s of it is not). Save it as UTF-8 and try "
        "again."
    )


class TextTooLarge(Refusal):
    code = "djangokit.text_too_large"
    message = _("The text is larger than %(most)s MB. Split it and try again.")


class TextCommand(TerminalCommand):
    """
    A command about one text, in a file or from standard input.

    Subclasses write `answer`; `takes_language` lets a person say the text's language.
    """

    takes_language: ClassVar[bool] = False

    def answer(self, text: str, options: dict[str, Any]) -> None:
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", metavar="FILE", help="UTF-8 text"
        )
        if self.takes_language:
            parser.add_argument(
                "--language",
                choices=[code for code, _name in settings.LANGUAGES],
                default="",
                help="of the text, where it is known",
            )
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        self.answer(text_of(options["file"]), options)

    def say_what_was_read(self, text: str, longest: int) -> None:
        """Say on the error channel that the end of a text was left out, if it was."""
        if len(text) > longest:
            self.stderr.write(
                _now("Only the first %(n)s characters were read.")
                % {"n": f"{longest:,}"}
            )


def text_of(file: Path | None) -> str:
    """
    Return the text in `file`; of standard input for `None` or "-".

    Raises
    ------
    TextNotThere, TextUnreadable, TextTooLarge
    """
    try:
        raw = _bytes_of(file)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise TextNotThere(path=file, why=why) from error
    if len(raw) > MOST_BYTES:
        raise TextTooLarge(most=MOST_BYTES // 1_000_000)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextUnreadable(byte=error.start + 1) from error


def _bytes_of(file: Path | None) -> bytes:
    if file is None or str(file) == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)
