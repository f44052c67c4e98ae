"""
Measurement of summaries: does the sentence chosen from an objective name its project?

Nobody has written summaries of these texts, but somebody has named the projects. The
share of a name's terms that stand in the one sentence chosen is compared with LexRank
and with the first sentence.

References
----------
Erkan, Radev (2004), "LexRank: graph-based lexical centrality as salience in text
summarization", JAIR 22: damping .85, cosine of TF-IDF.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np

from montada.language.adapters.measuring import SEED, Tools
from montada.language.adapters.measuring_duplicates import PROJECTS
from montada.language.engine.figures import Figure, Measurement
from montada.language.engine.measures import bootstrap
from montada.language.engine.summary import (
    Candidate,
    Document,
    candidates,
    overlap,
    sentences_of,
    summary,
)

DAMPING = 0.85
N_ROUNDS = 50
FEWEST_SENTENCES = 3


def summaries(folder: Path, tools: Tools) -> Iterator[Figure]:
    """Measure the share of a project's name in one sentence of its objective."""
    found: dict[str, list[float]] = {"centroid_mmr": [], "lexrank": [], "first": []}
    with (folder / PROJECTS).open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        document = Document(row["id"], " ".join(row["pdo"].split()), "en")
        name = set(tools.terms_of(row["project_name"], "en"))
        choice = candidates(sentences_of(document))
        if len(choice) < FEWEST_SENTENCES or not name:
            continue
        for way, sentence in (
            ("centroid_mmr", summary(choice, 1)[0].text),
            ("lexrank", choice[int(np.argmax(lexrank(choice)))].cited.text),
            ("first", choice[0].cited.text),
        ):
            terms = set(tools.terms_of(sentence, "en"))
            found[way].append(len(name & terms) / len(name))
    for way, shares in found.items():
        measured = bootstrap(shares, rng=Random(SEED))
        yield Figure(("summary", way), measured, "share of the name", PROJECTS)


def lexrank(choice: Sequence[Candidate]) -> Sequence[float]:
    """Return how central each sentence is in the graph of likenesses, summing to 1."""
    likeness = np.array(
        [[overlap(one.weights, other.weights) for other in choice] for one in choice]
    )
    steps = likeness / likeness.sum(axis=1, keepdims=True)
    centrality = np.full(len(choice), 1 / len(choice))
    for _round in range(N_ROUNDS):
        centrality = (1 - DAMPING) / len(choice) + DAMPING * steps.T @ centrality
    ranks: list[float] = centrality.tolist()
    return ranks


MEASUREMENTS = (Measurement("summary", PROJECTS, summaries),)
