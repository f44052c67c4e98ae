"""`montada serve` makes ready what is missing, answers, and leaves nothing behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from montada.site.management.commands.serve import SECONDS_TO_FINISH
from tests.site.installations import DATABASE, asked, montada


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as there:
        return int(there.getsockname()[1])


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    server = subprocess.Popen(
        [sys.executable, "-m", "montada", "serve", "--port", str(port), "--workers=1"],
        env=os.environ
        | {
            "MONTADA_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "montada.settings.local",
        },
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield server
    finally:
        if server.poll() is None:
            server.kill()
        server.wait()
        assert server.stdout is not None
        server.stdout.close()


def answer(port: int, path: str) -> tuple[int, str | None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    response = connection.getresponse()
    connection.close()
    return response.status, response.getheader("Location")


def background_workers(folder: Path) -> list[str]:
    """Return the processes that work for this installation (Linux only)."""
    mark = f"MONTADA_VAR={folder}\0".encode()
    return [
        process.name
        for process in Path("/proc").glob("[0-9]*")
        if _content(process / "cmdline").split(b"\0")[2:4] == [b"montada", b"worker"]
        and mark in _content(process / "environ")
    ]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_an_empty_folder_becomes_a_forum_that_answers_and_ends(tmp_path: Path) -> None:
    port = free_port()

    with served(tmp_path, port) as server:
        assert server.stdout is not None
        greeting = [server.stdout.readline().strip() for _line in range(3)]
        first_page = answer(port, "/")
        n_working = len(background_workers(tmp_path))
        # To all at once, as Ctrl-C in a terminal does.
        os.killpg(server.pid, signal.SIGINT)
        told_at = time.monotonic()
        ended = server.wait(20)
        n_seconds = time.monotonic() - told_at

    assert greeting == [
        "The database is up to date.",
        f"Montada: http://127.0.0.1:{port}/ (stop with Ctrl-C)",
        "No mail server is set: codes for signing in wait in the outbox; "
        "`montada outbox` shows them.",
    ]
    assert first_page == (302, "/ar/")
    assert (tmp_path / "static" / "staticfiles.json").exists()
    lines = asked(tmp_path / DATABASE, "SELECT count(*) FROM framework_actionline")
    assert lines == [(18,)]
    assert (n_working, ended, background_workers(tmp_path)) == (1, 0, [])
    assert n_seconds < SECONDS_TO_FINISH


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as there:
        port = there.getsockname()[1]
        result = montada(tmp_path, "serve", "--port", port)

    assert result.returncode == 1
    assert result.stderr.startswith(
        f"CommandError: Cannot listen at 127.0.0.1, port {port} ("
    )
    assert result.stderr.endswith("): choose another with --port or --host.\n")
