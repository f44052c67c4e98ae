"""Many names at once: the same organisations as one after the other, in few steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from montada.audit import queries as trail
from montada.language.models import IndexedText
from montada.participation import operations
from montada.participation.models import Organisation, OrganisationAlias
from montada.participation.operations import NamedOrganisation, OrganisationsOfAList
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def told(name: str, **more: Any) -> NamedOrganisation:
    usual = {
        "language": "und",
        "country_id": None,
        "stakeholder_group_id": None,
        "source_url": "https://example.org/list",
    }
    return NamedOrganisation(name, **usual | more)


NAMES = st.builds(
    told,
    st.sampled_from(["Ministry of Water", "MINISTRY of water", "Ministry", "وزارة"]),
    country_id=st.sampled_from([None, "EGY", "SAU"]),
    stakeholder_group_id=st.sampled_from([None, "government", "civil", "io"]),
)


NAMING = ("organisation.named", "organisation.learned")


def everything() -> list[Any]:
    """What is known, who was found by what, and the trail; without row numbers."""
    first = Organisation.objects.order_by("pk").first()
    start = first.pk if first else 0
    rows = Organisation.objects.order_by("pk")
    columns = ("slug", "name", "sort_key", "country_id", "stakeholder_group_id")
    aliases = OrganisationAlias.objects.order_by("organisation_id", "key")
    found = [
        *rows.values_list(*columns),
        *(
            (pk - start, key, text)
            for pk, key, text in aliases.values_list("organisation_id", "key", "text")
        ),
        *IndexedText.objects.order_by("key").values_list("key", "title", "facets"),
    ]
    said = [
        (entry.action, str(entry.details), int(entry.subject.split(":")[1]) - start)
        for entry in trail.entries().filter(action__in=NAMING)
    ]
    return [*found, *sorted(said)]


@settings(
    deadline=None,
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(NAMES, max_size=6), st.lists(NAMES, max_size=6))
def test_many_names_mean_what_they_mean_one_after_the_other(
    now: datetime, before: list[NamedOrganisation], named: list[NamedOrganisation]
) -> None:
    def outcome(at_once: bool) -> list[Any]:
        with transaction.atomic():
            for one in before:
                operations.name_organisations(named=[one], at=now)
            known = OrganisationsOfAList(now)
            batches = [named] if at_once else [[one] for one in named]
            ids = [pk for batch in batches for pk in known.ids_for(batch)]
            slugs = dict(Organisation.objects.values_list("pk", "slug"))
            found = [[slugs[pk] for pk in ids if pk], *everything()]
            transaction.set_rollback(True)
        return found

    assert outcome(at_once=True) == outcome(at_once=False)


def test_no_name_means_nobody(now: datetime) -> None:
    assert OrganisationsOfAList(now).ids_for([told(" "), told("")]) == [None, None]
    assert Organisation.objects.count() == 0


def test_where_one_name_is_refused_none_is_made(now: datetime) -> None:
    known = OrganisationsOfAList(now)
    with pytest.raises(operations.OrganisationNameTooLong):
        known.ids_for([told("Ministry of Water"), told("x" * 301)])

    assert Organisation.objects.count() == 0
    (pk,) = known.ids_for([told("Ministry of Water")])
    assert Organisation.objects.get().pk == pk


def test_a_hundred_names_take_hardly_more_questions_than_two(now: datetime) -> None:
    def asked(names: list[str]) -> int:
        known = OrganisationsOfAList(now)
        with CaptureQueriesContext(connection) as captured:
            known.ids_for([told(name) for name in names])
        return len(captured)

    few = asked(["First Board", "Second Board"])

    # What is written in one statement has a limit of its own.
    assert asked([f"Board {n}" for n in range(100)]) <= few + 3


def test_addresses_stay_apart(now: datetime) -> None:
    make_organisation("Water Board", country_id="EGY", at=now)
    names = ["Water, Board!", "Water Board 2", "وزارة المياه", "وزارة الري"]
    rows = [told(name, country_id="SAU") for name in names]
    operations.name_organisations(named=rows, at=now)

    assert sorted(Organisation.objects.values_list("slug", flat=True)) == [
        "organisation",
        "organisation-2",
        "water-board",
        "water-board-2",
        "water-board-2-2",
    ]
