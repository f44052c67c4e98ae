"""In which direction words run, told by their letters (UAX #9)."""

from __future__ import annotations

import unicodedata

_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def direction_of_words(text: str) -> str:
    """
    Return "rtl" or "ltr" where nine letters of ten run that way, else "".

    A brand in other letters leaves a title what it is; a title half in one script and
    half in the other runs in neither.
    """
    classes = [unicodedata.bidirectional(c) for c in text if c.isalpha()]
    n_rtl = sum(1 for one in classes if one in _RIGHT_TO_LEFT)
    if not classes or len(classes) < 4:
        return ""
    if 10 * n_rtl >= 9 * len(classes):
        return "rtl"
    return "ltr" if 10 * n_rtl <= len(classes) else ""
