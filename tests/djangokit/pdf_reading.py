"""What a PDF says of itself, read from its bytes: bookmarks, pages, languages."""

from __future__ import annotations

import re

_TITLE = re.compile(rb"/Title(?:\((.*?)\)|<([0-9A-F]+)>)/Dest ", re.DOTALL)
_OCTAL = re.compile(rb"\\([0-7]{3})")


def bookmarks(pdf: bytes) -> set[str]:
    """Return the headings that a reader of PDF lists beside the pages."""
    return {_text(*parts) for parts in _TITLE.findall(pdf)}


def _text(plain: bytes, coded: bytes) -> str:
    if coded:
        return bytes.fromhex(coded.decode()).decode("utf-16")
    octal = _OCTAL.sub(lambda code: bytes([int(code[1], 8)]), plain)
    return re.sub(rb"\\(.)", rb"\1", octal, flags=re.DOTALL).decode("latin-1")


def n_pages(pdf: bytes) -> int:
    found = re.search(rb"/Type/Pages/Count (\d+)", pdf)
    return int(found[1]) if found else 0


def keeps_the_standard(pdf: bytes) -> bool:
    """Return whether it claims to be made for reading aloud: PDF/UA-1."""
    return b"<pdfuaid:part>1<" in pdf
