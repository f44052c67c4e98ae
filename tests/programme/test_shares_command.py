"""`montada shares`: an answer that says who paid, or one clear sentence."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from montada.programme import queries

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(
    (ROOT / "docs" / "reference" / "shares.schema.json").read_text(encoding="utf-8")
)

BALLOTS = "\ufeff" + "\r\n".join(
    [
        "voter,group,proposal,utility,remark",
        *(f"v{n},government,{p},," for n in range(3) for p in ("a", "b", "c")),
        *(f"w{n},civil society,d,1,مهم" for n in range(2)),
        "",
        "x,academia,e,0,",
        "",
    ]
)
"""Six voters: three want a, b and c, two want d, one wants nothing."""


@pytest.fixture
def ballots(tmp_path: Path) -> Path:
    file = tmp_path / "ballots.csv"
    file.write_text(BALLOTS, encoding="utf-8")
    return file


def _said(*args: object, **options: Any) -> str:
    out = io.StringIO()
    call_command("shares", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_the_answer_for_programs_has_the_shape_of_the_schema(ballots: Path) -> None:
    answer = json.loads(_said(ballots, "--seats=2", "--json"))

    # 2/6 each; with 3 places' money 1/2 each: a at 1/3 each, d at 1/2 each.
    assert answer.keys() == set(SCHEMA["required"]) == SCHEMA["properties"].keys()
    first, second = answer["chosen"]
    shape = SCHEMA["properties"]["chosen"]["items"]
    assert first.keys() == set(shape["required"]) == shape["properties"].keys()
    assert first["proposal"] in {"a", "b", "c"}
    assert (first["round"], first["paid_by"]) == (1, {"government": 1.0})
    assert first["rho"] == pytest.approx(1 / 3)
    assert second == {
        "proposal": "d",
        "round": 2,
        "rho": 0.5,
        "paid_by": {"civil society": 1.0},
    }
    assert {name: answer[name] for name in ("unspent", "factor", "seed")} == {
        "unspent": 0.0,
        "factor": 1.5,
        "seed": 1,
    }
    assert answer["endowment"] == "voter"


def test_people_are_told_who_paid_and_what_was_missing(ballots: Path) -> None:
    # Three had 1/2 each, spent 1/3: 1/2 is left together of 1; 1/2 missing of 3/2.
    first, *lines = _said(ballots, "--seats=2").splitlines()

    assert first == (
        "2 of 5 proposals are chosen for 2 places; the endowments were multiplied by "
        "1.500."
    )
    assert lines[0][9:] == "Paid for by 3 supporters: 100% government; 0.3333 each."
    bought = lines[0].split()[1].rstrip(":")
    assert lines[1] == (
        "   2  d: Paid for by 2 supporters: 100% civil society; 0.5 each."
    )
    assert lines[2][9:] == (
        "Not paid for, though more people support it than some of the chosen: its 3 "
        f"supporters have 0.5 left of 1.5 (33%), having spent most on {bought} (1); "
        "for its cost of 1 their endowment would have to be 33% larger."
    )
    assert lines[4] == "   –  e: Nobody supports it."


def test_support_for_free_places_is_named(tmp_path: Path) -> None:
    file = tmp_path / "alone.csv"
    file.write_text("voter,group,proposal\na,g,1\nb,g,2\nc,g,3", encoding="utf-8")
    lines = _said(file, "--seats=1").splitlines()

    assert lines[1].endswith(
        "Not paid for: it has the most support of those left, 1 supporter with 33% of "
        "all endowments."
    )
    assert lines[2].endswith(
        "Its 1 supporter owns 0.6667 of its cost of 1; the endowment would have to be "
        "50% larger."
    )


def test_payments_of_different_people_are_told_from_least_to_most(
    tmp_path: Path,
) -> None:
    # Four voters, two places: 3/4 each after one raise. b costs v, x, y 1/3 each; then
    # v has 5/12 for a, and w pays the other 7/12.
    file = tmp_path / "both.csv"
    rows = ["v,g,a", "v,g,b", "w,h,a", "x,g,b", "y,g,b"]
    file.write_text("\n".join(["voter,group,proposal", *rows]), encoding="utf-8")
    told = _said(file, "--seats=2").splitlines()

    assert told[1:] == [
        "   1  b: Paid for by 3 supporters: 100% g; 0.3333 each.",
        "   2  a: Paid for by 2 supporters: 58% h, 42% g; 0.4167 to 0.5833 each.",
    ]


def test_money_may_be_equal_for_groups(ballots: Path) -> None:
    group = json.loads(_said(ballots, "--seats=3", "--endowment=group", "--json"))
    mixed = json.loads(
        _said(ballots, "--seats=3", "--endowment=mixed", "--mix=1", "--json")
    )
    voter = json.loads(_said(ballots, "--seats=3", "--json"))

    # One place each: d at 1/2, and one of three at 1/3; academia wants nothing.
    assert [one["round"] for one in group["chosen"]] == [1, 2, 3]
    assert group["endowment"] == "group"
    assert mixed == {**voter, "endowment": "mixed"}


def test_the_ledger_is_the_whole_record(ballots: Path, tmp_path: Path) -> None:
    file = tmp_path / "ledger.json"
    _said(ballots, "--seats=2", f"--ledger={file}")
    ledger = json.loads(file.read_text(encoding="utf-8"))

    assert ledger["owned"] == {
        "academia": 0.5,
        "civil society": 1.0,
        "government": 1.5,
    }
    assert [entry["could_pay"] for entry in ledger["rounds"]] == [3, 2]
    assert len(ledger["rounds"][0]["as_cheap"]) == 2
    assert [one["proposal"] for one in ledger["not_chosen"]][-1] == "e"


def test_a_ledger_that_cannot_be_kept_is_said(ballots: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The ledger cannot be written to"):
        _said(ballots, "--seats=2", f"--ledger={tmp_path}")


def test_the_order_of_rows_and_the_run_change_nothing(
    ballots: Path, tmp_path: Path
) -> None:
    head, *rows = BALLOTS.split("\r\n")
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")

    assert _said(turned, "--seats=3", "--json") == _said(ballots, "--seats=3", "--json")


def test_no_place_is_an_answer(ballots: Path) -> None:
    assert json.loads(_said(ballots, "--seats=0", "--json"))["chosen"] == []


def test_nobody_who_votes_is_an_answer(tmp_path: Path) -> None:
    file = tmp_path / "silent.csv"
    file.write_text("voter,group,proposal,utility\na,g,x,0\n", encoding="utf-8")

    assert json.loads(_said(file, "--seats=3", "--json")) == {
        "chosen": [],
        "unspent": 3.0,
        "factor": 1.0,
        "endowment": "voter",
        "seed": 1,
    }


HEAD = b"voter,group,proposal,utility\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (HEAD, "The file is empty"),
        (b"\n\n,,\n", "The file is empty"),
        (b"a;b\n1;2\n", "These columns are missing: voter, group, proposal."),
        (b"voter,proposal\n1,2\n", "These columns are missing: group."),
        (b"voter,group,proposal,voter\n1,2,3,1\n", "Two columns have the same name"),
        (b"\xff\xfe\x00", "The file is not UTF-8 text (byte 1"),
        (HEAD + b"v,g,p,\xe9\n", "The file is not UTF-8 text"),
        (HEAD + b"v,g\n", "Row 2: it names no proposal."),
        (HEAD + b"v,,p,1\n", "Row 2: it names no group of the voter."),
        (HEAD + b",g,p,1\n", "Row 2: it names no voter."),
        (HEAD + b"v,g,p,1\n\nv,g,p,2\n", "Row 4: the voter “v” has spoken of the pro"),
        (HEAD + b"v,g,p,1\nv,h,q,2\n", "Row 3: the voter “v” stands in another group"),
        (HEAD + b"v,g,p,-2\n", "Row 2: the utility -2 is neither 0 nor from 0.000001"),
        (HEAD + b"v,g,p,NaN\n", "Row 2: the utility “NaN” is no number."),
        (HEAD + b"v,g,p,1e999\n", "Row 2: the utility 1e999 is neither 0 nor from"),
        (HEAD + b"v\0,g,p,1\n", "Row 2: “v�” has signs in it"),
        (HEAD + b"v,g," + b"p" * 100_000 + b",1\n", "Row 2: “pppp"),
        (HEAD + b'v,g,"' + b"p" * 1_100_000 + b'",1\n', "Row 2 cannot be read as CSV"),
    ],
)
def test_what_is_no_file_of_ballots_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "ballots.csv"
    file.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        _said(file, "--seats=2")

    assert str(refused.value).startswith(sentence)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400


def test_a_file_too_large_or_not_there_is_refused(
    ballots: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (tmp_path / "none.csv", tmp_path, "no\0where"):
        with pytest.raises(CommandError, match="cannot be read"):
            _said(path, "--seats=2")
    monkeypatch.setattr("montada.programme.adapters.ballot_files.MOST_BYTES", 20)
    with pytest.raises(CommandError, match="larger than 0 MB"):
        _said(ballots, "--seats=2")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--seats=-1"], "Ask for 0 to 100,000 places."),
        (["--seats=100001"], "Ask for 0 to 100,000 places."),
        (["--seats=1", "--endowment=mixed", "--mix=2"], "The mix is a number from 0"),
        (["--seats=1", "--endowment=mixed", "--mix=nan"], "The mix is a number from 0"),
        (["--seats=1", "--endowment=rich"], "Error: argument --endowment"),
        (["--seats=many"], "Error: argument --seats"),
        ([], "Error: the following arguments are required: --seats"),
    ],
)
def test_options_out_of_range_are_refused(
    ballots: Path, options: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError) as refused:
        _said(ballots, *options)

    assert str(refused.value).startswith(sentence)


def test_doors_name_the_endowments_as_the_engine_does() -> None:
    assert (
        list(queries.ENDOWMENTS)
        == SCHEMA["properties"]["endowment"]["enum"]
        == ["voter", "group", "mixed"]
    )
