"""What labelling answers with: labels, how sure they are, and the words behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Axis = Literal["action_line", "goal"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    Words of the text that led to a label: `given[start:end] == text`.

    `weight` is how much of the label's score goes when they are taken out (above 0).
    """

    text: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Label:
    """
    An action line ("C7-ehealth") or a goal ("3") with how likely it is, 0 to 1.

    Only a suggested label carries evidence: sentences and phrases, heaviest first.
    """

    axis: Axis
    code: str
    score: float
    is_suggested: bool
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """
    What a text is about; every tuple best first.

    `action_lines` and `goals` hold what is suggested, none where nothing speaks for
    any; `all_action_lines` and `all_goals` rank every label there is. `language` is ""
    where the text is in none of the six. `model` says which arrays and encoder judged.
    """

    language: str
    action_lines: tuple[Label, ...]
    goals: tuple[Label, ...]
    model: str
    all_action_lines: tuple[Label, ...] = ()
    all_goals: tuple[Label, ...] = ()


StatementKind = Literal[
    "achievement", "obstacle", "lesson", "trend", "recommendation", "commitment"
]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that gave a type away: `given[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StatementType:
    """
    A type that a statement may have, as a suggestion, 0 to 1.

    `cues` stand in the order of the text. Where meaning alone or meaning as well spoke
    for the type, `resembles` is the sentence that was most alike, else "".
    """

    kind: StatementKind
    score: float
    cues: tuple[Cue, ...]
    resembles: str = ""


@dataclass(frozen=True, slots=True)
class StatementTypes:
    """
    What a text does: the types that are suggested, best first; none is an answer.

    `language` is "" where the text is in none of the six.
    """

    language: str
    types: tuple[StatementType, ...]
