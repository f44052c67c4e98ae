"""Columns of other people's tables, recognised in six languages."""

from __future__ import annotations

import pytest

from montada.stocktaking.engine.tables.columns import Certainty, recognise
from montada.stocktaking.engine.tables.values import FIELDS, is_field
from montada.stocktaking.queries import heads


def fields_of(*columns: str) -> dict[str, str]:
    return dict(recognise(columns, heads()).mapping)


@pytest.mark.parametrize(
    "columns",
    [
        ("العنوان", "الوصف", "البلد", "تاريخ البدء", "الميزانية"),
        ("Title", "Description", "Country", "Start date", "Budget"),
        ("Titre", "Résumé", "Pays", "Date de début", "Budget total"),
        ("Título", "Descripción", "País", "Fecha de inicio", "Presupuesto"),
        ("标题", "描述", "国家", "开始日期", "预算"),
        ("Название", "Описание", "Страна", "Дата начала", "Бюджет"),
    ],
)
def test_the_same_head_in_six_languages(columns: tuple[str, ...]) -> None:
    found = list(fields_of(*columns).values())

    assert found == ["title", "summary", "country", "starts_on", "budget"]


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("title_ar", "title[ar]"),
        ("Title (Arabic)", "title[ar]"),
        ("Titre en arabe", "title[ar]"),
        ("العنوان بالعربية", "title[ar]"),
        ("العنوان باللغة الفرنسية", "title[fr]"),
        ("标题(阿拉伯语)", "title[ar]"),
        ("Budget (USD)", "budget[USD]"),
        ("Budget in €", "budget[EUR]"),
        ("title[fr]", "title[fr]"),
        ("partners[Borrower]", "partners[Borrower]"),
        ("PROJECT_TITLE", "title"),
        ("Desciption", "summary"),
    ],
)
def test_a_head_may_say_more_or_be_misspelt(column: str, field: str) -> None:
    assert fields_of(column) == {column: field}


def test_likeness_is_said_to_be_likeness() -> None:
    found = recognise(["Tittle", "title of nothing at all"], heads())

    assert found.mapping == {"Tittle": "title"}
    assert found.certainty == {"Tittle": Certainty.LIKELY}


def test_a_field_goes_to_the_surest_column_and_partners_to_all() -> None:
    found = fields_of("Titel of project", "title", "partners", "Partner")

    assert found == {"title": "title", "partners": "partners", "Partner": "partners"}


def test_well_known_tables_are_told_by_their_heads() -> None:
    known = next(p for p in heads().presets if p.key == "worldbank")
    found = recognise([*known.columns, "something new"], heads())

    assert found.preset == known
    assert found.mapping["pdo"] == "summary[en]"
    assert found.mapping["=World Bank"] == "organisation"
    assert "something new" not in found.mapping


def test_words_of_the_file_lead_to_fields_and_presets_name_fields() -> None:
    assert set(heads().fields.values()) <= set(FIELDS)
    for preset in heads().presets:
        assert [f for f in preset.columns.values() if f and not is_field(f)] == []
        assert preset.head <= set(preset.columns) | set(FIELDS)


@pytest.mark.parametrize("name", ["title[", "title[]", "country[ar]", "colour", ""])
def test_what_is_no_field(name: str) -> None:
    assert not is_field(name)
