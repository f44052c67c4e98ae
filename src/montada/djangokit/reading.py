"""The text a command is about: from a file, or from standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal

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
