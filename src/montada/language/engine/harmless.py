"""People's words as they wrote them, without signs that mislead a reader."""

from __future__ import annotations

import re
from collections.abc import Callable

from montada.language.engine.folding import with_few_marks
from montada.language.engine.text import LocalizedText, Wording

_MISLEADING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f\ud800-\udfff]"
)
"""Control characters, marks that turn the direction of words, half characters."""


def harmless_words(words: str) -> str:
    """
    Return words without signs that no keyboard types and that turn words around.

    Lines stay lines; emoji and letters stay.
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return with_few_marks(_MISLEADING.sub("", lines)).strip()


def harmless_text(
    text: LocalizedText, keep: Callable[[str], str] = harmless_words
) -> LocalizedText:
    """Return what is kept of a text in each language; states and approvers stay."""
    kept = {
        tag: Wording(keep(wording.text), wording.state, wording.approved_by)
        for tag, wording in text.wordings.items()
    }
    return LocalizedText(text.written_in, kept)
