"""Programs that act for a person: recognised by their key, counted by the minute."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

REQUESTS_A_MINUTE = 120
"""Of one key; a client that waits for each answer hardly reaches it."""


class ByToken(HttpBearer):
    """
    Lets in the program whose key `admit` knows; the request then is its person's.

    `admit(key=…, scope=…, at=…)` returns the token or refuses.
    """

    def __init__(self, admit: Callable[..., Any], scope: str) -> None:
        super().__init__()
        self.admit = admit
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        known = self.admit(key=token, scope=self.scope, at=timezone.now())
        request.user = known.person
        return known


class PerToken(BaseThrottle):
    """So many requests of one key in a minute, whichever process answers them."""

    def allow_request(self, request: HttpRequest) -> bool:
        token: Any = request.auth  # type: ignore[attr-defined]  # set by `ByToken`
        return count_request(token.key_digest) <= REQUESTS_A_MINUTE

    def wait(self) -> float:
        """Return how many seconds this minute still has."""
        return 60 - time.time() % 60


def count_request(counter: str) -> int:
    """
    Return how many requests there were in this minute of the clock, with this one.

    Each is a byte in a file, which processes of one machine may add at the same time
    without waiting. Nearly exact: of two that begin a minute at once, one may be lost.
    """
    folder: Path = settings.VAR / "requests"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / counter).open("ab", buffering=0) as file:
        if os.fstat(file.fileno()).st_mtime // 60 < time.time() // 60:
            file.truncate(0)
        file.write(b".")
        return file.tell()
