"""
What voting costs: fifty people at once, through the real server, kept on disk.

    python -m benchmarks.voting [--voters 50] [--seconds 20] [--keep FOLDER]

Prints JSON. A demonstration forum is built in a folder of its own and served by
`montada serve`. Each voter is a connection that sends a vote, follows to the next
statement, and sends again: first as fast as the usual rules let anybody vote, forty
votes a minute, then without a pause, which shows what the server can do. `vote` is the
time until a vote is confirmed, `page` that of the statement after it; milliseconds of
wall time, measured by a client on the same machine.

A vote is confirmed when SQLite has it on disk (`synchronous=FULL`): more votes than the
disk flushes in a second can only be kept where several wait for one flush, so
`flushes_per_second` of the same folder stands beside them.

At the end all processes of the server are killed (kill -9) while everybody votes
without a pause; confirmed votes are counted against the database.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import platform
import random
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

PATH = "/en/consultation/statements/vote/"
CSRF = "c" * 32
VALUES = {"agree": 1, "disagree": -1, "pass": 0}
PEOPLE_A_VOTER = 4
"""Take turns on one connection, so that votes are new ones for longer."""

FASTEST = 60 / 40
"""Seconds from vote to vote in the usual rules."""


@dataclass(slots=True)
class Sender:
    """One connection and the people who vote on it; what was confirmed to each."""

    port: int
    people: list[tuple[int, str]]
    """Id and session."""
    statements: list[int]
    pause: float
    rng: random.Random
    confirmed: dict[tuple[int, int], int] = field(default_factory=dict)
    under_way: tuple[tuple[int, int], int] | None = None
    vote_ms: list[float] = field(default_factory=list)
    page_ms: list[float] = field(default_factory=list)
    n_refused: int = 0

    def __call__(self, until: float) -> None:
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        n_sent = 0
        try:
            while time.monotonic() < until:
                person, session = self.people[n_sent % len(self.people)]
                self._vote(there, person, session)
                n_sent += 1
                time.sleep(self.pause * (0.5 + self.rng.random()))
        except (OSError, http.client.HTTPException):
            return
        finally:
            there.close()

    def _vote(
        self, there: http.client.HTTPConnection, person: int, session: str
    ) -> None:
        pk, said = self.rng.choice(self.statements), self.rng.choice(list(VALUES))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        }
        body = f"statement={pk}&value={said}&csrfmiddlewaretoken={CSRF}"
        self.under_way = ((person, pk), VALUES[said])
        started = time.perf_counter()
        there.request("POST", PATH, body, headers)
        answer = there.getresponse()
        answer.read()
        self.vote_ms.append(1000 * (time.perf_counter() - started))
        if (answer.getheader("Location") or "").endswith("?done=1"):
            self.confirmed[(person, pk)] = VALUES[said]
        else:
            self.n_refused += 1
        started = time.perf_counter()
        there.request("GET", f"{PATH}?done=1", headers=headers)
        there.getresponse().read()
        self.page_ms.append(1000 * (time.perf_counter() - started))


def rounds(senders: list[Sender], seconds: float) -> dict[str, Any]:
    """Let all vote for so long; return what it took."""
    started = time.monotonic()
    threads = [
        threading.Thread(target=sender, args=(started + seconds,)) for sender in senders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - started
    votes = [ms for sender in senders for ms in sender.vote_ms]
    pages = [ms for sender in senders for ms in sender.page_ms]
    return {
        "votes": len(votes),
        "refused": sum(sender.n_refused for sender in senders),
        "votes_per_second": round(len(votes) / took, 1),
        "vote_ms": _spread(votes),
        "page_ms": _spread(pages),
    }


def _spread(ms: list[float]) -> dict[str, float]:
    if len(ms) < 2:
        return {}
    cuts = statistics.quantiles(ms, n=100)
    found = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "worst": max(ms)}
    return {name: round(value, 1) for name, value in found.items()}


def flushes_per_second(folder: Path, n: int = 200) -> float:
    """Return how often the disk confirms a page of 4 KB a second, one after another."""
    file = folder / "flushed"
    with file.open("wb", buffering=0) as kept:
        started = time.perf_counter()
        for _flush in range(n):
            kept.write(b"\0" * 4096)
            os.fsync(kept.fileno())
        took = time.perf_counter() - started
    file.unlink()
    return round(n / took, 1)


def made_ready(n_people: int) -> tuple[list[tuple[int, str]], list[int]]:
    """Return people who are signed in, and open statements; pace is no limit here."""
    from django.contrib import auth  # noqa: PLC0415  # after setup
    from django.contrib.sessions.backends.db import (  # noqa: PLC0415  # after setup
        SessionStore,
    )
    from django.utils import timezone  # noqa: PLC0415  # after setup

    from montada.consultation import queries  # noqa: PLC0415  # after setup
    from montada.consultation.models import StatementRules  # noqa: PLC0415  # as above
    from montada.edition.queries import current_edition  # noqa: PLC0415  # after setup
    from montada.participation.models import Person  # noqa: PLC0415  # after setup

    edition = current_edition(timezone.now())
    if edition is None or not queries.is_voting_open(edition.pk, timezone.now()):
        raise SystemExit("No consultation is open: is the demonstration empty?")
    StatementRules.objects.update_or_create(
        edition=edition, defaults={"votes_a_minute": 30_000}
    )
    people = []
    for number in range(n_people):
        email = f"voter{number}@example.org"
        known = Person.objects.filter(email=email).first()
        person = known or Person.objects.create_user(email)
        session = SessionStore()
        session[auth.SESSION_KEY] = str(person.pk)
        session[auth.BACKEND_SESSION_KEY] = (
            "allauth.account.auth_backends.AuthenticationBackend"
        )
        session[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        people.append((person.pk, str(session.session_key)))
    rows = queries.open_statements(edition).values_list("pk", flat=True)
    return people, list(rows)


@contextlib.contextmanager
def served(port: int) -> Iterator[subprocess.Popen[str]]:
    server = subprocess.Popen(
        [sys.executable, "-m", "montada", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        while not _answers(port):
            if server.poll() is not None:
                raise SystemExit("The server did not start.")
            time.sleep(0.1)
        yield server
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
        server.wait()


def _answers(port: int) -> bool:
    try:
        there = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        there.request("GET", "/en/")
        status = there.getresponse().status
        there.close()
    except (OSError, http.client.HTTPException):
        return False
    return status == 200


def kill_all(server: subprocess.Popen[str]) -> None:
    """End the server and all it started at once, as a machine that goes out does."""
    waiting, found = [server.pid], []
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
            waiting += map(int, told.split())
    for pid in found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def killed(port: int, senders: list[Sender], database: Path) -> dict[str, Any]:
    """Kill the server while everybody votes; count what was confirmed and is lost."""
    with served(port) as server:
        until = time.monotonic() + 120
        threads = [threading.Thread(target=one, args=(until,)) for one in senders]
        for thread in threads:
            thread.start()
        time.sleep(5)
        kill_all(server)
        for thread in threads:
            thread.join()
    with contextlib.closing(sqlite3.connect(database)) as kept:
        rows = kept.execute(
            "SELECT voter.person_id, vote.statement_id, vote.value, COUNT(*)"
            " FROM consultation_vote vote"
            " JOIN consultation_voter voter ON voter.id = vote.voter_id"
            " GROUP BY voter.person_id, vote.statement_id"
        ).fetchall()
    values = {(person, pk): value for person, pk, value, _n in rows}
    confirmed = {pair: said for one in senders for pair, said in one.confirmed.items()}
    # What was sent and not answered may be kept or not.
    open_ended = {one.under_way for one in senders}
    lost = [
        pair
        for pair, said in confirmed.items()
        if values.get(pair) != said and (pair, values.get(pair)) not in open_ended
    ]
    return {
        "confirmed": sum(len(one.vote_ms) - one.n_refused for one in senders),
        "checked": len(confirmed),
        "lost": len(lost),
        "doubled": sum(n > 1 for *_vote, n in rows if _vote[0] is not None),
    }


def run(folder: Path, n_voters: int, seconds: float) -> dict[str, Any]:
    os.environ["MONTADA_VAR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "montada.settings.local")
    if not (folder / "montada.sqlite3").exists():
        subprocess.run(
            [sys.executable, "-m", "montada", "demo", "--json"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    django.setup()
    people, statements = made_ready(n_voters * PEOPLE_A_VOTER)
    with socket.create_server(("127.0.0.1", 0)) as there:
        port = int(there.getsockname()[1])

    def senders(pause: float) -> list[Sender]:
        return [
            Sender(
                port,
                people[number::n_voters],
                statements,
                pause,
                random.Random(number),
            )
            for number in range(n_voters)
        ]

    before = flushes_per_second(folder)
    with served(port):
        rounds(senders(0), 3)
        by_the_rules = rounds(senders(FASTEST), seconds)
        without_pause = rounds(senders(0), seconds)
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
        "load_1min": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "voters": n_voters,
        "flushes_per_second": [before, flushes_per_second(folder)],
        "as_the_rules_allow": by_the_rules,
        "without_pause": without_pause,
        "killed": killed(port, senders(0), folder / "montada.sqlite3"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voters", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--keep", type=Path, help="build the forum here, and leave it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        print(json.dumps(run(folder, asked.voters, asked.seconds), indent=1))


if __name__ == "__main__":
    main()
