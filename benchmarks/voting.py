"""
What voting costs: fifty people at once, through the real server, kept on disk.

    python -m benchmarks.voting [--door web|api|both] [--voters 50] [--seconds 20]
        [--keep FOLDER]

Prints JSON, by door. A demonstration forum is built in a folder of its own and served
by `montada serve`. Each voter is a connection that sends a vote, follows to the next
statement, and sends again: first as fast as the usual rules let anybody vote, forty
votes a minute, then without a pause, all having begun within a second, which shows
what the server can do. `vote` is the time until a vote is confirmed, `page` that of the
statement after it; milliseconds of wall time, measured by a client on the same machine.
Programs have no page to follow to, and 120 requests a minute of each key: what is over
that is counted as refused.

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
from typing import Any, Literal, NamedTuple

import django

Door = Literal["web", "api"]
DOORS: tuple[Door, ...] = ("web", "api")

PATH = "/en/consultation/statements/vote/"
CSRF = "c" * 32
VALUES = {"agree": 1, "disagree": -1, "pass": 0}
PEOPLE_A_VOTER = 4
"""Take turns on one connection, so that votes are new ones for longer."""

BEGINNING = 1
"""Seconds in which voters who never pause begin."""
FASTEST = 60 / 40
"""Seconds from vote to vote in the usual rules."""


class Voter(NamedTuple):
    """Somebody who is signed in, and has given a program a key."""

    pk: int
    session: str
    key: str


@dataclass(slots=True)
class Sender:
    """One connection and the people who vote on it; what was confirmed to each."""

    door: Door
    port: int
    people: list[Voter]
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
        # People do not all begin in the same instant.
        time.sleep(max(self.pause, BEGINNING) * self.rng.random())
        try:
            while time.monotonic() < until:
                self._vote(there, self.people[n_sent % len(self.people)])
                n_sent += 1
                time.sleep(self.pause * (0.5 + self.rng.random()))
        except (OSError, http.client.HTTPException):
            return
        finally:
            there.close()

    def _vote(self, there: http.client.HTTPConnection, voter: Voter) -> None:
        pk, said = self.rng.choice(self.statements), self.rng.choice(list(VALUES))
        self.under_way = ((voter.pk, pk), VALUES[said])
        started = time.perf_counter()
        send = self._by_page if self.door == "web" else self._by_program
        is_confirmed = send(there, voter, pk, said)
        self.vote_ms.append(1000 * (time.perf_counter() - started))
        if is_confirmed:
            self.confirmed[(voter.pk, pk)] = VALUES[said]
        else:
            self.n_refused += 1
        if self.door == "web":
            started = time.perf_counter()
            there.request("GET", f"{PATH}?done=1", headers=_signed_in(voter))
            there.getresponse().read()
            self.page_ms.append(1000 * (time.perf_counter() - started))

    @staticmethod
    def _by_page(
        there: http.client.HTTPConnection, voter: Voter, pk: int, said: str
    ) -> bool:
        body = f"statement={pk}&value={said}&csrfmiddlewaretoken={CSRF}"
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        there.request("POST", PATH, body, _signed_in(voter) | form)
        answer = there.getresponse()
        answer.read()
        return (answer.getheader("Location") or "").endswith("?done=1")

    @staticmethod
    def _by_program(
        there: http.client.HTTPConnection, voter: Voter, pk: int, said: str
    ) -> bool:
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {voter.key}",
        }
        body = json.dumps({"value": said})
        there.request("PUT", f"/api/v1/statements/{pk}/vote", body, headers)
        answer = there.getresponse()
        answer.read()
        return answer.status == 200


def _signed_in(voter: Voter) -> dict[str, str]:
    return {"Cookie": f"sessionid={voter.session}; csrftoken={CSRF}"}


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


def made_ready(n_people: int) -> tuple[list[Voter], list[int]]:
    """Return people who vote, and open statements; pace is no limit here."""
    from django.contrib import auth  # noqa: PLC0415  # after setup
    from django.contrib.sessions.backends.db import (  # noqa: PLC0415  # after setup
        SessionStore,
    )
    from django.utils import timezone  # noqa: PLC0415  # after setup

    from montada.consultation import queries  # noqa: PLC0415  # after setup
    from montada.consultation.models import StatementRules  # noqa: PLC0415  # as above
    from montada.edition.queries import current_edition  # noqa: PLC0415  # after setup
    from montada.participation import operations  # noqa: PLC0415  # after setup
    from montada.participation.models import ApiToken, Person  # noqa: PLC0415  # as above

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
        ApiToken.objects.filter(person=person).delete()
        made = operations.make_token(
            person=person,
            name="Measuring",
            scopes=["votes:cast"],
            lasts_days=30,
            at=timezone.now(),
        )
        people.append(Voter(person.pk, str(session.session_key), made.key))
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


def measured(
    door: Door, people: list[Voter], statements: list[int], seconds: float, folder: Path
) -> dict[str, Any]:
    """Return what voting through one door takes, and whether a kill loses a vote."""
    with socket.create_server(("127.0.0.1", 0)) as there:
        port = int(there.getsockname()[1])
    n_voters = len(people) // PEOPLE_A_VOTER

    def senders(pause: float) -> list[Sender]:
        return [
            Sender(
                door,
                port,
                people[number::n_voters],
                statements,
                pause,
                random.Random(number),
            )
            for number in range(n_voters)
        ]

    with served(port):
        rounds(senders(0), 3)
        by_the_rules = rounds(senders(FASTEST), seconds)
        without_pause = rounds(senders(0), seconds)
    return {
        "as_the_rules_allow": by_the_rules,
        "without_pause": without_pause,
        "killed": killed(port, senders(0), folder / "montada.sqlite3"),
    }


def run(
    folder: Path, doors: tuple[Door, ...], n_voters: int, seconds: float
) -> dict[str, Any]:
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
    before = flushes_per_second(folder)
    found: dict[str, Any] = {
        door: measured(door, people, statements, seconds, folder) for door in doors
    }
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
        "load_1min": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "voters": n_voters,
        "flushes_per_second": [before, flushes_per_second(folder)],
        **found,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--door", choices=(*DOORS, "both"), default="both")
    parser.add_argument("--voters", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--keep", type=Path, help="build the forum here, and leave it")
    asked = parser.parse_args()
    doors = DOORS if asked.door == "both" else (asked.door,)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        print(json.dumps(run(folder, doors, asked.voters, asked.seconds), indent=1))


if __name__ == "__main__":
    main()
