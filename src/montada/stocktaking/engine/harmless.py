"""People's words as they wrote them, without signs that mislead a reader."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from montada.language.engine.harmless import harmless_text, harmless_words
from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.record import ProjectRecord

LONGEST_NAME = 300
"""Characters of an organisation's name: as many as the register of them keeps."""


def harmless_name(words: str) -> str:
    """Return a name on one line, of at most as many characters as are kept of it."""
    return " ".join(harmless_words(words).split())[:LONGEST_NAME]


def harmless_record(record: ProjectRecord) -> ProjectRecord:
    """As `harmless_words`, of all words of a record: texts, units, conditions."""
    cleaned: ProjectRecord = _cleaned(record)
    return cleaned


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return harmless_words(value)
    if isinstance(value, LocalizedText):
        return harmless_text(value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if is_dataclass(value) and not isinstance(value, type):
        names = [part.name for part in fields(value)]
        return replace(value, **{n: _cleaned(getattr(value, n)) for n in names})
    return value
