"""
The pictures in docs/screenshots, taken from a running demonstration.

    python -m tools.screenshots http://127.0.0.1:8000
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
PAGES = {
    "home": "/",
    "matrix": "/matrix/",
    "project": "/projects/digital-decent-life-egy/",
    "session": "/sessions/2006-consultation-meeting-on-wsis-action-line-c8-cultural-"
    "diversity-and-identity/",
}
SIZE = {"width": 1200, "height": 1000}


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for language in ("ar", "en"):
            page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
            for name, path in PAGES.items():
                page.goto(f"{address}/{language}{path}")
                page.screenshot(path=FOLDER / f"{name}-{language}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2] or ["http://127.0.0.1:8000"])
