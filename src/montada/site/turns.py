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

BRINGS_WORDS = frozenset({"POST", "PUT", "PATCH", "DELETE"})

IN_A_ROW = 3
"""Requests that bring words go before one that waits for a page."""


class Turns:
    """
    Lets so many requests of a process be worked on at once.

    Threads that compute hold each other up: one that waits for the disk lets another go
    on, more only take turns more often. Threads whose reader has a slow line hold up
    nobody, and there may be many: an answer that is sent piece by piece has no turn,
    nor has a request that still arrives.

    Who brings words goes before who asks for a page: what somebody said is kept before
    another page is drawn. After a few in a row a page is drawn all the same. Among
    those who want the same, who came first is first, which a semaphore does not hold.
    """

    def __init__(self, application: WSGIApplication, at_once: int) -> None:
        self._application = application
        self._n_free = at_once
        self._with_words: deque[Lock] = deque()
        self._for_pages: deque[Lock] = deque()
        self._n_in_a_row = 0
        self._counting = Lock()

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > SHORT:
            return self._application(environ, start_response)
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))
        brings_words = environ["REQUEST_METHOD"] in BRINGS_WORDS
        with self._turn(self._with_words if brings_words else self._for_pages):
            return self._application(environ, start_response)

    @property
    def n_waiting(self) -> int:
        return len(self._with_words) + len(self._for_pages)

    @contextmanager
    def _turn(self, waiting: deque[Lock]) -> Iterator[None]:
        """Wait for a turn, behind those who wait for the same."""
        mine = Lock()
        with self._counting:
            if self._n_free:
                self._n_free -= 1
            else:
                mine.acquire()
                waiting.append(mine)
        # Whoever ends a turn hands it over by letting go of this.
        with mine:
            pass
        try:
            yield
        finally:
            with self._counting:
                if self.n_waiting:
                    self._next().release()
                else:
                    self._n_free += 1

    def _next(self) -> Lock:
        """Take out who goes on."""
        may_go = self._n_in_a_row < IN_A_ROW or not self._for_pages
        if self._with_words and may_go:
            self._n_in_a_row += 1
            return self._with_words.popleft()
        self._n_in_a_row = 0
        return self._for_pages.popleft()
