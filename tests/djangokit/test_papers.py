"""Papers: what was written is printed as it was written, in any script."""

from __future__ import annotations

from typing import Any

import pytest
import typst

from montada.djangokit.papers import FONTS, ROOT, PaperNotDrawn, paper
from tests.djangokit.pdf_reading import bookmarks, keeps_the_standard, n_pages

TEMPLATE = ROOT / "consultation" / "papers" / "outcomes.typ"
HOSTILE = (
    '#set page(paper: "a8")',
    "#pagebreak()",
    '#read("/settings/base.py")',
    "*bold* _slant_ $x^2$ `code`",
    "= Heading",
    "a // b /* c",
    "<label> @label",
    "\\u{41} \\",
    '"]]) #panic()',
    "<script>alert(1)</script>",
)


def printed(*headings: Any, language: str = "en", words: str = "Words.") -> bytes:
    return paper(
        TEMPLATE,
        {
            "title": "A paper",
            "author": "A forum",
            "edition": "2027",
            "notice": "",
            "written": "As of today.",
            "contents": "Contents",
            "sections": [
                {
                    "level": 1,
                    "title": heading,
                    "blocks": [{"kind": "words", "words": words}],
                }
                for heading in headings
            ],
        },
        language,
    )


def test_nothing_that_was_written_is_a_command() -> None:
    pdf = printed(*HOSTILE)

    assert bookmarks(pdf) == set(HOSTILE)
    assert n_pages(pdf) == n_pages(printed(*"abcdefghij"))


def test_words_of_other_languages_carry_theirs() -> None:
    arabic = {"text": "خط", "language": "ar", "direction": "rtl"}
    unknown = {"text": "Names", "language": "und", "direction": "auto"}
    pdf = printed("Plain", arabic, unknown, language="fr")

    assert bookmarks(pdf) == {"Plain", "خط", "Names"}
    assert pdf.count(b"/Lang(fr)") == 1
    assert b"/Lang(ar)" in pdf


@pytest.mark.parametrize("language", ["ar", "en", "fr", "es", "ru", "zh"])
def test_papers_are_made_to_be_read_aloud(language: str) -> None:
    words = ("Разговор", "Été, naïve, œuvre", "مستقبل", "信息社会论坛，資訊社會論壇")
    pdf = printed(*words, language=language)

    assert pdf.startswith(b"%PDF-")
    assert keeps_the_standard(pdf)
    assert bookmarks(pdf) == set(words)


def test_letters_without_a_font_are_printed_as_boxes_and_break_nothing() -> None:
    pdf = printed("හඬ 😀", "Next")

    assert bookmarks(pdf) == {"හඬ 😀", "Next"}
    assert not keeps_the_standard(pdf)


def test_signs_that_mislead_or_break_are_left_out() -> None:
    pdf = printed("a\x00b\x1b", "\ud800half", "\u202eturned", "\uffffnone")

    assert bookmarks(pdf) == {"ab", "half", "turned", "none"}
    assert keeps_the_standard(pdf)


def test_a_text_of_any_length_is_printed() -> None:
    assert n_pages(printed("Long", words="word " * 20_000)) > 15
    # It breaks instead of running off the paper.
    assert n_pages(printed("One word", words="w" * 5_000)) > 1


def test_each_weight_of_a_family_is_one_file() -> None:
    fonts = typst.Fonts(False, False, [FONTS]).fonts()

    assert sorted((font.family, font.weight, font.style) for font in fonts) == [
        ("Noto Sans SC", 400, "normal"),
        ("Vazirmatn", 400, "normal"),
        ("Vazirmatn", 700, "normal"),
    ]


def test_a_paper_that_cannot_be_drawn_says_why() -> None:
    with pytest.raises(PaperNotDrawn, match="edition"):
        paper(TEMPLATE, {"title": "A", "author": "A", "contents": "C"}, "en")
    with pytest.raises(PaperNotDrawn):
        paper(ROOT.parent / "elsewhere.typ", {"title": "A", "author": "A"}, "en")
