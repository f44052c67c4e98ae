"""Differences of two records: what went, what came, and nothing lost between."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.differences import (
    MOST_COMPARED,
    Piece,
    differences,
    pieces,
)
from montada.stocktaking.engine.record import NO_RECORD, ProjectRecord
from tests.stocktaking.records import records

TEXT = st.lists(
    st.sampled_from(["wells", " ", "الآبار", "، ", "字", "🌍", "\n", "e\u0301"]),
    max_size=30,
).map("".join)


def joined(found: list[Piece], *marks: str) -> str:
    return "".join(piece.text for piece in found if piece.mark in marks)


@given(TEXT | st.text(max_size=40), TEXT | st.text(max_size=40))
def test_both_texts_can_be_read_out_of_the_pieces(before: str, after: str) -> None:
    found = list(pieces(before, after))

    assert joined(found, "kept", "gone") == before
    assert joined(found, "kept", "new") == after
    assert all(piece.text for piece in found)


@given(TEXT)
def test_a_text_keeps_all_of_itself(text: str) -> None:
    assert list(pieces(text, text)) == ([Piece(text, "kept")] if text else [])


def test_a_changed_word_is_marked_alone() -> None:
    assert list(pieces("Five wells here", "Six wells here")) == [
        Piece("Five", "gone"),
        Piece("Six", "new"),
        Piece(" wells here", "kept"),
    ]
    assert list(pieces("في خمس قرى", "في ست قرى")) == [
        Piece("في ", "kept"),
        Piece("خمس", "gone"),
        Piece("ست", "new"),
        Piece(" قرى", "kept"),
    ]


def test_texts_longer_than_rules_allow_are_compared_as_a_whole() -> None:
    # 2 n - 1 pieces: words, and the spaces between them.
    n = MOST_COMPARED // 2 + 1
    before = " ".join(["wells"] * n)
    after = before + " dry"

    assert list(pieces(before, after)) == [Piece(before, "gone"), Piece(after, "new")]


@pytest.mark.parametrize("n_different", [1, 90])
def test_comparing_takes_no_time_that_a_reader_waits_for(n_different: int) -> None:
    words = [f"w{i % n_different}" for i in range(1900)]
    other = [f"w{(7 * i + 3) % n_different}" for i in range(1900)]

    started = time.process_time()
    list(pieces(" ".join(words), " ".join(other)))

    assert time.process_time() - started < 3


def test_each_language_of_a_text_differs_for_itself() -> None:
    before = ProjectRecord(title=LocalizedText.of("ar", "آبار", en="Wells"))
    after = ProjectRecord(title=LocalizedText.of("ar", "آبار", en="Wells!", fr="Puits"))

    told = [
        (one.part, one.language, one.before, one.after)
        for one in differences(before, after)
    ]
    assert told == [("title", "en", "Wells", "Wells!"), ("title", "fr", "", "Puits")]


def test_other_parts_tell_their_values() -> None:
    before = ProjectRecord(status="planned", starts_on=date(2026, 1, 1))
    after = ProjectRecord(status="ongoing", starts_on=date(2026, 1, 1))

    (only,) = differences(before, after)

    assert (only.part, only.before, only.after) == ("status", "planned", "ongoing")


@settings(max_examples=15, deadline=None)
@given(records, records)
def test_no_difference_means_the_same_words_and_values(
    one: ProjectRecord, other: ProjectRecord
) -> None:
    parts = {difference.part for difference in differences(one, other)}

    assert differences(one, one) == ()
    assert len(differences(one, other)) == len(differences(other, one))
    for part in set(ProjectRecord.__dataclass_fields__) - parts:
        mine, theirs = getattr(one, part), getattr(other, part)
        is_text = isinstance(mine, LocalizedText)
        assert mine.by_language == theirs.by_language if is_text else mine == theirs


def test_nothing_differs_from_nothing() -> None:
    assert differences(NO_RECORD, ProjectRecord()) == ()
