"""
The language of a title, told by its script alone and only where that is safe.

Latin letters write hundreds of languages, so a Latin title stays undetermined rather
than being called English. Letters that Arabic, Russian or Chinese do not have (the gaf
of Persian, the i of Ukrainian, the kana of Japanese) make a title undetermined too.
"""

from __future__ import annotations

import re
import unicodedata

from montada.language.engine.text import UNDETERMINED

_OF_SCRIPT = {"ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh"}
_OTHER_LANGUAGES = re.compile(
    "[\u067e\u0686\u0698\u06af\u06a9\u06cc\u06d2\u06be\u06ba\u0679\u0688\u0691\u06d5\u06c6"
    "іїєґўјљњћђџѓќѕәғқңөұүһҳҷӣӯ"
    "\u3040-\u30ff\uac00-\ud7af]"
)


def language_of_title(title: str) -> str:
    """Return "ar", "ru", "zh" or "und" (undetermined)."""
    letters = [c for c in title if c.isalpha()]
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in letters}
    written = {_OF_SCRIPT[script] for script in scripts if script in _OF_SCRIPT}
    if len(written) != 1 or _OTHER_LANGUAGES.search(title.lower()):
        return UNDETERMINED
    language = written.pop()
    n_own = sum(
        _OF_SCRIPT.get(unicodedata.name(c, "").split(" ")[0]) == language
        for c in letters
    )
    # A Latin brand inside an Arabic title leaves it Arabic; a title given in two
    # scripts is in neither language alone.
    return language if 3 * n_own >= 2 * len(letters) else UNDETERMINED
