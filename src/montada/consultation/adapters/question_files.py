"""The calls and questions that an edition starts with, read from the data file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from montada.consultation.engine.values import CallPlan, QuestionPlan
from montada.language.engine.text import NO_TEXT, LocalizedText

FILE = Path(__file__).parents[1] / "data" / "questions.toml"


@cache
def default_calls() -> tuple[CallPlan, ...]:
    """Return the calls of an edition with their questions, in the file's order."""
    read = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(_call(row, read["question"]) for row in read["call"])


def _call(row: dict[str, Any], questions: list[dict[str, Any]]) -> CallPlan:
    kind = row["kind"]
    words = {tag: said for tag, said in row.items() if tag != "kind"}
    asked = [_question(q) for q in questions if kind in q["calls"]]
    return CallPlan(kind, _text(words), tuple(asked))


def _question(row: dict[str, Any]) -> QuestionPlan:
    facts = {k: v for k, v in row.items() if k not in _IN_WORDS}
    return QuestionPlan(
        **facts,
        label=_text(row["label"]),
        hint=_text(row.get("hint", {})),
        choices=tuple(
            {
                "value": choice["value"],
                "label": {tag: said for tag, said in choice.items() if tag != "value"},
            }
            for choice in row.get("choices", ())
        ),
    )


_IN_WORDS = frozenset({"calls", "label", "hint", "choices"})


def _text(words: dict[str, str]) -> LocalizedText:
    if not words:
        return NO_TEXT
    others = {tag: said for tag, said in words.items() if tag != "en"}
    return LocalizedText.of("en", words["en"], **others)
