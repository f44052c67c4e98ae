"""Near duplicates: pairs with a level and reasons; never one text less."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from montada.language import queries
from montada.language.engine.differences import Difference
from montada.language.engine.duplicates import (
    Alike,
    Level,
    Measure,
    Pair,
    close,
    judged,
)
from montada.language.queries import comparing

NOT = (Difference("negation", (), ("not",)),)
OTHER = (Difference("number", ("5",), ("6",)),)


@pytest.mark.parametrize(
    ("similarity", "measure", "differs", "level"),
    [
        (0.8, Measure.LETTERS, (), Level.SAME),
        (0.79, Measure.LETTERS, (), Level.SIMILAR),
        (0.99, Measure.MEANING, (), Level.SIMILAR),
        (0.99, Measure.ACROSS, (), Level.SIMILAR),
        (0.99, Measure.LETTERS, NOT, Level.OPPOSITE),
        (0.99, Measure.LETTERS, OTHER, Level.DIFFERS),
        (0.99, Measure.LETTERS, OTHER + NOT, Level.OPPOSITE),
    ],
)
def test_only_letters_without_a_difference_make_texts_the_same(
    similarity: float,
    measure: Measure,
    differs: tuple[Difference, ...],
    level: Level,
) -> None:
    [pair] = judged([Alike(0, 1, similarity, measure)], lambda _found: differs)

    assert pair == Pair(0, 1, level, similarity, measure, differs)


def test_a_pair_found_twice_is_told_once_by_the_first_measure() -> None:
    found = [Alike(0, 1, 0.7, Measure.LETTERS), Alike(0, 1, 0.9, Measure.MEANING)]

    assert [pair.measure for pair in judged(found, lambda _found: ())] == ["letters"]


VECTORS = np.array(
    [[1, 0, 0], [0.8, 0.6, 0], [0, 1, 0], [1, 0, 0], [0, 0, 0]], np.float32
)


def test_close_vectors_by_hand() -> None:
    # cosines: 0–1 .8, 1–2 .6, 0–3 1, 1–3 .8; the last text has no vector
    tags = ["en", "en", "en", "fr", "en"]

    by_meaning = close(VECTORS, tags, Measure.MEANING)
    across = close(VECTORS, tags, Measure.ACROSS)

    assert [(a.first, a.second, round(a.similarity, 4)) for a in by_meaning] == [
        (0, 1, 0.8)
    ]
    assert [(a.first, a.second) for a in across] == [(0, 3), (1, 3)]


def test_a_text_of_no_language_is_close_to_none() -> None:
    assert close(VECTORS[[0, 0]], ["", ""], Measure.MEANING) == []
    assert close(np.empty((0, 3), np.float32), [], Measure.ACROSS) == []


def test_in_a_crowd_only_the_nearest_of_both_are_paired() -> None:
    # Ten directions a degree apart: all are closer than the bound.
    angles = np.radians(np.arange(10))
    crowd = np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)

    pairs = close(crowd, ["en"] * 10, Measure.MEANING)

    assert all(pair.second - pair.first <= 3 for pair in pairs)


TEXTS = (
    "We support the plan for the schools.\n"
    "\n"
    "We do not support the plan for the schools.\n"
    "We support the plan for schools\n"
    "The weather was fine in Geneva.\n"
)


def said(*args: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("duplicates-text", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def pairs_said(*args: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(said(*args, "--json")[0])["pairs"]
    return found


def test_lines_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text(TEXTS, encoding="utf-8")

    found = pairs_said(str(file), "--words-only")

    assert [(p["first"], p["second"], p["level"]) for p in found] == [
        (1, 3, "opposite"),
        (1, 4, "same"),
        (3, 4, "opposite"),
    ]
    assert found[0]["differs"] == [{"kind": "negation", "first": [], "second": ["not"]}]
    assert found[1]["measure"] == "letters"
    assert 0.8 < found[1]["similarity"] < 1


def test_the_terminal_shows_both_texts_and_what_differs(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text(TEXTS + "long " * 100 + "\n" + "long " * 100, encoding="utf-8")

    out, err = said(str(file), "--words-only")

    assert "opposite  0.82  1 – 3  (letters)\n" in out
    assert "    We do not support the plan for the schools.\n" in out
    assert "    negation: – / not\n" in out
    assert "long…\n" in out
    assert err == ""


@pytest.mark.parametrize(
    ("name", "content", "options", "numbers"),
    [
        ("t.csv", "id,text\n1,one fine text\n2,one fine text\n", ["text"], (2, 3)),
        ("t.csv", 'text\n"one\nfine text"\n"one\nfine text"\n', [], (2, 4)),
        ("t.csv", "id,text\n1,one fine text\n2\n3,one fine text\n", ["text"], (2, 4)),
        ("t.tsv", "id,text\n1,one fine text\n2,one fine text\n", ["text"], (2, 3)),
        ("t.json", '["one fine text", 7, "one fine text"]', [], (1, 3)),
        ("t.json", '[{"t": "one fine text"}, {"t": "one fine text"}]', [], (1, 2)),
    ],
)
def test_tables_are_read_by_column(
    tmp_path: Path,
    name: str,
    content: str,
    options: list[str],
    numbers: tuple[int, int],
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    column = [part for option in options for part in ("--column", option)]

    [found] = pairs_said(str(file), "--words-only", *column)

    assert (found["first"], found["second"]) == numbers


@pytest.mark.parametrize(
    ("name", "content", "options", "refusal"),
    [
        (
            "t.csv",
            "id,text\n",
            [],
            "Name the column to read with --column. .* id, text",
        ),
        ("t.csv", "id,text\n", ["x"], "There is no column “x”.* id, text"),
        ("t.csv", "", [], "Name the column"),
        ("t.json", '["a", ', [], "The table cannot be read"),
        ("t.json", "[" * 100_000, [], "The table cannot be read"),
        ("t.csv", "text\n" + "x" * 1_000_001, [], "The table cannot be read"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, content: str, options: list[str], refusal: str
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    column = [part for option in options for part in ("--column", option)]

    with pytest.raises(CommandError, match=refusal):
        said(str(file), *column)


def test_texts_that_are_hard_to_read_are_no_pairs(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text("🙂\n🙂\n\0\n<p></p>\n!!!\n", encoding="utf-8")

    assert said(str(file), "--words-only")[0] == "No two texts are alike.\n"


def test_half_a_surrogate_pair_can_be_printed(tmp_path: Path) -> None:
    file = tmp_path / "texts.json"
    file.write_text(r'["one fine \ud800 text", "one fine text"]', encoding="utf-8")

    assert "one fine \ufffd text" in said(str(file), "--words-only")[0]


def test_where_meaning_cannot_be_compared_letters_are_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_args: object) -> None:
        raise queries.EncoderMissing(why="no model")

    monkeypatch.setattr(comparing, "encoder", missing)
    file = tmp_path / "texts.txt"
    file.write_text(TEXTS, encoding="utf-8")

    out, err = said(str(file))

    assert "same" in out
    assert "Meaning cannot be compared on this machine (no model)" in err
    assert "Only letters are compared." in err


def test_long_work_tells_how_far_it_is(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text(
        "\n".join(f"{n * 7919:x} {n * 104729:x}" for n in range(1_000)),
        encoding="utf-8",
    )

    assert "compared by letters: 1000 of 1000" in said(str(file), "--words-only")[1]


def test_the_same_said_in_other_words_and_languages_is_similar() -> None:
    texts = [
        "The ministry opened two hundred rural telecentres last year.",
        "Last year, 200 village telecentres were opened by the ministry.",
        "Le ministère a ouvert deux cents télécentres ruraux l’an dernier.",
        "Coral reefs are dying in warmer seas.",
        "Yes",
        "Oui",
    ]

    found = queries.duplicates_of(texts, across_languages=True)

    assert {(p.first, p.second, p.level, p.measure) for p in found} == {
        (0, 1, Level.SIMILAR, Measure.MEANING),
        (0, 2, Level.SIMILAR, Measure.ACROSS),
    }
