"""What a reader is shown of a text in several languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.text import (
    LANGUAGES,
    LocalizedText,
    TextState,
    Wording,
)

TITLE = LocalizedText.of("fr", "Écoles connectées", ar="مدارس متصلة")


def test_readers_get_their_language() -> None:
    shown = TITLE.shown_to("ar")

    assert (shown.text, shown.direction, shown.is_in_readers_language) == (
        "مدارس متصلة",
        "rtl",
        True,
    )


def test_others_get_the_authors_words_not_a_second_translation() -> None:
    shown = TITLE.shown_to("en")

    assert (shown.text, shown.language, shown.is_original) == (
        "Écoles connectées",
        "fr",
        True,
    )
    assert not shown.is_in_readers_language


def test_no_text_is_false_and_shows_nothing() -> None:
    assert not LocalizedText()
    assert LocalizedText("en", {"en": Wording("  ")}).shown_to("ar").text == ""


def test_approving_names_the_person_and_keeps_the_words() -> None:
    draft = TITLE.with_wording("en", "Connected schools", TextState.MACHINE)

    approved = draft.approved("en", by=7)

    assert draft.wordings["en"].state == TextState.MACHINE
    assert approved.wordings["en"] == Wording(
        "Connected schools", TextState.APPROVED, 7
    )


def test_a_language_nobody_wrote_cannot_be_approved() -> None:
    with pytest.raises(KeyError):
        TITLE.approved("zh", by=7)


@given(
    st.dictionaries(
        st.sampled_from(LANGUAGES),
        st.builds(
            Wording,
            st.text(min_size=1),
            st.sampled_from(TextState),
            st.none() | st.integers(1),
        ),
    ),
    st.sampled_from(LANGUAGES),
)
def test_what_is_stored_comes_back(
    wordings: dict[str, Wording], written_in: str
) -> None:
    text = LocalizedText(written_in, wordings)

    assert LocalizedText.from_json(text.as_json()) == text
