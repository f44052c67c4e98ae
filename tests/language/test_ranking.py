"""BM25 puts the text that shares rare words first."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.ranking import Bm25, rank_of

words = st.lists(st.sampled_from("abcdef"), max_size=8)


def test_the_score_by_hand() -> None:
    ranking = Bm25([["a", "a", "b"], ["b"]], k1=1.2, b=0.75)

    # mean length 2; "a": in 1 of 2 texts, log(1 + 1.5/1.5); twice in a text of 3:
    # 2 * 2.2 / (2 + 1.2 * (.25 + .75 * 1.5))
    assert ranking.scores(["a"]) == [
        pytest.approx(log(2) * 4.4 / (2 + 1.2 * 1.375)),
        0.0,
    ]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    ranking = Bm25([["common", "rare"], ["common", "other"], ["common", "third"]])

    assert [place for place, _ in ranking.best(["common", "third"], 2)] == [2, 0]


def test_texts_without_a_word_of_the_query_are_not_found() -> None:
    assert Bm25([["a"], []]).best(["b"], 5) == []
    assert Bm25([]).best(["b"], 5) == []
    assert Bm25([[], []]).scores(["a"]) == [0.0, 0.0]


def test_texts_scored_alike_share_the_middle_of_their_places() -> None:
    assert rank_of(0, [3.0, 5.0, 3.0, 1.0]) == 2.5
    assert rank_of(1, [3.0, 5.0, 3.0, 1.0]) == 1
    assert rank_of(2, [0.0] * 5) == 3


@given(st.lists(words, min_size=1, max_size=6), words)
def test_the_order_of_texts_and_of_a_query_does_not_matter(
    texts: list[list[str]], query: list[str]
) -> None:
    forwards = Bm25(texts).scores(query)

    assert Bm25(texts[::-1]).scores(query[::-1])[::-1] == pytest.approx(forwards)
    assert all(score >= 0 for score in forwards)
    assert all(
        (score > 0) == bool(set(text) & set(query))
        for score, text in zip(forwards, texts, strict=True)
    )
