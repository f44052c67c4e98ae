"""
A real forum in a real browser.

Each session builds the demonstration with `montada demo`, adds the hardest records we
know (`hard_records.py`), serves it with `montada serve` and walks through it with
Chromium. Where there is no Chromium the journeys are skipped, with a word.

One tab serves all visitors, one after the other: another one, or another context,
costs a second of computing before it shows anything.
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
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

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
WIDTHS = (320, 1360)
WINDOW = ViewportSize(width=1280, height=720)
ROOT = Path(__file__).parents[2]
HARD_RECORDS = """
import django, json
django.setup()
from tests.journeys import hard_records
hard_records.add()
print(json.dumps(hard_records.more_links()))
"""


@dataclass(frozen=True, slots=True)
class Forum:
    """A running demonstration: where it is, and two one-time ways in for each role."""

    url: str
    links: dict[str, list[str]]
    cookies: dict[str, list[Any]] = field(default_factory=dict)
    """Of roles that signed in already: their link is used up, their session is not."""


def sign_in(page: Page, forum: Forum, role: str) -> None:
    """Come in as a role: first by its one-time link, which asks for a click."""
    if role in forum.cookies:
        page.context.add_cookies(forum.cookies[role])
        return
    page.goto(forum.url + forum.links[role].pop(0))
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
    more = json.loads(run(sys.executable, "-c", HARD_RECORDS).splitlines()[-1])
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
        yield Forum(url, {role: [links[role], more[role]] for role in links})
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(120):
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.5)
    raise AssertionError(f"the server did not answer: {log.read_text()}")


@pytest.fixture(scope="session")
def browser(forum: Forum) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def check_accessible(page: Page) -> None:
    # What is in order is counted only: that halves the time, faults are told in full.
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, page.url + found.generate_report()


def check_width(page: Page, *widths: int) -> None:
    """Nothing sticks out sideways of windows so wide (CSS pixels)."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        sizes = "e => [e.scrollWidth, e.clientWidth]"
        scroll, client = page.eval_on_selector("html", sizes)
        assert scroll <= client, f"{page.url} at {width} px: {scroll} wide"


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WINDOW)
    yield context.new_page()
    context.close()


@contextmanager
def visiting(tab: Page, *, expected: str) -> Iterator[Page]:
    """
    Lend the tab to somebody who was never here.

    Fails if a page logs an error (a refused script), unless `expected` is in it.
    """
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and expected not in message.text:
            complaints.append(message.text)

    def hear_error(error: Error) -> None:
        complaints.append(str(error))

    _forget(tab)
    tab.on("console", hear)
    tab.on("pageerror", hear_error)
    yield tab
    tab.remove_listener("console", hear)
    tab.remove_listener("pageerror", hear_error)
    assert complaints == []


def _forget(tab: Page) -> None:
    """Leave nothing to the next visitor: words kept here, cookies, what was set."""
    tab.context.set_offline(False)
    if tab.url.startswith("http"):
        tab.evaluate("localStorage.clear(); sessionStorage.clear()")
    tab.goto("about:blank")
    tab.context.clear_cookies()
    tab.set_viewport_size(WINDOW)
    tab.emulate_media(color_scheme="light")


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    with visiting(tab, expected="404") as page:
        yield page
