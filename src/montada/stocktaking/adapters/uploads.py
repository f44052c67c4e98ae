"""What a file is, told by its content; images are written anew."""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 10_000_000
"""Bytes of a file."""
MOST_POINTS = 40_000_000
"""Of an image: more than any telephone makes, and little enough to hold."""
LONGEST_SIDE = 1600
"""Points of a kept image's longer side: a page on a slow line shows it."""

_IMAGES = {"JPEG", "PNG", "WEBP"}
_BROKEN = (
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow raises while it reads bytes that are no image after all."""


class ImageBroken(ValueError):
    """It begins like an image and cannot be read as one."""


class ImageTooLarge(ValueError):
    """It would fill the memory."""

    most_million = MOST_POINTS // 1_000_000


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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = _opened(content)
            return None if image is None else _rewritten(image)
    except ImageTooLarge:
        raise
    except _BROKEN as error:
        raise ImageBroken from error


def _opened(content: bytes) -> Image.Image | None:
    # It takes 3 MB in every process: only where an image is read.
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    try:
        image = Image.open(io.BytesIO(content), formats=sorted(_IMAGES))
    except UnidentifiedImageError:
        return None
    except Image.DecompressionBombError as error:
        raise ImageTooLarge from error
    if image.width * image.height > MOST_POINTS:
        raise ImageTooLarge
    return image


def _rewritten(image: Image.Image) -> Upload:
    """Return the image as WebP, upright, without what a camera wrote beside it."""
    # As above.
    from PIL import ImageOps  # noqa: PLC0415

    upright = ImageOps.exif_transpose(image)
    upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    upright.save(written, "WEBP", quality=82, method=4, exif=b"", xmp=b"")
    return Upload("image", "image/webp", "webp", written.getvalue())
