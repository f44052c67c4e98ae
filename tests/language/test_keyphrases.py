"""Key phrases say what is special, in the words of the author."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from montada.language import queries
from montada.language.engine.keyphrases import background_of, key_phrases, phrases_in
from montada.language.engine.text import LANGUAGES


def phrases_of(text: str, language: str, n: int = 3) -> list[str]:
    return [phrase.text for phrase in queries.key_phrases_of([text], language, n=n)]


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("en", "Rural clinics open. The rural clinics of Chad.", "Rural clinics"),
        ("fr", "Le centre d’appel ferme. Un centre d’appel ouvre.", "centre d’appel"),
        ("ar", "محو الأمية الرقمية أولا. ثم محو الأمية الرقمية.", "محو الأمية الرقمية"),
        ("zh", "可持续发展。我们的可持续发展。", "可持续发展"),
        ("ru", "Сельские школы. О сельских школах и сельские школы", "Сельские школы"),
    ],
)
def test_the_repeated_phrase_comes_first(language: str, text: str, first: str) -> None:
    assert phrases_of(text, language)[0] == first


def test_inflections_count_together_and_show_the_most_frequent_form() -> None:
    text = "المزارعين. للمزارعين. المزارعين. مزارع."
    [phrase] = queries.key_phrases_of([text], "ar")

    assert (phrase.text, phrase.count, phrase.score) == ("المزارعين", 4, 4.0)


def test_no_stop_word_and_no_number_stands_at_an_edge() -> None:
    texts = ["The rule of law by 2030, the rule of law in 2015"]
    phrases = {p.text for p in queries.key_phrases_of(texts, "en", n=50)}

    assert phrases == {"rule of law"}


def test_a_phrase_does_not_cross_a_full_stop() -> None:
    assert phrases_of("Water. Energy", "en") == ["Energy", "Water"]


def test_the_background_tells_what_is_special_by_hand() -> None:
    groups = [
        [phrases_in(said, "en")] for said in ("water water water food", "food food")
    ]
    background = background_of(groups)
    phrases = key_phrases(groups[0], background, 50)
    score = {phrase.text: phrase.score for phrase in phrases}

    # 9 phrases in the first group (4 + 3 + 2), 3 in the second: A = 6
    assert background.mean_phrases == 6
    assert background.counts["food"] == 3
    assert score["water"] == pytest.approx(3 / 9 * 1.0986123)  # log(1 + 6/3)
    assert phrases[0].text == "water"


def test_nothing_to_say_gives_no_phrase() -> None:
    for text in ("", "🙂", "the of and", "2030 12", "\0\ud800"):
        assert queries.key_phrases_of([text], "en") == []
    assert queries.key_phrases_of([], "en") == []
    assert queries.background_phrases([], "en").mean_phrases == 0


@given(st.lists(st.text(), max_size=3), st.sampled_from(LANGUAGES), st.integers(0, 5))
def test_phrases_are_few_different_and_counted(
    texts: list[str], language: str, n: int
) -> None:
    phrases = queries.key_phrases_of(texts, language, n=n)

    assert len(phrases) <= n
    assert len({phrase.text for phrase in phrases}) == len(phrases)
    assert all(phrase.count >= 1 and phrase.text.strip() for phrase in phrases)
    assert sorted(phrases, key=lambda p: -p.score) == phrases


def test_the_command_reads_a_file_and_answers_as_json(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes("\ufeffمحو الأمية. محو الأمية \xff".encode())
    out = StringIO()

    call_command("keyphrases", file, "--language=ar", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {
        "language": "ar",
        "phrases": [
            {"text": "محو الأمية", "score": 4.0, "count": 2},
        ],
    }


def test_the_command_writes_counts_and_phrases(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("Rural clinics. Rural clinics.", encoding="utf-8")
    out = StringIO()

    call_command("keyphrases", file, "--language=en", stdout=out)

    assert out.getvalue().split() == ["2", "Rural", "clinics"]


def test_the_command_refuses_clearly(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("keyphrases", tmp_path / "none", "--language=ar")
    with pytest.raises(CommandError, match="1 to 1000 phrases"):
        call_command("keyphrases", tmp_path / "none", "--number=0")
    empty = tmp_path / "empty"
    empty.touch()
    with pytest.raises(CommandError, match="cannot be told"):
        call_command("keyphrases", empty)


def test_capacity_building_is_a_phrase_of_its_own_in_arabic() -> None:
    # «بناء» is a content word here, though «بناء على» means no more than "based on".
    text = (
        "بناء القدرات أولوية. يحتاج التحول الرقمي إلى بناء القدرات. نبدأ ببناء القدرات."
    )

    found = [phrase.text for phrase in queries.key_phrases_of([text], "ar", n=3)]

    assert "بناء القدرات" in found
