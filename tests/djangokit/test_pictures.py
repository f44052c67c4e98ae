"""Pictures are written anew: small, upright, and without what a camera hides."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageOps

from montada.djangokit.pictures import (
    ImageBroken,
    ImageTooLarge,
    NoImage,
    Picture,
    square,
    within,
)
from tests.stocktaking.uploading import (
    PDF,
    SVG,
    a_photograph,
    a_png_that_says,
    an_image,
    short,
)


def opened(picture: Picture) -> Any:
    return Image.open(io.BytesIO(picture.content))


def gif() -> bytes:
    frames = [Image.new("P", (40, 30), n) for n in (0, 200)]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    return written.getvalue()


def test_what_is_wide_is_made_narrow_and_nothing_is_enlarged() -> None:
    wide = within(an_image(size=(3200, 800)), 640, 960)
    small = within(an_image(size=(40, 30)), 640, 960)

    assert (opened(wide).format, opened(wide).size) == ("WEBP", (640, 160))
    assert (wide.width, wide.height) == (640, 160)
    assert (small.width, small.height) == (40, 30)


@pytest.mark.parametrize("size", [(900, 300), (300, 900), (20, 30), (4000, 3)])
def test_a_square_is_a_square_and_has_a_few_thousand_bytes(
    size: tuple[int, int],
) -> None:
    noise = Image.effect_noise(size, 40).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "JPEG")

    kept = square(written.getvalue(), 160)

    assert opened(kept).size == (kept.width, kept.height) == (160, 160)
    assert len(kept.content) < 12_000


def test_places_are_gone_and_the_picture_stands_upright() -> None:
    photograph = a_photograph()
    assert Image.open(io.BytesIO(photograph)).getexif().get_ifd(0x8825)

    kept = within(photograph, 640, 960)

    assert (kept.width, kept.height) == (30, 40)
    assert dict(opened(kept).getexif()) == {}
    assert (b"Siwa" in photograph, b"Siwa" in kept.content) == (True, False)
    assert b"EXIF" not in kept.content


@pytest.mark.parametrize("turned", range(1, 9))
def test_however_a_telephone_was_held_up_is_up(turned: int) -> None:
    # Large enough that a JPEG is not read whole; its upper left quarter is white.
    seen = Image.new("RGB", (1600, 1200))
    seen.paste((255, 255, 255), (0, 0, 800, 600))
    exif = Image.Exif()
    exif[0x0112] = turned
    stored = io.BytesIO()
    seen.save(stored, "JPEG", exif=exif)
    shown = ImageOps.exif_transpose(Image.open(io.BytesIO(stored.getvalue())))

    kept = opened(within(stored.getvalue(), 640, 640)).convert("L")

    assert kept.width > kept.height if turned < 5 else kept.width < kept.height
    for x, y in ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)):
        was = shown.convert("L").getpixel((int(shown.width * x), int(shown.height * y)))
        now = kept.getpixel((int(kept.width * x), int(kept.height * y)))
        assert abs(was - now) < 12


def test_colours_for_print_and_greys_of_16_bits_look_as_they_did() -> None:
    red = within(an_image("JPEG", mode="CMYK"), 640, 960)
    assert opened(red).mode == "RGB"

    written = io.BytesIO()
    Image.new("I;16", (40, 30), 128 * 256).save(written, "PNG")
    grey = opened(within(written.getvalue(), 640, 960)).getpixel((9, 9))
    assert all(abs(part - 128) < 4 for part in grey)


def test_what_is_clear_stays_clear() -> None:
    assert opened(square(an_image(mode="RGBA"), 160)).mode == "RGBA"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Not at all a picture", NoImage),
        (b"", NoImage),
        (SVG, NoImage),
        (PDF, NoImage),
        (gif(), NoImage),
        (an_image(size=(400, 300))[:200], ImageBroken),
        (an_image("JPEG", (400, 300))[:900], ImageBroken),
        (a_png_that_says(20_000, 20_000), ImageTooLarge),
        (a_png_that_says(40_001, 1_000), ImageTooLarge),
    ],
    ids=short,
)
def test_what_is_no_picture_is_told(content: bytes, told: type[ValueError]) -> None:
    with pytest.raises(told):
        square(content, 160)
    with pytest.raises(told):
        within(content, 640, 960)
