"""What tells two texts apart that look alike: denials, opposites, numbers, names."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language import queries
from montada.language.engine.cues import Phrases, tokens_of
from montada.language.engine.differences import Difference, differences
from montada.language.engine.polarity import marked
from montada.language.engine.quantities import quantities
from montada.language.engine.text import LANGUAGES

PAIRS: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "pairs.toml").read_text(encoding="utf-8")
)


def told_apart(
    first: str, second: str, language: str, other: str = "", **options: bool
) -> list[Difference]:
    lexicon = queries.deciding_words(language)
    other = other or language
    return list(
        differences(
            marked(first, language, lexicon),
            marked(second, other, queries.deciding_words(other)),
            lexicon.prefixes,
            **options,
        )
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,000 and 1 000 and 1.000 and 1000", ["1000"] * 4),
        ("١٬٠٠٠ و ٢٫٥", ["1000", "2.5"]),
        ("2.5 or 2,50", ["2.5", "2.5"]),
        ("1,234.5", ["1234.5"]),
        ("on 12.03.2025", ["12.3.2025"]),
        ("5 million", ["5000000"]),
        ("five million", ["5000000"]),
        ("millions of people", ["1000000"]),
        ("C7 in 2030", ["7", "2030"]),
        ("0 and 007", ["0", "7"]),
        ("12.3.2025 million", ["12.3.2025 x 1000000"]),
        ("9" * 5_000, ["9" * 5_000]),
        ("none", []),
    ],
)
def test_numbers_are_read_as_values(text: str, values: list[str]) -> None:
    words = Phrases(
        [("=five", "5"), ("=million", "x1000000"), ("=millions", "x1000000")], "en"
    )
    read = quantities(text, tokens_of(text, "en"), words)

    assert [number.value for number in read] == values


@pytest.mark.parametrize(
    ("language", "pair"),
    [(language, pair) for language, pairs in PAIRS.items() for pair in pairs],
)
def test_pairs_get_the_level_a_reader_would_give(
    language: str, pair: dict[str, Any]
) -> None:
    [found] = queries.duplicates_of([pair["first"], pair["second"]], by_meaning=False)

    assert found.level == pair["level"]


def test_every_language_has_pairs() -> None:
    assert sorted(PAIRS) == sorted(LANGUAGES)


def test_the_words_that_differ_are_given() -> None:
    assert told_apart("We agree", "We do not agree", "en") == [
        Difference("negation", (), ("not",))
    ]
    assert told_apart("Twelve in Egypt", "14 in Chad", "en") == [
        Difference("number", ("Twelve",), ("14",)),
        Difference("country", ("Egypt",), ("Chad",)),
    ]


def test_a_denial_that_moved_is_a_difference() -> None:
    first = "We support taxes and do not support quotas"
    second = "We do not support taxes and support quotas"

    assert [d.kind for d in told_apart(first, second, "en")] == ["negation"]


def test_a_double_denial_of_a_romance_language_denies_once() -> None:
    lexicon = queries.deciding_words("fr")
    text = "Il n’y a jamais aucun accord, et les uns et les autres restent sans voix"

    assert [m.written for m in marked(text, "fr", lexicon).of("negation")] == [
        "n",
        "sans",
    ]


def test_an_adverb_that_denies_nothing_is_no_difference() -> None:
    assert told_apart("It is cheap and safe", "Not only cheap and safe", "en") == []


def test_a_month_that_is_also_a_verb_needs_a_number() -> None:
    assert told_apart("They may come", "They march", "en") == []
    assert told_apart("On 3 May", "On 3 March", "en") == [
        Difference("date", ("May",), ("March",))
    ]


def test_a_small_letter_makes_no_country() -> None:
    assert told_apart("They ate turkey", "They ate rice", "en") == []
    assert told_apart("زيارة مصر", "زيارة بمصر", "ar") == []


def test_across_languages_only_denials_of_sentences_and_values_count() -> None:
    assert told_apart("We do not agree", "Nous sommes d’accord", "en", "fr") == [
        Difference("negation", ("not",), ())
    ]
    assert told_apart("Work without fear in 2030", "العمل في 2030", "en", "ar") == []
    assert told_apart("July in Egypt", "يوليو في مصر", "en", "ar") == []


def test_texts_far_apart_deny_each_other_only_in_what_both_speak_of() -> None:
    first, second = "Schools need water", "No clinic was built"

    assert told_apart(first, second, "en", share_letters=False) == []
    [one] = told_apart(
        "No school was built", "The school was built", "en", share_letters=False
    )
    assert one == Difference("negation", ("No",), ())


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_a_text_never_differs_from_itself_and_order_only_swaps(
    first: str, second: str, language: str
) -> None:
    assert told_apart(first, first, language) == []
    kinds = sorted(d.kind for d in told_apart(first, second, language))
    assert kinds == sorted(d.kind for d in told_apart(second, first, language))
