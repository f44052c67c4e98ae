"""What a statement does is suggested with the words that say so."""

from __future__ import annotations

import io
import json
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from montada.framework import queries
from montada.framework.adapters import statement_cues
from montada.framework.engine.statement_likeness import (
    Example,
    Likeness,
    most_like,
)
from montada.framework.engine.statement_types import (
    KINDS,
    MOST_COMPARED,
    statement_types,
)
from montada.framework.engine.values import StatementKind, StatementTypes
from montada.language import queries as language_tools
from montada.language.engine.text import LANGUAGES

STATEMENTS: dict[str, list[dict[str, str]]] = tomllib.loads(
    (Path(__file__).parent / "statements.toml").read_text(encoding="utf-8")
)


def types_of(text: str, language: str = "en") -> StatementTypes:
    return queries.statement_type_of(text, language, by_meaning=False)


def kinds_of(text: str, language: str = "en") -> list[str]:
    return [suggested.kind for suggested in types_of(text, language).types]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (language, one["text"], one["is"])
        for language, listed in STATEMENTS.items()
        for one in listed
    ],
)
def test_statements_are_read_as_a_careful_reader_would(
    language: str, text: str, expected: str
) -> None:
    kinds = kinds_of(text, language)

    if expected.startswith("!"):
        assert expected[1:] not in kinds
    else:
        assert kinds[:1] == ([expected] if expected else [])


def test_every_language_has_a_dozen_statements() -> None:
    assert sorted(STATEMENTS) == sorted(LANGUAGES)
    assert all(len(listed) >= 12 for listed in STATEMENTS.values())


def test_who_acts_tells_advice_from_a_promise() -> None:
    assert kinds_of("The ministry should open its data.") == ["recommendation"]
    assert kinds_of("The ministry will open its data.") == ["commitment"]
    assert kinds_of("States should commit themselves to open data.") == [
        "recommendation"
    ]


def test_a_denied_achievement_is_an_obstacle_with_its_denial() -> None:
    text = "So far we have not completed the second phase."
    [obstacle] = types_of(text).types
    [cue] = obstacle.cues

    assert obstacle.kind == "obstacle"
    assert cue.text == text[cue.start : cue.end] == "we have not completed"


def test_a_text_may_do_several_things() -> None:
    text = "We have trained 900 nurses. The lack of power is a barrier. We will go on."

    assert kinds_of(text) == ["obstacle", "achievement", "commitment"]


def test_scores_by_hand() -> None:
    # Strong .7 and a figure .3: 1 - .3 * .7; weak .4 and a figure: 1 - .6 * .7
    assert types_of("We have trained nurses.").types[0].score == 0.7
    assert types_of("We have trained 90 nurses.").types[0].score == 0.79
    assert types_of("Nurses trained: 90").types[0].score == 0.58
    assert types_of("Nurses trained").types == ()


def test_a_guard_behind_a_comma_does_not_bear_on_the_cue() -> None:
    assert kinds_of("If you ask, we have completed the work.") == ["achievement"]


def test_cues_that_share_words_are_one() -> None:
    text = "They failed to have launched and completed it, no progress was made."
    [obstacle] = [t for t in types_of(text).types if t.kind == "obstacle"]

    spans = [(cue.start, cue.end) for cue in obstacle.cues]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


WEAK = "Nurses trained in two districts."


def test_a_weak_cue_counts_with_a_likeness() -> None:
    cues = statement_cues.cues("en", language_tools.deciding_words("en"))
    asked: list[str] = []

    def compare(sentence: str) -> Likeness | None:
        asked.append(sentence)
        return Likeness("achievement", "Nurses were taught.")

    text = f"{WEAK} We have trained nurses. The room is blue."
    [achieved] = statement_types(text, "en", cues, compare).types

    assert asked == [WEAK]  # A strong cue needs no likeness, no cue is none.
    assert achieved.score == 0.7
    [alone] = statement_types(WEAK, "en", cues, compare).types
    assert (alone.score, alone.resembles) == (0.58, "Nurses were taught.")


def test_of_a_long_text_only_the_beginning_is_compared() -> None:
    cues = statement_cues.cues("en", language_tools.deciding_words("en"))
    asked: list[str] = []
    text = " ".join([WEAK] * (MOST_COMPARED + 5))

    def compare(sentence: str) -> Likeness | None:
        asked.append(sentence)
        return None

    assert statement_types(text, "en", cues, compare).types == ()
    assert len(asked) == MOST_COMPARED


def test_the_type_that_stands_out_is_most_alike() -> None:
    kinds: tuple[StatementKind, ...] = ("lesson", "lesson", "trend")
    examples = [Example(kind, "en", str(at)) for at, kind in enumerate(kinds)]

    # means .35 and .3, .05 apart; .45 and .3, .15 apart
    near = most_like(np.array([0.3, 0.4, 0.3], np.float32), examples, "en")
    clear = most_like(np.array([0.4, 0.5, 0.3], np.float32), examples, "en")

    assert near is None
    assert clear == Likeness("lesson", "1")


def test_every_type_has_examples_in_every_language() -> None:
    listed = {(e.kind, e.language) for e in statement_cues.examples()}

    assert listed == {(kind, tag) for kind in KINDS for tag in LANGUAGES}


def test_meaning_helps_where_an_encoder_works() -> None:
    found = queries.statement_type_of(WEAK, "en")

    assert {suggested.kind for suggested in found.types} <= {"achievement"}


@pytest.mark.parametrize("text", ["", "🙂", "12", "\0\ud800", "Die Sitzung ist aus"])
def test_a_text_of_no_language_suggests_nothing(text: str) -> None:
    assert queries.statement_type_of(text) == StatementTypes("", ())


def test_marks_on_letters_do_not_move_the_cue() -> None:
    text = "وَنُوصِي بإنشاءِ مركزٍ وطنيّ"
    [advice] = types_of(text, "ar").types

    assert [text[c.start : c.end] for c in advice.cues] == ["وَنُوصِي"]


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_cues_stand_where_they_are_said_to(text: str, language: str) -> None:
    for suggested in types_of(text, language).types:
        assert 0.5 <= suggested.score <= 0.95
        assert all(text[c.start : c.end] == c.text for c in suggested.cues)


def said(*args: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("statement-types", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_marks_the_words(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("Regulators should publish maps.", encoding="utf-8")

    assert said(str(file))[0] == "0.70  recommendation  should\n"
    assert json.loads(said(str(file), "--json")[0]) == {
        "language": "en",
        "types": [
            {
                "type": "recommendation",
                "score": 0.7,
                "cues": [{"text": "should", "start": 11, "end": 17}],
                "resembles": "",
            }
        ],
    }


def test_none_is_an_answer_and_a_long_text_is_said_to_be_cut(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("The hall is on the second floor. " * 4_000, encoding="utf-8")

    out, err = said(str(file), "--language", "en")

    assert out == "No type is suggested.\n"
    assert err == "Only the first 100,000 characters were read.\n"
