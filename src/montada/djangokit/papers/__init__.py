"""
Papers: PDF documents that people print, hand out and hang up.

A template of typst draws, and what it says comes beside it as JSON: words are never put
together with markup, so nothing that somebody wrote is read as a command. Templates
begin with `#import "/djangokit/papers/base.typ": *` and find the content in `it`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

ROOT = Path(__file__).parents[2]
"""What templates may read: this package, and nothing else of the disk."""
FONTS = Path(__file__).with_name("fonts")
"""
One file for each weight of a family: of several, typst chooses wrongly.

Noto Sans SC is cut down to the 8,836 characters of GB 2312 and the first plane of Big5.
"""
DRAWING = Path(__file__).with_name("drawing.py")
LONGEST = 120
"""Seconds; 350 pages take four."""

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters, half characters, marks that turn the direction of words."""
_one_at_a_time = Lock()
"""A large paper takes 400 MB while it is drawn."""


class PaperNotDrawn(Exception):
    """The template is broken or takes too long, or the content is not what it asks."""


def paper(template: Path, content: Mapping[str, Any], language: str) -> bytes:
    """
    Return the PDF that a template draws, tagged to be read aloud (PDF/UA-1).

    Where somebody wrote a letter that no font here has, an empty box stands in its
    place, and the paper does not claim the standard.

    Parameters
    ----------
    template
        Inside this package.
    content
        What JSON can hold; "title" and "author" are shown by programs, too.
    language
        Of the paper, BCP 47; words in other languages come with theirs.

    Raises
    ------
    PaperNotDrawn
    """
    told = _printable({**content, "language": language})
    asked = {
        "template": str(template),
        "root": str(ROOT),
        "fonts": str(FONTS),
        "content": json.dumps(told),
    }
    with _one_at_a_time:
        return _answer(json.dumps(asked).encode())


def _answer(asked: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(DRAWING)],
            input=asked,
            capture_output=True,
            timeout=LONGEST,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise PaperNotDrawn(error.stderr.decode(errors="replace")) from None
    except subprocess.TimeoutExpired as error:
        raise PaperNotDrawn(str(error)) from None
    return done.stdout


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, Mapping):
        return {name: _printable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part) for part in value]
    return value
