"""
Folding: one key for spellings that a reader takes for the same word.

Arabic is written with and without vowel marks, hamza, the dots of a final ya and ta
marbuta; the hamza of one word sits on different letters by country (شئون in Cairo,
شؤون in Beirut). Latin names lose their accents on the way through forms. A key is for
matching and sorting, never for showing. It forgets distinctions: سأل and سال meet, and
so may two different names; whoever merges by a key asks a person.
"""

from __future__ import annotations

import re
import unicodedata

_ARABIC_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "ء",
        "ئ": "ء",
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "ـ": None,
    }
)
MOST_MARKS = 30
"""Combining marks kept on one letter, as in Unicode's Stream-Safe Text (UAX 15)."""

_MANY_MARKS = re.compile(rf"[^\w\s]{{{MOST_MARKS + 1},}}")
_APART = re.compile(r"[^\w]+")
_ARTICLE = re.compile(r"^ال(?=\w{2})")


def folded(text: str) -> str:
    """Return the key under which spellings of `text` meet: words apart by one space."""
    if text.isascii():
        return _APART.sub(" ", text.casefold()).strip()
    composed = unicodedata.normalize("NFKC", with_few_marks(text))
    composed = composed.translate(_ARABIC_LETTERS)
    marks_apart = unicodedata.normalize("NFD", composed)
    bare = "".join(c for c in marks_apart if not unicodedata.combining(c))
    plain_digits = "".join(
        str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c
        for c in bare
    )
    return _APART.sub(" ", plain_digits.casefold()).strip()


def with_few_marks(text: str) -> str:
    """
    Return `text` with at most `MOST_MARKS` combining marks on one letter.

    Python puts the marks of one letter in order in quadratic time: it must never be
    given thousands of them.
    """
    return _MANY_MARKS.sub(lambda run: _few_of(run[0]), text)


def _few_of(signs: str) -> str:
    kept: list[str] = []
    n_marks = 0
    for sign in signs:
        n_marks = n_marks + 1 if unicodedata.combining(sign) else 0
        if n_marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def sort_key(text: str) -> str:
    """Return the key by which lists are sorted: `folded`, the article ال left out."""
    return _ARTICLE.sub("", folded(text))
