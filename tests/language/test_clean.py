"""Readable text: words stay, what misleads goes, and no text takes long."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine import clean
from montada.language.engine.clean import LONGEST, Readable, readable


def _text(raw: str) -> str:
    return readable(raw).text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("one\0two", "onetwo"),
        ("bell\x07 and escape\x1b[0m", "bell and escape[0m"),
        ("de\xadvel\xadop\xadment", "development"),
        ("\u202bمرحبا\u202c \u2067world\u2069\u200f", "مرحبا world"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("a pair in two halves: \ud83d\ude00", "a pair in two halves: 😀"),
        ("cafe\u0301", "café"),
        ("ﻻ ﷲ ＷＳＩＳ ①", "لا الله WSIS 1"),
        ("many    spaces\u00a0here\t", "many spaces here"),
        ("one line \n another\r\nthird", "one line\nanother\nthird"),
        ("first\n \n\n second\u2029third", "first\n\nsecond\nthird"),
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("<p dir='rtl'>القمة <b>العالمية</b></p>", "القمة العالمية"),
        ("wo<b>r</b>d<br/>next<ul><li>a</li><li>b</li></ul>", "word\nnext\n\na\n\nb"),
        ("<td>12</td><td>13</td>", "12 13"),
        ("Water &amp; sanitation &#x41;&#1576;", "Water & sanitation Aب"),
        ("escaped twice: &amp;lt;p&amp;gt;word", "escaped twice:\n\nword"),
        ("a<!-- not <b>this</b> -->b", "ab"),
        ("a <!-- that never ends", "a that never ends"),
        ("a<script>if (a<b) { go('<p>') }</script>b", "a\n\nb"),
        ("a<STYLE>p{}</style >b", "a\n\nb"),
        ("a<script>never closed", "a\n\nnever closed"),
        ("3 < 5 and 7 > 2", "3 < 5 and 7 > 2"),
        ("write to <name@example.org>", "write to <name@example.org>"),
        ("a < b", "a < b"),
        ("R&D; and AT&T &nosuch;", "R&D; and AT&T &nosuch;"),
    ],
)
def test_the_words_stay_and_the_rest_goes(raw: str, words: str) -> None:
    assert _text(raw) == words


def test_markup_within_markup_without_end_is_not_followed_forever() -> None:
    raw = "&" + "amp;" * 50 + "lt;b&" + "amp;" * 50 + "gt;"
    assert not re.search("[<&]", _text(raw))


def test_a_text_within_the_bound_is_read_whole() -> None:
    assert readable("x" * LONGEST) == Readable("x" * LONGEST, was_cut=False)


def test_a_longer_text_is_cut_at_a_paragraph_and_said_to_be() -> None:
    paragraph = "word " * 1999 + "last."
    cut = readable("\n\n".join([paragraph] * 210))
    assert cut.was_cut
    assert len(cut.text) <= LONGEST
    assert set(cut.text.split("\n\n")) == {paragraph}


def test_a_text_that_grows_when_composed_is_cut_too() -> None:
    cut = readable("\ufdfa " * 400_000)
    assert cut.was_cut
    assert len(cut.text) <= LONGEST


HOSTILE = {
    "open tags": "<a ",
    "comments that never end": "<!--",
    "scripts that never end": "<script>",
    "entities": "&amp;",
    "entities of entities": "&" + "amp;" * 40_000,
    "spaces": " ",
    "line ends": "\n ",
    "long forms": "\ufdfa",
    "half pairs": "\ud800",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_repetition_takes_time_in_proportion(piece: str) -> None:
    raw = piece * (200_000 // len(piece))
    began = time.process_time()
    assert len(_text(raw)) <= LONGEST
    assert time.process_time() - began < 5


@pytest.mark.parametrize("piece", ["<", "a", "\u0301\u0323"])
def test_two_megabytes_take_seconds(piece: str) -> None:
    raw = piece * (LONGEST // len(piece))
    began = time.process_time()
    assert len(_text(raw)) <= LONGEST
    assert time.process_time() - began < 20


TOKENS = "< > & amp; lt; gt; <!-- --> <script> </script> <b> <p> word &# 173; \u0344"
any_text = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cf", "Cc", "Mn"]),
        st.sampled_from("<>&;/!-# \nabp\u0301"),
    ),
    max_size=60,
) | st.lists(
    st.sampled_from([*TOKENS.split(), "\n", " ", "\xad", "\u1160"]), max_size=30
).map("".join)


@given(any_text)
def test_cleaning_again_changes_nothing(raw: str) -> None:
    once = _text(raw)
    assert _text(once) == once


@given(any_text)
def test_no_text_keeps_what_breaks_a_reader(raw: str) -> None:
    once = _text(raw)
    assert not re.search("[\x00-\x09\x0b-\x1f\xad\u202a-\u202e\ud800-\udfff]", once)
    assert unicodedata.is_normalized("NFKC", once)
    assert "\n\n\n" not in once
    assert once == once.strip()


def test_the_bound_is_on_what_is_given_and_on_what_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clean, "LONGEST", 20)
    assert readable("one two three\nfour five six") == Readable(
        "one two three\nfour", was_cut=True
    )
