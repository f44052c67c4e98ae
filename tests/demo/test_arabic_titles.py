"""The Arabic titles of the demonstration belong to its prizes and leave none out."""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from pathlib import Path

from django.conf import settings

FACTS = settings.PACKAGE / "demo" / "facts"
FRAMEWORK = settings.PACKAGE / "framework" / "data"
WON = ("winner", "awarded")
A_NAME_NOT_WORDS = {
    ("DZA", "CtrlF"),
    ("DZA", "WINGO"),
    ("EGY", "EDUganda"),
    ("IDN", "IndonesiaBaik.id"),
    ("IND", "SAKSHAM"),
    ("IND", "Utkarsh Bangla"),
    ("KWT", "histonano.com"),
    ("RWA", "Checkmi"),
    ("SAU", "myKKU"),
    ("ZAF", "Digitech"),
    ("ZAF", "Swift Vee"),
}
"""Titles left as they are: nothing in them can be translated."""


def rows_of(name: str, folder: Path = FACTS) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def arab_states() -> set[str]:
    """Return the League of Arab States, which holds ITU's region too, as ISO3 codes."""
    groups = tomllib.loads((FRAMEWORK / "framework.toml").read_text("utf-8"))["group"]
    (members,) = (set(g["members"]) for g in groups if g["id"] == "las")
    countries = rows_of("countries.csv", FRAMEWORK)
    return {row["iso3"] for row in countries if row["iso2"] in members}


def key_of(row: dict[str, str]) -> tuple[str, str]:
    return row["country"], row["title"]


def arabic_letters(text: str) -> list[str]:
    return [sign for sign in text if unicodedata.name(sign, "").startswith("ARABIC L")]


def test_every_row_names_a_title_of_the_prizes_once_and_in_order() -> None:
    keys = [key_of(row) for row in rows_of("titles_ar.csv")]

    assert keys == sorted(set(keys))
    assert set(keys) - {key_of(row) for row in rows_of("prizes.csv")} == set()


def test_arab_states_and_winners_have_an_arabic_title_unless_it_is_a_name() -> None:
    arab = arab_states()
    wanted = {
        key_of(row)
        for row in rows_of("prizes.csv")
        if row["title"]
        and not arabic_letters(row["title"])
        and (row["country"] in arab or row["result"] in WON)
    }

    assert wanted - {key_of(row) for row in rows_of("titles_ar.csv")} == (
        A_NAME_NOT_WORDS
    )


def test_titles_are_arabic_without_marks_or_signs_nobody_sees() -> None:
    for row in rows_of("titles_ar.csv"):
        title = row["title_ar"]
        letters = [sign for sign in title if sign.isalpha()]
        unseen = [s for s in title if unicodedata.category(s) in ("Cc", "Cf", "Mn")]

        assert 3 * len(arabic_letters(title)) >= len(letters) > 0, title
        assert unseen == [], title
        assert title == " ".join(title.split())
        assert not {'"', "'"} & set(title)
        assert row["note"] in ("", "official")
