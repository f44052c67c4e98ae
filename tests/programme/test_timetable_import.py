"""`montada timetable import`: published programmes as problems and plans."""

from __future__ import annotations

import io
import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from montada.programme.engine.timetable.problem import WEIGHTS
from tests.programme.test_timetable_command import ROOT, told
from tests.programme.timetable_problems import MONDAY, TUESDAY

SCHEDULES = ROOT.parent / "shared" / "data" / "schedules" / "normalised"
needs_schedules = pytest.mark.skipif(
    not SCHEDULES.exists(), reason="the programmes are not beside the repository"
)

TABLE = """id,day,room,start,minutes,end,track,type,speakers
7,2027-07-05,Hall,2027-07-05T22:00,60,,C1,talk,p1|p2
7,2027-07-05,Hall,2027-07-05T23:30,60,,C1,talk,p1
8,2027-07-05,Side,2027-07-05T22:00,30,,,,
9,2027-07-06,Hall,2027-07-06T10:00,45,,C2,talk,p3
10,2027-07-06,,2027-07-06T10:00,45,,C2,talk,p3
"""
XML = """<?xml version="1.0" encoding="utf-8"?>
<schedule>
 <conference><time_zone_name>Africa/Cairo</time_zone_name></conference>
 <day date="2027-07-05"><room name="Hall">
  <event id="7"><start>22:00</start><duration>01:00</duration><track>C1</track>
   <type>talk</type><persons><person id="p1">Amina</person><person>p2</person></persons>
  </event>
  <event id="7"><date>2027-07-05T23:30:00+03:00</date><start>23:30</start>
   <duration>01:00</duration><track>C1</track><type>talk</type>
   <persons><person id="p1">Amina</person></persons></event>
 </room><room name="Side">
  <event id="8"><start>22:00</start><duration>00:30</duration></event>
 </room></day>
 <day date="2027-07-06"><room name="Hall">
  <event id="9"><start>10:00</start><duration>00:45</duration><track>C2</track>
   <type>talk</type><persons><person id="p3">Chen</person></persons></event>
 </room></day>
</schedule>
"""


def frab() -> str:
    def event(name: int, start: str, length: str, *people: str, **more: str) -> Any:
        persons = [{"id": None, "public_name": person} for person in people]
        return {
            "id": name,
            "start": start,
            "duration": length,
            "persons": persons,
        } | more

    monday = {
        "Hall": [
            event(7, "22:00", "01:00", "p1", "p2", track="C1", type="talk"),
            event(7, "23:30", "01:00", "p1", track="C1", type="talk"),
        ],
        "Side": [event(8, "22:00", "00:30")],
    }
    tuesday = {"Hall": [event(9, "10:00", "00:45", "p3", track="C2", type="talk")]}
    days = [
        {"date": MONDAY, "rooms": monday},
        {"date": TUESDAY, "rooms": tuesday},
    ]
    conference = {"time_zone_name": "Africa/Cairo", "days": days}
    return json.dumps({"schedule": {"conference": conference}})


@pytest.mark.parametrize(
    ("name", "content", "zone"),
    [
        ("schedule.csv", TABLE, "UTC"),
        ("schedule.xml", XML, "Africa/Cairo"),
        ("schedule.json", frab(), "Africa/Cairo"),
    ],
)
def test_a_published_programme_becomes_a_problem_and_a_plan(
    tmp_path: Path, name: str, content: str, zone: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"

    told("import", tmp_path / name, "-o", problem, "--plan", plan)

    found = json.loads(problem.read_text(encoding="utf-8"))
    assert found["timezone"] == zone
    assert found["unit_minutes"] == 15
    # Monday runs past midnight: Tuesday opens then, and nobody is there at night.
    assert found["days"] == [
        {"date": MONDAY, "opens": "22:00", "closes": "24:00", "breaks": []},
        {
            "date": TUESDAY,
            "opens": "00:00",
            "closes": "10:45",
            "breaks": [["00:30", "10:00"]],
        },
    ]
    assert found["rooms"] == [
        {
            "id": "Hall",
            "opens": {MONDAY: ["22:00", "24:00"], TUESDAY: ["00:00", "10:45"]},
            "closed": [[f"{TUESDAY}T00:30", f"{TUESDAY}T10:00"]],
        },
        {
            "id": "Side",
            "opens": {MONDAY: ["22:00", "22:30"]},
            "closed": [[f"{TUESDAY}T00:00", "2027-07-07T00:00"]],
        },
    ]
    assert found["people"] == [{"id": "p1"}, {"id": "p2"}, {"id": "p3"}]
    assert [session["id"] for session in found["sessions"]] == ["7", "7-2", "8", "9"]
    assert found["sessions"][1] == {
        "id": "7-2",
        "minutes": 60,
        "people": ["p1"],
        "tracks": ["C1"],
        "type": "talk",
        "fixed": {"room": "Hall", "start": f"{MONDAY}T23:30"},
    }
    report = json.loads(told("check", problem, plan, "--json"))
    assert (report["hard"], report["unplaced"]) == ([], [])


def table_in(folder: Path) -> Path:
    path = folder / "schedule.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_programme_without_its_times_is_free(tmp_path: Path) -> None:
    found = json.loads(told("import", table_in(tmp_path), "--drop-times"))

    assert [s for s in found["sessions"] if "fixed" in s] == []
    assert found["weights"] == dict(WEIGHTS) | {"track_spread": 0}


BOMB = '<!DOCTYPE s [<!ENTITY a "aaaa">]><schedule>&a;</schedule>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "It is no table with the columns id, room, start, minutes."),
        (b"\xff", "It is not UTF-8 (byte 1 is not)."),
        (
            b"id,name\n1,x\n",
            "It is no table with the columns id, room, start, minutes.",
        ),
        (b"<schedule>", "It is no XML that may be read."),
        (BOMB.encode(), "It is no XML that may be read."),
        (b"<html/>", "There is no session in it that has a room and a length."),
        (b"{", "It is not JSON."),
        (b'{"schedule": 7}', "There is no session in it that has a room and a length."),
        (
            b"id,room,start,minutes\n1,Hall,noon,30\n",
            "The start of row 2 is no time.",
        ),
        (
            b"id,room,start,minutes\n1,Hall,2027-07-05T09:00,-30\n",
            "The length of row 2 is no time.",
        ),
    ],
)
def test_something_else_is_no_programme(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "schedule"
    path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        told("import", path)

    assert str(refused.value) == f"The programme cannot be read. {sentence}"


def test_a_table_may_name_ends_instead_of_lengths(tmp_path: Path) -> None:
    path = tmp_path / "schedule.csv"
    row = "1,Hall,2027-07-05T23:30,,2027-07-06T00:15"
    path.write_text(f"id,room,start,minutes,end\n{row}\n", encoding="utf-8")

    found = json.loads(told("import", path))

    assert [session["minutes"] for session in found["sessions"]] == [45]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (f"{'x' * 201},Hall,2027-07-05T09:00,30", "sessions[0].id: "),
        ("1,Hall,2027-07-05T09:00,999999\n2,Hall,2199-12-31T09:00,5", "days"),
    ],
)
def test_a_programme_that_no_problem_can_hold_is_refused_here(
    tmp_path: Path, row: str, sentence: str
) -> None:
    path = tmp_path / "schedule.csv"
    path.write_text(f"id,room,start,minutes\n{row}\n", encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        told("import", path)

    assert str(refused.value).startswith(f"schedule.csv, {sentence}")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("1,Hall," + "x" * 1_000_001 + ",30", "Row 2 cannot be read as CSV: field"),
        ('1,Hall,"2027-07-05T09:00,30\n2,Side,,', "Row 2 cannot be read as CSV: a quo"),
        ("1,Hall,2027-07-05T09:00,30,x", "Row 2: “x” stands beyond the last column"),
    ],
)
def test_nothing_of_a_table_is_dropped_unsaid(
    tmp_path: Path, rows: str, sentence: str
) -> None:
    path = tmp_path / "schedule.csv"
    path.write_text(f"id,room,start,minutes\n{rows}\n", encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        told("import", path)

    assert str(refused.value).startswith(sentence)


def test_standard_output_that_is_full_is_said(tmp_path: Path) -> None:
    # Closing writes what is in its buffer once more.
    with (
        suppress(OSError),
        Path("/dev/full").open("w") as full,
        pytest.raises(CommandError) as refused,
    ):
        call_command("timetable", "import", str(table_in(tmp_path)), stdout=full)

    assert str(refused.value).startswith("The standard output cannot be written: ")


@needs_schedules
@pytest.mark.parametrize(
    ("name", "rooms", "people"),
    [("fosdem_2024", 0, 1), ("ccc_36c3_2019_stages", 72, 4), ("europython_2014", 0, 0)],
)
def test_clashes_in_real_programmes_are_found_pair_by_pair(
    tmp_path: Path, name: str, rooms: int, people: int
) -> None:
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    told("import", SCHEDULES / f"{name}.csv", "-o", problem, "--plan", plan)
    said = io.StringIO()

    with suppress(SystemExit):
        call_command(
            "timetable", "check", str(problem), str(plan), "--json", stdout=said
        )

    report = json.loads(said.getvalue())
    expected = {"room_twice": rooms, "person_twice": people}
    assert Counter(finding["rule"] for finding in report["hard"]) == Counter(expected)
    assert report["unplaced"] == []


@needs_schedules
def test_a_real_programme_without_its_times_has_a_place_for_everybody(
    tmp_path: Path,
) -> None:
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    told("import", SCHEDULES / "fosdem_2024.csv", "--drop-times", "-o", problem)

    told("solve", problem, "--iterations", 0, "-o", plan)

    report = json.loads(told("check", problem, plan, "--json"))
    assert (report["hard"], report["unplaced"]) == ([], [])
