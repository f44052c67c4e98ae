"""People's words as they wrote them, without signs that mislead a reader."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from montada.language.engine.folding import with_few_marks
from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.record import ProjectRecord

_MISLEADING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f\ud800-\udfff]"
)
"""Control characters, marks that turn the direction of words, half characters."""


def harmless(text: LocalizedText) -> LocalizedText:
    """Return a text without signs that no keyboard types and that turn words around."""
    wordings = {
        tag: replace(wording, text=harmless_words(wording.text))
        for tag, wording in text.wordings.items()
    }
    return LocalizedText(text.written_in, wordings)


def harmless_words(words: str) -> str:
    """As `harmless`, of plain words. Lines stay lines; emoji and letters stay."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return with_few_marks(_MISLEADING.sub("", lines)).strip()


def harmless_record(record: ProjectRecord) -> ProjectRecord:
    """As `harmless`, of all words of a record: texts, names, units, conditions."""
    cleaned: ProjectRecord = _cleaned(record)
    return cleaned


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return harmless_words(value)
    if isinstance(value, LocalizedText):
        return harmless(value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if is_dataclass(value) and not isinstance(value, type):
        names = [part.name for part in fields(value)]
        return replace(value, **{n: _cleaned(getattr(value, n)) for n in names})
    return value
