"""The repository's papers say what is so: commands, reference, locks, changelog."""

from __future__ import annotations

import re

import pytest
from tools import reference

from montada import __version__
from tests.architecture.sources import ROOT, text

MAKEFILE = text(ROOT / "Makefile")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.MULTILINE))
PAPERS = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
]


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    commands = [
        line
        for line in text(ROOT / ".ci" / "run").splitlines()
        if line.startswith("exec ")
    ]

    assert commands == ["exec make test"]
    assert "make test" in text(ROOT / "README.md")
    assert "make test" in text(ROOT / "README.ar.md")


def test_the_check_asks_everything_that_takes_seconds() -> None:
    recipe = MAKEFILE.partition("\ncheck:")[2].partition("\n\n")[0]

    for tool in (
        "ruff format --check",
        "ruff check",
        "mypy src tests tools benchmarks",
        "lint-imports",
        "tools.messages check",
        "makemigrations --check",
    ):
        assert tool in recipe


def test_papers_name_only_targets_that_exist() -> None:
    named = {
        target
        for paper in PAPERS
        for target in re.findall(r"`make ([a-z-]+)", text(paper))
    }

    assert named - TARGETS == set()


def test_links_between_papers_lead_somewhere() -> None:
    broken = [
        f"{paper.relative_to(ROOT)}: {link}"
        for paper in PAPERS
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(paper))
        if not (paper.parent / link).exists()
    ]

    assert broken == []


@pytest.mark.parametrize("page", sorted(reference.PAGES))
def test_reference_pages_are_what_the_code_says(page: str) -> None:
    assert text(reference.REFERENCE / page) == reference.PAGES[page](), (
        "run `make docs`"
    )


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("req*.lock")))
def test_locks_pin_by_checksum_and_name_no_address(lock: str) -> None:
    content = text(ROOT / lock)
    entries = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", content, re.M | re.S)

    assert re.findall(r"https?://|index-url", content) == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_changelog_speaks_of_this_version_in_both_languages() -> None:
    part = text(ROOT / "CHANGELOG.md").partition(f"## {__version__}")[2]
    part = part.partition("\n## ")[0]

    assert re.search("[A-Za-z]{3,}", part)
    assert re.search("[\u0621-\u064a]{3,}", part)
