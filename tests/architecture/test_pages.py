"""What holds for every template and style: directions, strict policy, sentences."""

from __future__ import annotations

from tests.architecture.sources import STYLES, TEMPLATES, lines_saying

PHYSICAL = (
    r"(margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right)\b"
    r"|(text-align|float|clear|justify-content|justify-items)\s*:\s*(left|right)\b"
    r"|(^|[;{\s])(left|right)\s*:"
    r"|border-(top|bottom)-(left|right)-radius"
)


def test_styles_know_no_left_and_right() -> None:
    found = [line for path in STYLES for line in lines_saying(path, PHYSICAL)]

    assert found == []


def test_templates_carry_no_style_and_no_inline_script() -> None:
    # The policy would refuse them, so the page would be broken without a word.
    inline = (
        r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']"
        r"|<script(?![^>]*(\bsrc=|json))|javascript:"
    )

    assert [line for path in TEMPLATES for line in lines_saying(path, inline)] == []


def test_long_sentences_are_trimmed() -> None:
    # Untrimmed, the line breaks of the template become part of the sentence.
    untrimmed = r"{%\s*blocktrans(late)?\b(?![^%]*\btrimmed\b)"

    assert [line for path in TEMPLATES for line in lines_saying(path, untrimmed)] == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    elsewhere = r"(src|srcset)\s*=\s*[\"']?(https?:)?//|@import|url\(\s*[\"']?https?:"

    found = [
        line for path in [*TEMPLATES, *STYLES] for line in lines_saying(path, elsewhere)
    ]

    assert found == []
