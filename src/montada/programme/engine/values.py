"""What doors and operations of the programme hand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from montada.language.engine.text import NO_TEXT, LocalizedText

MOST_SEED = 2**31 - 1
"""Of a choice or a solver: as large as a row keeps it."""
SHORTEST_SESSION, LONGEST_SESSION = 5, 24 * 60
"""Minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFacts:
    """
    What a proposal says.

    Attributes
    ----------
    kind : code of a kind of session of the edition
    minutes : None for what is usual for the kind
    mode : a `SessionMode`, or ""
    needs : values of `Feature`
    wishes : `{"days": ["2027-07-05"], "half": "morning"}`, or empty
    lines, goals : codes of action lines, numbers of goals
    organisers : numbers of organisations, the leading one first; read when it is
        proposed: the first one has agreed, the others are asked
    """

    title: LocalizedText
    kind: str
    summary: LocalizedText = NO_TEXT
    outcomes: LocalizedText = NO_TEXT
    minutes: int | None = None
    mode: str = ""
    needs: tuple[str, ...] = ()
    wishes: Mapping[str, Any] = field(default_factory=dict)
    audience: int = 0
    lines: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    balance_note: str = ""
    organisers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerFacts:
    """
    What is said of a speaker; empty is not said.

    `language` is the one in which they are written to, "" for their own or that of
    who seats them. `organisation_name` is looked up, or added to the register, where
    there is no `organisation_id`. `gender` is a `Gender`; `is_young` whether they are
    under 30.
    """

    name: str
    email: str = ""
    honorific: str = ""
    position: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    stakeholder_group_id: str | None = None
    country_id: str | None = None
    gender: str = ""
    is_young: bool | None = None
    biography: LocalizedText = NO_TEXT
    timezone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPlan:
    """
    A kind of session as an edition begins with it.

    `answers` are the values by which requests ask for it: of the question
    `session_type`, for stands of the question `space`.
    """

    code: str
    name: LocalizedText
    minutes: int = 60
    lengths: tuple[int, ...] = ()
    needs: tuple[str, ...] = ()
    audience: int = 0
    is_stand: bool = False
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RightPlan:
    """Places by right as an edition begins with them."""

    holder: str
    name: LocalizedText
    n_places: int = 1
    lines: tuple[str, ...] = ()
    """One row for each of these action lines."""
