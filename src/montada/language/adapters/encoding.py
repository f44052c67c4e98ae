"""
Encoding many texts: one by one, in this process or in several.

Processes and not threads: one text computes best on one core, and two encoders in two
processes share nothing.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import Literal, NamedTuple

from montada.language.adapters import encoders
from montada.language.engine.vectors import Vector

EncoderName = Literal["e5", "use", "both"]
Role = Literal["query", "passage"]

_AT_ONCE = 256
"""Texts handed to the processes before the first result is waited for."""
_PER_MESSAGE = 8


class Job(NamedTuple):
    encoder: EncoderName
    role: Role
    text: str


def vectors_of(jobs: Iterable[Job], *, n_processes: int = 1) -> Iterator[Vector | None]:
    """
    Yield one vector a job, in the jobs' order; None for a text without a word.

    Raises
    ------
    EncoderMissing
    """
    if n_processes <= 1:
        yield from map(vector_of, jobs)
        return
    remaining = iter(jobs)
    # A forked process would share the state of the libraries' threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(n_processes, mp_context=context) as pool:
        while batch := list(islice(remaining, _AT_ONCE)):
            yield from pool.map(vector_of, batch, chunksize=_PER_MESSAGE)


def vector_of(job: Job) -> Vector | None:
    """Return the vector of one job, not centred; None for a text without a word."""
    encoder = encoders.BY_NAME[job.encoder]()
    encoded = encoder.query if job.role == "query" else encoder.passage
    try:
        return encoded(job.text)
    except encoders.EmptyText:
        return None
