"""What operations are given as one thing: a call, a question, who signs, a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from montada.language.engine.text import NO_TEXT, LocalizedText


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPlan:
    """
    A question of a call; `kind` is a stored value of `choices.QuestionKind`.

    `choices` are `{"value", "label": {language: words}}`; `shown_if` is
    `{"question": key, "is": [values]}`, empty for always.
    """

    key: str
    kind: str
    label: LocalizedText
    hint: LocalizedText = NO_TEXT
    is_required: bool = False
    is_public: bool = True
    least_words: int | None = None
    most_words: int | None = None
    choices: tuple[Mapping[str, Any], ...] = ()
    shown_if: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallPlan:
    kind: str
    intro: LocalizedText
    questions: tuple[QuestionPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """
    Who speaks, in whose name, about what part of the world.

    `signed_as` and `gender` are stored values of `choices`; `country_id` is ISO 3166
    alpha-3, of the seat; `region_id` the code of a group of countries, None for the
    whole world.
    """

    language: str
    author_name: str = ""
    position: str = ""
    signed_as: str = "person"
    organisation_name: str = ""
    stakeholder_group_id: str | None = None
    country_id: str | None = None
    region_id: str | None = None
    gender: str = ""
    may_publish: bool = False
    entry_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """A meeting; both moments know their zone. Documents are `{"title", "url"}`."""

    title: LocalizedText
    starts_at: datetime
    ends_at: datetime
    place: LocalizedText = NO_TEXT
    join_url: str = ""
    agenda: LocalizedText = NO_TEXT
    minutes: LocalizedText = NO_TEXT
    documents: tuple[Mapping[str, str], ...] = ()


LAST_MOMENT = 253_402_300_799_000
"""The last second of the year 9999, in milliseconds since 1970."""


def moment_of(milliseconds: int | None) -> datetime | None:
    """Return a moment told in milliseconds since 1970; None for none, or no year."""
    if milliseconds is None or not 0 < milliseconds <= LAST_MOMENT:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterTaken:
    """
    A voter whose votes come from elsewhere: nobody by name.

    `votes` are statement ids to 1, -1 or 0; `moments` when each was cast, where that is
    known; `tier` a stored value of `choices.VoterTier`. A `key` (64 characters at most)
    names the same voter when their votes come once more.
    """

    votes: Mapping[int, int]
    key: str = ""
    moments: Mapping[int, datetime] = field(default_factory=dict)
    tier: str = "person"
    stakeholder_group_id: str | None = None
    country_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    Where a contribution goes on under another number, in its reader's language.

    `whole` is the title of what it is a part of there, None where its reader may not
    read that.
    """

    reference: str
    state: str
    url: str
    is_part: bool = False
    whole: LocalizedText | None = None
    whole_url: str = ""
