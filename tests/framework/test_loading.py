"""Loading the reference data: whole, repeatable, and no match for a person's word."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.audit import queries as audit
from montada.framework import queries
from montada.framework.models import (
    ActionLine,
    Country,
    CountryGroup,
    GdcObjective,
    Goal,
    Target,
)
from montada.framework.operations import load_framework
from montada.language.engine.text import TextState
from tests.factories.edition import make_secretary
from tests.factories.framework import change_cell

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing_and_leaves_no_entry(now: datetime) -> None:
    before = audit.last_entry_id()

    loaded = load_framework(at=now)

    assert (loaded.added, loaded.changed, loaded.removed) == (0, 0, 0)
    assert audit.last_entry_id() == before


def test_a_change_of_the_data_is_stored_and_remembered_once(now: datetime) -> None:
    before = audit.last_entry_id()
    ActionLine.objects.filter(pk="C2").update(code_ar="؟")
    CountryGroup.objects.get(pk="las").members.remove(Country.objects.get(pk="EGY"))
    CountryGroup.objects.get(pk="las").members.add(Country.objects.get(pk="FRA"))

    loaded = load_framework(at=now)

    assert (loaded.added, loaded.changed, loaded.removed) == (1, 1, 1)
    assert ActionLine.objects.get(pk="C2").code_ar == "جيم2"
    assert "EGY" in queries.members_of("las")
    assert "FRA" not in queries.members_of("las")
    assert [e.action for e in audit.entries() if e.pk > before] == [
        "framework.reference_loaded"
    ]


def test_wording_that_a_person_approved_stays(now: datetime) -> None:
    line, salma = ActionLine.objects.get(pk="C2"), make_secretary()
    line.title = line.title.with_wording("ar", "بنية", TextState.DRAFT)
    line.title = line.title.approved("ar", by=salma.pk)
    line.title = line.title.with_wording("fr", "Mal écrit", TextState.DRAFT)
    line.save()

    load_framework(at=now)

    title = ActionLine.objects.get(pk="C2").title
    assert title.by_language["ar"] == "بنية"
    assert title.wordings["ar"].approved_by == salma.pk
    assert title.by_language["fr"].startswith("L'infrastructure")


def test_a_newer_matrix_stays(now: datetime) -> None:
    change_cell(make_secretary())

    load_framework(at=now)

    assert queries.matrix_at(None).latest == 2
    assert queries.matrix_at(None).cell("C2", 7).targets == ("7.1",)


def test_official_titles_that_were_loaded_stay(now: datetime) -> None:
    target = Target.objects.get(pk="4.1")
    target.title = Goal.objects.get(pk=4).title
    target.save()

    load_framework(at=now)

    assert Target.objects.get(pk="4.1").title == Goal.objects.get(pk=4).title


def test_only_titles_that_were_read_are_approved() -> None:
    states = {
        tag: wording.state.value
        for tag, wording in ActionLine.objects.get(pk="C2").title.wordings.items()
    }

    assert states == {
        "en": "approved",
        "ar": "draft",
        "fr": "draft",
        "es": "draft",
        "zh": "draft",
        "ru": "draft",
    }


def test_recalled_wordings_of_the_compact_are_drafts_in_every_language() -> None:
    title = GdcObjective.objects.get(pk=1).title

    assert {tag: w.state.value for tag, w in title.wordings.items()} == {
        "en": "draft",
        "ar": "draft",
        "fr": "draft",
    }


def test_a_country_lies_in_its_regions_though_codes_lost_their_zeros() -> None:
    aruba = queries.country("ABW")

    assert aruba is not None
    assert (aruba.region_id, aruba.subregion_id, aruba.m49) == ("019", "419", "533")
    assert Country.objects.get(pk="ATA").region_id is None
