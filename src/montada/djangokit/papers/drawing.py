"""
Draws one paper, in a process of its own.

typst keeps what it has laid out for the next time: 400 MB after one book of 350 pages.
That goes with the process. Run as a file, it loads nothing of this package.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import typst


def drawn(asked: dict[str, Any]) -> bytes:
    """
    Return the PDF of a template: tagged to be read aloud (PDF/UA-1), if it can be.

    `asked` are the paths "template", "root" and "fonts", and "content", JSON as text.
    """
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[asked["fonts"]])
    compiler = typst.Compiler(
        asked["template"],
        root=asked["root"],
        font_paths=fonts,
        sys_inputs={"content": asked["content"]},
    )
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        # A letter that no font has: drawn as a box, which the standard does not allow.
        pdf = compiler.compile(format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


if __name__ == "__main__":
    sys.stdout.buffer.write(drawn(json.load(sys.stdin)))
