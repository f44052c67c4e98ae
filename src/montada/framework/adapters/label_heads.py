"""
The two heads of labelling, each trained, calibrated and given its threshold.

Goals learn from official texts, digital public goods and own texts; lines from the
vocabulary, own texts and the titles of prizes. What calibrates a head, it has not seen.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np

from montada.framework.adapters import label_texts
from montada.framework.adapters.label_projects import titles_of_prizes
from montada.framework.adapters.label_regression import (
    SEED,
    Seen,
    Tools,
    Trainer,
    evidence_of,
    folds,
    is_right,
    readings_of,
    seen,
    vocabulary_of,
)
from montada.framework.engine.label_model import Head, LabelModel, Matrix, Row

THRESHOLD_OF_GOALS = 0.25
"""
Scores are chances: a goal is suggested where missing it would cost more than showing
it in vain, a miss costing three times as much. A person sees what is shown and drops
it with a click; what is missed nobody sees.
"""
THRESHOLD_OF_LINES = 0.15
"""Lower, as a text has one or two lines of eighteen and at most three are shown."""
MOST_LINES = 3


def trained_model(folder: Path, tools: Tools) -> LabelModel:
    """
    Return the model that the texts in `folder` and those carried along give.

    Raises
    ------
    ImportError
        Where scikit-learn is not installed.
    """
    off_topic = seen(list(label_texts.off_topic()), tools)
    official = seen(list(label_texts.un_texts(folder)), tools)
    own = seen(list(label_texts.own_texts_of_goals()), tools)
    goods = seen(list(label_texts.public_goods(folder)), tools)
    of_lines = seen(list(label_texts.texts_of_lines()), tools)
    titles = seen(list(titles_of_prizes(folder, tools.language_of)), tools)
    of_goals = official + own + off_topic
    vocabulary = vocabulary_of(of_goals + goods + of_lines + titles)
    goals = Trainer("goal", label_texts.goals(), vocabulary)
    lines = Trainer("action_line", label_texts.lines(), vocabulary)
    relevance = goals.relevance(
        (own + goods + of_lines + official).vectors, off_topic.vectors
    )
    paragraphs = seen(list(label_texts.paragraphs(folder, Random(SEED))), tools)
    heads = (
        trained_lines(lines, of_lines + off_topic, titles, relevance, tools),
        trained_goals(goals, of_goals, (goods, paragraphs), relevance, tools),
    )
    return LabelModel("", vocabulary, heads)


def trained_goals(
    trainer: Trainer,
    texts: Seen,
    goods_and_paragraphs: tuple[Seen, Seen],
    relevance: Row,
    tools: Tools,
) -> Head:
    """Return the head of goals, calibrated on goods set aside and on paragraphs."""
    goods, paragraphs = goods_and_paragraphs
    head = trainer.fitted(texts + goods, relevance)
    aside = evidence_aside(trainer, texts, goods, tools)
    unseen = evidence_of(head, readings_of(paragraphs, trainer.vocabulary, tools))
    n_texts = len(goods) + len(paragraphs)
    calibration = trainer.calibrated(
        np.vstack([aside, unseen]),
        np.vstack([is_right(kind, trainer.codes) for kind in goods_and_paragraphs]),
        # Each kind weighs half.
        np.concatenate(
            [
                np.full(len(kind), n_texts / 2 / len(kind))
                for kind in (goods, paragraphs)
            ]
        ),
        by_label=True,
    )
    return replace(
        head,
        calibration=calibration,
        threshold=THRESHOLD_OF_GOALS,
        most=len(trainer.codes),
    )


def trained_lines(
    trainer: Trainer, texts: Seen, titles: Seen, relevance: Row, tools: Tools
) -> Head:
    """Return the head of lines, calibrated on prizes set aside by project."""
    calibration = trainer.calibrated(
        evidence_aside(trainer, texts, titles, tools),
        is_right(titles, trainer.codes),
        np.ones(len(titles)),
        # How often people choose a line is part of the answer.
        by_label=False,
    )
    return replace(
        trainer.fitted(texts + titles, relevance),
        calibration=calibration,
        threshold=THRESHOLD_OF_LINES,
        most=MOST_LINES,
    )


def evidence_aside(trainer: Trainer, texts: Seen, parted: Seen, tools: Tools) -> Matrix:
    """Return evidence for texts, each judged by a head that has not seen its group."""
    readings = readings_of(parted, trainer.vocabulary, tools)
    evidence = np.zeros((len(parted), len(trainer.codes)), np.float32)
    rows = np.arange(len(parted))
    for fold in folds([example.group for example in parted.examples]):
        head = trainer.fitted(texts + parted.of(np.setdiff1d(rows, fold)))
        evidence[fold] = evidence_of(head, [readings[row] for row in fold])
    return evidence
