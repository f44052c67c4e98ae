"""Duplicates and summaries are as good as the explanation says, where data are."""

from __future__ import annotations

from random import Random

import pytest

from montada.language import queries
from montada.language.adapters import measuring_duplicates, measuring_summary
from montada.language.adapters.measuring_summary import lexrank
from montada.language.engine.figures import BESIDE, Measurement
from montada.language.engine.summary import Document, candidates, sentences_of

FOLDER = BESIDE


def figures_of(measurement: Measurement) -> dict[str, float]:
    figures, missing = queries.measured_tools(FOLDER, [measurement])
    if missing:
        pytest.skip(f"missing data: {missing[0]}")
    return {figure.path[-1]: figure.measured.value for figure in figures}


def test_copies_are_found_and_nothing_else() -> None:
    copies, _translations = measuring_duplicates.MEASUREMENTS
    found = figures_of(copies)

    assert found["recall"] >= 0.98
    assert found["precision"] >= 0.98


def test_summaries_name_the_project_at_least_as_often_as_lexrank() -> None:
    [summaries] = measuring_summary.MEASUREMENTS
    found = figures_of(summaries)

    assert found["centroid_mmr"] >= found["lexrank"]


def test_a_noisy_copy_loses_words_and_gains_none() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve"
    copy = measuring_duplicates.noisy_copy(text, Random(4))

    assert set(copy.split()) <= set(text.split())
    assert copy != text
    assert measuring_duplicates.noisy_copy("alone", Random(4)) == "alone"


def test_lexrank_prefers_what_others_share() -> None:
    text = "Alpha beta gamma. Alpha beta delta. Alpha epsilon zeta. Eta theta iota."
    ranks = lexrank(candidates(sentences_of(Document("a", text, "en"))))

    assert sum(ranks) == pytest.approx(1)
    assert max(range(4), key=lambda at: ranks[at]) in (0, 1)
