"""Rows of a table become records, or say which cell is wrong and what to write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.text import LANGUAGES, LocalizedText
from montada.stocktaking.engine.record import (
    Evidence,
    Money,
    Partner,
    Place,
    ProjectRecord,
)
from montada.stocktaking.engine.tables.rows import read_row
from montada.stocktaking.engine.tables.values import FIELDS, ReadRow, Vocabulary
from montada.stocktaking.engine.values import LabelOf

KNOWN = Vocabulary(
    countries={"egy": "EGY", "egypt": "EGY", "مصر": "EGY", "jor": "JOR"},
    action_lines={
        "c2": "C2",
        "جيم2": "C2",
        "c7 egov": "C7-egov",
        "infrastructure": "C2",
    },
    goals={str(n): str(n) for n in range(1, 18)},
    targets={"9 c": "9.c"},
    objectives={"1": "1"},
    values={
        "entry_type": {"project": "project"},
        "status": {"ongoing": "ongoing", "جار": "ongoing"},
        "coverage": {"national": "national"},
        "beneficiaries": {"women": "women", "youth": "youth"},
        "stakeholder_group": {"government": "government"},
    },
    areas={"africa": "Africa", "xkx": "Kosovo"},
    languages={tag: tag for tag in (*LANGUAGES, "und")} | {"arabic": "ar"},
    empty=frozenset({"n a", "tbd"}),
)


def row(mapping: dict[str, str] | None = None, **cells: Any) -> ReadRow:
    """Read a row whose columns are called as the fields, if nothing else is said."""
    return read_row(2, cells, mapping or {name: name for name in cells}, KNOWN, "list")


def record(**cells: Any) -> ProjectRecord:
    read = row(**{"title": "A title", **cells})
    assert read.incoming, read.faults
    return read.incoming.record


def faults(**cells: Any) -> list[tuple[str, str]]:
    read = row(**{"title": "A title", **cells})
    assert read.incoming is None
    return [(note.code, note.column) for note in read.faults]


def test_a_whole_row() -> None:
    mapping = {
        "الاسم": "title",
        "summary_en": "summary[en]",
        "الدولة": "country",
        "الجهة": "organisation",
        "cost": "budget[EGP]",
        "bank": "partners[Borrower]",
        "=government": "stakeholder_group",
        "id": "identifier",
    }
    cells = {
        "id": "7",
        "الاسم": "منصة بلدي للخدمات",
        "summary_en": "A platform for services.",
        "الدولة": "مصر",
        "الجهة": "وزارة الاتصالات|ITIDA",
        "cost": "١٬٠٠٠",
        "bank": "Misr",
    }
    read = read_row(2, cells, mapping, KNOWN, "list")

    assert read.incoming
    assert read.incoming.identifier == "7"
    assert read.incoming.organisation_name == "وزارة الاتصالات"
    assert read.incoming.country_id == "EGY"
    assert read.incoming.stakeholder_group_id == "government"
    assert read.incoming.record == ProjectRecord(
        title=LocalizedText.of("ar", "منصة بلدي للخدمات"),
        summary=LocalizedText.of("en", "A platform for services."),
        money=Money(budget=Decimal(1000), currency="EGP"),
        partners=(Partner("ITIDA"), Partner("Misr", "Borrower")),
    )


def test_languages_are_told_by_column_by_row_or_by_letters() -> None:
    told = record(**{"title": "A", "title[ar]": "ب", "language": "en"})
    assert told.title == LocalizedText.of("en", "A", ar="ب")
    assert record(title="A title").title.written_in == "und"

    cells: dict[str, Any] = {"title[en]": "منصة بلدي للخدمات"}
    read = row(**cells)
    assert read.incoming
    assert read.incoming.record.title.written_in == "ar"
    assert [note.code for note in read.remarks] == ["other_language"]


def test_labels_are_read_by_code_title_and_number() -> None:
    read = row(
        title="T",
        action_lines="C2; C7-egov – government, جيم2",
        goals="Goal 4|SDG 9, 04",
        targets="9.c",
        objectives="1",
    )

    assert read.incoming
    assert read.incoming.labels == (
        LabelOf("action_line", "C2"),
        LabelOf("action_line", "C7-egov"),
        LabelOf("goal", "4"),
        LabelOf("goal", "9"),
        LabelOf("target", "9.c"),
        LabelOf("objective", "1"),
    )


def test_places_are_countries_names_and_degrees() -> None:
    assert record(places="Egypt|Cairo").places == (
        Place(country_id="EGY"),
        Place("Cairo"),
    )
    assert record(country="EGY", latitude="30,05", longitude="31.25").places == (
        Place(country_id="EGY", latitude=30.05, longitude=31.25),
    )
    assert record(places='[{"name": "Giza"}]').places == (Place("Giza"),)


def test_what_is_no_country_is_kept_as_a_place_and_said() -> None:
    area = row(title="T", country="XKX")
    several = row(title="T", country="Egypt|JOR")

    assert area.incoming
    assert several.incoming
    assert area.incoming.record.places == (Place("Kosovo"),)
    assert (area.incoming.country_id, several.incoming.country_id) == (None, None)
    assert [n.code for n in (*area.remarks, *several.remarks)] == [
        "area",
        "several_countries",
    ]


def test_evidence_comes_as_a_record_writes_it() -> None:
    told = record(evidence='[{"indicator": "Users", "value": "5", "file_id": 3}]')

    # Files of another installation mean nothing here.
    assert told.evidence == (Evidence("Users", value=Decimal(5)),)


def test_periods_and_lists() -> None:
    told = record(
        starts_on="2024", ends_on="2024", status="جار", beneficiaries="women,youth"
    )

    assert (told.starts_on, told.ends_on) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (told.status, told.beneficiaries) == ("ongoing", ("women", "youth"))


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"country": "Atlantis"}, "no_country"),
        ({"stakeholder_group": "Martians"}, "no_stakeholder_group"),
        ({"status": "maybe"}, "no_status"),
        ({"beneficiaries": "women, cats"}, "no_beneficiaries"),
        ({"action_lines": "C99"}, "no_line"),
        ({"action_lines": "C7"}, "line_without_part"),
        ({"goals": "18"}, "no_goal"),
        ({"targets": "99.z"}, "no_target"),
        ({"objectives": "6"}, "no_objective"),
        ({"starts_on": "soon"}, "no_date"),
        ({"year": "1066"}, "no_year"),
        ({"budget": "much"}, "no_number"),
        ({"budget": "-1", "currency": "USD"}, "negative"),
        ({"budget": "5"}, "currency_missing"),
        ({"currency": "gold"}, "no_currency"),
        ({"website": "ftp://x"}, "no_address"),
        ({"source_url": "javascript:alert(1)"}, "no_address"),
        ({"latitude": "91", "longitude": "0"}, "no_degrees"),
        ({"latitude": "1.0"}, "half_a_coordinate"),
        ({"language": "Klingon"}, "no_language"),
        ({"organisation": "…" * 25}, "no_name"),
        ({"organisation": "x" * 301}, "cell_too_long"),
        ({"identifier": "x" * 301}, "cell_too_long"),
        ({"summary": "x" * 100_000}, "too_long"),
        ({"evidence": '[{"indicator": ]'}, "no_record"),
        ({"evidence": '[{"indicator": "x", "colour": "red"}]'}, "no_record"),
        ({"places": '[{"country_id": "ATL"}]'}, "no_record"),
        ({"record": {"title": "just words"}}, "no_record"),
        ({"record": {"status": "evil"}}, "no_record"),
        ({"title": ["a", ["b"]]}, "no_plain_value"),
    ],
)
def test_a_broken_cell_refuses_the_row_and_is_named(
    cells: dict[str, Any], code: str
) -> None:
    found = faults(**cells)

    assert [fault for fault, _column in found] == [code]
    assert found[0][1] in cells


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert faults(country="Atlantis", budget="much", starts_on="soon") == [
        ("no_country", "country"),
        ("no_number", "budget"),
        ("no_date", "starts_on"),
    ]


def test_the_end_before_the_start_is_told_beside_the_end() -> None:
    assert faults(starts_on="2024", ends_on="2020") == [
        ("ends_before_start", "ends_on")
    ]


def test_a_row_without_words_is_passed_over_and_one_without_a_title_refused() -> None:
    assert (read := row(title="–", summary="TBD", country="EGY")).skipped
    assert read.incoming is None
    assert [n.code for n in row(title="", summary="About something").faults] == [
        "no_title"
    ]


def test_signs_that_mislead_are_taken_out_and_said() -> None:
    read = row(title="Safe\u202egpj.exe\x00 \ud800 title 👍", summary="as it is")

    assert read.incoming
    assert str(read.incoming.record.title) == "Safegpj.exe  title 👍"
    assert [(n.code, n.column) for n in read.remarks] == [("signs_removed", "title")]


def test_a_row_without_an_identifier_is_named_by_what_it_says() -> None:
    first, again, other = (row(title=t) for t in ("One", "One", "Two"))

    assert first.incoming
    assert again.incoming
    assert other.incoming
    assert first.incoming.identifier == again.incoming.identifier
    assert first.incoming.identifier != other.incoming.identifier


def test_a_record_of_our_own_export_is_taken_whole() -> None:
    whole = ProjectRecord(
        title=LocalizedText.of("en", "A", ar="ب"), status="ongoing", website=""
    )
    read = row(record=whole.as_json(), country="EGY", organisation='["A; B"]')

    assert read.incoming
    assert read.incoming.record == whole
    assert read.incoming.organisation_name == "A; B"


_CELLS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["[", "[{}]", '["', "{}", "null", "NaN", "=1", "1e9", "|;,", "\u202e"]
    ),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3),
)


@given(st.dictionaries(st.sampled_from(FIELDS), _CELLS))
def test_no_row_breaks_the_reading(cells: dict[str, Any]) -> None:
    read = row(**cells)

    assert (read.incoming is None) == bool(read.faults or read.skipped)
