"""Which country a query names."""

from __future__ import annotations

import pytest

from montada.discovery.queries import country_named

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Egypt", "EGY"),
        ("مصر", "EGY"),
        ("Égypte", "EGY"),
        ("埃及", "EGY"),
        ("Masr", "EGY"),
        ("Egipt", "EGY"),
        ("Côte d'Ivoire", "CIV"),
        ("cote d’ivoire", "CIV"),
        ("United Arab Emirates", "ARE"),
        ("روسيا", "RUS"),
        ("Russia", "RUS"),
    ],
)
def test_a_country_by_its_name(text: str, iso3: str) -> None:
    named = country_named(text)

    assert named is not None
    assert (named.iso3, named.is_all, named.is_city) == (iso3, True, False)


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("telemedicine in Egypt", "EGY"),
        ("تدريب المزارعين بمصر", "EGY"),
        ("la télémédecine au Maroc", "MAR"),
        ("schools of South Africa today", "ZAF"),
    ],
)
def test_a_country_within_a_query(text: str, iso3: str) -> None:
    named = country_named(text)

    assert named is not None
    assert (named.iso3, named.is_all) == (iso3, False)


@pytest.mark.parametrize("text", ["Cairo", "القاهرة", "Le Caire", "Каир", "开罗"])
def test_a_city_names_its_country(text: str) -> None:
    named = country_named(text)

    assert named is not None
    assert (named.iso3, named.is_all, named.is_city) == ("EGY", True, True)


@pytest.mark.parametrize(
    "text", ["", "🙂", "in", "to", "training", "farmers in villages", "e-government"]
)
def test_what_names_no_country(text: str) -> None:
    assert country_named(text) is None
