"""Labelling stays as good as was planned at least."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from montada.framework.adapters import label_texts, measuring
from montada.framework.queries.figures import BESIDE, Figure, measured

FLOORS = {
    ("goals_arabic", "top1"): 0.55,
    ("goals_arabic", "top3"): 0.78,
    ("action_lines_titles", "top1"): 0.38,
    ("action_lines_titles", "top3"): 0.62,
    ("action_lines_titles", "zero_shot", "top1"): 0.36,
    ("action_lines_titles", "zero_shot", "top3"): 0.55,
}


def values_of(figures: Iterable[Figure]) -> dict[tuple[str, ...], float]:
    return {figure.path: figure.measured.value for figure in figures}


def check_floors(name: str, figures: Iterable[Figure]) -> None:
    found = values_of(figures)
    assert {path for path in FLOORS if path[0] == name} == set(found)
    assert [path for path in found if found[path] < FLOORS[path]] == []


def test_lines_are_right_as_often_as_was_planned() -> None:
    figures, missing = measured(BESIDE, ["action_lines_titles"])
    if missing:
        pytest.skip(f"evaluation data are not here: {missing[0]}")

    check_floors("action_lines_titles", figures)


def test_goals_are_found_without_arabic_as_often_as_was_planned() -> None:
    if missing := label_texts.missing(BESIDE):
        pytest.skip(f"evaluation data are not here: {missing[0]}")
    # An eighth of the public goods; `evaluate-language` learns from all of them.
    goods = list(label_texts.public_goods(BESIDE))[::8]

    assert len(goods) == 161
    check_floors("goals_arabic", measuring.goals_without_arabic(BESIDE, goods))


def test_people_agree_on_goals_as_often_as_was_planned() -> None:
    # An eighth of the benchmark; `evaluate-language` reports on the whole.
    rows = list(label_texts.rows_of(measuring.benchmark_file()))[::8]

    found = values_of(measuring.agreement_on_goals(rows))

    assert len(rows) == 157
    assert found["goals", "accuracy"] >= 0.84
    assert found["goals", "f1"] >= 0.83
