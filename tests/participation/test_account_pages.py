"""Every page on which people sign in looks like ours, and speaks Arabic and English."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db

OPEN_PAGES = (
    "login/",
    "login/code/",
    "signup/",
    "inactive/",
    "password/reset/",
    "password/reset/done/",
)
MEMBERS_PAGES = (
    "logout/",
    "email/",
    "password/change/",
    "password/set/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/reauthenticate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "2fa/webauthn/reauthenticate/",
)
NEED_AN_APP = (
    "2fa/recovery-codes/",
    "2fa/totp/deactivate/",
    "2fa/reauthenticate/",
    "2fa/webauthn/reauthenticate/",
)
ALLAUTHS_OWN = re.compile(r"Two-Factor|Sign In\b|Menu:|Security Key|مصادقة العامل")


def member(client: Client, *, has_app: bool) -> Any:
    eve = make_person("Eve")
    if has_app:
        TOTP.activate(eve, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(eve)
    client.force_login(eve, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    proof = {"method": "mfa", "at": 4e9, "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session["_account_authentication_methods_user"] = str(eve.pk)
    session["account_authentication_methods_user"] = str(eve.pk)
    session.save()
    return eve


def check(client: Client, path: str) -> None:
    page = client.get(path, follow=True)

    words = page.content.decode()
    assert page.status_code == 200
    assert len(re.findall(r"<h1[ >]", words)) == 1
    assert 'class="masthead"' in words
    assert not ALLAUTHS_OWN.search(words)
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))", words)
    assert scripts == []
    assert " style=" not in words


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_pages_that_are_open_to_all(client: Client, language: str, path: str) -> None:
    check(client, f"/{language}/account/{path}")


@pytest.mark.parametrize("path", MEMBERS_PAGES)
@pytest.mark.parametrize("has_app", [True, False], ids=["with_app", "without"])
def test_pages_of_a_member(client: Client, path: str, has_app: bool) -> None:
    if not has_app and path in NEED_AN_APP:
        return
    member(client, has_app=has_app)

    check(client, f"/ar/account/{path}")


@pytest.mark.parametrize("path", ["", "keys/{pk}/edit/", "keys/{pk}/remove/"])
def test_pages_of_a_passkey(client: Client, path: str) -> None:
    eve = member(client, has_app=True)
    key = Authenticator.objects.create(
        user=eve, type="webauthn", data={"name": "My phone", "credential": {}}
    )

    check(client, f"/en/account/2fa/webauthn/{path.format(pk=key.pk)}")


def test_the_passkey_button_gets_its_challenge(client: Client) -> None:
    answer = client.get(
        "/ar/account/2fa/webauthn/login/", headers={"accept": "application/json"}
    )

    options = json.loads(answer.content)["request_options"]["publicKey"]
    assert options["rpId"] == "testserver"
    assert options["userVerification"] == "required"


def test_too_many_requests_get_a_page_of_ours(client: Client, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post("/en/account/login/", {"login": "a@example.org"})

    answer = client.post("/en/account/login/", {"login": "a@example.org"})

    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()
    assert 'class="masthead"' in answer.content.decode()


def test_who_has_no_other_proof_is_told_what_to_do(client: Client) -> None:
    client.force_login(
        make_person("Eve"), "allauth.account.auth_backends.AuthenticationBackend"
    )

    page = client.get("/ar/account/reauthenticate/")

    assert page.status_code == 403
    assert "available" not in page.content.decode()
    assert "سجّل الخروج ثم ادخل من جديد" in page.content.decode()
