"""A vote that was confirmed is kept, whatever happens to the server afterwards."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone

from montada.consultation.models import Statement, StatementRules
from montada.participation.models import Person
from tests.factories.participation import make_person
from tests.factories.statements import an_open_edition, many_votes
from tests.site.installations import DATABASE, asked

N_VOTERS = 8
N_STATEMENTS = 200
CSRF = "c" * 32
# What `montada serve` runs, without what it makes ready before.
SERVER = """
import sys
from granian import Granian
from granian.constants import Interfaces
Granian(
    "montada.site.wsgi:application",
    port=int(sys.argv[1]),
    interface=Interfaces.WSGI,
    workers=1,
    blocking_threads=4,
).serve()
"""


@dataclass(slots=True)
class Voting:
    """Somebody who votes on one statement after another until nobody answers."""

    port: int
    session: str
    statements: list[int]
    confirmed: list[int] = field(default_factory=list)

    def __call__(self) -> None:
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
        }
        try:
            for pk in self.statements:
                sent = f"statement={pk}&value=agree&csrfmiddlewaretoken={CSRF}"
                there.request(
                    "POST", "/en/consultation/statements/vote/", sent, headers
                )
                answer = there.getresponse()
                answer.read()
                # A refusal goes back without counting.
                if (answer.getheader("Location") or "").endswith("?done=1"):
                    self.confirmed.append(pk)
        except (OSError, http.client.HTTPException):
            return
        finally:
            there.close()


@pytest.mark.django_db
def test_no_confirmed_vote_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    edition = an_open_edition(
        timezone.now(),
        slug="next",
        starts_on=timezone.now().date() + timedelta(days=60),
        ends_on=timezone.now().date() + timedelta(days=64),
    )
    many_votes(edition, [[None] * N_STATEMENTS], at=timezone.now())
    StatementRules.objects.create(edition=edition, votes_a_minute=30_000)
    people = [make_person(f"Sender{n}") for n in range(N_VOTERS)]
    sessions = [_signed_in(person) for person in people]
    statements = list(Statement.objects.values_list("pk", flat=True))
    (tmp_path / DATABASE).write_bytes(connection.connection.serialize())
    port = _free_port()
    server = _server(tmp_path, port)
    voters = [Voting(port, session, statements) for session in sessions]
    threads = [threading.Thread(target=voter) for voter in voters]
    try:
        _wait_for(port)
        for thread in threads:
            thread.start()
        _wait_until(lambda: sum(len(v.confirmed) for v in voters) >= 60)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    for thread in threads:
        thread.join()

    kept = _kept(tmp_path)
    confirmed = {
        (person.pk, pk)
        for person, voter in zip(people, voters, strict=True)
        for pk in voter.confirmed
    }
    assert len(confirmed) >= 60
    # It was killed in the middle: nobody was done.
    assert max(len(voter.confirmed) for voter in voters) < N_STATEMENTS
    assert confirmed - set(kept) == set()
    # A vote may be kept without its answer having arrived: one of each at most.
    assert len(kept) == len(set(kept)) <= len(confirmed) + N_VOTERS


def _signed_in(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _server(folder: Path, port: int) -> subprocess.Popen[bytes]:
    # Sessions are signed with it.
    (folder / "secret.key").write_text(settings.SECRET_KEY)
    return subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port)],
        env=os.environ
        | {
            "MONTADA_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "montada.settings.local",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _kept(folder: Path) -> list[tuple[int, int]]:
    return asked(
        folder / DATABASE,
        "SELECT voter.person_id, vote.statement_id FROM consultation_vote vote"
        " JOIN consultation_voter voter ON voter.id = vote.voter_id",
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as there:
        return int(there.getsockname()[1])


def _wait_for(port: int) -> None:
    def answers() -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            return False

    _wait_until(answers)


def _wait_until(happened: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)
