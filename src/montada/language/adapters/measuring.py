"""
Measurements: every figure that data beside the repository allow, each by one function.

Nothing is chosen by what is measured here: it reports.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from montada.language.engine.figures import Figure, Measurement
from montada.language.engine.identification import Guess
from montada.language.engine.keyphrases import Background, Phrase
from montada.language.engine.measures import (
    mean_reciprocal_rank,
    share,
)
from montada.language.engine.ranking import Bm25, rank_of
from montada.language.engine.text import LANGUAGES

SDG_TEXTS = Path("sdg_text/sdg_goals_targets_indicators_6lang.csv")
SEED = 1
N_PHRASES = 10


@dataclass(frozen=True, slots=True)
class Tools:
    """What is measured: the functions that pages and commands use."""

    language_of: Callable[[str], Guess]
    plain_words: Callable[[str], list[str]]
    terms_of: Callable[[str, str], list[str]]
    background_phrases: Callable[[Sequence[Sequence[str]], str], Background]
    key_phrases_of: Callable[[Sequence[str], str, int, Background], list[Phrase]]


Row = dict[str, str]


def rows_of(folder: Path, kind: str) -> list[Row]:
    """Return the official texts of one kind, each in six languages, in file order."""
    with (folder / SDG_TEXTS).open(encoding="utf-8-sig", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["kind"] == kind]


def related(folder: Path, tools: Tools) -> Iterator[Figure]:
    """Measure at which rank words find the target an indicator was written for."""
    for tag in LANGUAGES:
        for name, method, terms_of in (
            ("mrr_words", "BM25, analysed", _in(tag, tools.terms_of)),
            ("mrr_raw_words", "BM25, raw words", tools.plain_words),
        ):
            ranks = target_ranks(folder, tag, terms_of)
            measured = mean_reciprocal_rank(ranks, rng=Random(SEED))
            yield Figure(("related", f"{tag}_{tag}", name), measured, method, SDG_TEXTS)


def _in(
    tag: str, terms_of: Callable[[str, str], list[str]]
) -> Callable[[str], list[str]]:
    return lambda text: terms_of(text, tag)


def target_ranks(
    folder: Path, tag: str, terms_of: Callable[[str], list[str]]
) -> list[float]:
    targets = rows_of(folder, "target")
    place = {row["code"]: at for at, row in enumerate(targets)}
    ranking = Bm25(terms_of(row[tag]) for row in targets)
    return [
        rank_of(
            place[row["code"].rpartition(".")[0]],
            ranking.scores(terms_of(row[tag])),
        )
        for row in rows_of(folder, "indicator")
    ]


def key_phrases(folder: Path, tools: Tools) -> Iterator[Figure]:
    """
    Measure how many key phrases of a goal's indicators stand in its targets, and how
    many of these in no more than two other goals' targets.
    """
    for tag in LANGUAGES:
        indicators = _by_goal(rows_of(folder, "indicator"), tag)
        targets = {
            goal: [_spaced(tools.terms_of(text, tag)) for text in texts]
            for goal, texts in _by_goal(rows_of(folder, "target"), tag).items()
        }
        background = tools.background_phrases(list(indicators.values()), tag)
        n_goals_with = [
            (goal, _goals_with(_spaced(tools.terms_of(phrase.text, tag)), targets))
            for goal, texts in indicators.items()
            for phrase in tools.key_phrases_of(texts, tag, N_PHRASES, background)
        ]
        found = [goals for goal, goals in n_goals_with if goal in goals]
        for name, n_right in (
            ("found", len(found)),
            ("specific", sum(len(goals) <= 3 for goals in found)),
        ):
            measured = share(n_right, len(n_goals_with))
            yield Figure(("keyphrases", tag, name), measured, "c-TF-IDF", SDG_TEXTS)


def _by_goal(rows: Sequence[Row], tag: str) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        texts[row["goal"]].append(row[tag])
    return texts


def _spaced(terms: Sequence[str]) -> str:
    return f" {' '.join(terms)} "


def _goals_with(terms: str, targets: dict[str, list[str]]) -> set[str]:
    return {
        goal for goal, texts in targets.items() if any(terms in text for text in texts)
    }


def language(folder: Path, tools: Tools) -> Iterator[Figure]:
    """Measure how often the first words of an official text tell its language."""
    rows = rows_of(folder, "target") + rows_of(folder, "indicator")
    for n_words in (3, 5):
        told = [
            tools.language_of(first_words(row[tag], tag, n_words)).language == tag
            for row in rows
            for tag in LANGUAGES
        ]
        measured = share(sum(told), len(told))
        yield Figure(
            ("language", f"words{n_words}"), measured, "first words", SDG_TEXTS
        )


def first_words(text: str, tag: str, n: int) -> str:
    """Return the first `n` words; in Chinese two characters count as a word."""
    return text[: 2 * n] if tag == "zh" else " ".join(text.split()[:n])


MEASUREMENTS = (
    Measurement("related", SDG_TEXTS, related),
    Measurement("keyphrases", SDG_TEXTS, key_phrases),
    Measurement("language", SDG_TEXTS, language),
)
