"""
Sentences of a text in six languages, with their places in it.

A sentence ends at a line's end or at a stop that really ends it: not after an
abbreviation, an initial, a decimal point or the number of a list item, and not where
the next word goes on in lower case. Own rules, because a forum's texts are full of what
general splitters trip over: "د. أمل", "EE. UU.", "т.е.", "8.2. Provide".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from montada.language.engine import abbreviations

LONGEST = 1_000
"""Characters of a sentence; what runs on without a stop is cut at a comma or space."""

_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_CLOSERS = "\"'”’»)\\]}」』》）›"
_AFTER_A_SPACE = "(?:[ \xa0\u202f]»)?"
_OPENERS = "\"'“‘„«(\\[{¿¡「『《（‹–—-"
_STOP = re.compile(
    f"(?P<chinese>[。！？｡]+[{_CLOSERS}]*)"
    f"|(?P<asking>[!?؟‼⁇⁈⁉][!?؟‼⁇⁈⁉.…]*[{_CLOSERS}]*{_AFTER_A_SPACE})"
    rf"|(?P<pause>(?:\.\.+|…)[.…]*[{_CLOSERS}]*{_AFTER_A_SPACE})"
    rf"|(?P<dot>[.۔][{_CLOSERS}]*{_AFTER_A_SPACE}(?:\[\d{{1,3}}\])?)"
    r"|(?P<bullet>(?<=\s)(?=[•▪●◦‣]\s))"
)
_GAP = re.compile(rf"(\s*)[\s{_OPENERS}]*")
_NUMBER = re.compile(r"\d|[IVXLC]+\b")
_TOKEN_BEFORE = re.compile(r"(?:(?<=['’])|(?<![^\s\"“«(\[—]))[^\s\"“«(\[—'’]+$")
_NEXT_WORD = re.compile(r"[^\W\d_]+['’]?")
_WITHOUT_SPACE = re.compile("[\u0620-\u064a\u4e00-\u9fff]")
_ARABIC_LETTER = re.compile("[\u0620-\u064a]")
_LIST_NUMBER = re.compile(r"[(]?(?:\d{1,3}(?:\.\w{1,3})*|[ivxIVX]{1,5}|[^\W\d_])[)]?")
_DOTTED_LETTERS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_PAUSES = re.compile(r"[,،、，;؛；:：]\s*")
_LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its place: `whole[start:end] == text`."""

    text: str
    start: int
    end: int


def sentences(text: str, language: str) -> list[Sentence]:
    """Return the sentences of `text` in order; only spaces stand between them."""
    rules = _Rules(language)
    return [
        Sentence(text[start:end], start, end)
        for line in _LINE.finditer(text)
        for span in rules.spans(line[0], line.start())
        for start, end in _of_bearable_length(text, *_trimmed(text, *span))
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _of_bearable_length(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span in parts of at most `LONGEST`, cut at a comma, else a space."""
    while end - start > LONGEST:
        middle, last = start + LONGEST // 2, start + LONGEST
        pauses = list(_PAUSES.finditer(text, middle, last))
        cut = pauses[-1].end() if pauses else text.rfind(" ", middle, last) + 1
        part = _trimmed(text, start, cut or last)
        if part[1] > part[0]:
            yield part
        start, end = _trimmed(text, cut or last, end)
    if end > start:
        yield start, end


class _Rules:
    """What ends a sentence in one language."""

    def __init__(self, language: str) -> None:
        self.within = abbreviations.of(abbreviations.WITHIN, language)
        self.before_a_number = abbreviations.of(abbreviations.BEFORE_A_NUMBER, language)
        self.at_the_end_too = abbreviations.of(abbreviations.AT_THE_END_TOO, language)
        self.openers = abbreviations.of(abbreviations.OPENERS, language)

    def spans(self, line: str, offset: int) -> Iterator[tuple[int, int]]:
        start = 0
        for stop in _STOP.finditer(line):
            if self.is_end(line, start, stop):
                yield offset + start, offset + stop.end()
                start = stop.end()
        yield offset + start, offset + len(line)

    def is_end(self, line: str, start: int, stop: re.Match[str]) -> bool:
        """Return whether the sentence that began at `start` ends with this stop."""
        gap = _GAP.match(line, stop.end())
        if stop.lastgroup in {"chinese", "bullet"} or not gap:
            return True
        following = line[gap.end() : gap.end() + 1]
        if not following or following.islower():
            return not following
        if stop.lastgroup == "asking":
            return bool(gap[1]) or bool(_WITHOUT_SPACE.match(following))
        if stop.lastgroup == "pause":
            return bool(gap[1]) and following.isupper()
        token = _token_before(line, start, stop.start())
        if not gap[1]:
            is_arabic = bool(_ARABIC_LETTER.match(following))
            return is_arabic and token.isalpha() and len(token) > 2
        return self._dot_ends(line, start, stop.start() - len(token), token, gap.end())

    def _dot_ends(
        self, line: str, start: int, place: int, token: str, after: int
    ) -> bool:
        """Return whether the dot behind `token`, before a space, ends the sentence."""
        before = line[max(start, place - _LOOK_BACK) : place].strip()
        if not before and _LIST_NUMBER.fullmatch(token):
            return False
        known = token.casefold()
        if known in abbreviations.OF_A_YEAR:
            return before[-1:].isdigit() and not line[after].isdigit()
        if known in self.before_a_number and _NUMBER.match(line, after):
            return False
        if known in self.within:
            return False
        if known in self.at_the_end_too or _DOTTED_LETTERS.fullmatch(token):
            return self._opens(line, after)
        return True

    def _opens(self, line: str, after: int) -> bool:
        """Return whether the next word is one that opens sentences."""
        word = _NEXT_WORD.match(line, after)
        if not word:
            return False
        is_arabic = bool(_ARABIC_LETTER.match(word[0]))
        known = word[0].casefold().replace("’", "'")
        return known in self.openers or (is_arabic and len(known) > 2)


def _token_before(line: str, start: int, dot: int) -> str:
    token = _TOKEN_BEFORE.search(line[max(start, dot - _LOOK_BACK) : dot])
    return token[0] if token else ""
