"""What `make bench` asks: all there is, each in turn."""

from __future__ import annotations

import json

import pytest
from benchmarks.__main__ import DATA, RUNS, Run, all_of

from tests.architecture.sources import ROOT, text


def test_every_benchmark_is_asked() -> None:
    there = {
        path.stem
        for path in (ROOT / "benchmarks").glob("[a-z]*.py")
        if "__main__" in text(path)
    }

    assert {run.name for run in RUNS} == there


def test_what_cannot_be_measured_is_told_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    runs = [
        Run("cosplib", data="nowhere"),
        Run("shares", "--no-such-option"),
        Run("shares", "--one 20 10 3 1"),
    ]

    assert all_of(runs) == [
        f"cosplib: left out, {DATA / 'nowhere'} is not there",
        "shares: failed, status 2",
    ]
    assert json.loads(capfd.readouterr().out)["size"] == [20, 10, 3]


def test_rivals_are_in_no_environment_of_ours() -> None:
    ours, development, rivals = (
        {
            line.partition("==")[0]
            for line in text(ROOT / lock).splitlines()
            if "==" in line
        }
        for lock in (
            "requirements.lock",
            "requirements-dev.lock",
            "requirements-rivals.lock",
        )
    )
    compared = {"conference-scheduler", "red-dwarf"}

    assert compared & (ours | development) == set()
    assert compared <= rivals
