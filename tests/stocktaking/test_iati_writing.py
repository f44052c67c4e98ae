"""What goes out is valid by the official schema, and comes back the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from montada.language.engine.clean import readable
from montada.language.engine.text import (
    LANGUAGES,
    LocalizedText,
    TextState,
    Wording,
)
from montada.stocktaking.engine.iati.values import Activity, Organisation, Skipped
from montada.stocktaking.engine.iati.writing import Outgoing, write_iati
from montada.stocktaking.engine.record import (
    TEXTS,
    Evidence,
    Money,
    Partner,
    Place,
    ProjectRecord,
    Replication,
)
from tests.stocktaking.iati import FILES, LINES_AT, SCHEMAS, read, tables

WRITTEN_AT = datetime(2027, 7, 5, 9, tzinfo=UTC)
OWNER = Organisation(LocalizedText.of("ar", "نحن", en="Us"), "XX-1", "", "io")


def file_of(*projects: Outgoing) -> bytes:
    alpha2 = {iso3: iso2 for iso2, iso3 in tables().countries.items()}
    pieces = write_iati(
        projects, generated_at=WRITTEN_AT, alpha2=alpha2, vocabulary_uri=LINES_AT
    )
    return b"".join(pieces)


def outgoing(record: ProjectRecord, number: int = 1) -> Outgoing:
    return Outgoing(f"XX-1-{number}", record, OWNER, known_on=date(2026, 1, 1))


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=str(SCHEMAS / "2.03" / "iati-activities-schema.xsd"))


def errors(content: bytes) -> list[str]:
    if not FILES.is_dir():
        pytest.skip("the data beside the repository are absent")
    schema().validate(etree.fromstring(content))
    log: Any = schema().error_log
    return [error.message for error in log]


def back(content: bytes) -> Activity:
    [found] = read(content)
    assert isinstance(found, Activity)
    return found


_CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0")
_days = st.dates(date(2003, 1, 1), date(2027, 7, 5))
_amounts = st.decimals(0, 10**12, places=2)
_addresses = st.sampled_from(
    ["https://example.org/a?b=c&d=%D8%A7", "http://مثال.test/"]
)


def lines_of(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return words.map(lambda text: " ".join(readable(text).text.split())).filter(bool)


_lines = lines_of(st.text(_CHARACTERS, max_size=30))
_proses = st.text(_CHARACTERS, max_size=60).map(lambda t: readable(t).text)


@st.composite
def texts(draw: st.DrawFn, words: st.SearchStrategy[str]) -> LocalizedText:
    tags = st.sampled_from([*LANGUAGES, "und"])
    wordings = draw(st.dictionaries(tags, words, max_size=3))
    kept = {tag: Wording(text) for tag, text in wordings.items()}
    return LocalizedText(next(iter(kept), ""), kept)


_unit = st.sampled_from(["", "%", "households"])
_source = st.just("") | _addresses
_evidence = st.one_of(
    st.builds(Evidence, _lines, _amounts, unit=_unit, source=_source),
    st.builds(
        Evidence,
        _lines,
        st.none() | _amounts,
        _amounts,
        _unit,
        st.none() | _days,
        _source,
    ),
)
_degrees = st.tuples(
    st.integers(1, 900_000_000).map(lambda n: n / 10**7),
    st.integers(-1_800_000_000, 1_800_000_000).map(lambda n: n / 10**7),
)
_countries = st.none() | st.sampled_from(["EGY", "TUN", "CHN"])
_places = st.one_of(
    st.sampled_from(["EGY", "TUN"]).map(lambda iso3: Place(country_id=iso3)),
    st.builds(Place, name=_lines, country_id=_countries),
    st.builds(
        lambda name, iso3, at: Place(name, iso3, *at),
        st.just("") | _lines,
        _countries,
        _degrees,
    ),
)
_partners = st.builds(
    Partner, _lines, st.sampled_from(["", "extending", "implementing", "hosts"])
)


@st.composite
def records(draw: st.DrawFn) -> ProjectRecord:
    """Draw a record of everything that IATI can carry."""
    start, end = sorted([draw(_days), draw(_days)])
    places = draw(st.lists(_places, max_size=3, unique=True))
    budget, funded = draw(st.none() | _amounts), draw(st.none() | _amounts)
    is_stated = budget is not None or funded is not None
    told: dict[str, Any] = {
        name: draw(texts(_proses)) for name in TEXTS if name != "title"
    }
    return ProjectRecord(
        title=draw(texts(_lines).filter(bool)),
        **told,
        status=draw(st.sampled_from(["", "planned", "ongoing", "completed"])),
        coverage=draw(st.sampled_from(["", "international", "national", "local"])),
        starts_on=draw(st.sampled_from([None, start])),
        ends_on=draw(st.sampled_from([None, end])),
        website=draw(st.just("") | _addresses),
        evidence=tuple(draw(st.lists(_evidence, max_size=2))),
        money=Money(
            budget,
            "CHF" if is_stated else "",
            funded,
            donors=tuple(draw(st.lists(_lines, max_size=2, unique=True))),
        ),
        partners=tuple(draw(st.lists(_partners, max_size=2, unique=True))),
        # A file names countries first.
        places=tuple(
            sorted(places, key=lambda place: bool(place.name or place.latitude))
        ),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(records())
def test_a_record_comes_back_as_it_went_out(record: ProjectRecord) -> None:
    content = file_of(outgoing(record))

    assert errors(content) == []
    assert back(content).record == record


def test_who_it_is_comes_back_too() -> None:
    record = ProjectRecord(title=LocalizedText.of("ar", "مشروع"))
    project = replace(
        outgoing(record),
        countries=("EGY", "XXX"),
        lines=("C2", "C7-ehealth"),
        goals=("9",),
        targets=("9.c",),
        updated_at=WRITTEN_AT,
    )
    content = file_of(project)
    found = back(content)

    assert errors(content) == []
    assert found.identifier == "XX-1-1"
    assert found.organisation == replace(OWNER, type="40")
    assert [share.code for share in found.countries] == ["EG"]
    assert [line.code for line in found.labels.lines] == ["C2", "C7-ehealth"]
    assert [goal.code for goal in found.labels.goals] == ["9"]
    assert [target.code for target in found.labels.targets] == ["9.c"]
    assert found.language == "ar"


def test_a_record_that_says_nothing_is_valid_and_comes_back_without_a_title() -> None:
    content = file_of(
        Outgoing("A", ProjectRecord(), Organisation(), known_on=date(2026, 1, 1))
    )
    [found] = read(content)

    assert errors(content) == []
    assert isinstance(found, Skipped)
    assert found.reason.value == "no_title"


def test_what_iati_cannot_carry_is_left_out() -> None:
    text = LocalizedText(
        "en", {"en": Wording("One"), "ar": Wording("واحد", TextState.MACHINE)}
    )
    record = ProjectRecord(
        title=text,
        entry_type="toolkit",
        beneficiaries=("women",),
        money=Money(own_share=Decimal(5), currency="CHF"),
        replication=Replication(skills="many"),
        evidence=(Evidence("without a number"),),
        partners=(Partner("They", "implementing", "EGY"),),
        places=(Place("Nowhere", "XXX", 1.5, None),),
        website="http://a b",
    )
    content = file_of(outgoing(record))

    assert errors(content) == []
    assert back(content).record == ProjectRecord(
        title=LocalizedText.of("en", "One"),
        partners=(Partner("They", "implementing"),),
        places=(Place("Nowhere"),),
    )


def test_a_text_that_nobody_has_approved_goes_out_in_the_words_of_its_author() -> None:
    text = LocalizedText(
        "en",
        {"en": Wording("One", TextState.DRAFT), "fr": Wording("Un", TextState.DRAFT)},
    )

    assert back(file_of(outgoing(ProjectRecord(title=text)))).record.title == (
        LocalizedText.of("en", "One")
    )


def test_a_value_without_a_day_comes_back_without_one() -> None:
    record = ProjectRecord(
        title=LocalizedText.of("en", "T"),
        evidence=(
            Evidence("Clinics", value=Decimal(3), measured_on=date(2026, 5, 1)),
            Evidence("Doctors", value=Decimal("4.5"), unit="%"),
        ),
    )

    assert back(file_of(outgoing(record))).record == record


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\ud800", "\ufffe", "<b>&amp;", "]]>"])
def test_signs_that_xml_cannot_hold_do_no_harm(sign: str) -> None:
    words = f"a{sign}b"
    record = ProjectRecord(
        title=LocalizedText.of("en", words),
        partners=(Partner(words, words),),
        money=Money(Decimal(1), words, donors=(words,)),
        evidence=(Evidence(words, value=Decimal(1), unit=words, source=words),),
        places=(Place(words),),
        website=f"https://example.org/{words}",
    )

    assert errors(file_of(outgoing(record))) == []


def test_a_file_is_written_one_project_at_a_time() -> None:
    taken = []

    def projects() -> Iterator[Outgoing]:
        for number in range(3):
            taken.append(number)
            yield outgoing(ProjectRecord(title=LocalizedText.of("en", "T")), number)

    pieces = write_iati(
        projects(),
        generated_at=WRITTEN_AT,
        alpha2={},
        vocabulary_uri=LINES_AT,
    )
    next(pieces)
    next(pieces)

    assert taken == [0]
