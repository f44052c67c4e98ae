"""Files as people send them, whole and broken."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from montada.participation.models import Person
from montada.stocktaking import operations
from montada.stocktaking.models import ProjectFile, ProjectVersion


def short(value: Any) -> str:
    """Name a case by the length of its bytes: ten million of them are no name."""
    return f"{len(value)} bytes" if isinstance(value, bytes) else str(value)


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def an_image(
    kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: Any
) -> bytes:
    written = io.BytesIO()
    colour = (200, 0, 0, 90)[: len(mode)]
    Image.new(mode, size, colour).save(written, kind, **more)
    return written.getvalue()


def a_photograph() -> bytes:
    """A photograph on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (29.0, 12.0, 11.0)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Siwa</x:xmpmeta>"
    return an_image("JPEG", exif=exif, xmp=xmp, comment=b"Siwa")


def a_png_that_says(width: int, height: int) -> bytes:
    """A PNG of some bytes whose head promises that many points."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0" * 99))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def add(
    version: ProjectVersion,
    by: Person,
    now: datetime,
    content: bytes,
    name: str = "wells.png",
    description: str = "A well between palms",
) -> ProjectFile:
    return operations.add_file(
        project=version.project,
        file=ContentFile(content, name),
        description=description,
        added_by=by,
        at=now,
    )


def on_disk(disk: Path) -> list[str]:
    return sorted(path.name for path in disk.rglob("*") if path.is_file())
