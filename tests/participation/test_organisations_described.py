"""What people say about organisations, as stories."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.audit import queries as trail
from montada.language.engine.text import LocalizedText
from montada.participation import operations, queries
from montada.participation.models import Organisation, Person
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina() -> Person:
    return Person.objects.create_user("amina@example.org", name="Amina")


def describe(
    organisation: Organisation, name: LocalizedText, by: Person, at: datetime
) -> Organisation:
    return operations.describe_organisation(
        organisation_id=organisation.pk,
        name=name,
        acronym="NTRA",
        stakeholder_group_id="government",
        country_id="EGY",
        regions=["las"],
        described_by=by,
        at=at,
    )


def test_a_description_keeps_the_old_name_as_an_alias(
    amina: Person, now: datetime
) -> None:
    made = make_organisation("Telecom Regulator of Egypt")
    name = LocalizedText.of(
        "en",
        "National Telecom Regulatory Authority",
        ar="الجهاز القومي لتنظيم الاتصالات",
    )

    described = describe(made, name, amina, now)

    assert described.name == name
    assert [group.pk for group in described.regions.all()] == ["las"]
    for spelling in ("Telecom Regulator of Egypt", "NTRA", str(name)):
        assert queries.organisation_by_name(name=spelling, country_id="EGY") == made
    entry = trail.entries_about(made)[0]
    assert (entry.action, entry.actor_id) == ("organisation.described", amina.pk)
    assert entry.details["before"]["name"] == {"en": "Telecom Regulator of Egypt"}
    assert entry.details["after"]["country"] == "EGY"


def test_a_description_needs_a_name(amina: Person, now: datetime) -> None:
    with pytest.raises(operations.OrganisationNameMissing):
        describe(make_organisation(), LocalizedText(), amina, now)


def test_a_merged_record_is_described_no_more(amina: Person, now: datetime) -> None:
    kept, merged = make_organisation("Kept"), make_organisation("Merged")
    operations.merge_organisations(
        kept_id=kept.pk, merged_id=merged.pk, merged_by=amina, at=now
    )

    with pytest.raises(operations.OrganisationMerged):
        describe(merged, LocalizedText.of("en", "New"), amina, now)


def test_no_organisation_stands_above_itself(amina: Person, now: datetime) -> None:
    whole, part = make_organisation("Whole"), make_organisation("Part")
    operations.set_parent(
        organisation_id=part.pk, parent_id=whole.pk, set_by=amina, at=now
    )

    for above in (whole, part):
        with pytest.raises(operations.OrganisationPartOfItself):
            operations.set_parent(
                organisation_id=whole.pk, parent_id=above.pk, set_by=amina, at=now
            )

    assert trail.entries_about(part)[0].details == {"before": None, "after": whole.pk}


def test_a_part_can_leave_its_whole(amina: Person, now: datetime) -> None:
    whole, part = make_organisation("Whole"), make_organisation("Part")
    for parent_id in (whole.pk, None):
        left = operations.set_parent(
            organisation_id=part.pk, parent_id=parent_id, set_by=amina, at=now
        )

    assert left.parent is None


def test_an_alias_is_added_once(amina: Person, now: datetime) -> None:
    made = make_organisation("Bibliotheca Alexandrina")

    alias = operations.add_alias(
        organisation_id=made.pk, alias=" مكتبة  الإسكندرية ", added_by=amina, at=now
    )

    assert alias.text == "مكتبة الإسكندرية"
    assert trail.entries_about(made)[0].details == {"alias": "مكتبة الإسكندرية"}
    with pytest.raises(operations.OrganisationAliasKnown):
        operations.add_alias(
            organisation_id=made.pk, alias="مكتبه الاسكندرية", added_by=amina, at=now
        )
