"""
Labelling: which action lines and goals a text speaks of, how sure that is, and why.

A label is a suggestion for a person to confirm. A text without words, in none of the
six languages, or about nothing of the kind gets none.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from montada.framework.engine.label_evidence import Explainer
from montada.framework.engine.label_model import Head, LabelModel
from montada.framework.engine.label_reading import (
    Encode,
    Reading,
    TermsOf,
    reading_of,
)
from montada.framework.engine.values import Label, Suggestions
from montada.language.engine.text import LANGUAGES


def suggestions(
    text: str,
    language: str,
    model: LabelModel,
    *,
    encode: Encode,
    terms_of: TermsOf,
    explained: bool = True,
) -> Suggestions:
    """
    Return the labels of a text; every label of both axes is ranked.

    Parameters
    ----------
    language
        Of the text; outside the six, labels are ranked and none is suggested.
    encode
        A text to its vector, centred for that language.
    terms_of
        A text and its language to the terms of its words.
    explained
        Whether evidence is looked for, which takes most of the time.
    """
    reading = reading_of(text, language, model.vocabulary, encode, terms_of)
    if reading is None:
        return Suggestions(language, (), (), model.name)
    explainer = Explainer(text, reading, terms_of) if explained else None
    ranked = {
        head.axis: _labels(head, reading, explainer, language in LANGUAGES)
        for head in model.heads
    }
    lines, goals = ranked["action_line"], ranked["goal"]
    return Suggestions(
        language=language,
        action_lines=tuple(label for label in lines if label.is_suggested),
        goals=tuple(label for label in goals if label.is_suggested),
        model=model.name,
        all_action_lines=lines,
        all_goals=goals,
    )


def _labels(
    head: Head, reading: Reading, explainer: Explainer | None, may_suggest: bool
) -> tuple[Label, ...]:
    vector = reading.vector()
    scores = head.scores(reading.evidence(head, vector), vector)
    labels = []
    for rank, at in enumerate(np.argsort(-scores, kind="stable")):
        score = float(scores[at])
        is_suggested = may_suggest and rank < head.most and score >= head.threshold
        label = Label(head.axis, head.codes[at], round(score, 4), is_suggested)
        if explainer and is_suggested:
            label = replace(label, evidence=explainer.evidence(head, int(at)))
        labels.append(label)
    return tuple(labels)
