"""Labelling with a model of three terms, so that every number can be worked out."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.framework.engine import label_text
from montada.framework.engine.label_model import (
    Calibration,
    Head,
    LabelModel,
    Vocabulary,
)
from montada.framework.engine.label_phrases import best_phrases
from montada.framework.engine.labelling import suggestions
from montada.framework.engine.values import Axis, Suggestions
from montada.language.engine.vectors import Vector

TERMS = MappingProxyType({"clinic": 0, "farm": 1, "school": 2})
SURE = 4.0


def head(axis: Axis, codes: tuple[str, ...], relevance: float = 10.0) -> Head:
    """Term n speaks for label n with the evidence `SURE`; meaning says nothing."""
    return Head(
        axis=axis,
        codes=codes,
        words=(np.eye(3) * SURE).astype(np.float32)[:, : len(codes)],
        meaning=np.zeros((2, len(codes)), np.float32),
        bias=np.zeros(len(codes), np.float32),
        relevance=np.array([0, 0, relevance], np.float32),
        calibration=Calibration(1.0, 0.0, np.full(len(codes), -2, np.float32)),
        threshold=0.5,
        most=2,
    )


def model(relevance: float = 10.0) -> LabelModel:
    return LabelModel(
        "test-1",
        Vocabulary(TERMS, np.ones(3, np.float32)),
        (
            head("action_line", ("C7-ehealth", "C7-eagri", "C7-elearn"), relevance),
            head("goal", ("3", "2", "4"), relevance),
        ),
    )


def terms_of(text: str, _language: str) -> list[str]:
    """Return the words in small letters, without a plural's s."""
    return [word.strip(".,;:!?").removesuffix("s") for word in text.lower().split()]


def encode(text: str) -> Vector | None:
    return np.array([1, 0], np.float32) if any(map(str.isalpha, text)) else None


def labelled(text: str, language: str = "en", relevance: float = 10.0) -> Suggestions:
    return suggestions(
        text, language, model(relevance), encode=encode, terms_of=terms_of
    )


def codes(found: Suggestions) -> tuple[list[str], list[str]]:
    return (
        [label.code for label in found.action_lines],
        [label.code for label in found.goals],
    )


def test_a_score_is_the_chance_that_the_evidence_gives() -> None:
    # One known term has all the weight: evidence 4, chance 1 / (1 + e^-(4 - 2)) = .8808
    # times 1 / (1 + e^-10) = 1.0000.
    found = labelled("A clinic")

    assert found.goals[0].code == "3"
    assert found.goals[0].score == pytest.approx(0.8808, abs=1e-4)
    # Nothing speaks for the others: 1 / (1 + e^2) = .1192.
    assert [label.score for label in found.all_goals[1:]] == [
        pytest.approx(0.1192, abs=1e-4)
    ] * 2


def test_two_subjects_share_the_evidence_and_give_two_labels() -> None:
    # Two terms weigh 1/√2 each: evidence 2.828, chance 1 / (1 + e^-.828) = .6960.
    found = labelled("Clinics and schools")

    assert codes(found) == (["C7-ehealth", "C7-elearn"], ["3", "4"])
    assert found.goals[0].score == pytest.approx(0.6960, abs=1e-4)


def test_no_more_labels_are_suggested_than_may_be() -> None:
    # Three terms weigh 1/√3 each: evidence 2.309, chance .577, above the threshold.
    found = labelled("Clinics, schools and farms.")

    assert [label.score > 0.5 for label in found.all_goals] == [True, True, True]
    assert len(found.goals) == 2


def test_a_text_about_nothing_of_the_kind_has_no_label() -> None:
    assert codes(labelled("A clinic", relevance=-10.0)) == ([], [])


def test_a_text_in_none_of_the_six_languages_is_ranked_but_suggests_nothing() -> None:
    found = labelled("Die Clinic", language="")

    assert codes(found) == ([], [])
    assert found.all_goals[0].code == "3"


@pytest.mark.parametrize(
    "text",
    ["", "  \n", "🎉", "1 2 3", "!!!", "SDG 1 2 3 4 5 6 7 8 9 10", "\ud800\x00", "<p>"],
)
def test_a_text_without_words_has_no_label_and_no_ranking(text: str) -> None:
    assert labelled(text) == Suggestions("en", (), (), "test-1")


def test_the_phrase_that_led_to_a_label_is_told_with_its_place() -> None:
    text = "We opened a clinic in town. The weather was fine."
    (label,) = labelled(text).goals

    assert [(words.text, words.start, words.end) for words in label.evidence] == [
        ("We opened a clinic in town.", 0, 27),
        ("clinic", 12, 18),
    ]
    # The whole says 4, its sentences 4 and 0: ln((e^4 + 1) / 2) = 3.325. The mean 3.662
    # gives 1 / (1 + e^-1.662) = .8405; without the sentence nothing speaks: .1192.
    assert label.evidence[0].weight == pytest.approx(0.7213, abs=1e-4)


def test_markup_is_not_read_and_does_not_move_the_words() -> None:
    text = "<p title='farm'>Our <b>clinic</b></p><script>school</script>"
    found = labelled(text)

    assert codes(found) == (["C7-ehealth"], ["3"])
    evidence = found.goals[0].evidence[0]
    assert text[evidence.start : evidence.end] == evidence.text == "clinic"


def test_repeating_a_subject_does_not_lower_its_score() -> None:
    once = labelled("A clinic. A school.").all_goals
    often = labelled("A clinic. A clinic. A clinic. A school.").all_goals

    assert often[0].code == "3"
    assert often[0].score > once[0].score


words = st.sampled_from(["clinic", "farms", "School", "xyz", "1", "SDG 4", "。", "\n"])
texts = st.text() | st.lists(words).map(" ".join)


@given(texts, st.sampled_from(["ar", "en", "zh", "", "de"]))
def test_any_text_has_an_answer_whose_evidence_is_in_it(
    text: str, language: str
) -> None:
    found = labelled(text, language)

    assert found == labelled(text, language)
    for label in (*found.all_action_lines, *found.all_goals):
        assert 0.0 <= label.score <= 1.0
        assert label.is_suggested or not label.evidence
        for evidence in label.evidence:
            assert text[evidence.start : evidence.end] == evidence.text != ""
    if not any(map(str.isalpha, text)):
        assert found.all_goals == ()


@given(texts)
def test_what_is_left_out_keeps_its_place(text: str) -> None:
    read = label_text.read(text)

    assert len(read) == len(text)
    assert all(one in {other, " "} for one, other in zip(read, text, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "SDG 4",
        "SDGs 1, 2, 3 and 4",
        "Goal 17",
        "Target 4.7",
        "ODD 3",
        "ODS 16",
        "ЦУР 5",
        "الهدف 4",
        "目标 6",
    ],
)
def test_goals_named_by_number_are_not_read(text: str) -> None:
    assert label_text.read(text).replace("and", "").strip() == ""


def test_a_long_text_is_read_in_windows_from_end_to_end() -> None:
    sentence = "A clinic serves the people of the valley and the hills around it. "
    found = label_text.windows(label_text.read(sentence * 2_000), "en")

    assert len(found) == label_text.MOST_WINDOWS
    assert found[0].sentences[0].start == 0
    assert found[-1].sentences[0].start > 100_000
    assert all(window.length <= label_text.WINDOW for window in found)


def test_a_phrase_begins_and_ends_with_a_word_that_speaks() -> None:
    text = "in the rural health clinic near the market"
    (window,) = label_text.windows(text, "en")
    pieces = list(label_text.pieces(window.sentences[0], "en", terms_of))
    said = {"rural": 1.0, "clinic": 2.0, "market": 0.1}

    # "rural health clinic" says 3; "market" says less than 35 % of that.
    (phrase,) = best_phrases([pieces], said, most=3)
    assert text[phrase.start : phrase.end] == "rural health clinic"
    assert phrase.said == 3.0


def test_terms_weigh_by_count_and_rarity() -> None:
    vocabulary = Vocabulary(TERMS, np.array([1, 2, 3], np.float32))
    places, weights = vocabulary.weights(["farm", "clinic", "farm", "unknown"])

    # (1 + ln 2) · 2 = 3.386 and 1, at length 1: √(3.386² + 1) = 3.531.
    assert places.tolist() == [1, 0]
    raw = 2 * (1 + math.log(2))
    assert weights == pytest.approx(np.array([raw, 1]) / math.hypot(raw, 1), abs=1e-6)
