"""Who is meant by a name: the engine by hand, and naming as stories."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.audit import queries as trail
from montada.participation import operations, queries
from montada.participation.engine.naming import Namesake, meant
from montada.participation.models import Organisation

SAUDI = Namesake(1, "SAU", "government")
OMANI = Namesake(2, "OMN", "government")
FAO = Namesake(3, "ITA", "io")
UNSEATED = Namesake(4, None, "civil")


@pytest.mark.parametrize(
    ("namesakes", "country_id", "group", "expected"),
    [
        ([SAUDI, OMANI], "OMN", "government", OMANI),
        ([SAUDI, OMANI], "EGY", "government", None),
        ([SAUDI, OMANI], None, None, None),
        ([SAUDI], None, None, None),
        ([SAUDI], "EGY", None, None),
        ([FAO], "EGY", None, FAO),
        ([FAO], None, None, FAO),
        ([FAO], "EGY", "private", None),
        ([UNSEATED], "ZAF", None, UNSEATED),
        ([UNSEATED], None, None, UNSEATED),
        ([UNSEATED], "ZAF", "government", None),
        ([Namesake(5, "ZAF", None)], None, None, Namesake(5, "ZAF", None)),
        ([UNSEATED, Namesake(5, "ZAF", None)], "ZAF", None, Namesake(5, "ZAF", None)),
        ([], "EGY", None, None),
    ],
)
def test_a_name_means(
    namesakes: list[Namesake],
    country_id: str | None,
    group: str | None,
    expected: Namesake | None,
) -> None:
    found = meant(namesakes, country_id=country_id, stakeholder_group_id=group)

    assert found == expected


CODES = st.sampled_from([None, "EGY", "SAU", "ZAF"])
GROUPS = st.sampled_from([None, "government", "civil", "io"])
NAMESAKES = st.lists(
    st.builds(Namesake, st.integers(1, 9), CODES, GROUPS),
    unique_by=lambda n: n.organisation_id,
)


@given(NAMESAKES, CODES, GROUPS)
def test_a_government_is_never_taken_for_one_of_another_country(
    namesakes: list[Namesake], country_id: str | None, group: str | None
) -> None:
    found = meant(namesakes, country_id=country_id, stakeholder_group_id=group)

    if found is not None and found.stakeholder_group_id == "government":
        assert found.country_id == country_id


def named(name: str, now: datetime, **more: Any) -> Organisation:
    facts = {"country_id": None, "stakeholder_group_id": None, "language": "und"}
    return operations.name_organisation(
        name=name, source_url="https://example.org/list", at=now, **(facts | more)
    )


@pytest.mark.django_db
def test_a_new_name_makes_an_organisation_and_leaves_an_entry(now: datetime) -> None:
    made = named("وزارة شؤون المعلومات", now, country_id="EGY", language="ar")

    assert str(made.name) == "وزارة شؤون المعلومات"
    assert made.name.written_in == "ar"
    assert made.slug == "organisation"
    assert [e.action for e in trail.entries_about(made)] == ["organisation.named"]


@pytest.mark.django_db
def test_another_spelling_of_the_same_country_finds_it(now: datetime) -> None:
    made = named("وزارة شؤون المعلومات", now, country_id="EGY")
    n_entries = trail.entries().count()

    found = named("وزارة شئون المعلومات", now, country_id="EGY")

    assert found == made
    assert trail.entries().count() == n_entries


@pytest.mark.django_db
def test_ministries_of_two_countries_stay_two(now: datetime) -> None:
    first = named("Ministry of Education", now, country_id="SAU")
    second = named("MINISTRY OF EDUCATION", now, country_id="OMN")

    assert [first.slug, second.slug] == [
        "ministry-of-education",
        "ministry-of-education-2",
    ]
    assert queries.organisation_index()["ministry of education"] == [
        Namesake(first.pk, "SAU", None),
        Namesake(second.pk, "OMN", None),
    ]


@pytest.mark.django_db
def test_a_seat_and_a_group_are_learned_once(now: datetime) -> None:
    made = named("Association for Progressive Communications", now)

    named("Association for Progressive Communications", now, country_id="ZAF")
    named(
        "Association for Progressive Communications", now, stakeholder_group_id="civil"
    )

    made.refresh_from_db()
    assert (made.country_id, made.stakeholder_group_id) == ("ZAF", "civil")
    assert [e.details for e in trail.entries_about(made)][:2] == [
        {"stakeholder_group_id": "civil", "source_url": "https://example.org/list"},
        {"country_id": "ZAF", "source_url": "https://example.org/list"},
    ]


@pytest.mark.django_db
def test_a_name_without_letters_is_refused(now: datetime) -> None:
    with pytest.raises(operations.OrganisationNameMissing):
        named(" – ", now)


@pytest.mark.django_db
def test_a_name_longer_than_its_column_is_refused(now: datetime) -> None:
    with pytest.raises(operations.OrganisationNameTooLong):
        named("x" * 301, now)


@pytest.mark.django_db
def test_known_organisations_carry_their_names_in_three_languages(
    now: datetime,
) -> None:
    operations.load_known_organisations(at=now)

    itu = named("ITU", now)

    assert itu.name.by_language == {
        "en": "International Telecommunication Union",
        "ar": "الاتحاد الدولي للاتصالات",
        "fr": "Union internationale des télécommunications",
    }
    assert named("International Telecommunication Union", now) == itu
    assert named("UIT", now, country_id="EGY") == itu


@pytest.mark.django_db
def test_loading_known_organisations_twice_changes_nothing(now: datetime) -> None:
    n_loaded = operations.load_known_organisations(at=now)
    n_entries = trail.entries().count()

    assert n_loaded == Organisation.objects.count() > 20
    assert operations.load_known_organisations(at=now) == 0
    assert trail.entries().count() == n_entries


@pytest.mark.django_db
def test_a_known_organisation_takes_over_what_a_source_named_before(
    now: datetime,
) -> None:
    before = named("UNESCO", now)

    operations.load_known_organisations(at=now)

    before.refresh_from_db()
    assert before.name.by_language["en"].startswith("United Nations Educational")
    assert "und" not in before.name.by_language
    assert before.stakeholder_group_id == "io"
