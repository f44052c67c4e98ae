"""The language tools stay as good as they were measured to be."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from montada.framework.queries import figures as queries
from montada.language.adapters import measuring, measuring_vectors
from montada.language.engine.measures import Measured

FOLDER = queries.BESIDE

needs_texts = pytest.mark.skipif(
    not (FOLDER / measuring.SDG_TEXTS).is_file(),
    reason=f"evaluation data are not beside the repository: {FOLDER}",
)


needs_sentences = pytest.mark.skipif(
    not (FOLDER / measuring_vectors.UN_FILE).is_file(),
    reason=f"evaluation data are not beside the repository: {FOLDER}",
)


@pytest.fixture(scope="module")
def figures() -> dict[tuple[str, ...], Measured]:
    quick = {"related", "keyphrases", "language", "translation"}
    measured, missing = queries.measured(FOLDER, quick)
    assert missing == []
    return {figure.path: figure.measured for figure in measured}


# Below what was measured in November 2026 by about what a new stop word can move.
@needs_texts
@pytest.mark.parametrize(
    ("language", "floor"),
    [
        ("ar", 0.49),
        ("en", 0.51),
        ("fr", 0.49),
        ("es", 0.49),
        ("zh", 0.48),
        ("ru", 0.48),
    ],
)
def test_words_find_the_target_of_an_indicator(
    figures: dict[tuple[str, ...], Measured], language: str, floor: float
) -> None:
    assert figures["related", f"{language}_{language}", "mrr_words"].value >= floor


@needs_texts
def test_arabic_analysis_is_worth_a_tenth(
    figures: dict[tuple[str, ...], Measured],
) -> None:
    analysed = figures["related", "ar_ar", "mrr_words"].value
    raw = figures["related", "ar_ar", "mrr_raw_words"].value

    assert analysed >= raw + 0.10


@needs_texts
@pytest.mark.parametrize(
    ("pair", "floor"), [("ar_en", 0.52), ("ar_ar", 0.55), ("en_en", 0.64)]
)
def test_meaning_finds_the_target_of_an_indicator(
    figures: dict[tuple[str, ...], Measured], pair: str, floor: float
) -> None:
    assert figures["related", pair, "mrr"].value >= floor


@needs_texts
@pytest.mark.parametrize("pair", ["ar_en", "en_ar"])
def test_a_text_finds_its_translation(
    figures: dict[tuple[str, ...], Measured], pair: str
) -> None:
    assert figures["translation", pair, "r1"].value >= 0.90
    assert figures["translation", pair, "r10"].value >= 0.99


@needs_sentences
@pytest.mark.parametrize("language", ["ar", "fr", "zh"])
def test_a_sentence_finds_its_translation_among_250(language: str) -> None:
    # A sixteenth of the sentences that `evaluate-language` reports on.
    texts, english = (
        measuring_vectors.un_lines(FOLDER, tag)[::16] for tag in (language, "en")
    )
    scores = measuring_vectors.similarity(texts, english, "passage")

    for one_way in (scores, scores.T):
        found = one_way.argmax(axis=1) == np.arange(len(texts))
        assert found.mean() >= 0.97


@needs_texts
@pytest.mark.parametrize("language", ["ar", "en", "fr", "es", "zh", "ru"])
def test_key_phrases_of_indicators_stand_in_their_targets(
    figures: dict[tuple[str, ...], Measured], language: str
) -> None:
    assert figures["keyphrases", language, "found"].value >= 0.47
    assert figures["keyphrases", language, "specific"].value >= 0.22


@needs_texts
def test_a_few_words_tell_their_language(
    figures: dict[tuple[str, ...], Measured],
) -> None:
    assert figures["language", "words3"].value >= 0.985
    assert figures["language", "words5"].value >= 0.995


@pytest.fixture
def small_data(tmp_path: Path) -> Path:
    """One goal with two targets and an indicator of the second, in six languages."""
    file = tmp_path / measuring.SDG_TEXTS
    file.parent.mkdir()
    languages = ["ar", "en", "es", "fr", "ru", "zh"]
    rows = [
        ["kind", "code", "goal", "field", *languages],
        ["target", "1.1", "1", "title", *["water"] * 6],
        ["target", "1.2", "1", "title", *["rural roads"] * 6],
        ["indicator", "1.2.1", "1", "title", *["kilometres of rural roads"] * 6],
    ]
    file.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    return tmp_path


def test_the_command_prints_shares_intervals_and_what_is_not_there(
    small_data: Path,
) -> None:
    out = StringIO()
    only = ("--only", "related", "--only", "un_dev")
    call_command("evaluate-language", "--data", small_data, *only, stdout=out)
    said = out.getvalue()

    assert "related.ar_ar.mrr_words" in said
    assert "1.000  [1.000, 1.000]  n=1" in said
    assert f"missing data: {measuring_vectors.UN_FILE}" in said


def test_one_figure_can_be_measured_alone(small_data: Path) -> None:
    out = StringIO()
    call_command(
        *("evaluate-language", "--data", small_data, "--json", "--only", "related"),
        stdout=out,
    )
    told = json.loads(out.getvalue())

    assert told["related"]["en_en"]["mrr_words"] == 1
    assert told["related"]["en_en"]["mrr_words_interval"] == [1, 1]
    assert told["related"]["en_en"]["n"] == 1
    assert set(told) == {"related"}


def test_missing_data_are_named(tmp_path: Path) -> None:
    out = StringIO()
    call_command(
        *("evaluate-language", "--data", tmp_path, "--only", "related"), stdout=out
    )

    assert f"missing data: {measuring.SDG_TEXTS}" in out.getvalue()
    with pytest.raises(CommandError, match="no evaluation data"):
        call_command("evaluate-language", "--data", tmp_path / "nowhere")
