"""One-time sign-in links."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from montada.participation import operations as participation
from montada.participation.models import SignInLink
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db


def test_a_link_names_its_person_once(now: datetime) -> None:
    eve = make_person("Eve")
    key = participation.make_sign_in_link(person=eve, at=now)

    assert participation.use_sign_in_link(key=key, at=now) == eve
    with pytest.raises(participation.LinkUsed):
        participation.use_sign_in_link(key=key, at=now)


def test_the_key_itself_is_not_stored(now: datetime) -> None:
    key = participation.make_sign_in_link(person=make_person(), at=now)

    assert key not in SignInLink.objects.get().key_digest


def test_a_guessed_link_is_refused(now: datetime) -> None:
    participation.make_sign_in_link(person=make_person(), at=now)

    with pytest.raises(participation.LinkUnknown):
        participation.use_sign_in_link(key="guess", at=now)


def test_a_link_runs_out(now: datetime) -> None:
    lasts = timedelta(minutes=5)
    key = participation.make_sign_in_link(person=make_person(), at=now, lasts=lasts)

    with pytest.raises(participation.LinkExpired):
        participation.use_sign_in_link(key=key, at=now + lasts)


def test_a_closed_account_is_not_opened_by_a_link(now: datetime) -> None:
    eve = make_person("Eve")
    key = participation.make_sign_in_link(person=eve, at=now)
    eve.is_active = False
    eve.save()

    with pytest.raises(participation.PersonNotActive):
        participation.use_sign_in_link(key=key, at=now)


def test_no_link_is_made_for_an_erased_person(now: datetime) -> None:
    gone = make_person("Gone", erased_at=now, is_active=False)

    with pytest.raises(participation.PersonErased):
        participation.make_sign_in_link(person=gone, at=now)


def test_a_mail_scanner_that_opens_the_link_does_not_use_it_up(client: Client) -> None:
    eve = make_person("Eve")
    key = participation.make_sign_in_link(person=eve, at=timezone.now())
    address = f"/en/participation/sign-in/{key}/"

    assert client.get(address).status_code == 200
    assert "_auth_user_id" not in client.session

    answer = client.post(address)
    assert answer.headers["Location"] == "/en/participation/me/"
    assert client.session["_auth_user_id"] == str(eve.pk)


def test_a_used_link_says_so(client: Client) -> None:
    key = participation.make_sign_in_link(person=make_person(), at=timezone.now())
    participation.use_sign_in_link(key=key, at=timezone.now())

    answer = client.post(f"/en/participation/sign-in/{key}/")

    assert answer.status_code == 409
    assert "was used already" in answer.content.decode()
    assert "_auth_user_id" not in client.session
