"""The words that led to a label, marked where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from montada.framework.engine.marks import Piece, marked
from montada.framework.engine.values import Evidence


def evidence(text: str, start: int, end: int) -> Evidence:
    return Evidence(text[start:end], start, end, 0.1)


def marks(text: str, *spans: tuple[int, int]) -> list[str]:
    found = marked(text, (evidence(text, *span) for span in spans))
    return [piece.text for piece in found if piece.is_marked]


def test_words_are_marked_and_the_rest_is_kept() -> None:
    assert marked(
        "Doctors by telephone", [evidence("Doctors by telephone", 11, 20)]
    ) == (
        Piece("Doctors by ", is_marked=False),
        Piece("telephone", is_marked=True),
    )


def test_a_sentence_is_marked_only_without_a_phrase_of_it() -> None:
    text = "Doctors call. Roads end."

    assert marks(text, (0, 13), (0, 7)) == ["Doctors"]
    assert marks(text, (0, 13), (14, 19)) == ["Doctors call.", "Roads"]


def test_words_that_phrases_share_are_marked_once() -> None:
    assert marks("rural health care", (0, 12), (6, 17)) == ["rural health", " care"]


def test_evidence_of_another_text_is_passed_over() -> None:
    assert marked("short", [Evidence("longer", 3, 9, 0.1)]) == (
        Piece("short", is_marked=False),
    )


def test_nothing_makes_no_piece() -> None:
    assert marked("", []) == ()


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), max_size=6),
)
def test_the_pieces_join_to_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = marked(text, (Evidence("", start, end, 0.1) for start, end in spans))

    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
