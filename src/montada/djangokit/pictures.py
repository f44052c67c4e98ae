"""Pictures that people send: read with care, and written anew, small and upright."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST_POINTS = 40_000_000
"""Of a picture: more than most telephones make, and little enough to hold."""
FACES = (0.5, 0.35)
"""Where a square is cut out of what is higher or wider: faces are above the middle."""

_FORMATS = ["JPEG", "PNG", "WEBP"]
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
"""What Pillow raises while it reads bytes that are no picture after all."""


class NoImage(ValueError):
    """It is no JPEG, PNG or WebP, whatever it is called."""


class ImageBroken(ValueError):
    """It begins like an image and cannot be read as one."""


class ImageTooLarge(ValueError):
    """It would fill the memory."""

    most_million = MOST_POINTS // 1_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP as it is kept: without what a camera wrote beside it."""

    content: bytes
    width: int
    height: int


def within(content: bytes, width: int, height: int, *, quality: int = 75) -> Picture:
    """
    Return a picture with at most these many points a side; none is enlarged.

    Raises
    ------
    NoImage, ImageBroken, ImageTooLarge
    """
    with _told():
        upright = _upright(content, max(width, height))
        upright.thumbnail((width, height))
        return _written(upright, quality)


def square(content: bytes, side: int, *, quality: int = 75) -> Picture:
    """
    Return the middle of a picture as a square of `side` points.

    Raises
    ------
    NoImage, ImageBroken, ImageTooLarge
    """
    # It takes 3 MB in every process: only where a picture is read.
    from PIL import ImageOps  # noqa: PLC0415

    with _told():
        whole = _upright(content, side)
        return _written(ImageOps.fit(whole, (side, side), centering=FACES), quality)


@contextmanager
def _told() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (NoImage, ImageTooLarge):
        raise
    except _BROKEN as error:
        raise ImageBroken from error


def _upright(content: bytes, side: int) -> Image.Image:
    """Return a picture as its camera was held; large JPEGs are not read whole."""
    # As above.
    from PIL import ImageOps  # noqa: PLC0415

    image = _opened(content)
    image.draft(None, (side, side))
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode.startswith("I"):
        # Greys of 16 bits: Pillow would take all but the darkest for white.
        return image.point(lambda grey: grey / 256, "L").convert("RGB")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _opened(content: bytes) -> Image.Image:
    # As above.
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
    except UnidentifiedImageError as error:
        raise NoImage from error
    except Image.DecompressionBombError as error:
        raise ImageTooLarge from error
    if image.width * image.height > MOST_POINTS:
        raise ImageTooLarge
    return image


def _written(upright: Image.Image, quality: int) -> Picture:
    written = io.BytesIO()
    upright.save(written, "WEBP", quality=quality, method=6, exif=b"", xmp=b"")
    return Picture(written.getvalue(), upright.width, upright.height)
