"""Training labels: what is learnt from, what is set aside, and no part for chance."""

from __future__ import annotations

import builtins
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from montada.framework.adapters import label_texts, training
from montada.framework.adapters.label_projects import titles_of_prizes
from montada.framework.adapters.label_regression import (
    Tools,
    Trainer,
    evidence_of,
    folds,
    is_right,
    readings_of,
    seen,
    vocabulary_of,
)
from montada.framework.adapters.label_texts import Example
from montada.framework.engine.label_model import Matrix
from montada.language.engine.figures import BESIDE

DATA = BESIDE
needs_data = pytest.mark.skipif(
    bool(label_texts.missing(DATA)), reason="the training data are not here"
)


def vectors_of(texts: Sequence[str], _language: str) -> Matrix:
    return np.array(
        [[float("clinic" in text), float("farm" in text)] for text in texts], np.float32
    )


TOOLS = Tools(
    terms_of=lambda text, _language: text.lower().split(),
    language_of=lambda _text: "en",
    vectors_of=vectors_of,
)
EXAMPLES = [
    Example("a clinic for mothers", "en", ("3",), group="a"),
    Example("a clinic for children", "en", ("3",), group="b"),
    Example("a farm for children", "en", ("2",), group="c"),
    Example("a farm for mothers", "en", ("2",), group="d"),
    Example("a clinic on a farm", "en", ("2", "3"), group="e"),
    Example("a song for mothers", "en", (), group="f"),
]


def trainer() -> Trainer:
    return Trainer("goal", ("2", "3"), vocabulary_of(seen(EXAMPLES, TOOLS)))


def test_only_terms_of_two_texts_have_a_place() -> None:
    vocabulary = vocabulary_of(seen(EXAMPLES, TOOLS))

    assert list(vocabulary.places) == ["children", "clinic", "farm", "for", "mothers"]
    # "for" stands in five of six texts: ln(7 / 6) + 1; "children" in two.
    assert vocabulary.rarity[[3, 0]] == pytest.approx([1.1542, 1.8473], abs=2e-3)


def test_what_is_learnt_ranks_the_right_label_first() -> None:
    texts, fits = seen(EXAMPLES, TOOLS), trainer()
    readings = readings_of(texts, fits.vocabulary, TOOLS)
    evidence = evidence_of(fits.fitted(texts), readings)

    assert (evidence[:2, 1] > evidence[:2, 0]).all()
    assert (evidence[2:4, 0] > evidence[2:4, 1]).all()


def test_training_twice_gives_the_same_arrays() -> None:
    texts = seen(EXAMPLES, TOOLS)
    one, other = trainer().fitted(texts), trainer().fitted(texts)

    assert np.array_equal(one.words, other.words)
    assert np.array_equal(one.meaning, other.meaning)


def test_chances_are_calibrated() -> None:
    # Evidence e is right with the chance 1 / (1 + e^-e) of a single label.
    rng = np.random.default_rng(1)
    evidence = rng.normal(0, 2, (4_000, 1)).astype(np.float32)
    answers = rng.random((4_000, 1)) < 1 / (1 + np.exp(-evidence))
    found = trainer().calibrated(evidence, answers, np.ones(4_000), by_label=False)

    assert found.own == pytest.approx(1.0, abs=0.1)
    assert found.offset[0] == pytest.approx(0.0, abs=0.1)


def test_what_shares_a_group_shares_a_fold() -> None:
    groups = [f"project {n // 3}" for n in range(60)]
    parts = folds(groups)

    assert sorted(np.concatenate(parts).tolist()) == list(range(60))
    for part in parts:
        outside = {groups[n] for n in range(60)} - {groups[n] for n in part}
        assert len(outside) == 20 - len({groups[n] for n in part})


def test_a_text_may_have_several_right_labels() -> None:
    right = is_right(seen(EXAMPLES, TOOLS), ("2", "3"))

    assert right[4:].tolist() == [[True, True], [False, False]]


def test_training_without_its_tools_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = builtins.__import__

    def without(name: str, *args: Any, **named: Any) -> Any:
        if name == "sklearn":
            raise ImportError("No module named 'sklearn'")
        return found(name, *args, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(training.TrainingToolsMissing, match="scikit-learn"):
        training.train(tmp_path, tmp_path / "labels.npz")


def test_every_line_and_goal_has_own_texts_to_learn_from() -> None:
    lines = Counter(one.labels for one in label_texts.texts_of_lines())
    goals = Counter(one.labels for one in label_texts.own_texts_of_goals())

    assert set(lines) == {(code,) for code in label_texts.lines()}
    assert set(goals) == {(code,) for code in label_texts.goals()}
    assert min(lines.values()) > 60
    assert {one.language for one in label_texts.off_topic()} == set(
        one.language for one in label_texts.texts_of_lines()
    )


@needs_data
def test_no_arabic_and_no_indicator_is_learnt_from_where_they_are_measured() -> None:
    learnt = label_texts.un_texts(
        DATA, kinds=("goal", "target"), languages=["en", "fr"]
    )
    texts = list(learnt)

    assert {one.language for one in texts} == {"en", "fr"}
    assert not [one for one in texts if one.group.count(".") > 1]


@needs_data
def test_a_paragraph_has_the_goals_of_its_sentences_and_uses_each_once() -> None:
    paragraphs = list(label_texts.paragraphs(DATA, Random(1)))

    assert paragraphs == list(label_texts.paragraphs(DATA, Random(1)))
    assert {len(set(one.labels)) for one in paragraphs} == {2}
    assert len({one.text for one in paragraphs}) == len(paragraphs) > 700


@needs_data
def test_titles_of_one_project_share_a_group() -> None:
    titles = list(titles_of_prizes(DATA, TOOLS.language_of))
    group = {one.text: one.group for one in titles}
    alike = [title for title in group if title.startswith("Relawan TIK G")]

    assert len(titles) == 442
    assert len(alike) > 1
    assert group["Telework"] == "Telework"
    assert len({group[title] for title in alike}) < len(alike)
