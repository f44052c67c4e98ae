"""
How labelling reads a text: what of it counts, its windows, sentences and words.

Nothing moves a character, so that every place found is a place of the given text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from montada.language.engine.sentences import Sentence, sentences

LONGEST = 300_000
"""Characters that are looked at: about 120 pages of a report."""
WINDOW = 700
"""Characters judged at once, in whole sentences; about 110 words."""
MOST_WINDOWS = 12
"""Windows that are judged, spread evenly over a long text: some two seconds."""

_LETTERS_PER_CHARACTER = 3
"""A Chinese character says about as much as three letters."""

_NUMBERS = r"(?:[\s.,;:/#№n°º&–-]*\b\d+(?:\.\w{1,2})?\b)"
_UNREAD = re.compile(
    r"<(?:script|style)\b.{0,20000}?</(?:script|style)\s*>|<!--.{0,20000}?-->"
    r"|<[/!?a-zA-Z][^<>]{0,2000}>|&#?\w{1,31};"
    r"|(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}"
    # Goals named by number: whoever writes "SDG 1 2 3" has not said anything yet.
    rf"|\b(?:SDGs?|ODDs?|ODS|ЦУР|goals?|targets?|objectifs?|objetivos?|metas?"
    rf"|цел[ьией]+|задач[аи]){_NUMBERS}+"
    rf"|(?:(?:ال)?(?:هدف|أهداف|غاية|غايات)|目标|具体目标){_NUMBERS}+"
    r"|\b(?:SDGs?|ODDs?|ODS|ЦУР)\b|\b\d[\d.,]*\b"
    r"|sustainable development goals?|objectifs? de développement durable"
    r"|objetivos? de desarrollo sostenible|цел[ьией]+ устойчивого развития"
    r"|可持续发展目标|(?:ال)?(?:هدف|أهداف) التنمية المستدامة"
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+(?:[{_MARKS}]{{1,8}}[^\W_{_HAN}]*)*"
)
_JOINT = re.compile(r"[ \t\u00a0]{0,3}[-‐‑'’]?[ \t\u00a0]{0,3}")


def read(text: str) -> str:
    """
    Return what counts of the beginning of a text, the rest of it blanked out.

    Markup, addresses, broken characters and goals named by number become spaces;
    every other character keeps its place.
    """
    return _UNREAD.sub(lambda found: " " * len(found[0]), text[:LONGEST])


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences next to each other that are judged together."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return self.without(None)

    @property
    def length(self) -> int:
        return sum(len(sentence.text) for sentence in self.sentences)

    def without(self, left_out: Sentence | None) -> str:
        """Return the sentences as one text, one of them left out."""
        return " ".join(s.text for s in self.sentences if s is not left_out)


def windows(read_text: str, language: str) -> list[Window]:
    """Return at most `MOST_WINDOWS` windows, spread evenly over the text."""
    size = WINDOW // (_LETTERS_PER_CHARACTER if language == "zh" else 1)
    found = [Window(tuple(group)) for group in _grouped(read_text, language, size)]
    if len(found) <= MOST_WINDOWS:
        return found
    step = len(found) / MOST_WINDOWS
    return [found[int(at * step)] for at in range(MOST_WINDOWS)]


def _grouped(read_text: str, language: str, size: int) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences(read_text, language):
        if not any(map(str.isalpha, sentence.text)):
            continue
        if group and sentence.end - group[0].start > size:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class Piece:
    """
    A word with its terms and place; of Chinese, two characters that overlap the next.

    `is_joined` says that it stands close to the piece before it.
    """

    terms: tuple[str, ...]
    start: int
    end: int
    is_joined: bool


def pieces(
    sentence: Sentence, language: str, terms_of: Callable[[str, str], Sequence[str]]
) -> Iterator[Piece]:
    """Yield the pieces of a sentence in order, placed in the whole text."""
    last_end = -1
    for token in _TOKEN.finditer(sentence.text):
        for start, end in _parts(token):
            terms = tuple(terms_of(sentence.text[start:end], language))
            is_joined = last_end >= 0 and bool(
                start < last_end or _JOINT.fullmatch(sentence.text, last_end, start)
            )
            yield Piece(terms, sentence.start + start, sentence.start + end, is_joined)
            last_end = end


def _parts(token: re.Match[str]) -> Iterator[tuple[int, int]]:
    if not token["han"] or len(token[0]) < 2:
        yield token.span()
        return
    for start in range(token.start(), token.end() - 1):
        yield start, start + 2
