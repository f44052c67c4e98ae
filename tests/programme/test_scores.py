"""The rubric and the points of reviewers: by hand, by form, from files."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import resolve, reverse

from montada.djangokit.spreadsheets import write_sheet
from montada.edition.models import Edition
from montada.participation import operations as participation
from montada.programme import operations
from montada.programme.engine.scores import Measure, Scored, mark_of, scored
from montada.programme.models import Proposal, Score
from montada.programme.operations.criteria import (
    CriterionOutOfBounds,
    CriterionUnnamed,
    PointsAboveMost,
)
from montada.programme.operations.scores import (
    CriterionUnknown,
    NotScored,
    PointsOutOfRange,
    ReviewerMissing,
)
from montada.programme.operations.scores_taken_in import (
    NoCriteria,
    ScoreColumnsMissing,
)
from montada.programme.queries import scores
from tests.factories.edition import make_edition, make_outsider, text
from tests.factories.participation import make_person
from tests.factories.programme import make_proposal

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
MEASURES = {"outcome": Measure(3, 5), "text": Measure(1, 10)}


def test_a_mark_is_the_weighted_mean_of_parts_of_the_most() -> None:
    # (3 * 4/5 + 1 * 5/10) / 4 = (2.4 + 0.5) / 4 = 0.725
    assert mark_of({"outcome": 4, "text": 5}, MEASURES) == pytest.approx(72.5)
    # Without the second criterion the first counts alone: 4/5.
    assert mark_of({"outcome": 4}, MEASURES) == pytest.approx(80)
    with pytest.raises(ValueError, match="at least one"):
        mark_of({}, MEASURES)


def test_the_interval_is_students_and_stays_among_marks() -> None:
    # Marks 60, 70, 80: mean 70, variance 100, 4.303 * sqrt(100 / 3) = 24.843.
    marks: list[dict[str, float]] = [{"outcome": n} for n in (3, 3.5, 4)]
    found = scored(marks, {"outcome": Measure(1, 5)})
    interval = [found.mean, found.low, found.high]
    assert interval == pytest.approx([70, 45.157, 94.843], abs=1e-3)
    # 80 and 100: 12.706 * sqrt(200 / 2) is more than there is.
    wide = scored([{"outcome": 4}, {"outcome": 5}], {"outcome": Measure(1, 5)})
    assert (wide.low, wide.high) == (0, 100)


def test_one_reviewer_says_nothing_of_others() -> None:
    alone = scored([{"text": 5}], MEASURES)
    assert alone == Scored(50, None, None, n_reviewers=1, n_partial=1)


@pytest.fixture
def edition(db: None) -> Edition:
    made = make_edition()
    operations.open_criteria(edition=made, opened_by=None, at=NOW)
    return made


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    return make_proposal(edition)


def give(proposal: Proposal, reviewer: str = "Rana", **points: str) -> int:
    return operations.give_scores(
        proposal=proposal,
        reviewer=reviewer,
        points={key: Decimal(n) if n else None for key, n in points.items()},
        given_by=None,
        at=NOW,
    )


def test_an_edition_begins_with_five_criteria_in_three_languages(
    edition: Edition,
) -> None:
    operations.open_criteria(edition=edition, opened_by=None, at=NOW)
    rows = scores.criteria_of(edition)
    assert [row.key for row in rows] == [
        "action_lines",
        "outcome",
        "balance",
        "new_voices",
        "text",
    ]
    assert rows[1].name.by_language == {
        "en": "Concrete outcome",
        "ar": "نتيجة ملموسة",
        "fr": "Résultat concret",
    }


def test_a_criterion_is_added_changed_and_taken_out_until_somebody_used_it(
    edition: Edition, proposal: Proposal
) -> None:
    added = operations.set_criterion(
        edition=edition,
        values={"name": text("New voices"), "weight": 2, "most": 10},
        set_by=None,
        at=NOW,
    )
    assert added.key == "new-voices"
    give(proposal, **{"new-voices": "7.5"})
    values = {"name": text("New voices"), "weight": 2, "most": 7}
    with pytest.raises(PointsAboveMost):
        operations.set_criterion(
            edition=edition, criterion=added, values=values, set_by=None, at=NOW
        )
    with pytest.raises(operations.CriterionInUse):
        operations.remove_criterion(criterion=added, removed_by=None, at=NOW)
    give(proposal, **{"new-voices": ""})
    operations.remove_criterion(criterion=added, removed_by=None, at=NOW)
    assert len(scores.criteria_of(edition)) == 5


@pytest.mark.parametrize("name", ["New", "Open"])
def test_every_criterion_has_a_page_of_its_own(edition: Edition, name: str) -> None:
    added = operations.set_criterion(
        edition=edition,
        values={"name": text(name), "weight": 1, "most": 5},
        set_by=None,
        at=NOW,
    )
    address = reverse("programme:set_criterion", args=[edition.slug, added.key])

    assert resolve(address).url_name == "set_criterion"


def test_a_criterion_needs_a_name_and_bounds(edition: Edition) -> None:
    for name, most, refusal in (
        (text(" "), 5, CriterionUnnamed),
        (text("Depth"), 0, CriterionOutOfBounds),
        (text("Depth"), 101, CriterionOutOfBounds),
    ):
        with pytest.raises(refusal):
            operations.set_criterion(
                edition=edition,
                values={"name": name, "weight": 1, "most": most},
                set_by=None,
                at=NOW,
            )


def test_points_are_replaced_and_taken_back(proposal: Proposal) -> None:
    assert give(proposal, outcome="4", text="3.5") == 2
    assert give(proposal, outcome="4", text="") == 1
    give(proposal, "Samir", outcome="2")
    found = scores.score_of(proposal)
    assert found is not None
    # Marks 80 and 40.
    assert (found.mean, found.n_reviewers, found.n_partial) == (60, 2, 2)


def test_points_that_cannot_be_are_refused(proposal: Proposal) -> None:
    for points in ("5.1", "-1", "NaN", "Infinity", "3.55", "1e9"):
        with pytest.raises(PointsOutOfRange):
            give(proposal, outcome=points)
    with pytest.raises(CriterionUnknown):
        give(proposal, beauty="1")
    with pytest.raises(ReviewerMissing):
        give(proposal, "\u202e ", outcome="1")
    with pytest.raises(operations.NotTheSecretariat):
        operations.give_scores(
            proposal=proposal,
            reviewer="Eve",
            points={},
            given_by=make_outsider(),
            at=NOW,
        )
    Proposal.objects.update(state="declined")
    with pytest.raises(NotScored):
        give(proposal, outcome="1")
    assert not Score.objects.exists()


def table(folder: Path, *lines: str) -> Path:
    path = folder / "scores.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def take(edition: Edition, path: Path, *, dry_run: bool = False) -> dict[Any, int]:
    report = operations.take_scores_in(
        edition=edition, path=path, taken_by=None, at=NOW, dry_run=dry_run
    )
    return dict(report.counts)


def test_a_file_with_a_column_for_each_criterion_is_taken_in(
    edition: Edition, proposal: Proposal, tmp_path: Path
) -> None:
    path = table(
        tmp_path,
        "المرجع;المحكّم;نتيجة ملموسة;Qualité du texte",
        f"{proposal.reference};رنا;4;3,5",
        f"{proposal.reference};Samir;2;",
    )
    assert take(edition, path, dry_run=True) == {"accepted": 3}
    assert not Score.objects.exists()
    assert take(edition, path) == {"accepted": 3}
    assert take(edition, path) == {"unchanged": 3}
    assert scores.scores_by_reviewer(proposal)["رنا"] == {
        "outcome": Decimal("4.0"),
        "text": Decimal("3.5"),
    }


def test_a_spreadsheet_with_a_row_for_each_score_is_taken_in(
    edition: Edition, proposal: Proposal, tmp_path: Path
) -> None:
    give(proposal, outcome="1")
    path = tmp_path / "scores.xlsx"
    rows = [[proposal.reference, "Rana", "outcome", 4]]
    with path.open("wb") as file:
        write_sheet(file, ["Reference", "Reviewer", "Criterion", "Points"], rows)
    assert take(edition, path) == {"changed": 1}


def test_every_bad_row_is_named_and_nothing_is_kept(
    edition: Edition, proposal: Proposal, tmp_path: Path
) -> None:
    decided = make_proposal(edition, state="declined")
    path = table(
        tmp_path,
        "reference,reviewer,criterion,points",
        f"{proposal.reference},Rana,outcome,4",
        "P-1999-0001,Rana,outcome,4",
        f"{proposal.reference},Rana,beauty,4",
        f"{proposal.reference},Rana,text,6",
        f"{proposal.reference},Rana,text,many",
        f"{proposal.reference.lower()},Rana,outcome,3",
        f"{proposal.reference},,text,3",
        f"{decided.reference},Rana,text,3",
        f"{proposal.reference},Rana,text,",
        f"{proposal.reference},Samir,text,3,5",
    )
    report = operations.take_scores_in(
        edition=edition, path=path, taken_by=None, at=NOW
    )
    assert [(note.row, note.field) for note in report.rows] == [
        (3, "reference"),
        (4, "criterion"),
        (5, "points"),
        (6, "points"),
        (7, "points"),
        (8, "reviewer"),
        (9, "reference"),
        (10, "points"),
        (11, ""),
    ]
    assert report.rows[-1].reason.startswith("“5” stands beyond the last column")
    assert report.rows[4].reason == (
        "This reviewer's points by “Concrete outcome” stand further up."
    )
    assert not Score.objects.exists()


def test_points_under_a_name_that_is_no_criterion_are_refused(
    edition: Edition, proposal: Proposal, tmp_path: Path
) -> None:
    path = table(
        tmp_path,
        "reference,reviewer,outcome,Qualty of text",
        f"{proposal.reference},Rana,4,n/a",
        f"{proposal.reference},Samir,4,3.5",
    )
    report = operations.take_scores_in(
        edition=edition, path=path, taken_by=None, at=NOW
    )
    assert [(note.row, note.reason) for note in report.rows] == [
        (2, "The column “Qualty of text” is not read."),
        (3, "The rubric has no criterion “Qualty of text”."),
    ]
    assert not Score.objects.exists()


@pytest.mark.parametrize(
    "lines",
    [
        ("reference,reviewer,outcome,Remark,Empty", "Rana,4,Clear,"),
        ("reference,reviewer,criterion,points,text", "Rana,outcome,4,3"),
    ],
)
def test_a_column_that_is_not_read_is_named_once(
    edition: Edition, proposal: Proposal, tmp_path: Path, lines: tuple[str, str]
) -> None:
    other = make_proposal(edition).reference
    rows = [f"{of},{lines[1]}" for of in (proposal.reference, other)]
    report = operations.take_scores_in(
        edition=edition,
        path=table(tmp_path, lines[0], *rows),
        taken_by=None,
        at=NOW,
    )
    assert report.counts == {"accepted": 2}
    name = "text" if "points" in lines[0] else "Remark"
    assert [(note.row, note.field, note.reason) for note in report.rows] == [
        (2, name, f"The column “{name}” is not read.")
    ]


def test_a_file_without_its_columns_or_an_edition_without_criteria_is_refused(
    edition: Edition, tmp_path: Path
) -> None:
    path = table(tmp_path, "reference,reviewer", "P-2027-0001,Rana")
    with pytest.raises(ScoreColumnsMissing):
        take(edition, path)
    with pytest.raises(NoCriteria):
        take(make_edition("2028"), path)


def test_points_stay_and_lead_to_nobody_when_their_reviewer_is_erased(
    proposal: Proposal,
) -> None:
    mona = make_person("Mona")
    give(proposal, "mona@example.org", text="4")
    # Another spelling of the same criterion: as another reviewer's until now.
    give(proposal, "Mona@Example.org", text="2")
    give(proposal, "omar@example.org", text="3")

    participation.erase_person(person=mona, erased_by=mona, at=NOW)

    left = scores.scores_by_reviewer(proposal)
    assert [name for name in left if "mona" in name.casefold()] == []
    assert left.pop("omar@example.org") == {"text": 3}
    assert sorted(points["text"] for points in left.values()) == [2, 4]
