"""Questions of a call: which are asked, what an answer may be, what is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.consultation.engine.life import STEPS, may_follow
from montada.consultation.engine.questions import (
    LONGEST_TEXT,
    MOST_PEOPLE,
    Asked,
    Problem,
    answers_shown,
    cleaned,
    is_shown,
    is_too_long,
    number,
    problems,
)

MODE = Asked(key="mode", kind="choice", choices=("on_site", "virtual", "hybrid"))
REMOTE = Asked(
    key="remote",
    kind="short_text",
    is_required=True,
    shown_if="mode",
    shown_values=("virtual", "hybrid"),
)
MINUTES = Asked(key="minutes", kind="number", shown_if="remote", shown_values=("Omar",))
ALL = (MODE, REMOTE, MINUTES)
BY_KEY = {one.key: one for one in ALL}


def test_a_question_is_asked_where_its_condition_is_met() -> None:
    assert is_shown(MODE, BY_KEY, {})
    assert not is_shown(REMOTE, BY_KEY, {})
    assert not is_shown(REMOTE, BY_KEY, {"mode": "on_site"})
    assert is_shown(REMOTE, BY_KEY, {"mode": "hybrid"})


def test_a_question_below_one_that_is_not_asked_is_not_asked() -> None:
    answers = {"mode": "on_site", "remote": "Omar"}

    assert not is_shown(MINUTES, BY_KEY, answers)
    assert is_shown(MINUTES, BY_KEY, answers | {"mode": "virtual"})


def test_one_of_several_answers_meets_a_condition() -> None:
    several = Asked(key="more", kind="choices", choices=("a", "other"))
    what = Asked(key="what", kind="long_text", shown_if="more", shown_values=("other",))
    asked = {"more": several, "what": what}

    assert is_shown(what, asked, {"more": ["a", "other"]})
    assert not is_shown(what, asked, {"more": ["a"]})


def test_conditions_in_a_circle_are_never_met() -> None:
    hen = Asked(key="hen", kind="choice", shown_if="egg", shown_values=("y",))
    egg = Asked(key="egg", kind="choice", shown_if="hen", shown_values=("y",))
    asked = {"hen": hen, "egg": egg}

    assert not is_shown(hen, asked, {"hen": "y", "egg": "y"})


def test_what_is_not_asked_is_neither_missing_nor_kept() -> None:
    assert problems(ALL, {"mode": "on_site"}) == ()
    assert problems(ALL, {"mode": "hybrid"}) == (Problem("remote", "missing"),)
    answers = {"mode": "on_site", "remote": "Omar"}
    assert answers_shown(ALL, answers) == {"mode": "on_site"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("one two", ("too_short", 2, 3)),
        ("one two three", None),
        ("ثلاث كلمات هنا", None),
        # l'eau is one word, e-mail two.
        ("l’eau e-mail", None),
        # Each Chinese character is one: six.
        ("信息社会论坛", ("too_long", 6, 5)),
        ("one two three four five six", ("too_long", 6, 5)),
    ],
)
def test_words_are_counted_as_unicode_does(
    words: str, found: tuple[Any, int, int] | None
) -> None:
    asked = Asked(key="text", kind="long_text", least_words=3, most_words=5)

    expected = (Problem("text", *found),) if found else ()
    assert problems([asked], {"text": words}) == expected


def test_signs_alone_are_no_answer_to_what_is_needed() -> None:
    asked = Asked(key="text", kind="long_text", is_required=True, most_words=5)

    assert problems([asked], {"text": "… 🙂"}) == (Problem("text", "too_short", 0, 1),)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("15", Decimal(15)),
        ("12,500.75", Decimal("12500.75")),
        ("12 500,75", Decimal("12500.75")),
        ("١٢٬٥٠٠٫٧٥", Decimal("12500.75")),
        ("-3", Decimal(-3)),
        ("about 15", None),
        ("NaN", None),
        ("Infinity", None),
        ("1" * 40, None),
        ("1e9", None),
    ],
)
def test_numbers_are_read_as_people_write_them(said: str, value: Any) -> None:
    assert number(said) == value


def test_days_and_numbers_are_kept_as_typed_and_told() -> None:
    asked = (Asked(key="n", kind="number"), Asked(key="day", kind="date"))
    said = {one.key: cleaned(one, "soon") for one in asked}

    assert said == {"n": "soon", "day": "soon"}
    assert problems(asked, said) == (
        Problem("n", "not_a_number"),
        Problem("day", "not_a_day"),
    )


def test_only_what_is_offered_is_chosen() -> None:
    lines = Asked(key="lines", kind="action_lines", choices=("C1", "C2", "C3"))

    assert cleaned(MODE, "by pigeon") == ""
    assert cleaned(lines, ["C3", "C99", "C1", "C3"]) == ["C1", "C3"]
    assert cleaned(lines, "C1") == []


def test_people_without_a_word_are_nobody_and_the_rest_need_names() -> None:
    people = Asked(key="people", kind="people")
    said = cleaned(people, [{}, {"name": "  Lina\u202e  "}, {"position": "Chair"}, 7])

    assert [row["name"] for row in said] == ["Lina", ""]
    assert problems([people], {"people": said}) == (Problem("people", "name_missing"),)
    assert len(cleaned(people, [{"name": "x"}] * 99)) == MOST_PEOPLE


def test_signs_that_mislead_are_taken_out_and_length_is_bounded() -> None:
    text = Asked(key="text", kind="long_text")

    assert cleaned(text, "a\x00b\u202ec\ud800\nd") == "abc\nd"
    assert not is_too_long(text, "x" * LONGEST_TEXT)
    assert is_too_long(text, "x" * (LONGEST_TEXT + 1))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=8,
)
kinds = st.sampled_from(
    ["short_text", "long_text", "choice", "choices", "number", "date", "people"]
)


@given(kinds, anything)
def test_any_answer_comes_into_shape_and_stays_in_it(kind: str, said: Any) -> None:
    asked = Asked(key="q", kind=kind, choices=("a", "b"), is_required=True)

    once = cleaned(asked, said)

    assert cleaned(asked, once) == once
    assert len(problems([asked], {"q": once})) <= 1


def test_each_way_through_the_states_comes_to_an_end() -> None:
    assert all(after in STEPS for steps in STEPS.values() for after in steps)
    assert {state for state, after in STEPS.items() if not after} == {"outcome"}
    assert not may_follow("draft", "accepted")
    assert may_follow("declined", "accepted")
    # Only an appeal takes apart what was merged; nothing else follows.
    assert STEPS["merged"] == {"resubmitted"}
