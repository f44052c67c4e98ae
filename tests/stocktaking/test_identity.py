"""When two sources speak of one project."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.identity import identity_key
from montada.stocktaking.engine.values import ProjectFacts, is_public_address

TITLED = ProjectFacts(
    source_url="https://example.org",
    title=LocalizedText.of("und", "Tasmu Digital Valley"),
    country_id="QAT",
    organisation_name="Ministry",
)
UNTITLED = replace(TITLED, title=LocalizedText(), year=2014, action_line_ids=("C3",))


def same(one: ProjectFacts, **other: Any) -> bool:
    return identity_key(one) == identity_key(replace(one, **other))


def test_capitals_organisation_year_and_lines_do_not_part_a_titled_project() -> None:
    assert same(TITLED, title=LocalizedText.of("en", "TASMU  digital-valley"))
    assert same(TITLED, organisation_name="Another", year=2020, action_line_ids=("C1",))


def test_another_country_or_title_is_another_project() -> None:
    assert not same(TITLED, country_id="SAU")
    assert not same(TITLED, title=LocalizedText.of("und", "Tasmu Digital Hill"))


def test_without_a_country_the_organisation_parts_projects() -> None:
    nowhere = replace(TITLED, country_id=None)

    assert same(nowhere, organisation_name="MINISTRY")
    assert not same(nowhere, organisation_name="Another")


def test_untitled_projects_meet_only_where_everything_else_agrees() -> None:
    assert same(UNTITLED, source_url="https://example.net")
    others: tuple[dict[str, Any], ...] = (
        {"year": 2015},
        {"action_line_ids": ()},
        {"organisation_name": "Another"},
        {"country_id": "SAU"},
    )
    for other in others:
        assert not same(UNTITLED, **other)


def test_titles_of_signs_alone_are_still_titles() -> None:
    assert not same(
        replace(TITLED, title=LocalizedText.of("und", "@@")),
        title=LocalizedText.of("und", "++"),
    )


@given(st.text(), st.sampled_from(["EGY", "QAT", None]))
def test_the_key_always_fits_its_column(title: str, country: str | None) -> None:
    facts = replace(TITLED, title=LocalizedText.of("und", title), country_id=country)

    assert len(identity_key(facts)) == 32


def test_only_web_addresses_are_sources() -> None:
    for address in ("https://itu.int/a?b=1", "http://example.org"):
        assert is_public_address(address)
    for address in (
        "",
        "javascript:alert(1)",
        "ftp://example.org",
        "https://",
        "example.org",
        "https://example.org/a b",
        "https://[",
        "https://example.org/" + "a" * 500,
    ):
        assert not is_public_address(address)
