"""Keys with which applications act for a person: made, shown once, used, revoked."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from montada.audit.models import Entry
from montada.participation import operations, queries
from montada.participation.models import ApiToken
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db

SCOPE = "projects:write"
PAGE = "/en/participation/me/programs/"
QUERIES = 5
"""Session, person, what every page shows; the keys in one."""


def a_token(person: Any, at: datetime, **values: Any) -> Any:
    usual: dict[str, Any] = {"name": "Ours", "scopes": [SCOPE], "lasts_days": 30}
    return operations.make_token(person=person, at=at, **usual | values)


def test_a_key_is_stored_as_its_digest_and_can_be_told_from_other_words(
    now: datetime,
) -> None:
    made = a_token(make_person(), now)

    assert made.key[:4] == "mnt_"
    assert made.token.key_digest == hashlib.sha256(made.key.encode()).hexdigest()
    assert made.key not in str(ApiToken.objects.values().get())
    assert made.key not in str(list(Entry.objects.values()))


def test_a_key_lets_in_its_person_until_it_runs_out(now: datetime) -> None:
    eve = make_person()
    made = a_token(eve, now)
    end = now + timedelta(days=30)

    before = operations.admit_program(
        key=made.key, scope=SCOPE, at=end - timedelta(seconds=1)
    )

    assert before.person == eve
    with pytest.raises(operations.TokenExpired):
        operations.admit_program(key=made.key, scope=SCOPE, at=end)


def test_the_last_use_is_known_to_the_hour(now: datetime) -> None:
    made = a_token(make_person(), now)

    def used_at(minutes: int) -> Any:
        at = now + timedelta(minutes=minutes)
        return operations.admit_program(key=made.key, scope=SCOPE, at=at).used_at

    assert [used_at(0), used_at(59), used_at(60)] == [
        now,
        now,
        now + timedelta(hours=1),
    ]


@pytest.mark.parametrize("key", ["", "mnt_", "x" * 100_000, "\x00", "مفتاح", "\ud800"])
def test_what_is_no_key_is_not_known(now: datetime, key: str) -> None:
    a_token(make_person(), now)

    with pytest.raises(operations.TokenUnknown):
        operations.admit_program(key=key, scope=SCOPE, at=now)


def test_a_key_does_nothing_it_was_not_made_for(now: datetime) -> None:
    made = a_token(make_person(), now)

    with pytest.raises(operations.ScopeMissing) as refusal:
        operations.admit_program(key=made.key, scope="projects:import", at=now)

    assert str(refusal.value) == "This key does not include “projects:import”."


def test_a_revoked_key_lets_nobody_in(now: datetime) -> None:
    made = a_token(make_person(), now)
    operations.revoke_token(token=made.token, at=now)
    operations.revoke_token(token=made.token, at=now + timedelta(days=1))

    with pytest.raises(operations.TokenRevoked):
        operations.admit_program(key=made.key, scope=SCOPE, at=now)
    assert Entry.objects.filter(action="token.revoked").count() == 1


def test_who_may_not_sign_in_has_no_program_either(now: datetime) -> None:
    eve = make_person()
    made = a_token(eve, now)
    eve.is_active = False
    eve.save()

    with pytest.raises(operations.TokenOwnerClosed):
        operations.admit_program(key=made.key, scope=SCOPE, at=now)
    with pytest.raises(operations.PersonErased):
        a_token(eve, now)


def test_an_erased_person_leaves_no_key(now: datetime) -> None:
    eve = make_person()
    a_token(eve, now)

    operations.erase_person(person=eve, erased_by=eve, at=now)

    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": " \n"}, operations.TokenNameMissing),
        ({"name": "x" * 121}, operations.TokenNameMissing),
        ({"scopes": []}, operations.TokenWithoutScope),
        ({"scopes": [SCOPE, "everything"]}, operations.TokenWithoutScope),
        ({"lasts_days": 36_500}, operations.TokenLastsUnknown),
    ],
)
def test_what_cannot_be_asked_for_makes_no_key(
    now: datetime, values: dict[str, Any], refusal: Any
) -> None:
    with pytest.raises(refusal):
        a_token(make_person(), now, **values)
    assert ApiToken.objects.count() == 0


def test_twenty_valid_keys_are_enough(now: datetime) -> None:
    eve = make_person()
    for _n in range(20):
        a_token(eve, now)

    with pytest.raises(operations.TooManyTokens):
        a_token(eve, now)
    a_token(eve, now + timedelta(days=30))


def test_the_page_shows_a_key_once(client: Client) -> None:
    eve = make_person()
    client.force_login(eve, "allauth.account.auth_backends.AuthenticationBackend")

    made = client.post(PAGE, {"name": "Ours", "scopes": SCOPE, "lasts_days": 90})
    listed = client.get(PAGE).content.decode()

    key = made.context["made"].key
    assert f'value="{key}"' in made.content.decode()
    assert made.headers["Cache-Control"] == "no-store"
    assert key not in listed
    assert "<strong><bdi>Ours</bdi></strong>" in listed
    assert "Not used yet." in listed


def test_a_key_is_revoked_on_the_page_by_its_person_alone(
    client: Client, now: datetime
) -> None:
    eve, adam = make_person(), make_person("Adam")
    token = a_token(eve, now).token
    address = f"{PAGE}{token.pk}/revoke/"

    client.force_login(adam, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(address).status_code == 404
    assert len(queries.tokens_of(eve)) == 1
    client.force_login(eve, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(address).status_code == 302
    assert queries.tokens_of(eve) == []


def test_a_form_without_scope_is_told_beside_its_field(client: Client) -> None:
    client.force_login(
        make_person(), "allauth.account.auth_backends.AuthenticationBackend"
    )

    page = client.post(PAGE, {"name": "Ours", "lasts_days": 90})

    assert page.context["form"].errors == {"scopes": ["This field is required."]}


@pytest.mark.parametrize("n_tokens", [1, 3])
def test_the_page_asks_as_often_for_one_key_as_for_three(
    client: Client, now: datetime, n_tokens: int, django_assert_num_queries: Any
) -> None:
    eve = make_person()
    client.force_login(eve, "allauth.account.auth_backends.AuthenticationBackend")
    for _n in range(n_tokens):
        a_token(eve, now)
    client.get(PAGE)

    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
