"""
What a search costs over many records: time a query, memory of a worker.

    python -m benchmarks.search [--records 100000] [--queries 300] [--keep FOLDER]

Prints JSON. Titles are made of words and pairs of words of the real titles that the
product carries, so that words are as rare and as common as they are there; they are
published as features publish. Their vectors are drawn at random around 2,000 centres
and written straight into the table: encoding so many texts would take hours, and how
long a comparison takes does not depend on what the numbers mean. Queries are encoded.

A worker is a process of its own that has nothing in memory when it begins. Each query
is another one: it is encoded, searched by words and by meaning, and its first 20
results are made ready with their snippets and reasons. `rss_mb` holds pages of the
database's file that all workers share; `own_mb` is what each adds.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django
import numpy as np

N_CENTRES = 2_000
SPREAD = 0.6
"""Of a vector around its centre, against the centre's length."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of wall time and of this process's processor time; megabytes."""

    records: int
    queries: int
    p50_ms: float
    p95_ms: float
    worst_ms: float
    p50_cpu_ms: float
    first_ms: float
    rss_mb: float
    own_mb: float
    mean_results: float


def titles(n: int, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield language and words of made-up titles, as long as real ones."""
    import montada  # noqa: PLC0415 # after setup
    from montada.language.queries import language_of  # noqa: PLC0415 # after setup

    facts = Path(montada.__file__).parent / "demo" / "facts" / "prizes.csv"
    with facts.open(encoding="utf-8", newline="") as lines:
        rows = [row["title"] for row in csv.DictReader(lines)]
    real = [(language_of(title).language or "en", title.split()) for title in rows]
    by_language: dict[str, list[list[str]]] = {}
    for language, words in real:
        if words:
            by_language.setdefault(language, []).append(words)
    languages = [language for language, words in real if words]
    for _number in range(n):
        language = rng.choice(languages)
        one, other = rng.choices(by_language[language], k=2)
        cut = rng.randint(1, len(one))
        yield language, " ".join(one[:cut] + other[-rng.randint(1, len(other)) :])


def fill(n_records: int) -> None:
    """Publish the records and give them vectors."""
    from montada.language import operations  # noqa: PLC0415 # after setup
    from montada.language.engine.text import LocalizedText  # noqa: PLC0415 # after setup
    from montada.language.engine.values import (  # noqa: PLC0415 # after setup
        IndexedRecord,
    )

    rng = random.Random(1)
    operations.publish(
        texts=(
            IndexedRecord(
                kind="project",
                key=f"p{number}",
                title=LocalizedText.of(language, title),
                facets={
                    "country": (rng.choice(("EGY", "SAU", "FRA", "KEN", "IND")),),
                    "year": (str(rng.randint(2012, 2026)),),
                    "line": (f"C{rng.randint(1, 11)}",),
                },
            )
            for number, (language, title) in enumerate(titles(n_records, rng))
        )
    )
    fill_vectors()


def fill_vectors() -> None:
    from montada.language.models import (  # noqa: PLC0415 # after setup
        IndexedText,
        TextVector,
    )
    from montada.language.queries import encoder  # noqa: PLC0415 # after setup

    used, drawn = encoder("both"), np.random.default_rng(1)
    centres = drawn.standard_normal((N_CENTRES, used.dimensions))
    digests = IndexedText.objects.exclude(digest="").values_list("digest", flat=True)
    for start in range(0, len(once := sorted(set(digests))), 5_000):
        some = once[start : start + 5_000]
        own = SPREAD * drawn.standard_normal((len(some), used.dimensions))
        vectors = centres[drawn.integers(0, N_CENTRES, len(some))] + own
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        TextVector.objects.bulk_create(
            [
                TextVector(digest=digest, model=used.model, vector=vector.tobytes())
                for digest, vector in zip(some, vectors.astype("<f2"), strict=True)
            ],
            batch_size=500,
        )


def measure(n_records: int, n_queries: int) -> Measured:
    """Ask queries of one to four words; the first one also reads the index."""
    from montada.audit.queries import one_moment  # noqa: PLC0415 # after setup
    from montada.discovery import queries  # noqa: PLC0415 # after setup

    rng = random.Random(2)
    wall: list[float] = []
    cpu: list[float] = []
    n_results: list[int] = []
    for language, title in titles(n_queries + 1, rng):
        words = title.split()
        text = " ".join(rng.sample(words, min(len(words), rng.randint(1, 4))))
        started, spent = time.perf_counter(), time.process_time()
        # As within a request, in which one moment is read once.
        with one_moment():
            it = queries.search(text, reader=language)
            queries.results_of(it, it.found.hits[:20])
        wall.append((time.perf_counter() - started) * 1_000)
        cpu.append((time.process_time() - spent) * 1_000)
        n_results.append(len(it.found.hits))
    first, *rest = wall
    return Measured(
        records=n_records,
        queries=n_queries,
        p50_ms=round(statistics.median(rest), 1),
        p95_ms=round(statistics.quantiles(rest, n=20)[-1], 1),
        worst_ms=round(max(rest), 1),
        p50_cpu_ms=round(statistics.median(cpu[1:]), 1),
        first_ms=round(first, 1),
        rss_mb=resident_mb("Rss"),
        own_mb=resident_mb("Anonymous"),
        mean_results=round(statistics.mean(n_results[1:]), 1),
    )


def resident_mb(*parts: str) -> float:
    """Return how much memory of these kinds this process holds now."""
    rollup = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8")
    sizes = [line.split() for line in rollup.splitlines()[1:]]
    kilobytes = sum(int(size[1]) for size in sizes if size[0].rstrip(":") in parts)
    return round(kilobytes / 1e3, 1)


def main() -> None:
    options = parsed()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "montada.settings.local")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # The model is made once on a machine; the forum of the benchmark borrows it.
    os.environ.setdefault("MONTADA_MODELS", str(Path.cwd() / "var" / "models"))
    if options.measure:
        django.setup()
        measured = asdict(measure(options.records, options.queries))
        sys.stdout.write(json.dumps(measured, indent=2) + "\n")
        return
    with tempfile.TemporaryDirectory(prefix="montada-search-") as temporary:
        os.environ["MONTADA_VAR"] = options.keep or temporary
        if not (Path(os.environ["MONTADA_VAR"]) / "montada.sqlite3").exists():
            build(options.records)
        again = [sys.executable, "-m", "benchmarks.search", *sys.argv[1:], "--measure"]
        subprocess.run(again, check=True)


def build(n_records: int) -> None:
    django.setup()
    # After setup.
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    # It has tables.
    from montada.framework import operations as framework  # noqa: PLC0415

    call_command("migrate", run_syncdb=True, verbosity=0)
    framework.load_framework(at=timezone.now())
    fill(n_records)


def parsed() -> Any:
    parser = argparse.ArgumentParser(description="Measure the search.")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--keep", help="a folder to build in, and to measure again")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
