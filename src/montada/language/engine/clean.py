"""
Readable text: what every analysis begins with.

Text arrives from forms, spreadsheets, web pages and scanners. `readable` leaves the
words and their paragraphs and takes out what would mislead a reader or a model: markup,
control characters, invisible marks, spellings that differ only in encoding. It never
raises, and needs time in proportion to the text whatever the text is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

LONGEST = 2_000_000
"""Characters that are read; a longer text is cut at a paragraph and said to be."""

_ROUNDS = 4
"""How often markup written inside markup is unwrapped: web exports escape twice."""

_MARKS_KEPT = 8
"""Combining marks kept on one letter; putting thousands in order takes minutes."""

_MARKUP = re.compile(
    r"<!--|-->|<!\w[^<>]*>|<\?[^<>]*>|<(/?)([a-zA-Z][\w:-]*)(?:\s[^<>]*)?/?>"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});")
_UNSEEN_TEXT = ("script", "style")
_INSIDE_A_WORD = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup"
    "|u|var|wbr"
)
_BESIDE = frozenset(["td", "th", "img", "input", "label"])
_ONE_LINE = frozenset(["br", "dd", "dt", "li", "option", "tr"])

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f]"
)
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PART = 50_000
_JOINT = re.compile("[\0-\x7f\u0621-\u063a\u4e00-\u9fff\ufdf0-\ufdfb]")
"""Never melts into the character before it, so a text may be normalised up to here."""
_SPACES = re.compile(r" [^\S\n]+|[^\S\n ][^\S\n]*")
_LINES = re.compile(r" ?\n[ \n]*")


@dataclass(frozen=True, slots=True)
class Readable:
    """The words of a text, and whether its end was left unread."""

    text: str
    was_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)


def readable(text: str) -> Readable:
    """
    Return `text` composed (NFKC), without markup, control and invisible characters.

    Spaces become one, lines stay lines, and one empty line stands between paragraphs.
    Half a surrogate pair becomes U+FFFD. Cleaning again changes nothing.
    """
    given = _cut(text)
    words = _composed(given)
    grown = len(words) > LONGEST
    for _ in range(_ROUNDS):
        words = _cut(words)
        plain = _without_markup(words)
        if plain == words:
            break
        words = _composed(plain)
    else:
        words = _composed(words.replace("<", " ").replace("&", " "))
    return Readable(_cut(words).strip(" \n"), grown or len(given) < len(text))


def _cut(text: str) -> str:
    """Return what is read of `text`: up to a paragraph, else a line, else a space."""
    if len(text) <= LONGEST:
        return text
    for boundary in ("\n\n", "\n", " "):
        end = text.rfind(boundary, LONGEST - LONGEST // 10, LONGEST)
        if end > 0:
            return text[:end]
    return text[:LONGEST]


def _composed(text: str) -> str:
    """Return `text` in one encoding of each letter, with one kind of space."""
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", _SURROGATE_PAIR.sub(_joined, text))
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    # ASCII has one encoding, and no marks.
    if not text.isascii():
        few_marks = _too_many_marks().sub(r"\1", text)
        text = _too_many_marks().sub(r"\1", _normalized(few_marks))
    return _LINES.sub(_line_end, _SPACES.sub(" ", text)).strip(" \n")


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _normalized(text: str) -> str:
    """
    Return NFKC of `text`, up to a little more than the longest that is read.

    Part by part, because one character may become eighteen.
    """
    parts: list[str] = []
    n_done, start = 0, 0
    while start < len(text) and n_done <= LONGEST:
        joint = _JOINT.search(text, start + _PART)
        end = joint.start() if joint else len(text)
        parts.append(unicodedata.normalize("NFKC", text[start:end]))
        n_done += len(parts[-1])
        start = end
    return "".join(parts)


def _line_end(gap: re.Match[str]) -> str:
    return "\n\n" if gap[0].count("\n") > 1 else "\n"


@cache
def _too_many_marks() -> re.Pattern[str]:
    blocks = [(0x300, 0x3100), (0xA600, 0xAC00), (0xFB00, 0xFE30), (0x10000, 0x20000)]
    marks = "".join(
        chr(code)
        for first, end in blocks
        for code in range(first, end)
        if unicodedata.combining(chr(code))
    )
    return re.compile(f"([{marks}]{{{_MARKS_KEPT}}})[{marks}]+")


def _without_markup(text: str) -> str:
    """Return `text` with entities read and tags out, words of two blocks kept apart."""
    if "<" in text:
        text = "".join(_pieces(text))
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text


def _pieces(text: str) -> Iterator[str]:
    """Yield what stands between tags, without comments and scripts that are closed."""
    last_end = {
        "-->": text.rfind("-->"),
        **{name: text.lower().rfind(f"</{name}") for name in _UNSEEN_TEXT},
    }
    waits_for, start = "", 0
    for tag in _MARKUP.finditer(text):
        name = (tag[2] or tag[0]).lower()
        if waits_for:
            if name == waits_for and (tag[1] or name == "-->"):
                waits_for, start = "", tag.end()
            continue
        if name == "-->":
            continue
        yield text[start : tag.start()]
        yield _in_place_of(name)
        start = tag.end()
        opens = "-->" if name == "<!--" else name
        if not tag[1] and last_end.get(opens, -1) > start - 1:
            waits_for = opens
    yield "" if waits_for else text[start:]


def _in_place_of(name: str) -> str:
    if _INSIDE_A_WORD.fullmatch(name) or name.startswith("<"):
        return ""
    if name in _BESIDE:
        return " "
    return "\n" if name in _ONE_LINE else "\n\n"
