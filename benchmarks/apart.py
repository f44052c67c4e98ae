"""
What is measured in a process of its own: its memory is then its alone.

A rival's Python is that of an environment of its own, so that what it pins touches
nothing of ours; it reads JSON and prints JSON. All compute on one thread: seconds of
processor are only then to compare, since threads that wait for each other spend some.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RIVALS = Path(__file__).parents[1] / ".venv-rivals" / "bin" / "python"
MOST_MB = 4_000
"""What a rival may take."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def peak_mb() -> int:
    """Return the most memory this process has held; its parent's does not count."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024


def apart(name: str, *words: str) -> Any:
    """Return what one of our benchmarks says, asked for a part of it."""
    print(name, *words, file=sys.stderr)
    said = subprocess.run(
        ours(name, *words),
        env=os.environ | ONE_THREAD,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(said.stdout)


def ours(name: str, *words: str) -> list[str]:
    """Return the command of one of our benchmarks."""
    return [sys.executable, "-m", f"benchmarks.{name}", *words]


def of_rival(
    command: Sequence[str | Path], seconds: float, given: object = None
) -> dict[str, Any]:
    """
    Return what a rival says, or the `error` by which it ended without an answer.

    That is the last line it wrote, or a signal: SIGXCPU when its time was over.
    It has these seconds of processor, a fifth more to start and speak, and `MOST_MB`.
    """
    most_seconds = int(1.2 * seconds) + 5

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MB << 20, MOST_MB << 20))

    print("rival:", command[0], file=sys.stderr)
    said = subprocess.run(
        command,
        env=os.environ | ONE_THREAD,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )
    if said.returncode:
        last = said.stderr.strip().rpartition("\n")[2][:200]
        return {"error": last or signal.Signals(-said.returncode).name}
    answer: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return answer


def asked_with_rivals(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """Return the options, among them whether rivals are asked, and by which Python."""
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--rival-python", type=Path, default=RIVALS)
    asked = parser.parse_args()
    if asked.rivals and not asked.rival_python.exists():
        parser.error(
            f"{asked.rival_python} is not there: `make bench` installs the rivals, "
            "--rival-python names another Python that has them"
        )
    return asked
