"""A summary is made of whole sentences, each with its source."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from montada.language import queries
from montada.language.engine.summary import (
    Candidate,
    Document,
    candidates,
    overlap,
    sentences_of,
    summary,
)
from montada.language.engine.text import LANGUAGES

REPORT = (
    "Rural clinics in the province use the telemedicine platform. "
    "It rained on Tuesday and the road was closed. "
    "The telemedicine platform links rural clinics with doctors in the capital. "
    "Rural clinics in the province use the telemedicine platform daily. "
    "Farmers sell onions at the market."
)


def read(documents: list[Document]) -> list[Candidate]:
    return candidates([one for each in documents for one in sentences_of(each)])


def told(text: str, n: int, language: str = "en") -> list[str]:
    return [c.text for c in queries.summary_of([Document("a", text, language)], n)]


def test_one_sentence_says_most_and_none_says_it_again() -> None:
    chosen = queries.summary_of([Document("a", REPORT, "en")], 2)

    assert [cited.number for cited in chosen] == [1, 3]
    assert all(REPORT[c.start : c.end] == c.text for c in chosen)
    assert all(0 < c.score <= 1 for c in chosen)


def test_weights_of_terms_by_hand() -> None:
    found = read([Document("a", "Water. Water pump.", "en")])

    # log(1 + 2/2) for "water", log(1 + 2/1) for "pump": .6931 and 1.0986, length 1.2990
    assert found[1].weights == pytest.approx(
        {"water": 0.5336, "pump": 0.8457}, abs=1e-4
    )
    assert overlap(found[0].weights, found[1].weights) == pytest.approx(
        0.5336, abs=1e-4
    )
    assert [c.earliness for c in found] == [1.0, 0.5]


@pytest.mark.parametrize("text", ["", "🙂", "...", "\0\ud800", "<p></p>"])
def test_a_text_without_a_sentence_has_no_summary(text: str) -> None:
    assert told(text, 3) == []
    assert queries.summary_of([], 3) == []


def test_one_sentence_is_its_own_summary() -> None:
    assert told("The forum opened this morning in Geneva.", 3) == [
        "The forum opened this morning in Geneva."
    ]


def test_a_heading_is_taken_when_nothing_else_is_left() -> None:
    text = "Telemedicine platform\nRural clinics use the telemedicine platform daily."

    assert told(text, 1) == ["Rural clinics use the telemedicine platform daily."]
    assert told(text, 2)[0] == "Telemedicine platform"


def test_what_was_said_is_not_said_again_where_nothing_else_is_left() -> None:
    text = "The forum opened this morning in Geneva. " * 5

    assert told(text, 3) == ["The forum opened this morning in Geneva."]


def test_each_sentence_names_its_document_and_keeps_its_language() -> None:
    documents = [
        Document("ar", "افتتحت الوزارة مئة مركز رقمي في الريف هذا العام.", ""),
        Document("fr", "Le ministère a ouvert cent centres numériques ruraux.", ""),
    ]

    chosen = queries.summary_of(documents, 2)

    assert [(c.id, c.language, c.text) for c in chosen] == [
        ("ar", "ar", documents[0].text),
        ("fr", "fr", documents[1].text),
    ]


def test_one_stray_sentence_does_not_stand_for_many() -> None:
    majority = " ".join(
        f"The rural clinics of district {name} use the telemedicine platform."
        for name in ("North", "South", "East", "West")
    )
    documents = [
        Document("many", majority, "en"),
        Document("one", "Le marché du village ferme à midi.", "fr"),
    ]

    assert [c.id for c in queries.summary_of(documents, 1)] == ["many"]


def test_markup_and_broken_characters_are_left_out() -> None:
    text = "<p>The <b>forum</b>\0 opened this morning in Geneva.</p>"

    assert told(text, 1) == ["The forum opened this morning in Geneva."]


def test_vectors_join_what_words_do_not() -> None:
    documents = [Document("a", "Alpha beta gamma delta. Epsilon zeta eta theta.", "en")]
    documents += [Document("b", "Iota kappa lambda mu.", "en")]
    # The second and third mean the same; by words nothing is shared.
    vectors = np.array([[1, 0], [0, 1], [0, 1]], np.float32)

    by_words = summary(read(documents), 2)
    by_meaning = summary(read(documents), 2, vectors=vectors)

    assert [c.id for c in by_words] == ["a", "b"]
    assert [(c.id, c.number) for c in by_meaning] == [("a", 1), ("b", 1)]
    assert by_meaning[1].score > by_meaning[0].score


def test_what_people_say_moves_a_choice() -> None:
    texts = ("Share towers and licences now.", "Share masts and licences now.")
    documents = [Document(str(at), words, "en") for at, words in enumerate(texts)]

    # Alike but for one word: the earlier is chosen, unless people prefer the other.
    assert [one.id for one in summary(read(documents), 1)] == ["0"]
    assert [one.id for one in summary(read(documents), 1, support={"1": 0.9})] == ["1"]
    assert [one.id for one in summary(read(documents), 1, support={"1": 0.2})] == ["0"]


def test_of_two_translations_one_is_chosen() -> None:
    documents = [
        Document("en", "Villages own their broadband networks.", "en"),
        Document("fr", "Les villages possèdent leurs réseaux à haut débit.", "fr"),
        Document("es", "Las escuelas protegen a los niños en línea.", "es"),
    ]
    one, other = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    meanings = {"en": one, "fr": one, "es": other}

    chosen = queries.summary_of(documents, 2, meanings=meanings)

    assert {cited.id for cited in chosen} in ({"en", "es"}, {"fr", "es"})


def test_meaning_may_be_asked_for() -> None:
    chosen = queries.summary_of([Document("a", REPORT, "en")], 1, by_meaning=True)

    assert len(chosen) == 1
    assert queries.summary_of([], 1, by_meaning=True) == []


@given(
    st.lists(st.text(max_size=120), max_size=3),
    st.sampled_from(LANGUAGES),
    st.integers(0, 4),
)
def test_sentences_are_verbatim_few_and_in_reading_order(
    texts: list[str], language: str, n: int
) -> None:
    documents = [Document(str(at), text, language) for at, text in enumerate(texts)]

    chosen = summary(read(documents), n)

    assert len(chosen) <= n
    assert chosen == summary(read(documents), n)
    places = [(int(c.id), c.start) for c in chosen]
    assert places == sorted(set(places))
    for cited in chosen:
        assert texts[int(cited.id)][cited.start : cited.end] == cited.text
        assert -1e-9 <= cited.score <= 1 + 1e-9


def said(*args: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("summary", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_cites_files_and_sentences(tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text(REPORT, encoding="utf-8")
    other.write_text("", encoding="utf-8")

    assert said(str(one), "--sentences", "1")[0].startswith("[1] Rural clinics")
    assert said(str(one), str(other))[0].startswith(f"[{one} 1] Rural")
    assert said(str(other)) == ("", "There is no sentence in this text.\n")
    [first] = json.loads(said(str(one), "--sentences", "1", "--json")[0])["sentences"]
    assert first["text"] == REPORT[first["start"] : first["end"]]
    assert (first["id"], first["number"], first["language"]) == (str(one), 1, "en")


def test_a_number_of_sentences_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(CommandError, match="Ask for 1 to 1000 sentences"):
        said("--sentences", "0")
