"""
Measurements of the encoders: is the same found in another language, and how fast.

Queries and texts are each seen from the mean of their own list, which needs no labels.
The score of a pair is the sum of both encoders' cosines.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from random import Random

import numpy as np

from montada.language.adapters import encoders
from montada.language.adapters.encoding import EncoderName, Job, Role, vectors_of
from montada.language.adapters.measuring import SDG_TEXTS, SEED, Tools, rows_of
from montada.language.engine.figures import Figure, Measurement
from montada.language.engine.measures import (
    bootstrap,
    mean_reciprocal_rank,
    share,
)
from montada.language.engine.vectors import Vector, Vectors, centred

UN_SENTENCES = Path("parallel/un_devset")
UN_FILE = UN_SENTENCES / "UNv1.0.devset.en"
WORTH_A_PROCESS = 1_000
"""Texts; for fewer, a second process takes longer to begin than it saves."""
METHOD = "e5 + USE, each list seen from its mean"

Texts = tuple[str, ...]


def translation(folder: Path, tools: Tools) -> Iterator[Figure]:
    """Measure whether a target or indicator finds its translation among all of them."""
    rows = rows_of(folder, "target") + rows_of(folder, "indicator")
    for source, other in (("ar", "en"), ("en", "ar")):
        ranks = ranks_of_same(
            tuple(row[source] for row in rows), tuple(row[other] for row in rows)
        )
        for name, most in (("r1", 1), ("r10", 10)):
            measured = share(sum(rank <= most for rank in ranks), len(ranks))
            path = ("translation", f"{source}_{other}", name)
            yield Figure(path, measured, METHOD, SDG_TEXTS)


def related_by_meaning(folder: Path, tools: Tools) -> Iterator[Figure]:
    """Measure at which rank meaning finds the target an indicator was written for."""
    targets, indicators = rows_of(folder, "target"), rows_of(folder, "indicator")
    place = {row["code"]: at for at, row in enumerate(targets)}
    wanted = [place[row["code"].rpartition(".")[0]] for row in indicators]
    for source, other in (("ar", "en"), ("ar", "ar"), ("en", "en"), ("en", "ar")):
        scores = similarity(
            tuple(row[source] for row in indicators),
            tuple(row[other] for row in targets),
            "query",
        )
        own = scores[np.arange(len(wanted)), wanted][:, None]
        ranks = (scores > own).sum(axis=1) + ((scores == own).sum(axis=1) + 1) / 2
        measured = mean_reciprocal_rank(ranks.tolist(), rng=Random(SEED))
        path = ("related", f"{source}_{other}", "mrr")
        yield Figure(path, measured, METHOD, SDG_TEXTS)


def un_sentences(folder: Path, tools: Tools) -> Iterator[Figure]:
    """Measure whether a sentence of the United Nations finds its translation."""
    for other in ("ar", "fr", "zh"):
        for source, target in ((other, "en"), ("en", other)):
            ranks = ranks_of_same(un_lines(folder, source), un_lines(folder, target))
            measured = share(sum(rank <= 1 for rank in ranks), len(ranks))
            path = ("un_dev", f"{source}_{target}", "r1")
            yield Figure(path, measured, METHOD, UN_FILE)


def un_lines(folder: Path, language: str) -> Texts:
    file = folder / UN_SENTENCES / f"UNv1.0.devset.{language}"
    with file.open(encoding="utf-8") as lines:
        return tuple(line.rstrip("\n") for line in lines)


def cpu(folder: Path, tools: Tools) -> Iterator[Figure]:
    """Measure the processor's time for a query and for a longer text, in ms."""
    texts = [
        row[tag].split()
        for tag in ("ar", "en", "fr", "es", "ru")
        for row in rows_of(folder, "target")
    ]
    queries = [" ".join(words[:10]) for words in texts if len(words) >= 10]
    whole = [word for words in texts for word in words]
    passages = [" ".join(whole[at : at + 150]) for at in range(0, len(whole), 150)]
    e5, use = encoders.e5(), encoders.use()
    for name, spent, method in (
        ("query", [_ms(e5.query, t) + _ms(use.query, t) for t in queries[::8]], "both"),
        ("passage", [_ms(e5.passage, t) for t in passages[::4]], "e5, 150 words"),
    ):
        # The first call also loads what is loaded when first needed.
        if spent[1:]:
            measured = bootstrap(spent[1:], rng=Random(SEED))
            yield Figure(("cpu_ms", name), measured, method, SDG_TEXTS)


def _ms(encode: Callable[[str], Vector], text: str) -> float:
    started = time.process_time()
    encode(text)
    return (time.process_time() - started) * 1_000


def ranks_of_same(texts: Texts, translations: Texts) -> list[int]:
    """Return at which rank each text finds its translation, or words equal to it."""
    scores = similarity(texts, translations, "passage")
    words = np.array(translations)
    is_other = words[:, None] != words[None, :]
    is_better = scores > np.diag(scores)[:, None]
    ranks: list[int] = (1 + (is_better & is_other).sum(axis=1)).tolist()
    return ranks


def similarity(texts: Texts, others: Texts, role: Role) -> Vectors:
    """Return the sum of both encoders' cosines, shape (texts, others)."""
    total = np.zeros((len(texts), len(others)), np.float32)
    for rows, columns in (
        (encoded(texts, "e5", role), encoded(others, "e5", "passage")),
        (encoded(texts, "use", "passage"), encoded(others, "use", "passage")),
    ):
        total += _seen_from_mean(rows) @ _seen_from_mean(columns).T
    return total


def _seen_from_mean(vectors: Vectors) -> Vectors:
    return centred(vectors, vectors.mean(axis=0))


@lru_cache(maxsize=32)
def encoded(texts: Texts, name: EncoderName, role: Role) -> Vectors:
    """Return one vector a text, zeros for a text without a word."""
    nothing = np.zeros(encoders.BY_NAME[name]().dimensions, np.float32)
    jobs = (Job(name, role, text) for text in texts)
    n_processes = 2 if len(texts) >= WORTH_A_PROCESS else 1
    vectors = vectors_of(jobs, n_processes=n_processes)
    return np.array([nothing if vector is None else vector for vector in vectors])


MEASUREMENTS = (
    Measurement("translation", SDG_TEXTS, translation),
    Measurement("related", SDG_TEXTS, related_by_meaning),
    Measurement("un_dev", UN_FILE, un_sentences),
    Measurement("cpu_ms", SDG_TEXTS, cpu),
)
