"""Votes in tables: Polis' exports in both forms, and what is refused of others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.consultation.engine import reading
from montada.consultation.engine.reading import VotesUnreadable, declared_of, votes_of
from tests.consultation.voters import NAN, matrix, table

LONG = ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
WIDE = ["participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "4", "7"]


def test_a_long_table_by_hand() -> None:
    votes = votes_of(
        [
            LONG,
            ["3", "", "s1", "2", "1"],
            ["5", "", "s1", "10", " -1 "],
            [],
            ["4", "", "s1", "10", "1"],
            ["4", "", "s2", "10", "0"],
        ]
    )

    assert votes.participant_ids == ("2", "10")
    np.testing.assert_array_equal(table(votes), [[1, NAN], [-1, 0]])


def test_a_table_with_a_timestamp_missing_goes_by_its_order() -> None:
    votes = votes_of([LONG, ["5", "", "s", "1", "1"], ["", "", "s", "1", "-1"]])

    assert (votes.values.tolist(), votes.times) == ([-1], None)


def test_a_wide_table_by_hand_keeps_people_without_votes() -> None:
    votes = votes_of(
        [
            WIDE,
            ["1", "", "0", "2", "2", "1", "-1", "1"],
            ["0", "", "", "0", "1", "1", "", "1.0"],
            ["2"],
        ]
    )

    assert votes.participant_ids == ("0", "1", "2")
    assert votes.statement_ids == ("4", "7")
    np.testing.assert_array_equal(table(votes), [[NAN, 1], [-1, 1], [NAN, NAN]])


@pytest.mark.parametrize(
    ("rows", "wrong", "row", "found"),
    [
        ([], "empty", 1, ""),
        ([["", " "]], "empty", 1, ""),
        ([["name", "colour"]], "columns", 1, "name, colour"),
        ([["voter-id", "vote"]], "columns", 1, "voter-id, vote"),
        ([LONG, ["1", "", "s", "1", "2"]], "no_vote", 2, "2"),
        ([LONG, ["1", "", "s", "1", ""]], "no_vote", 2, ""),
        ([LONG, ["1", "", "s", "1", "nan"]], "no_vote", 2, "nan"),
        ([LONG, ["1", "", "s"]], "no_vote", 2, ""),
        ([LONG, ["1", "", "", "1", "1"]], "no_id", 2, ""),
        ([LONG, ["1", "", "s", " ", "1"]], "no_id", 2, ""),
        ([LONG, ["soon", "", "s", "1", "1"]], "no_time", 2, "soon"),
        ([LONG, ["1e999.", "", "s", "1", "1"]], "no_time", 2, "1e999."),
        ([LONG, ["9" * 80, "", "s", "1", "1"]], "no_time", 2, "9" * 60),
        ([["participant", "a", "a"]], "twice", 1, "a"),
        ([["participant", "a"], ["1", "1"], ["1", "0"]], "twice", 3, "1"),
        ([["participant", "a"], ["", "1"]], "no_id", 2, ""),
        ([["participant", "country"], ["1", "EG"]], "no_vote", 2, "EG"),
    ],
)
def test_what_is_no_table_of_votes_is_refused_with_its_row(
    rows: list[list[str]], wrong: str, row: int, found: str
) -> None:
    with pytest.raises(VotesUnreadable) as refused:
        votes_of(rows)

    said = refused.value
    assert (said.wrong, said.row, said.found) == (wrong, row, found)


def test_too_many_votes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_VOTES", 1)

    with pytest.raises(VotesUnreadable, match="too_large"):
        votes_of([["participant", "a", "b"], ["1", "1", "1"]])


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CELLS", 1)

    with pytest.raises(VotesUnreadable, match="too_large"):
        votes_of([["participant", "a", "b"], ["1", "1", "1"]])


def test_what_people_declared_is_put_in_the_order_of_the_votes() -> None:
    votes = matrix([[1.0], [1.0], [1.0]])
    rows = [
        (2, {"id": "2", "stakeholder_type": "state", "region": " arab "}),
        (3, {"id": "0", "stakeholder_type": "", "region": "africa"}),
        (4, {"id": "nobody", "stakeholder_type": "private", "region": ""}),
    ]

    declared = declared_of(rows, votes)

    assert declared.stakeholder_types == ["", "", "state"]
    assert declared.regions == ["africa", "", "arab"]
    assert declared.tiers is None


@pytest.mark.parametrize(
    ("ids", "wrong", "row"), [(["1", "1"], "twice", 3), (["1", " "], "no_id", 3)]
)
def test_participants_without_an_id_of_their_own_are_refused(
    ids: list[str], wrong: str, row: int
) -> None:
    rows = [(number, {"id": name}) for number, name in enumerate(ids, start=2)]

    with pytest.raises(VotesUnreadable) as refused:
        declared_of(rows, matrix([[1.0]]))

    assert (refused.value.wrong, refused.value.row) == (wrong, row)


cells = st.text(max_size=6) | st.sampled_from(["1", "-1", "0", "", *LONG, *WIDE])


@given(st.lists(st.lists(cells, max_size=6), max_size=6))
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    try:
        votes = votes_of(rows)
    except VotesUnreadable:
        return
    assert len(votes.values) <= votes.n_people * votes.n_statements
