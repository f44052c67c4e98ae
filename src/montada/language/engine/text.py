"""
Text in several languages, as one value.

A text of the forum is written in one language and translated into others. A translation
is a machine's, a draft, or approved by a named person; what has no translation is shown
in the language it was written in, and said to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

LANGUAGES = ("ar", "en", "fr", "es", "zh", "ru")
"""The six official languages of the United Nations, as BCP 47 tags; Arabic first."""

OWN_NAMES = {
    "ar": "العربية",
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "zh": "中文",
    "ru": "Русский",
}
"""What each language calls itself."""

RIGHT_TO_LEFT = frozenset({"ar"})

UNDETERMINED = "und"
"""BCP 47: words whose language their source does not say."""


def direction_of(language: str) -> str:
    """Return "rtl" or "ltr"; "auto" where only the letters can tell."""
    if language == UNDETERMINED:
        return "auto"
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


class TextState(StrEnum):
    """How far the words in one language can be relied on."""

    DRAFT = "draft"
    MACHINE = "machine"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Wording:
    """
    The text in one language.

    `approved_by` is the id of the person who approved it; `None` where approval came
    with the data (an official title) or is still to come.
    """

    text: str
    state: TextState = TextState.APPROVED
    approved_by: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader gets: the words, their language, and whether it is the reader's."""

    text: str
    language: str
    state: TextState
    is_in_readers_language: bool
    is_original: bool

    @property
    def direction(self) -> str:
        return direction_of(self.language)


NOTHING = Shown("", "", TextState.APPROVED, True, True)


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """
    One text, written in one or more languages.

    Attributes
    ----------
    written_in : BCP 47 tag
        The language of the author; "" only for an empty text.
    wordings : mapping from BCP 47 tag to Wording
        Only languages somebody wrote; never an empty string.
    """

    written_in: str = ""
    wordings: Mapping[str, Wording] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = {tag: w for tag, w in self.wordings.items() if w.text.strip()}
        object.__setattr__(self, "wordings", MappingProxyType(kept))
        if self.written_in not in kept:
            object.__setattr__(self, "written_in", next(iter(kept), ""))

    @classmethod
    def of(cls, written_in: str, text: str, **others: str) -> Self:
        """Return a text in its author's language, with approved translations."""
        words = {written_in: text, **others}
        return cls(written_in, {tag: Wording(text) for tag, text in words.items()})

    def __bool__(self) -> bool:
        return bool(self.wordings)

    def __str__(self) -> str:
        return self.shown_to(self.written_in).text

    def __hash__(self) -> int:
        return hash((self.written_in, tuple(sorted(self.by_language.items()))))

    @property
    def by_language(self) -> dict[str, str]:
        return {tag: wording.text for tag, wording in self.wordings.items()}

    def shown_to(self, reader: str) -> Shown:
        """
        Return what somebody who reads `reader` is shown.

        Their own language if there is one, else the author's: a second translation
        would hide what was really written.
        """
        if not self.wordings:
            return NOTHING
        language = reader if reader in self.wordings else self.written_in
        wording = self.wordings[language]
        return Shown(
            text=wording.text,
            language=language,
            state=wording.state,
            is_in_readers_language=language == reader,
            is_original=language == self.written_in,
        )

    def with_wording(self, language: str, text: str, state: TextState) -> Self:
        """Return the text with other words in one language; no words remove it."""
        wordings = dict(self.wordings) | {language: Wording(text, state)}
        return type(self)(self.written_in, wordings)

    def approved(self, language: str, by: int) -> Self:
        """
        Return the text with one language approved by a person.

        Raises
        ------
        KeyError
            If nobody has written it in that language.
        """
        wording = Wording(self.wordings[language].text, TextState.APPROVED, by)
        return type(self)(self.written_in, dict(self.wordings) | {language: wording})

    def as_json(self) -> dict[str, Any]:
        """Return the stored form: `{"written_in", "wordings": {tag: {"text", …}}}`."""
        wordings: dict[str, dict[str, Any]] = {}
        for tag, wording in self.wordings.items():
            wordings[tag] = {"text": wording.text, "state": wording.state.value}
            if wording.approved_by is not None:
                wordings[tag]["approved_by"] = wording.approved_by
        return {"written_in": self.written_in, "wordings": wordings}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return the text that `as_json` stored."""
        wordings = {
            tag: Wording(w["text"], TextState(w["state"]), w.get("approved_by"))
            for tag, w in stored.get("wordings", {}).items()
        }
        return cls(stored.get("written_in", ""), wordings)


NO_TEXT = LocalizedText()
