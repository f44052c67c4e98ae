"""`montada timetable` from a terminal: solve, check, explain, import, and refusals."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from montada.programme.engine.timetable.problem import WEIGHTS
from tests.programme.timetable_problems import MONDAY

ROOT = Path(__file__).parents[2]
PROBLEM: dict[str, Any] = {
    "timezone": "Europe/Zurich",
    "unit_minutes": 30,
    "days": [{"date": MONDAY, "opens": "09:00", "closes": "12:00"}],
    "rooms": [{"id": "popov"}],
    "sessions": [
        {"id": "a", "minutes": 60, "people": ["p"]},
        {"id": "b", "minutes": 90, "people": ["p"], "prefers": {"half": "afternoon"}},
        {"id": "c", "minutes": 60},
    ],
}


def told(*words: Any) -> str:
    said = io.StringIO()
    call_command("timetable", *map(str, words), stdout=said, stderr=io.StringIO())
    return said.getvalue()


def written(folder: Path, content: Any, name: str = "problem.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def schema(name: str) -> dict[str, Any]:
    path = ROOT / "docs" / "reference" / f"timetable-{name}.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_a_plan_is_found_checked_and_explained(tmp_path: Path) -> None:
    problem = written(tmp_path, PROBLEM)
    plan = tmp_path / "plan.json"

    told("solve", problem, "--iterations", 50, "-o", plan)
    found = json.loads(plan.read_text(encoding="utf-8"))
    report = json.loads(told("check", problem, plan, "--json"))
    explained = json.loads(told("explain", problem, plan, "--json"))

    # 180 minutes: a and c, or b and one of them; one is left out.
    assert set(found) == set(schema("plan")["properties"])
    assert len(found["placements"]) == 2
    assert found["iterations"] == 50
    assert report == {
        "hard": [],
        "soft": found["soft"],
        "cost": found["cost"],
        "unplaced": [entry["session"] for entry in found["unplaced"]],
    }
    assert explained == {"unplaced": found["unplaced"]}
    assert all(entry["reasons"] for entry in found["unplaced"])


def test_the_same_words_give_the_same_plan(tmp_path: Path) -> None:
    problem = written(tmp_path, PROBLEM)

    one, other = (
        told("solve", problem, "--iterations", 30, "--seed", 3) for _time in "12"
    )

    assert one == other


def test_a_search_takes_the_seconds_it_is_given(tmp_path: Path) -> None:
    # Too many for a proof, and one has no place whatever happens: nothing ends it.
    sessions = [{"id": f"s{n}", "minutes": 30} for n in range(61)]
    problem = written(tmp_path, PROBLEM | {"sessions": sessions})
    # So many that all is loaded that a search ever needs.
    told("solve", problem, "--iterations", 700)
    began = time.monotonic()

    told("solve", problem, "--seconds", 1)

    assert 0.8 <= time.monotonic() - began <= 1.5


def test_a_plan_with_a_clash_ends_with_one(tmp_path: Path) -> None:
    problem = written(tmp_path, PROBLEM)
    starts = {"a": "09:00", "b": "09:30"}
    plan = written(
        tmp_path,
        {
            "placements": [
                {"session": name, "room": "popov", "start": f"{MONDAY}T{clock}"}
                for name, clock in starts.items()
            ]
        },
        "plan.json",
    )
    said = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command(
            "timetable", "check", str(problem), str(plan), "--json", stdout=said
        )

    report = json.loads(said.getvalue())
    assert ended.value.code == 1
    assert report["hard"] == [
        {
            "rule": "room_twice",
            "sessions": ["a", "b"],
            "words": "a and b are in the room popov at one time.",
        },
        {
            "rule": "person_twice",
            "sessions": ["a", "b"],
            "words": "p would be in a and in b at one time.",
        },
    ]
    assert set(report) == set(schema("check")["properties"])


def test_the_schemas_name_what_is_read_and_counted() -> None:
    weights = schema("problem")["properties"]["weights"]["properties"]

    assert {label: entry["default"] for label, entry in weights.items()} == WEIGHTS


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "problem.json: this is not JSON"),
        (b"\xff\xfe", "The text is not UTF-8"),
        (b"[" * 100_000, "problem.json: this is not JSON: too deep"),
        (b"[]", "problem.json: an object is needed here, not a list."),
        (b"{}", "problem.json, days: there is no day."),
        (
            b'{"days": [{"date": "2027-07-05"}], "sessions": [{"id": "a"}]}',
            "problem.json, sessions[0].minutes: a number is needed here, not nothing.",
        ),
    ],
)
def test_a_file_that_is_no_problem_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        told("solve", path, "--iterations", 1)

    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    "words",
    [
        ("--seconds", "0"),
        ("--seconds", "nan"),
        ("--iterations", "-1"),
        ("--seed", "-1"),
    ],
)
def test_effort_that_makes_no_sense_is_refused(
    tmp_path: Path, words: tuple[str, str]
) -> None:
    with pytest.raises(CommandError) as refused:
        told("solve", written(tmp_path, PROBLEM), *words)

    assert str(refused.value).startswith("Ask for more than 0 seconds")


def test_a_file_that_is_not_there_or_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        told("check", tmp_path / "nowhere.json", tmp_path / "nowhere.json")
    with pytest.raises(CommandError):
        told("solve", written(tmp_path, PROBLEM), "-o", tmp_path / "no" / "plan.json")


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    asked = written(tmp_path, PROBLEM)

    with pytest.raises(CommandError, match="is a folder: name a file"):
        call_command("timetable", "solve", asked, "-o", tmp_path)
