"""`montada import-votes`: conversations of elsewhere, once, whole, without names."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from montada.audit.models import Entry
from montada.consultation.models import Statement, Vote, Voter
from montada.consultation.operations import conversations
from montada.consultation.operations.conversations import take_conversation_in
from montada.consultation.operations.opinion import compute_opinion
from montada.consultation.operations.voting import cast_vote
from montada.consultation.queries.opinion import counts_of
from montada.consultation.queries.opinion_due import editions_to_compute
from montada.consultation.queries.vote_files import conversation_in
from montada.consultation.queries.vote_tables import comments_table, votes_table
from montada.edition.models import Edition
from tests.factories.edition import make_edition
from tests.factories.statements import an_open_edition, many_votes

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
LONDON = ROOT.parent / "shared" / "data" / "polis" / "openData"
LONDON /= "london.youth.policing"

COMMENTS = [
    ["timestamp", "comment-id", "moderated", "comment-body"],
    ["1435654192085", "0", "1", "The forum should pay the travel of young people"],
    ["1435654192086", "1", "0", "ينبغي أن تُترجم كل جلسات المنتدى إلى العربية"],
    ["1435654192087", "2", "-1", "Buy my watches at half the price"],
]
VOTES = [
    ["timestamp", "comment-id", "voter-id", "vote"],
    *(["1435656324267", "0", str(n), "1"] for n in range(6)),
    *(["1435656324268", "1", str(n), "-1"] for n in range(5)),
    ["1435656324269", "2", "0", "1"],
]


@pytest.fixture
def edition(today: datetime) -> Edition:
    return an_open_edition(today, slug="here")


def table(path: Path, rows: Any) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    table(tmp_path / "comments.csv", COMMENTS)
    table(tmp_path / "votes.csv", VOTES)
    return tmp_path


def imported(folder: Path, slug: str = "here", *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command(
        "import-votes",
        str(folder),
        f"--edition={slug}",
        "--json",
        *options,
        stdout=out,
        stderr=StringIO(),
    )
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def kept() -> list[tuple[Any, ...]]:
    votes = Vote.objects.order_by("voter", "statement")
    return list(votes.values_list("voter", "statement", "value", "cast_at"))


def test_a_conversation_comes_in_once(edition: Edition, folder: Path) -> None:
    first = imported(folder)
    before = kept()
    entries = Entry.objects.count()

    again = imported(folder)

    assert first == {
        "dry_run": False,
        "statements": 2,
        "statements_known": 0,
        "statements_left_out": 1,
        "voters": 6,
        "votes": 11,
        "votes_unchanged": 0,
        "votes_left_out": 1,
    }
    assert again == first | {
        "statements": 0,
        "statements_known": 2,
        "votes": 0,
        "votes_unchanged": 11,
    }
    assert (kept(), Entry.objects.count()) == (before, entries)


def test_statements_have_languages_and_voters_have_no_person(
    edition: Edition, folder: Path
) -> None:
    imported(folder)

    rows = Statement.objects.order_by("pk")
    assert [(row.text.written_in, row.state) for row in rows] == [
        ("en", "open"),
        ("ar", "open"),
    ]
    assert {(v.person, v.tier) for v in Voter.objects.all()} == {(None, "person")}
    assert {vote.cast_at.year for vote in Vote.objects.all()} == {2015}


def test_a_dry_run_says_the_same_and_leaves_nothing(
    edition: Edition, folder: Path
) -> None:
    said = imported(folder, "here", "--dry-run")

    assert (Statement.objects.count(), Voter.objects.count()) == (0, 0)
    assert said == imported(folder) | {"dry_run": True}


def test_a_later_export_of_the_same_conversation_adds_what_is_new(
    edition: Edition, folder: Path
) -> None:
    imported(folder)
    later = [
        *VOTES,
        ["1435656399999", "0", "0", "-1"],
        ["1435656399999", "1", "9", "0"],
    ]
    table(folder / "votes.csv", later)

    said = imported(folder)

    assert (said["votes"], Voter.objects.count(), Vote.objects.count()) == (2, 7, 12)


def test_two_conversations_have_different_voters(
    edition: Edition, folder: Path
) -> None:
    imported(folder)
    other = [COMMENTS[0], ["1500000000000", "0", "1", "Another conversation began so"]]
    table(folder / "comments.csv", other)
    table(folder / "votes.csv", [VOTES[0], *VOTES[1:7]])

    imported(folder)

    assert Voter.objects.count() == 12


def test_what_was_broken_off_goes_on_and_nothing_is_doubled(
    edition: Edition, folder: Path, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "VOTERS_AT_ONCE", 2)

    def stop_after_four(done: int, _everybody: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_conversation_in(
            edition=edition,
            conversation=conversation_in(folder),
            taken_in_by=None,
            at=today,
            tell=stop_after_four,
        )
    halfway = Voter.objects.count()
    said = imported(folder)

    assert (halfway, said["votes"], said["votes_unchanged"]) == (4, 3, 8)
    assert (Voter.objects.count(), Vote.objects.count()) == (6, 11)


def test_imported_votes_are_counted_though_they_are_old(
    edition: Edition, folder: Path, today: datetime
) -> None:
    many_votes(edition, [[1]] * 5, at=today)
    compute_opinion(edition=edition, at=today)
    imported(folder)

    assert editions_to_compute(timezone.now()) == [edition]


def test_what_people_declared_comes_along_or_is_refused(
    edition: Edition, folder: Path, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    table(people, [["id", "stakeholder_type", "tier"], ["0", "civil", "guest"]])
    imported(folder, "here", f"--participants={people}")
    table(people, [["id", "stakeholder_type"], ["0", "nobles"]])

    with pytest.raises(CommandError, match="“nobles” is none of these: academia, "):
        imported(folder, "here", f"--participants={people}")
    first = Voter.objects.order_by("pk")[0]
    assert (first.tier, first.stakeholder_group_id) == ("guest", "civil")


# Our own export


def export(edition: Edition, folder: Path) -> Path:
    def plain(rows: Iterator[list[Any]]) -> list[list[Any]]:
        return list(rows)

    table(folder / "votes.csv", plain(votes_table(edition)))
    table(folder / "comments.csv", plain(comments_table(edition)))
    return folder


def test_our_own_export_gives_the_same_counts_in_another_edition(
    edition: Edition, tmp_path: Path, today: datetime
) -> None:
    rows = many_votes(edition, [[1, -1, 0], [1, None, -1]] * 5, at=today)
    Statement.objects.filter(pk=rows[2].pk).update(state="retired")
    compute_opinion(edition=edition, at=today)
    there = make_edition(slug="there", year=2031)

    imported(export(edition, tmp_path), "there")
    compute_opinion(edition=there, at=today)

    same = Statement.objects.filter(edition=there).order_by("pk")
    assert [row.state for row in same] == ["open", "open", "retired"]
    assert list(counts_of(there, [row.pk for row in same]).values()) == list(
        counts_of(edition, [row.pk for row in rows]).values()
    )


def test_our_own_export_brings_nothing_to_where_it_is_from(
    edition: Edition, tmp_path: Path, today: datetime
) -> None:
    (row,) = many_votes(edition, [[1]] * 5, at=today)
    compute_opinion(edition=edition, at=today)
    export(edition, tmp_path)
    voter = Voter.objects.select_related("person").first()
    assert voter is not None
    cast_vote(
        statement=row, person=voter.person, value=-1, at=today + timedelta(seconds=1)
    )

    said = imported(tmp_path)

    # Who changed their mind since then keeps to what they say now.
    assert (said["votes"], Voter.objects.count(), Vote.objects.count()) == (0, 5, 5)
    assert Vote.objects.filter(value=-1).count() == 1


# What is refused


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ([], "The file is empty"),
        ([["a", "b"], ["1", "2"]], "These are no votes"),
        ([VOTES[0]], "too few: there is no vote in the file"),
        ([VOTES[0], ["1", "77", "0", "1"]], "comments.csv does not have: 77"),
        ([VOTES[0], ["1", "0", "0", "2"]], "Row 2: “2” is no vote"),
        ([VOTES[0], ["soon", "0", "0", "1"]], "Row 2: “soon” is no timestamp"),
        ([VOTES[0], ["1", "0", "", "1"]], "Row 2 has no id"),
    ],
)
def test_bad_votes_are_refused_in_words(
    edition: Edition, folder: Path, votes: list[list[str]], said: str
) -> None:
    table(folder / "votes.csv", votes)

    with pytest.raises(CommandError, match=said):
        imported(folder)
    assert (Statement.objects.count(), Voter.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("votes", "n_votes"),
    [
        ([["1", "0", "0", "1"]], 1),
        ([["1", "0", str(n), "0"] for n in range(30)], 30),
        ([["1", "0", str(n), "1"] for n in range(30)], 30),
    ],
)
def test_one_person_one_statement_and_all_the_same_are_votes_too(
    edition: Edition, folder: Path, votes: list[list[str]], n_votes: int
) -> None:
    table(folder / "votes.csv", [VOTES[0], *votes])

    assert imported(folder)["votes"] == n_votes


def test_files_that_are_not_there_or_no_text_are_refused(
    edition: Edition, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="There is no edition “nowhere”"):
        imported(folder, "nowhere")
    with pytest.raises(CommandError, match="cannot be read"):
        imported(tmp_path / "not there")
    (folder / "comments.csv").write_bytes(b"comment-id,comment-body\n1,\xff\xfe")
    with pytest.raises(CommandError, match="not UTF-8"):
        imported(folder)
    (folder / "comments.csv").unlink()
    with pytest.raises(CommandError, match="Nobody knows what was voted on"):
        imported(folder)


def test_words_that_mislead_are_cleaned_and_empty_ones_left_out(
    edition: Edition, folder: Path
) -> None:
    words = [["0", "a\u202eb\x00 <b>c</b>"], ["1", " \u200b\n "], ["2", "x" * 100_000]]
    table(folder / "comments.csv", [["comment-id", "comment-body"], *words])

    said = imported(folder)

    texts = [str(row.text) for row in Statement.objects.order_by("pk")]
    assert texts == ["ab <b>c</b>", "x" * 1000]
    assert (said["statements_left_out"], said["votes_left_out"]) == (1, 5)


@pytest.mark.skipif(not LONDON.exists(), reason="the data beside the repository")
def test_a_real_conversation_comes_in_whole(edition: Edition) -> None:
    conversation = conversation_in(LONDON)
    rejected = {one.id for one in conversation.comments if one.is_rejected}
    votes = conversation.votes
    n_left_out = sum(
        n
        for name, n in zip(
            votes.statement_ids, votes.n_votes_by_statement().tolist(), strict=True
        )
        if name in rejected
    )

    said = imported(LONDON)

    assert (said["statements"], said["statements_left_out"]) == (36, 3)
    assert said["votes_left_out"] == n_left_out
    assert said["votes"] == len(votes.values) - n_left_out == Vote.objects.count()
