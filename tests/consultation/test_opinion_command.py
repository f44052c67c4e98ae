"""`montada opinion`: the answer for programs and for people, and what is refused."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from tests.consultation.voters import camps, noise, table

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(
    (ROOT / "docs" / "reference" / "opinion.schema.json").read_text(encoding="utf-8")
)


def asked(*arguments: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("opinion", *arguments, "--json", stdout=out, stderr=StringIO())
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def wide(path: Path, values: np.ndarray) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["participant", *range(values.shape[1])])
        for person, votes in enumerate(values):
            rows.writerow([person, *("" if np.isnan(v) else int(v) for v in votes)])
    return path


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value has the shape a schema describes: keys, types and lists."""
    kinds: dict[str, type | tuple[type, ...]] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "null": type(None),
    }
    if "enum" in schema:
        return value in schema["enum"]
    named = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, kinds[name]) for name in named):
        return False
    if isinstance(value, dict):
        parts = schema["properties"]
        return set(schema["required"]) <= set(value) <= set(parts) and (
            all(fits(value[name], parts[name]) for name in value)
        )
    if isinstance(value, list):
        return all(fits(part, schema["items"]) for part in value)
    return True


def test_groups_are_answered_as_the_schema_says(tmp_path: Path) -> None:
    votes, of = camps(40, 20, 2, seed=2, seen=0.8)
    votes_file = wide(tmp_path / "votes.csv", table(votes))
    participants = tmp_path / "people.csv"
    lines = [f"{n},{'state' if n < 25 else 'academia'},arab," for n in range(39)]
    participants.write_text("\n".join(["id,stakeholder_type,region,tier", *lines]))

    answer = asked(str(votes_file), "--participants", str(participants), "--seed", "3")

    assert fits(answer, SCHEMA)
    assert (answer["verdict"], answer["seed"]) == ("groups", 3)
    groups = [row["group"] for row in answer["participants"]]
    assert [group["size"] for group in answer["groups"]] == [
        groups.count(group["id"]) for group in answer["groups"]
    ]
    assert len({(g, c) for g, c in zip(groups, of.tolist(), strict=True)}) == 2
    first = answer["statements"][0]
    assert first["seen"] == first["agree"] + first["disagree"] + first["pass"]
    assert 0 <= first["consensus_by_type"] <= 1
    assert 0 <= first["consensus_by_region"] <= 1


def test_noise_is_answered_without_groups(tmp_path: Path) -> None:
    values = table(noise(30, 10, seed=4, seen=0.9))
    values[7] = np.nan

    answer = asked(str(wide(tmp_path / "votes.csv", values)))

    assert fits(answer, SCHEMA)
    assert (answer["verdict"], answer["groups"]) == ("no_clear_groups", [])
    silent = answer["participants"][7]
    assert silent == {"id": "7", "group": None, "x": None, "y": None}
    assert answer["statements"][0]["consensus_by_type"] is None


@pytest.mark.parametrize(
    "content",
    [
        "voter-id,comment-id,vote\n",
        "voter-id,comment-id,vote\n1,s,1\n",
        "participant,a,b,c\n",
        "participant,a,b,c\n1,,,\n",
        "participant\n1\n2\n",
    ],
)
def test_too_little_is_an_answer(tmp_path: Path, content: str) -> None:
    (tmp_path / "votes.csv").write_text(content)

    answer = asked(str(tmp_path / "votes.csv"))

    assert fits(answer, SCHEMA)
    assert answer["verdict"] == "too_few"
    assert answer["reason"].startswith("too few: ")
    assert answer["evidence"] == {
        "silhouette": None,
        "null_best": None,
        "stability": None,
    }


def test_people_read_groups_common_ground_and_what_divides(tmp_path: Path) -> None:
    votes, _of = camps(40, 20, 2, seed=2, seen=0.8)
    out = StringIO()

    call_command("opinion", wide(tmp_path / "v.csv", table(votes)), stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0].startswith("groups: People part more clearly than in any of 99")
    assert [line for line in lines if line.startswith("Group ")] == [
        "Group 0, 20 people",
        "Group 1, 20 people",
    ]
    assert "Common ground" in lines
    assert "Divides" in lines


def test_voters_without_a_row_are_said(tmp_path: Path) -> None:
    votes, people, told = tmp_path / "v.csv", tmp_path / "p.csv", StringIO()
    votes.write_text("voter-id,comment-id,vote\n1,s,1\n2,s,1\n")
    people.write_text("id,region\n1,arab\n9,africa\n")

    arguments = [votes, "--participants", people]
    call_command("opinion", *arguments, stdout=StringIO(), stderr=told)

    said = "1 person who voted has no row among the participants."
    assert told.getvalue().strip() == said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"a,b\n1,2\n", "These are no votes"),
        (b"voter-id,comment-id,vote\n1,s,7\n", "Row 2: “7” is no vote"),
        (b"voter-id,comment-id,vote\n1,s,1\x00\n", "Row 2"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"participant,a\n1,1\n1,0\n", "Row 3: “1” stands twice"),
    ],
)
def test_what_is_no_file_of_votes_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "votes.csv").write_bytes(content)

    with pytest.raises(CommandError, match=words):
        call_command("opinion", tmp_path / "votes.csv")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("opinion", tmp_path / "votes.csv")


def test_a_path_that_can_be_none_is_refused() -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("opinion", Path("a\x00b"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name\n1\n", "These columns are missing: id"),
        ("id\n1\n1\n", "Row 3: “1” stands twice"),
        ("id,region\n,arab\n", "Row 2 has no id"),
        ("id,region\n1,arab,x\n", "Row 2: “x” stands beyond the last column"),
    ],
)
def test_what_is_no_file_of_participants_is_refused(
    tmp_path: Path, content: str, words: str
) -> None:
    votes, people = tmp_path / "v.csv", tmp_path / "p.csv"
    votes.write_text("voter-id,comment-id,vote\n1,s,1\n")
    people.write_text(content)

    with pytest.raises(CommandError, match=words):
        call_command("opinion", votes, "--participants", people)


@pytest.mark.parametrize("seed", ["-1", str(2**32)])
def test_a_seed_that_is_none_is_refused(tmp_path: Path, seed: str) -> None:
    with pytest.raises(CommandError, match="A seed is a number from 0"):
        call_command("opinion", tmp_path / "votes.csv", "--seed", seed)


# Tiers


def test_guests_rank_nothing_and_are_told_beside(tmp_path: Path) -> None:
    votes, _of = camps(14, 20, 2, seed=2, seen=0.8)
    values = table(votes)
    alone = asked(str(wide(tmp_path / "votes.csv", values)))
    stuffed = np.vstack([values, np.tile(values[:1], (200, 1))])
    people = tmp_path / "people.csv"
    tiers = [*["organisation"] * 9, *["person"] * 5, *["guest"] * 200]
    lines = [f"{n},{tier}" for n, tier in enumerate(tiers)]
    people.write_text("\n".join(["id,tier", *lines]))

    answer = asked(
        str(wide(tmp_path / "all.csv", stuffed)), "--participants", str(people)
    )

    assert fits(answer, SCHEMA)
    assert answer["statements"] == alone["statements"]
    assert answer["participants"][:14] == alone["participants"]
    # Two hundred guests do not make up for one person less than groups need.
    assert (answer["verdict"], "by_tier" in alone) == ("too_few", False)
    # All guests copy the first person: they stand where that person does.
    first, guest = answer["participants"][0], answer["participants"][99]
    assert (guest["group"], guest["x"]) == (None, pytest.approx(first["x"], abs=1e-5))
    told = {one["tier"]: one for one in answer["by_tier"]}
    assert {tier: one["size"] for tier, one in told.items()} == {
        "organisation": 9,
        "person": 5,
        "guest": 200,
    }
    seen = [int((stuffed[start:end, 0] == 1).sum()) for start, end in _SLICES]
    assert [one["statements"][0]["agree"] for one in told.values()] == seen


_SLICES = [(0, 9), (9, 14), (14, 214)]


def test_only_guests_are_too_few(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("\n".join(["id,tier", *(f"{n},guest" for n in range(30))]))
    votes = wide(tmp_path / "votes.csv", table(noise(30, 10, seed=4)))

    answer = asked(str(votes), "--participants", str(people))

    assert (answer["verdict"], answer["statements"][0]["seen"]) == ("too_few", 0)
    assert [one["size"] for one in answer["by_tier"]] == [30]


# Comments


def test_comments_give_words_and_leave_out_what_polis_does(tmp_path: Path) -> None:
    votes, comments = tmp_path / "votes.csv", tmp_path / "comments.csv"
    votes.write_text(
        "voter-id,comment-id,vote\n"
        + "".join(f"{n},{one},1\n" for n in range(20) for one in "1234")
    )
    comments.write_text(
        "comment-id,moderated,is-meta,comment-body\n"
        "1,1,0,Taken up\n2,0,,Not looked at\n3,-1,0,Taken out\n4,1,True,I am old\n"
    )

    answer = asked(str(votes), "--comments", str(comments))
    out = StringIO()
    call_command("opinion", votes, "--comments", comments, stdout=out)

    assert fits(answer, SCHEMA)
    told = [(row["id"], row["seen"], row["text"]) for row in answer["statements"]]
    assert told == [("1", 20, "Taken up"), ("2", 20, "Not looked at")]
    assert "+20 -0 =0  Taken up" in out.getvalue()


def test_votes_on_what_the_comments_do_not_have_are_refused(tmp_path: Path) -> None:
    votes, comments = tmp_path / "votes.csv", tmp_path / "comments.csv"
    votes.write_text("voter-id,comment-id,vote\n1,7,1\n")
    comments.write_text("comment-id,comment-body\n1,Words\n")

    with pytest.raises(CommandError, match=r"comments\.csv does not have: 7\."):
        call_command("opinion", votes, "--comments", comments)


def test_our_own_table_of_participants_is_read(tmp_path: Path) -> None:
    path = tmp_path / "participants-votes.csv"
    head = "participant,group-id,n-comments,n-votes,n-agree,n-disagree"
    path.write_text(
        f"{head},stakeholder-group,region,1\n"
        + "".join(f"{n},,0,1,1,0,civil,arab,1\n" for n in range(5))
    )

    answer = asked(str(path))

    assert [(row["id"], row["seen"]) for row in answer["statements"]] == [("1", 5)]
