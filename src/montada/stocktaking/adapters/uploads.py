"""What a file is, told by its content; images are written anew."""

from __future__ import annotations

from dataclasses import dataclass

from montada.djangokit import pictures

LARGEST = 10_000_000
"""Bytes of a file."""
LONGEST_SIDE = 1600
"""Points of a kept image's longer side: a page on a slow line shows it."""


@dataclass(frozen=True, slots=True)
class Upload:
    kind: str
    """A value of `choices.FileKind`."""
    media_type: str
    ending: str
    content: bytes


def checked(content: bytes) -> Upload | None:
    """
    Return the file as it is kept; None where it is nothing that is taken.

    Raises
    ------
    ImageBroken, ImageTooLarge
    """
    if content.startswith(b"%PDF-"):
        return Upload("document", "application/pdf", "pdf", content)
    try:
        kept = pictures.within(content, LONGEST_SIDE, LONGEST_SIDE, quality=82)
    except pictures.NoImage:
        return None
    return Upload("image", "image/webp", "webp", kept.content)
