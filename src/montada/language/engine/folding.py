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
_APART = re.compile(r"[^\w]+")
_ARTICLE = re.compile(r"^ال(?=\w{2})")


def folded(text: str) -> str:
    """Return the key under which spellings of `text` meet: words apart by one space."""
    composed = unicodedata.normalize("NFKC", text).translate(_ARABIC_LETTERS)
    marks_apart = unicodedata.normalize("NFD", composed)
    bare = "".join(c for c in marks_apart if not unicodedata.combining(c))
    plain_digits = "".join(
        str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c
        for c in bare
    )
    return _APART.sub(" ", plain_digits.casefold()).strip()


def sort_key(text: str) -> str:
    """Return the key by which lists are sorted: `folded`, the article ال left out."""
    return _ARTICLE.sub("", folded(text))
