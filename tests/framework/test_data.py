"""The data files are the ones that were read, and say what they said."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import montada.framework

FOLDER = Path(montada.framework.__file__).parent / "data"

CHECKSUMS = {
    "framework.toml": (
        "af5aa4d8ce48e4206f9f909808693e3fa641fa6bb503f3b952c8ea597c17ff6d"
    ),
    "countries.csv": (
        "570dfd75db3ec3387484b6788ee3a73ed1045f5acc70300513a506218bb619c3"
    ),
    "m49_regions.csv": (
        "c8e3a047c4dff9c2927a01d9f93486ee6a5e5e9ae3fa8037601993f35fda3367"
    ),
    "targets.csv": ("70e7bd1641b17db0144b6f6203bb597e77bdb9c17944b07d51fc1b8e013a95a7"),
    "world.json": ("f625607fb14adb4e66c1ef10904e778f36e5bd68bcc2375b317ac35e3dd53624"),
}

OUR_OWN = {"label_texts.toml", "labels.npz", "statement_cues.toml"}
"""Written or trained for the product, and not taken over from a source."""


def facts() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "framework.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(("name", "checksum"), CHECKSUMS.items())
def test_a_data_file_changes_only_together_with_this_test(
    name: str, checksum: str
) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == checksum


def test_every_file_of_facts_has_a_checksum() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*CHECKSUMS, *OUR_OWN}


def test_the_file_holds_the_whole_vocabulary() -> None:
    counted = {name: len(part) for name, part in facts().items()}

    assert {
        "action_line": 18,
        "sdg": 17,
        "geneva_target": 10,
        "gdc_objective": 5,
        "stakeholder_type": 7,
        "group": 19,
    }.items() <= counted.items()


def test_the_tables_hold_249_countries_and_30_regions() -> None:
    assert (len(rows("countries.csv")), len(rows("m49_regions.csv"))) == (249, 30)


def test_the_official_list_has_169_targets() -> None:
    per_goal = Counter(row["code"].partition(".")[0] for row in rows("targets.csv"))

    assert [per_goal[str(goal)] for goal in range(1, 18)] == [
        *(7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19)
    ]
    assert per_goal.total() == 169


def test_targets_are_known_by_code_only() -> None:
    assert list(rows("targets.csv")[0]) == ["code"]


def test_the_matrix_is_whole_from_both_sides() -> None:
    by_line = {
        (line["id"], goal)
        for line in facts()["action_line"]
        for goal in line["sdg_goals"]
    }
    by_goal = {
        (line, goal["number"])
        for goal in facts()["sdg"]
        for line in goal["action_lines"]
    }

    assert by_line == by_goal
    assert len(by_line) == 124


def test_every_link_goes_through_targets_or_to_the_goal_as_a_whole() -> None:
    official = {row["code"] for row in rows("targets.csv")}

    for line in facts()["action_line"]:
        through = {int(code.partition(".")[0]) for code in line["sdg_targets"]}
        assert set(line["sdg_targets"]) <= official
        assert through | set(line["sdg_goal_level"]) == set(line["sdg_goals"])
    assert sum(len(line["sdg_targets"]) for line in facts()["action_line"]) == 163


def test_each_group_of_countries_has_as_many_members_as_it_says() -> None:
    known = {row["iso2"] for row in rows("countries.csv")}

    for group in facts()["group"]:
        assert len(set(group["members"])) == group["count"]
        assert set(group["members"]) <= known


def test_the_six_itu_regions_share_194_states_between_them() -> None:
    members = [
        iso2
        for group in facts()["group"]
        if group["id"].startswith("itu-")
        for iso2 in group["members"]
    ]

    assert (len(members), len(set(members))) == (194, 194)
