"""Vectors of texts, seen from the centre of their language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee

from montada.language.adapters import encoders, encoding
from montada.language.adapters.centres import seen_from_centre
from montada.language.adapters.encoding import EncoderName, Role
from montada.language.engine.vectors import Vector


def encoder(name: EncoderName = "e5") -> encoders.Encoder:
    """
    Return the process's encoder; the first call on a machine takes ten seconds.

    Raises
    ------
    EncoderMissing
    """
    return encoders.BY_NAME[name]()


def query_vector(text: str, language: str, name: EncoderName = "e5") -> Vector | None:
    """
    Return the vector of what somebody searches for; None for a text without a word.

    Raises
    ------
    EncoderMissing
    """
    return next(vectors_of([text], language, name, role="query"))


def passage_vector(text: str, language: str, name: EncoderName = "e5") -> Vector | None:
    """
    Return the vector of a text that is searched; None for a text without a word.

    Raises
    ------
    EncoderMissing
    """
    return next(vectors_of([text], language, name))


def vectors_of(
    texts: Iterable[str],
    language: str,
    name: EncoderName = "e5",
    *,
    role: Role = "passage",
) -> Iterator[Vector | None]:
    """
    Yield the vectors of many texts of one language, in their order.

    Raises
    ------
    EncoderMissing
    """
    return vectors_of_each(((text, language) for text in texts), name, role=role)


def vectors_of_each(
    texts: Iterable[tuple[str, str]],
    name: EncoderName = "e5",
    *,
    role: Role = "passage",
    n_processes: int = 1,
) -> Iterator[Vector | None]:
    """
    Yield the vectors of texts, each with its language, in their order.

    Raises
    ------
    EncoderMissing
    """
    model = encoder(name).model
    asked, seen = tee(texts)
    jobs = (encoding.Job(name, role, text) for text, _language in asked)
    vectors = encoding.vectors_of(jobs, n_processes=n_processes)
    for vector, (_text, language) in zip(vectors, seen, strict=True):
        if vector is None:
            yield None
        else:
            yield seen_from_centre(vector, model, role, language)
