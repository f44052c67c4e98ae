"""Every feature lets its records be found, and is followed by the index."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

import montada
from montada.audit import queries as audit
from montada.discovery import operations, queries
from montada.discovery.choices import URL_NAMES, Kind
from montada.edition import operations as edition
from montada.edition.engine.values import EditionFacts
from montada.framework import operations as framework
from montada.language.engine.text import LocalizedText
from montada.language.models import IndexedText
from montada.participation import operations as participation
from montada.programme import operations as programme
from tests.factories.edition import make_edition, make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.programme import make_session
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


def found(text: str, reader: str = "en", **choice: list[str]) -> list[str]:
    it = queries.search(text, reader=reader, choice=choice)
    return [result.key for result in queries.results_of(it, it.found.hits)]


def indexed(kind: str) -> set[str]:
    return set(IndexedText.objects.filter(kind=kind).values_list("title", flat=True))


def test_a_project_is_found_under_its_line_goal_year_and_country(now: datetime) -> None:
    project = a_project("Zebra telecentres", at=now, goal_numbers=[4])

    assert found("zebra", kind=["project"], line=["C2"], goal=["4"]) == [project.slug]
    assert found("zebra", country=["EGY"], year=["2018"]) == [project.slug]
    assert found("zebra", line=["C3"]) == []


def test_what_a_project_gains_later_is_found_too(now: datetime) -> None:
    project = a_project("Zebra telecentres", at=now)
    a_project("Zebra telecentres", at=now, lines=["C3"], year=2021)

    assert found("zebra", line=["C3"], year=["2021"]) == [project.slug]


def test_a_project_without_a_title_is_found_nowhere(now: datetime) -> None:
    a_project("", at=now)

    assert indexed("project") == set()


def test_imported_sessions_are_found(now: datetime) -> None:
    facts = Path(montada.__file__).parent / "demo" / "facts" / "sessions.csv"
    programme.import_sessions(path=facts, imported_by=None, at=now)

    assert len(indexed("session")) > 50


class TestOrganisations:
    def test_names_and_aliases_are_found(self, now: datetime) -> None:
        zebra = make_organisation("Zebra Institute")
        participation.add_alias(
            organisation_id=zebra.pk, alias="Quagga House", added_by=None, at=now
        )

        assert found("quagga") == [zebra.slug]

    def test_a_merged_one_is_found_as_the_kept_one(self, now: datetime) -> None:
        kept, merged = make_organisation("Zebra One"), make_organisation("Quagga Two")
        participation.merge_organisations(
            kept_id=kept.pk, merged_id=merged.pk, merged_by=None, at=now
        )

        assert found("quagga") == [kept.slug]

    def test_a_new_name_is_found_at_once(self, now: datetime) -> None:
        zebra = make_organisation("Zebra Institute")
        participation.describe_organisation(
            organisation_id=zebra.pk,
            name=LocalizedText.of("en", "Quagga Institute", ar="معهد القواغا"),
            acronym="QIX",
            stakeholder_group_id=None,
            country_id="KEN",
            regions=[],
            described_by=None,
            at=now,
        )

        for text in ("quagga", "QIX", "القواغا"):
            assert found(text, country=["KEN"]) == [zebra.slug]

    def test_those_that_the_product_carries(self, now: datetime) -> None:
        participation.load_known_organisations(at=now)

        assert "itu" in found("International Telecommunication Union")
        assert "itu" in found("الاتحاد الدولي للاتصالات", "ar")


class TestEditions:
    def test_an_edition_is_found_by_name_theme_and_city(self, now: datetime) -> None:
        facts: dict[str, Any] = {
            "slug": "2031",
            "year": 2031,
            "name": LocalizedText.of("en", "Zebra Forum"),
            "theme": LocalizedText.of("en", "Quaggas for all"),
            "city": LocalizedText.of("en", "Timbuktu"),
        }
        edition.open_edition(facts=EditionFacts(**facts), opened_by=None, at=now)

        for text in ("zebra", "quagga", "Timbuktu"):
            assert found(text, year=["2031"]) == ["2031"]

    def test_a_copy_is_found_until_it_is_taken_back(self, now: datetime) -> None:
        source, person = make_edition(), make_secretary()
        copy = edition.copy_edition(
            source_id=source.pk,
            slug="2032",
            name=LocalizedText.of("en", "Zebra Forum"),
            starts_on=source.starts_on,  # type: ignore[arg-type] # the factory's has one
            copied_by=person,
            at=now,
        )
        assert found("zebra") == ["2032"]

        entry = audit.entries_about(copy)[0]
        edition.undo(entry_id=entry.pk, undone_by=person, at=now)
        assert found("zebra") == []

    def test_moved_online_it_is_found_in_no_city(self, now: datetime) -> None:
        one = make_edition(city=LocalizedText.of("en", "Timbuktu"))
        edition.publish_editions()
        assert found("Timbuktu") == [one.slug]

        edition.move_online(edition_id=one.pk, moved_by=make_secretary(), at=now)
        assert found("Timbuktu") == []


class TestVocabulary:
    def test_lines_goals_targets_and_countries_are_found(self) -> None:
        assert "C7-ehealth" in found("e-health", kind=["action-line"])
        assert found("hunger", kind=["goal"]) == ["2"]
        assert found("hospitals", kind=["geneva-target"]) == ["e"]
        assert found("Égypte", "fr", kind=["country"]) == ["EGY"]

    def test_publishing_it_again_changes_nothing(self, now: datetime) -> None:
        assert framework.publish_framework() == 0


def test_everything_can_be_published_anew(now: datetime) -> None:
    project = a_project("Zebra telecentres", at=now)
    session = make_session("Zebra session")
    IndexedText.objects.all().delete()

    assert operations.publish_everything() > 1_000
    assert sorted(found("zebra")) == sorted([project.slug, session.slug])
    assert operations.publish_everything() == 0


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_page(kind: Kind) -> None:
    keys = {"goal": "4", "geneva-target": "a", "country": "EGY", "statement": "7"}
    key = keys.get(kind.value, "key")

    assert reverse(URL_NAMES[kind], args=[key]).startswith("/en/")
