"""Where letters that no request writes lead to."""

from __future__ import annotations

from typing import Any

import pytest

from montada.participation import queries


@pytest.mark.parametrize(
    ("origins", "hosts", "address"),
    [
        (["https://forum.example/"], ["x.example"], "https://forum.example/ar/"),
        ([], ["forum.example", "other.example"], "https://forum.example/ar/"),
        ([], ["localhost"], "http://localhost:8000/ar/"),
    ],
)
def test_the_first_address_the_server_was_told_it_has(
    settings: Any, origins: list[str], hosts: list[str], address: str
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = origins
    settings.ALLOWED_HOSTS = hosts

    assert queries.forum_address("/ar/") == address
