"""What is wrong with a field is said where the field says it is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.factories.participation import make_administrator

pytestmark = pytest.mark.django_db

PAGES: dict[str, dict[str, Any]] = {
    "participation/invitations/": {"email": "nobody", "kind": "none"},
    "participation/me/": {"name": "", "language": "tlh"},
    "participation/me/erase/": {},
    "participation/me/programs/": {},
}


@pytest.mark.parametrize("page", PAGES)
def test_every_field_is_described_by_something_that_is_there(
    client: Client, page: str
) -> None:
    client.force_login(
        make_administrator(), "allauth.account.auth_backends.AuthenticationBackend"
    )

    shown = client.post(f"/en/{page}", PAGES[page]).content.decode()

    ids = re.findall(r' id="([^"]+)"', shown)
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', shown)).split()
    assert any(name.endswith("_error") for name in described)
    assert set(described) <= set(ids)
    assert len(ids) == len(set(ids))
