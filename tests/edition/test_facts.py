"""The real editions are loaded from the file; what is unknown stays unknown."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

import pytest

from montada.audit import queries as trail
from montada.edition import operations, queries
from montada.edition.models import Edition
from montada.edition.operations.facts import FILE
from montada.language.engine.text import TextState
from tests.factories.edition import make_secretary

pytestmark = pytest.mark.django_db


def loaded(slug: str) -> Edition:
    edition = queries.edition(slug)
    assert edition is not None
    return edition


def test_the_file_is_the_one_whose_sources_were_checked() -> None:
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()

    assert digest == "cbacf2a20949a1519f6c08efebfcdc655057555e42e5ec3fd6cab9e70af49e4d"


def test_eighteen_editions_are_loaded_with_one_entry_in_the_trail(
    now: datetime,
) -> None:
    report = operations.load_editions(at=now)

    assert report.counts == {"accepted": 18}
    assert [e.year for e in queries.editions()] == list(range(2026, 2008, -1))
    entries = list(trail.entries().filter(action="edition.loaded"))
    assert [entry.subject for entry in entries] == [trail.name_of(loaded("2026"))]
    assert len(entries[0].details["editions"]) == 18


def test_loading_again_changes_nothing_and_leaves_no_entry(now: datetime) -> None:
    operations.load_editions(at=now)
    before = trail.last_entry_id()

    report = operations.load_editions(at=now)

    assert report.counts == {"unchanged": 18}
    assert trail.last_entry_id() == before


def test_what_the_file_corrects_is_corrected(now: datetime) -> None:
    operations.load_editions(at=now)
    Edition.objects.filter(slug="2019").update(participants=3)

    report = operations.load_editions(at=now)

    assert report.counts == {"unchanged": 17, "changed": 1}
    assert loaded("2019").participants == 3000


def test_what_people_decided_is_not_overwritten(now: datetime) -> None:
    operations.load_editions(at=now)
    moment = now.replace(year=2026, month=1)
    operations.move_online(
        edition_id=loaded("2026").pk, moved_by=make_secretary(), at=moment
    )

    report = operations.load_editions(at=now)

    assert report.counts == {"unchanged": 17, "skipped": 1}
    assert loaded("2026").mode == "online"


def test_2018_is_known_in_full(now: datetime) -> None:
    operations.load_editions(at=now)

    edition = loaded("2018")

    assert (edition.starts_on, edition.ends_on) == (
        date(2018, 3, 19),
        date(2018, 3, 23),
    )
    assert edition.name.by_language["ar"] == (
        "منتدى القمة العالمية لمجتمع المعلومات لعام 2018"
    )
    assert edition.theme.by_language["en"].startswith(
        "Leveraging ICTs to Build Information and Knowledge Societies for Achieving the"
    )
    assert edition.theme.wordings["ar"].state == TextState.APPROVED
    assert edition.city.by_language["ar"] == "جنيف"
    assert edition.city.by_language["fr"] == "Genève"
    assert edition.country_id == "CHE"
    assert edition.mode == "on_site_remote"
    assert edition.organisers == [
        *("ITU", "UNESCO", "UNDP", "UNCTAD", "UN DESA", "others")
    ]
    assert (edition.participants, edition.n_countries, edition.n_sessions) == (
        *(2500, 150, 200),
    )
    assert len(edition.sources) == 4


def test_2025_is_known_in_full(now: datetime) -> None:
    operations.load_editions(at=now)

    edition = loaded("2025")

    assert (edition.starts_on, edition.ends_on) == (date(2025, 7, 7), date(2025, 7, 11))
    assert edition.mode == "hybrid"
    assert str(edition.venue) == "Palexpo"
    assert edition.name.by_language == {
        "en": "WSIS+20 High-Level Event 2025",
        "ar": "منتدى القمة العالمية لمجتمع المعلومات +20",
    }
    assert not edition.theme


def test_blanks_stay_unknown(now: datetime) -> None:
    operations.load_editions(at=now)

    edition = loaded("2026")

    assert (edition.mode, edition.participants, edition.country_id) == ("", None, None)
    assert not edition.city
    assert not edition.venue
    assert loaded("2021").starts_on is None


def test_a_plain_name_is_given_in_arabic_as_a_draft_and_others_stay(
    now: datetime,
) -> None:
    operations.load_editions(at=now)

    arabic = loaded("2010").name.wordings["ar"]

    assert arabic.text == "منتدى القمة العالمية لمجتمع المعلومات لعام 2010"
    assert arabic.state == TextState.DRAFT
    assert loaded("2024").name.by_language == {
        "en": "WSIS+20 Forum High-Level Event 2024"
    }


def test_every_way_of_taking_part_in_the_file_has_a_stored_value(
    now: datetime,
) -> None:
    operations.load_editions(at=now)

    assert {e.year: e.mode for e in queries.editions()} == {
        **dict.fromkeys(range(2009, 2020), "on_site_remote"),
        **dict.fromkeys((2020, 2021), "online"),
        **dict.fromkeys(range(2022, 2026), "hybrid"),
        2026: "",
    }


def test_a_title_that_was_recalled_is_marked_a_draft(now: datetime) -> None:
    operations.load_editions(at=now)

    assert loaded("2023").theme.wordings["en"].state == TextState.DRAFT
