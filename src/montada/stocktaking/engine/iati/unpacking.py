"""
A file in pieces, unpacked if it is gzip, never larger than what one agreed to read.

Which it is, the first bytes say and not the name. Memory is one piece.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from montada.stocktaking.engine.iati.values import NotIati, Refused

PIECE = 64 * 1024
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_UNSUSPICIOUS = 4 * 1024 * 1024
"""Bytes from which on the ratio is asked: a short file may repeat itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How much is read. `n_bytes` and `n_activity_bytes` count unpacked bytes.

    A ratio of 200 is far above what activity files reach (10 to 40) and far below
    what gzip can (1,000). A part is the end of an element or an attribute: each
    takes some 300 bytes of memory, so one activity takes 120 MB at most. The largest
    seen have 1.3 MB and 12,000 parts.
    """

    n_bytes: int = 500 * 1024 * 1024
    ratio: int = 200
    n_activity_bytes: int = 16 * 1024 * 1024
    n_activity_parts: int = 400_000


LIMITS = Limits()


def unpacked(file: BinaryIO, limits: Limits = LIMITS) -> Iterator[bytes]:
    """
    Yield what the file says, piece by piece.

    Raises
    ------
    NotIati
        `EMPTY`, `SPREADSHEET`, `ARCHIVE`, `BROKEN_ARCHIVE`, `BOMB` or `TOO_LARGE`; any
        of the last three possibly after many pieces.
    """
    head = file.read(PIECE)
    if head.startswith(_ZIP):
        is_workbook = b"[Content_Types].xml" in head or b"xl/" in head
        raise NotIati(Refused.SPREADSHEET if is_workbook else Refused.ARCHIVE)
    pieces = _pieces(head, file)
    if head.startswith(_GZIP):
        pieces = _gunzipped(pieces, limits.ratio)
    n_read = 0
    for piece in pieces:
        n_read += len(piece)
        if n_read > limits.n_bytes:
            raise NotIati(Refused.TOO_LARGE, limit=limits.n_bytes)
        yield piece
    if not n_read:
        raise NotIati(Refused.EMPTY)


def _pieces(head: bytes, file: BinaryIO) -> Iterator[bytes]:
    piece = head
    while piece:
        yield piece
        piece = file.read(PIECE)


def _gunzipped(packed: Iterator[bytes], ratio: int) -> Iterator[bytes]:
    """Yield the members of a gzip file; zeros after the last are padding."""
    member = zlib.decompressobj(wbits=31)
    n_in = n_out = 0
    for given in packed:
        waiting = given
        while waiting:
            if member.eof:
                waiting = waiting.lstrip(b"\0")
                member = zlib.decompressobj(wbits=31) if waiting else member
            n_waiting = len(waiting)
            piece, waiting = _inflated(member, waiting)
            n_in += n_waiting - len(waiting)
            n_out += len(piece)
            if n_out > _UNSUSPICIOUS and n_out > ratio * n_in:
                raise NotIati(Refused.BOMB, limit=ratio)
            if piece:
                yield piece
    if not member.eof:
        raise NotIati(Refused.BROKEN_ARCHIVE)


def _inflated(member: zlib._Decompress, packed: bytes) -> tuple[bytes, bytes]:
    """Return one piece and what is still packed."""
    if not packed:
        return b"", b""
    try:
        piece = member.decompress(packed, PIECE)
    except zlib.error as error:
        raise NotIati(Refused.BROKEN_ARCHIVE) from error
    return piece, member.unused_data if member.eof else member.unconsumed_tail
