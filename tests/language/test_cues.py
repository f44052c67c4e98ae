"""Cue phrases are found in every inflection, and where they stand in the given text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.cues import Phrases, outermost, tokens_of
from montada.language.engine.text import LANGUAGES


def found(phrase: str, text: str, language: str) -> list[str]:
    tokens = tokens_of(text, language)
    return [
        text[tokens[hit.first].start : tokens[hit.end - 1].end]
        for hit in Phrases([(phrase, "")], language).found(tokens)
    ]


@pytest.mark.parametrize(
    ("language", "phrase", "text", "words"),
    [
        ("en", "recommend", "They recommended it.", ["recommended"]),
        ("en", "=recommend", "They recommended it.", []),
        ("en", "lack|absence of", "An absence of rules", ["absence of"]),
        ("en", "=we * =will", "We, the members, will", ["We, the members, will"]),
        ("en", "=we * =will", "We and all of our friends will", []),
        ("en", "don't", "We don’t know", ["don’t"]),
        ("fr", "=s engage =à", "La ville s'engage à agir", ["s'engage à"]),
        ("ar", "نوصي", "ونُوصِي بإنشاء مركز", ["ونُوصِي"]),
        ("ar", "=يجب", "ويجب العمل", ["ويجب"]),
        ("ru", "препятствие", "много препятствий", ["препятствий"]),
        ("zh", "不", "我们不支持", ["不"]),
        ("zh", "已经|已 * 建成|完成", "已经全部建成了", ["已经全部建成"]),
    ],
)
def test_a_phrase_is_found_in_its_forms(
    language: str, phrase: str, text: str, words: list[str]
) -> None:
    assert found(phrase, text, language) == words


def test_the_longest_phrase_at_a_place_is_kept() -> None:
    names = Phrases([("=South =Sudan", "SS"), ("=Sudan", "SD")], "en")
    hits = names.found(tokens_of("In South Sudan and Sudan", "en"))

    assert [hit.label for hit in outermost(hits)] == ["SS", "SD"]


def test_a_phrase_of_signs_is_no_phrase() -> None:
    assert found("…", "… and …", "en") == []


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_words_stand_in_order_inside_the_text(text: str, language: str) -> None:
    tokens = tokens_of(text, language)

    assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    assert [t.start for t in tokens] == sorted(t.start for t in tokens)
