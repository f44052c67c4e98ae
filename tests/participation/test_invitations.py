"""Offers of a role: sent, accepted once, and never by the wrong person."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from montada.audit import queries as audit
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.models import Invitation, Message, Person, Role
from tests.factories.edition import make_edition
from tests.factories.participation import make_administrator, make_person, make_role

pytestmark = pytest.mark.django_db


def sent_key(now: datetime, **values: Any) -> str:
    """Invite, and return the key that only the message holds."""
    usual: dict[str, Any] = {
        "email": "chen@example.org",
        "kind": "donor",
        "language": "en",
        "site_url": "https://forum.example/",
        "invited_by": None,
        "at": now,
    }
    participation.invite(**usual | values)
    found = re.search(r"/invitations/([\w-]+)/", Message.objects.latest("pk").body)
    assert found is not None
    return found[1]


def test_an_invitation_speaks_the_language_of_the_invited(now: datetime) -> None:
    sent_key(now, language="ar", edition=make_edition())

    message = Message.objects.get()
    assert message.to_email == "chen@example.org"
    assert "منتدى القمة 2027" in message.subject
    assert "https://forum.example/ar/participation/invitations/" in message.body


def test_the_key_is_stored_nowhere_but_in_the_message(now: datetime) -> None:
    key = sent_key(now)

    assert Invitation.objects.get().key_digest == queries.digest_of(key)
    entry = audit.entries().filter(action="invitation.sent").get()
    assert entry.details == {"kind": "donor", "edition": None}


def test_whoever_accepts_without_an_account_gets_one(now: datetime) -> None:
    edition = make_edition()
    key = sent_key(now, edition=edition, language="fr")

    chen = participation.accept_invitation(key=key, person=None, at=now)

    assert (chen.email, chen.language) == ("chen@example.org", "fr")
    role = Role.objects.get(person=chen)
    assert (role.kind, role.edition) == ("donor", edition)


def test_a_known_address_gets_the_role_and_no_second_account(now: datetime) -> None:
    chen = make_person("Chen")
    key = sent_key(now, email="CHEN@example.org")

    assert participation.accept_invitation(key=key, person=None, at=now) == chen
    assert Person.objects.count() == 1
    assert chen.roles.get().kind == "donor"


def test_a_key_nobody_sent_opens_nothing(now: datetime) -> None:
    sent_key(now)

    with pytest.raises(participation.InvitationUnknown):
        participation.accept_invitation(key="guess", person=None, at=now)


def test_an_invitation_is_accepted_once(now: datetime) -> None:
    key = sent_key(now)
    participation.accept_invitation(key=key, person=None, at=now)

    with pytest.raises(participation.InvitationUsed):
        participation.accept_invitation(key=key, person=None, at=now)


def test_an_invitation_runs_out(now: datetime) -> None:
    key = sent_key(now)

    with pytest.raises(participation.InvitationExpired):
        participation.accept_invitation(
            key=key, person=None, at=now + timedelta(days=14)
        )

    assert Person.objects.count() == 0


def test_an_invitation_is_worth_what_its_sender_may_still_grant(now: datetime) -> None:
    secretary = make_person("Secretary")
    edition = make_edition()
    role = make_role(secretary, "secretariat", edition=edition)
    key = sent_key(now, kind="secretariat", edition=edition, invited_by=secretary)
    role.delete()

    with pytest.raises(participation.InvitationNotTheirsAnyMore):
        participation.accept_invitation(key=key, person=None, at=now)

    assert not Role.objects.exists()
    assert Invitation.objects.get().accepted_at is None


def test_an_invitation_of_somebody_who_was_erased_opens_nothing(now: datetime) -> None:
    admin = make_administrator()
    make_administrator("Second")
    key = sent_key(now, kind="secretariat", invited_by=admin)
    participation.erase_person(person=admin, erased_by=admin, at=now)

    with pytest.raises(participation.InvitationNotTheirsAnyMore):
        participation.accept_invitation(key=key, person=None, at=now)


def test_an_invitation_is_withdrawn_by_who_may_invite(now: datetime) -> None:
    secretary = make_person("Secretary")
    edition = make_edition()
    make_role(secretary, "secretariat", edition=edition)
    key = sent_key(now, edition=edition, invited_by=make_administrator())
    invitation = Invitation.objects.get()

    participation.withdraw_invitation(
        invitation=invitation, withdrawn_by=secretary, at=now
    )

    assert list(queries.open_invitations(now)) == []
    entry = audit.entries_about(invitation)[0]
    assert (entry.action, entry.actor, entry.details) == (
        "invitation.withdrawn",
        secretary,
        {"kind": "donor", "edition": "2027"},
    )
    with pytest.raises(participation.InvitationExpired):
        participation.accept_invitation(key=key, person=None, at=now)
    with pytest.raises(participation.InvitationExpired):
        participation.withdraw_invitation(
            invitation=invitation, withdrawn_by=secretary, at=now
        )


def test_an_invitation_to_all_editions_is_not_withdrawn_by_one_edition(
    now: datetime,
) -> None:
    secretary = make_person("Secretary")
    make_role(secretary, "secretariat", edition=make_edition())
    key = sent_key(now)
    invitation = Invitation.objects.get()

    with pytest.raises(participation.NotYoursToGrant):
        participation.withdraw_invitation(
            invitation=invitation, withdrawn_by=secretary, at=now
        )

    chen = participation.accept_invitation(key=key, person=None, at=now)
    assert chen.roles.count() == 1
    with pytest.raises(participation.InvitationUsed):
        participation.withdraw_invitation(
            invitation=invitation, withdrawn_by=make_administrator(), at=now
        )


def test_somebody_else_who_is_signed_in_does_not_get_the_role(now: datetime) -> None:
    eve = make_person("Eve")
    key = sent_key(now)

    with pytest.raises(participation.InvitationForAnotherAddress):
        participation.accept_invitation(key=key, person=eve, at=now)

    assert list(eve.roles.all()) == []


def test_a_closed_account_is_not_opened_by_an_invitation(now: datetime) -> None:
    make_person("Chen", is_active=False)
    key = sent_key(now)

    with pytest.raises(participation.PersonNotActive):
        participation.accept_invitation(key=key, person=None, at=now)


def test_a_secretariat_invites_into_its_own_edition_only(now: datetime) -> None:
    secretary = make_person("Secretary")
    make_role(secretary, "secretariat", edition=make_edition("2027"))

    with pytest.raises(participation.NotYoursToGrant):
        sent_key(now, edition=None, invited_by=secretary)

    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("king", participation.RoleUnknown),
        ("focal_point", participation.RoleNeedsCountry),
        ("facilitator", participation.RoleNeedsActionLine),
    ],
)
def test_an_offer_has_the_shape_of_a_role(
    now: datetime, kind: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        sent_key(now, kind=kind)
