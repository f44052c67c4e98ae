"""
All that is measured, one after another: what is quick first.

    python -m benchmarks [NAME ...]

Each prints one JSON document. What failed, and what was left out because its data is
not beside the repository, is said at the end; the status then is 1. Rivals are asked in
the same run, by the Python of .venv-rivals, which `make bench` installs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.apart import ours

DATA = Path("../shared/data")


@dataclass(frozen=True, slots=True)
class Run:
    """One benchmark with its options; its `data`, below `DATA`, is said last."""

    name: str
    options: str = ""
    data: str = ""


RUNS = (
    Run("shares"),
    Run("pages"),
    Run("register"),
    Run("voting", "--seconds 10"),
    Run("search"),
    Run("opinion", "--rivals --sizes --shared", "polis"),
    Run("opinion", "--rivals"),
    Run(
        "timetable",
        "--seconds 60 --sizes --schedules",
        "schedules/normalised/fosdem_2024.csv",
    ),
    Run("cosplib", "--seconds 60", "schedules/cosplib"),
    Run("timetable", "--sizes 60 220 --seconds 120 --proofs 15 --rivals"),
    Run("timetable", "--sizes 600 1500 --seconds 60 --rivals"),
)


def all_of(runs: Sequence[Run]) -> list[str]:
    """Measure, and return in a sentence each what could not be measured."""
    wrong = []
    for run in runs:
        words = run.options.split()
        if run.data:
            words.append(str(DATA / run.data))
            if not (DATA / run.data).exists():
                wrong.append(f"{run.name}: left out, {DATA / run.data} is not there")
                continue
        print("benchmark:", run.name, *words, file=sys.stderr)
        began = time.monotonic()
        status = subprocess.run(ours(run.name, *words), check=False).returncode
        minutes = (time.monotonic() - began) / 60
        print(f"benchmark: {run.name} took {minutes:.1f} minutes", file=sys.stderr)
        if status:
            wrong.append(f"{run.name}: failed, status {status}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure all there is, or some.")
    names = list(dict.fromkeys(run.name for run in RUNS))
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    wanted = parser.parse_args().names or names
    if unknown := [name for name in wanted if name not in names]:
        parser.error(f"{', '.join(unknown)}: choose from {', '.join(names)}")
    wrong = all_of([run for run in RUNS if run.name in wanted])
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
