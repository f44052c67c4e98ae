"""Programs that act for a person: recognised by their key, counted by the minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
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
    """So many requests of one key in a minute of the clock; counted nearly exactly."""

    def allow_request(self, request: HttpRequest) -> bool:
        token: Any = request.auth  # type: ignore[attr-defined]  # set by `ByToken`
        counter = f"api.{token.pk}.{int(time.time() // 60)}"
        n_requests = cache.get(counter, 0) + 1
        cache.set(counter, n_requests, 120)
        return bool(n_requests <= REQUESTS_A_MINUTE)

    def wait(self) -> float:
        """Return how many seconds this minute still has."""
        return 60 - time.time() % 60
