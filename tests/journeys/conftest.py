"""
A real forum in a real browser.

Each session builds the demonstration with `montada demo`, adds the hardest records we
know (`hard_records.py`), serves it with `montada serve` and walks through it with
Chromium. Where there is no Chromium the journeys are skipped, with a word.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = next(
    (found for name in ("chromium", "google-chrome") if (found := shutil.which(name))),
    None,
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).parents[2]
HARD_RECORDS = """
import django
django.setup()
from tests.journeys.hard_records import add
add()
"""


@dataclass(frozen=True, slots=True)
class Forum:
    """A running demonstration: where it is, and a one-time way in for each role."""

    url: str
    links: dict[str, str]
    cookies: dict[str, list[Any]] = field(default_factory=dict)
    """Of roles that signed in already: their link is used up, their session is not."""


def sign_in(page: Page, forum: Forum, role: str) -> None:
    """Come in as a role: first by its one-time link, which asks for a click."""
    if role in forum.cookies:
        page.context.add_cookies(forum.cookies[role])
        return
    page.goto(forum.url + forum.links[role])
    page.locator("main form button").click()
    expect(page.locator(".masthead .tools .btn")).to_have_count(0)
    forum.cookies[role] = page.context.cookies()


@pytest.fixture(scope="session")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forum]:
    if CHROMIUM is None:
        pytest.skip("journeys need Chromium: apt-get install chromium")
    var = tmp_path_factory.mktemp("var")
    environment = {
        **os.environ,
        "MONTADA_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "montada.settings.local",
    }
    montada = [sys.executable, "-m", "montada"]

    def run(*command: str) -> str:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    links = json.loads(run(*montada, "demo", "--json").splitlines()[-1])
    run(sys.executable, "-c", HARD_RECORDS)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (var / "server.log").open("w")
    server = subprocess.Popen(
        [*montada, "serve", "--port", str(port), "--workers", "1"],
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/ar/", server, var / "server.log")
        yield Forum(url, links)
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(120):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (URLError, ConnectionError):
            assert server.poll() is None, log.read_text()
            time.sleep(0.5)
    raise AssertionError(f"the server did not answer: {log.read_text()}")


@pytest.fixture(scope="session")
def browser(forum: Forum) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor; the test fails if the page logs an error (a refused script)."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type == "error" and "404" not in message.text
            else None
        ),
    )
    yield page
    context.close()
    assert complaints == []
