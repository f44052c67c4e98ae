"""Vectors seen from the centre of their language."""

from __future__ import annotations

import numpy as np
import pytest
from tools import centres

from montada.language import queries
from montada.language.adapters import encoders
from montada.language.adapters.centres import FILE, centre_of
from montada.language.engine.text import LANGUAGES
from montada.language.engine.vectors import centred, cosines, unit


def test_a_centre_is_taken_away_and_the_rest_has_length_one() -> None:
    # (3, 4) seen from (0, 4) is (3, 0), at length 1 (1, 0).
    vectors = np.array([[3, 4], [0, 9]], np.float32)

    seen = centred(vectors, np.array([0, 4], np.float32))

    assert seen.tolist() == [[1, 0], [0, 1]]
    assert cosines(seen[0], seen).tolist() == [1, 0]


def test_nothing_stays_nothing() -> None:
    assert unit(np.zeros((1, 3), np.float32)).tolist() == [[0, 0, 0]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_centres_carried_along_are_those_of_the_titles(language: str) -> None:
    e5 = encoders.e5()
    mean = np.mean([e5.query(title) for title in centres.titles(language)], axis=0)

    carried = centre_of(e5.model, "query", language)

    assert carried is not None
    assert np.allclose(carried, mean, atol=2e-3)


def test_the_centres_are_small_and_cover_both_encoders() -> None:
    assert FILE.stat().st_size < 50_000
    for model in ("e5-small-int8-1", "e5-small-q4-1", "use-m3-1"):
        for role in ("query", "passage"):
            found = [centre_of(model, role, tag) is not None for tag in LANGUAGES]
            assert found == [True] * 6
    assert centre_of("another-model", "query", "ar") is None


def test_unrelated_texts_are_far_apart_once_centred() -> None:
    farmers = queries.query_vector("تدريب المزارعين", "ar")
    court = queries.passage_vector("The court rules on a border dispute", "en")
    training = queries.passage_vector("Training farmers", "en")

    assert farmers is not None
    assert court is not None
    assert training is not None
    assert farmers @ training > 0.3 > farmers @ court


def test_a_text_without_words_has_no_vector() -> None:
    assert queries.query_vector("🙂", "ar") is None
