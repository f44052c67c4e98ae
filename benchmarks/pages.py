"""
What the busiest pages cost: queries, processor time, bytes.

    python -m benchmarks.pages [--language ar] [--repeat 15] [--keep FOLDER]

Prints JSON. A demonstration forum is built in a folder of its own, assets are collected
as for a server, and pages are asked through the whole stack of middleware.
Cold: all caches empty, the process warm. Known: reference data is in memory, the page
is not. Kept: the page was read before, nothing changed. Unchanged: the reader's browser
has the page and asks whether it is still so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

Get = Callable[[str, dict[str, str]], Any]
"""Asks for an address with these headers; returns Django's response."""

PLAIN: dict[str, str] = {}
GZIP = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One page. Bytes are bodies as sent, compressed; headers and fonts not counted."""

    path: str
    queries: int
    queries_known: int
    queries_kept: int
    cold_cpu_ms: float
    known_cpu_ms: float
    kept_cpu_ms: float
    unchanged_cpu_ms: float
    first_visit_bytes: int
    later_visit_bytes: int
    unchanged_bytes: int


def pages(language: str, get: Get) -> dict[str, str]:
    """Return the addresses that are measured, by what they are."""
    from django.urls import resolve  # noqa: PLC0415  # after setup

    from montada.edition.queries import edition_of_year  # noqa: PLC0415  # after setup

    edition = edition_of_year(2025)
    listed = f"/{language}/projects/"
    linked = re.findall(
        rf'href="({listed}[^"/?]+/)"', get(listed, PLAIN).content.decode()
    )
    projects = [path for path in linked if resolve(path).view_name == "site:project"]
    if not projects or edition is None:
        raise SystemExit(f"{listed} leads to no project: is the demonstration empty?")
    agenda = get(f"/{language}/programme/", PLAIN).headers["Location"]
    return {
        "project list": listed,
        "project": projects[0],
        "matrix": f"/{language}/matrix/",
        "edition home": f"/{language}/",
        "past edition": f"/{language}/editions/{edition.slug}/",
        "agenda, a day by rooms": agenda,
        "agenda, all days": f"{agenda}?view=list",
    }


def measured(path: str, get: Get, repeat: int) -> Measured:
    from django.core.cache import caches  # noqa: PLC0415  # after setup
    from django.db import connection  # noqa: PLC0415  # after setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # after setup

    from montada.audit.queries import forget  # noqa: PLC0415  # after setup

    def empty() -> None:
        caches["pages"].clear()
        forget()

    first = get(path, PLAIN)
    if first.status_code != 200:
        raise SystemExit(f"{path} answers {first.status_code}")
    empty()
    with CaptureQueriesContext(connection) as asked:
        page = get(path, GZIP)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as asked_known:
        get(path, GZIP)
    with CaptureQueriesContext(connection) as asked_again:
        get(path, GZIP)
    etag = page.headers.get("ETag", "")
    has_it = {"If-None-Match": etag, **GZIP}
    return Measured(
        path=path,
        queries=len(asked),
        queries_known=len(asked_known),
        queries_kept=len(asked_again),
        cold_cpu_ms=cpu_ms(lambda: get(path, GZIP), repeat, before=empty),
        known_cpu_ms=cpu_ms(
            lambda: get(path, GZIP), repeat, before=caches["pages"].clear
        ),
        kept_cpu_ms=cpu_ms(lambda: get(path, GZIP), repeat * 10),
        unchanged_cpu_ms=cpu_ms(lambda: get(path, has_it), repeat * 10),
        first_visit_bytes=len(page.content) + asset_bytes(first.content.decode()),
        later_visit_bytes=len(page.content),
        unchanged_bytes=len(get(path, has_it).content),
    )


def cpu_ms(
    action: Callable[[], Any], repeat: int, before: Callable[[], Any] | None = None
) -> float:
    """Return the median of this process's processor time for one call."""
    spent = []
    for _attempt in range(repeat):
        if before:
            before()
        start = time.process_time_ns()
        action()
        spent.append((time.process_time_ns() - start) / 1e6)
    return round(statistics.median(spent), 2)


def asset_bytes(page: str) -> int:
    """Return what styles, scripts and drawings of a page weigh on the wire."""
    linked = set(re.findall(r'(?:href|src)="/static/([^"#]+\.(?:css|js|svg))"', page))
    for name in sorted(linked):
        if name.endswith(".css"):
            style = (static_root() / name).read_text(encoding="utf-8")
            drawn = re.findall(r"url\([\"']?([^\"')]+\.svg)", style)
            linked |= {_beside(name, target) for target in drawn}
    return sum(_sent_bytes(static_root() / name) for name in linked)


def static_root() -> Path:
    from django.conf import settings  # noqa: PLC0415  # configured in main

    return Path(settings.STATIC_ROOT)


def _beside(style: str, target: str) -> str:
    if target.startswith("/static/"):
        return target.removeprefix("/static/")
    return os.path.normpath(Path(style).parent / target)


def _sent_bytes(path: Path) -> int:
    squeezed = path.with_name(path.name + ".gz")
    return (squeezed if squeezed.exists() else path).stat().st_size


def machine() -> dict[str, Any]:
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load_1min": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "django": django.get_version(),
    }


def _processor() -> str:
    try:
        about = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    found = re.search(r"model name\s*:\s*(.+)", about)
    return found.group(1) if found else platform.processor()


def commit() -> str:
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent,
    )
    return said.stdout.strip() or "unknown"


def make_ready(var: Path) -> None:
    os.environ["MONTADA_VAR"] = str(var)
    os.environ["DJANGO_SETTINGS_MODULE"] = "montada.settings.local"
    if not (var / "montada.sqlite3").exists():
        subprocess.run(
            [sys.executable, "-m", "montada", "demo"], check=True, stdout=sys.stderr
        )
    django.setup()
    from montada.site import readiness  # noqa: PLC0415  # after setup

    if not readiness.static_is_collected():
        readiness.collect_static()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="ar")
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--keep", type=Path, help="folder of a forum to measure again")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        make_ready(wish.keep or Path(passing))
        from django.test import Client  # noqa: PLC0415  # after setup

        client = Client()

        def get(path: str, headers: dict[str, str]) -> Any:
            return client.get(path, headers={"Host": "localhost", **headers})

        answer = {
            "machine": machine(),
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": commit(),
            "pages": {
                name: asdict(measured(path, get, wish.repeat))
                for name, path in pages(wish.language, get).items()
            },
        }
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
