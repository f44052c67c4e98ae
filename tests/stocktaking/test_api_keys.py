"""With a key a program does what its person may, and never more."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from montada.djangokit.tokens import REQUESTS_A_MINUTE, PerToken, count_request
from montada.participation.models import ApiToken
from montada.stocktaking import operations
from montada.stocktaking.choices import VersionState
from montada.stocktaking.models import Project
from tests.factories.entries import a_focal_point, an_entry
from tests.factories.participation import make_administrator, make_person
from tests.stocktaking.programs import IMPORT, LIST, Program, a_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def diego() -> Program:
    return Program(make_person("Diego"))


@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        (None, "token_missing"),
        ("Basic x", "token_missing"),
        ("Bearer", "participation.token_unknown"),
        ("Bearer mnt_wrong", "participation.token_unknown"),
        ("Bearer مفتاح", "participation.token_unknown"),
    ],
)
def test_nobody_writes_without_a_key(
    client: Client, authorization: str | None, code: str
) -> None:
    headers = {"Authorization": authorization} if authorization else {}

    answer = client.post(LIST, a_whole(), "application/json", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Project.objects.count() == 0


def test_a_session_is_no_key(client: Client) -> None:
    client.force_login(
        make_person(), "allauth.account.auth_backends.AuthenticationBackend"
    )

    assert client.post(LIST, a_whole(), "application/json").status_code == 401


def test_why_a_key_does_not_open_is_said_in_the_language_asked_for(
    diego: Program,
) -> None:
    def told(**change: Any) -> tuple[int, str]:
        ApiToken.objects.update(**change)
        answer = diego("get", f"{LIST}/drafts")
        return answer.status_code, answer.json()["detail"]

    now = timezone.now()
    assert told(expires_at=now) == (
        401,
        "This key has run out. Make a new one on the forum's site.",
    )
    assert told(revoked_at=now) == (401, "This key was revoked.")


def test_a_key_for_something_else_does_not_write() -> None:
    program = Program(make_person(), IMPORT)

    answer = program("post", LIST, a_whole())

    assert (answer.status_code, answer.json()["code"]) == (
        403,
        "participation.scope_missing",
    )


def test_a_key_may_not_do_more_than_its_person(diego: Program) -> None:
    entry = an_entry(make_person("Chen"), at=timezone.now())
    open_one = operations.publish_entry(
        version=entry, published_by=make_administrator(), at=timezone.now()
    ).project

    endorsed = diego("post", f"{LIST}/{open_one.slug}/remarks", {"kind": "endorsement"})
    begun = diego("post", f"{LIST}/{open_one.slug}/versions")

    assert (endorsed.status_code, begun.status_code) == (403, 409)
    assert begun.json()["code"] == "stocktaking.not_your_project"


def test_a_focal_point_endorses_from_a_system_of_its_own() -> None:
    a_focal_point()
    amina = Program(a_focal_point(name="Nour"))
    entry = an_entry(make_person("Diego"), at=timezone.now())
    address = f"{LIST}/{entry.project.slug}/remarks"

    made = amina("post", address, {"kind": "endorsement"})
    again = amina("post", address, {"kind": "endorsement"})
    empty = amina("post", address, {"kind": "comment", "text": " "})

    entry.refresh_from_db()
    assert (made.status_code, made.json()["country"]) == (201, "EGY")
    assert entry.state == VersionState.SECRETARIAT
    assert again.json()["code"] == "stocktaking.endorsed_already"
    assert empty.json()["code"] == "stocktaking.words_missing"


def test_an_entry_in_check_is_there_only_for_whom_it_waits(diego: Program) -> None:
    entry = an_entry(make_person("Chen"), at=timezone.now())
    stranger = diego(
        "post", f"{LIST}/{entry.project.slug}/remarks", {"kind": "endorsement"}
    )

    assert stranger.status_code == 404


def test_a_key_that_asks_too_often_waits(diego: Program) -> None:
    while PerToken().wait() < 2:
        # All of it in one minute of the clock.
        time.sleep(0.1)
    for _request in range(REQUESTS_A_MINUTE - 1):
        count_request(diego.made.token.key_digest)
    first, second = diego("get", f"{LIST}/drafts"), diego("get", f"{LIST}/drafts")
    other = Program(diego.person)("get", f"{LIST}/drafts")

    assert [first.status_code, second.status_code, other.status_code] == [200, 429, 200]
    assert second.json()["code"] == "too_many_requests"
    assert 1 <= int(second.headers["Retry-After"]) <= 60


def test_a_key_is_used_and_said_to_be(diego: Program) -> None:
    diego("get", f"{LIST}/drafts")

    used = ApiToken.objects.get().used_at
    assert used is not None
    assert timezone.now() - used < timedelta(minutes=1)
