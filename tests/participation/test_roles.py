"""Granting and withdrawing roles."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.audit import queries as audit
from montada.framework.models import ActionLine, Country
from montada.participation import operations as participation
from montada.participation.choices import RoleKind
from montada.participation.models import Role
from tests.factories.edition import make_edition
from tests.factories.participation import make_administrator, make_person, make_role

pytestmark = pytest.mark.django_db


def test_a_granted_role_can_be_used_at_once(now: datetime) -> None:
    edition = make_edition()
    boris = make_person("Boris")
    assert not boris.has_perm("audit.view_entry")

    participation.grant_role(
        person=boris,
        kind="secretariat",
        edition=edition,
        granted_by=make_administrator(),
        at=now,
    )

    assert boris.has_perm("audit.view_entry")
    (entry,) = audit.entries_about(boris)
    assert (entry.action, entry.details) == (
        "role.granted",
        {
            "kind": "secretariat",
            "edition": "2027",
            "country": None,
            "action_line": None,
        },
    )


def test_a_role_that_is_held_already_is_not_granted_twice(now: datetime) -> None:
    amina = make_person("Amina")
    tunisia = Country.objects.get(iso3="TUN")

    first, second = (
        participation.grant_role(
            person=amina, kind="focal_point", country=tunisia, granted_by=None, at=now
        )
        for _time in range(2)
    )

    assert first == second
    assert Role.objects.count() == 1
    assert audit.entries_about(amina).count() == 1


def test_a_focal_point_of_two_countries_holds_two_roles(now: datetime) -> None:
    amina = make_person("Amina")

    for country in Country.objects.filter(iso3__in=("TUN", "LBY")):
        participation.grant_role(
            person=amina, kind="focal_point", country=country, granted_by=None, at=now
        )

    assert Role.objects.filter(person=amina).count() == 2


def test_a_role_that_does_not_exist_is_refused(now: datetime) -> None:
    with pytest.raises(participation.RoleUnknown):
        participation.grant_role(
            person=make_person(), kind="king", granted_by=None, at=now
        )


def test_a_focal_point_without_a_country_is_refused(now: datetime) -> None:
    with pytest.raises(participation.RoleNeedsCountry):
        participation.grant_role(
            person=make_person(), kind="focal_point", granted_by=None, at=now
        )


def test_a_facilitator_without_a_line_is_refused(now: datetime) -> None:
    with pytest.raises(participation.RoleNeedsActionLine):
        participation.grant_role(
            person=make_person(), kind="facilitator", granted_by=None, at=now
        )


@pytest.mark.parametrize(
    ("kind", "place", "refusal"),
    [
        ("secretariat", {"country": "EGY"}, participation.RoleHasNoCountry),
        ("facilitator", {"country": "EGY"}, participation.RoleHasNoCountry),
        ("translator", {"action_line": "C2"}, participation.RoleHasNoActionLine),
        ("focal_point", {"action_line": "C2"}, participation.RoleHasNoActionLine),
    ],
)
def test_a_place_that_a_role_would_not_be_bound_to_is_refused(
    now: datetime, kind: str, place: dict[str, str], refusal: type[Exception]
) -> None:
    needed = {"facilitator": {"action_line": "C2"}, "focal_point": {"country": "EGY"}}
    named = needed.get(kind, {}) | place

    with pytest.raises(refusal, match=str(RoleKind(kind).label)):
        participation.grant_role(
            person=make_person(),
            kind=kind,
            country=Country.objects.filter(pk=named.get("country")).first(),
            action_line=ActionLine.objects.filter(pk=named.get("action_line")).first(),
            granted_by=make_administrator(),
            at=now,
        )

    assert list(Role.objects.filter(kind=kind, granted_at=now)) == []


def test_nobody_makes_themselves_an_administrator(now: datetime) -> None:
    edition = make_edition()
    secretary = make_person("Secretary")
    make_role(secretary, "secretariat", edition=edition)

    with pytest.raises(participation.NotYoursToGrant):
        participation.grant_role(
            person=secretary, kind="secretariat", granted_by=secretary, at=now
        )

    assert not secretary.has_perm("participation.administer")


def test_the_secretariat_of_one_edition_grants_nothing_in_another(
    now: datetime,
) -> None:
    secretary = make_person("Secretary")
    make_role(secretary, "secretariat", edition=make_edition("2027"))
    other = make_edition("2028", year=2028)

    with pytest.raises(participation.NotYoursToGrant):
        participation.grant_role(
            person=make_person("Boris"),
            kind="reviewer",
            edition=other,
            granted_by=secretary,
            at=now,
        )


def test_an_erased_person_gets_no_role(now: datetime) -> None:
    gone = make_person("Gone", erased_at=now, is_active=False)

    with pytest.raises(participation.PersonErased):
        participation.grant_role(person=gone, kind="donor", granted_by=None, at=now)


def test_a_withdrawn_role_is_gone_and_remembered(now: datetime) -> None:
    line = ActionLine.objects.get(code="C2")
    boris = make_person("Boris")
    role = make_role(boris, "facilitator", action_line=line)
    admin = make_administrator()

    participation.withdraw_role(role=role, withdrawn_by=admin, at=now)

    assert list(boris.roles.all()) == []
    (entry,) = audit.entries_about(boris)
    assert (entry.action, entry.actor, entry.details["action_line"]) == (
        "role.withdrawn",
        admin,
        "C2",
    )


def test_a_reviewer_withdraws_nobodys_role(now: datetime) -> None:
    edition = make_edition()
    boris = make_person("Boris")
    make_role(boris, "reviewer", edition=edition)
    role = make_role(make_person("Chen"), "donor", edition=edition)

    with pytest.raises(participation.NotYoursToGrant):
        participation.withdraw_role(role=role, withdrawn_by=boris, at=now)

    assert Role.objects.filter(pk=role.pk).exists()


def test_the_last_administrator_stays(now: datetime) -> None:
    admin = make_administrator()
    role = admin.roles.get()

    with pytest.raises(participation.LastAdministrator):
        participation.withdraw_role(role=role, withdrawn_by=admin, at=now)

    make_administrator("Second")
    participation.withdraw_role(role=role, withdrawn_by=admin, at=now)
    assert not Role.objects.filter(person=admin).exists()
