"""What the vocabulary looks like to other programs."""

from __future__ import annotations

from typing import Any

from ninja import Schema


class Text(Schema):
    """A text in several languages: `wordings` by BCP 47 tag, each with its state."""

    written_in: str
    wordings: dict[str, dict[str, Any]]

    @staticmethod
    def of(text: Any) -> Text:
        return Text(**text.as_json())


class LineOut(Schema):
    code: str
    title: Text
    scope: Text
    lead: list[str]
    source_url: str


class GoalOut(Schema):
    number: int
    title: Text


class CellOut(Schema):
    action_line: str
    goal: int
    targets: list[str]
    """Empty where the link is to the goal as a whole."""
    rationale: Text
    since_version: int


class MatrixOut(Schema):
    version: int
    latest: int
    cells: list[CellOut]
