"""Texts that share their letters are found, few or many."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.shingles import COMPARE_ALL, alike, dice, shingles

SYLLABLES = ["ka", "lo", "mi", "ru", "te", "sha", "bon", "dir", "fen", "gol", "nur"]


def sentences(n: int, rng: Random) -> list[str]:
    return [
        " ".join("".join(rng.choices(SYLLABLES, k=3)) for _word in range(12))
        for _sentence in range(n)
    ]


def test_likeness_by_hand() -> None:
    # " abcdef ": 4 runs of five; " abcdeg ": 4, of which " abcd" and "abcde" in common
    assert dice(shingles("abcdef"), shingles("abcdeg")) == 2 * 2 / 8


def test_chinese_is_compared_by_pairs_of_characters() -> None:
    # " 我们去 ": 4 pairs; " 我们来 ": 4, of which " 我" and "我们" in common
    assert dice(shingles("我们去"), shingles("我们来")) == 2 * 2 / 8


@pytest.mark.parametrize(
    ("one", "other"),
    [("مدرَسة  الأمل", "مدرسه الامل!"), ("ÉCOLE", "ecole"), ("a", "A.")],
)
def test_spellings_of_one_text_are_alike(one: str, other: str) -> None:
    assert alike([one, other], 0.99) == [(0, 1, 1.0)]


@pytest.mark.parametrize(
    "texts", [[], ["one"], ["", ""], ["🙂", "🙂"], ["\0", "\ud800"]]
)
def test_nothing_to_compare_gives_no_pair(texts: list[str]) -> None:
    assert alike(texts, 0.6) == []


def test_among_many_the_alike_are_found_as_if_each_were_compared() -> None:
    rng = Random(3)
    texts = sentences(2 * COMPARE_ALL, rng)
    texts += [" ".join(text.split()[:-1]) for text in texts[:100]]

    found = {(one, other) for one, other, _similarity in alike(texts, 0.6)}

    assert found == {(at, 2 * COMPARE_ALL + at) for at in range(100)}


def test_a_form_sent_many_times_is_linked_to_its_first() -> None:
    texts = [*sentences(5, Random(1)), *["the same letter again"] * COMPARE_ALL]

    pairs = alike(texts, 0.6)

    assert pairs == [(5, at, 1.0) for at in range(6, len(texts))]


def test_five_thousand_texts_take_less_than_six_seconds() -> None:
    # Time grows with the number of texts: fifty thousand take less than a minute.
    rng = Random(2)
    texts = [f"{rng.getrandbits(500):x}" for _text in range(5_000)]
    told: list[tuple[int, int]] = []

    started = time.perf_counter()
    alike(texts, 0.6, lambda done, n: told.append((done, n)))

    assert time.perf_counter() - started < 6
    assert told[-1] == (5_000, 5_000)


@given(st.lists(st.text(max_size=30), max_size=6))
def test_likeness_is_exact_and_in_order(texts: list[str]) -> None:
    pairs = alike(texts, 0.5)

    assert pairs == sorted(pairs)
    for first, second, similarity in pairs:
        assert first < second
        assert similarity == dice(shingles(texts[first]), shingles(texts[second]))
