"""Few requests are worked on at once, while any number are sent or read slowly."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SHORT = 64 * 1024
"""Bytes: a form. What is longer is a file, and takes as long as its line does."""


class Turns:
    """
    Lets so many requests of a process be worked on at once.

    Threads that compute hold each other up: one that waits for the disk lets another go
    on, more only take turns more often. Threads whose reader has a slow line hold up
    nobody, and there may be many: an answer that is sent piece by piece has no turn,
    nor has a request that still arrives.
    """

    def __init__(self, application: WSGIApplication, at_once: int) -> None:
        self._application = application
        self._n_free = at_once
        self._waiting: deque[Lock] = deque()
        self._counting = Lock()

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > SHORT:
            return self._application(environ, start_response)
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))
        with self._turn():
            return self._application(environ, start_response)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for a turn: who came first is first, which a semaphore does not hold."""
        mine = Lock()
        with self._counting:
            if self._n_free:
                self._n_free -= 1
            else:
                mine.acquire()
                self._waiting.append(mine)
        # Whoever ends a turn hands it over by letting go of this.
        with mine:
            pass
        try:
            yield
        finally:
            with self._counting:
                if self._waiting:
                    self._waiting.popleft().release()
                else:
                    self._n_free += 1
