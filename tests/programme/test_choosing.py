"""Choosing by equal shares: ballots, floors, and what is kept of a choice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from montada.programme.engine.shares.endowments import money_of_voters
from montada.programme.models import (
    PlaceByRight,
    ProposalOrganiser,
    SharesRun,
)
from montada.programme.operations.choosing import ChoiceOutOfBounds
from montada.programme.operations.rules import EndowmentUnknown
from montada.programme.queries import (
    ballots,
    choosing,
    choosing_results,
    choosing_words,
)
from montada.programme.queries.ballots import OTHERS, UNKNOWN
from tests.factories.edition import text
from tests.factories.organisations import make_organisation
from tests.factories.programme import make_proposal
from tests.programme.choosing_asked import NOW, back, choose, chosen, people, two_sides

pytestmark = pytest.mark.django_db


def test_ballots_have_the_group_and_region_of_each_supporters_organisation(
    edition: Edition,
) -> None:
    row = make_proposal(edition)
    back(row, people(2, "government", "EGY") + people(1))
    gone = people(1, "civil", "TUN")
    back(row, gone)
    gone[0].is_active = False
    gone[0].save()

    found = ballots.ballots_of([row])

    assert (found.ballots.groups, found.regions) == (
        ("government", UNKNOWN),
        ("itu-arab", UNKNOWN),
    )
    assert sorted(found.ballots.group_of) == [0, 0, 1]
    assert found.ballots.voters == ("v00001", "v00002", "v00003")
    assert not any(str(one.pk) in found.ballots.voters for one in Person.objects.all())


def test_endowments_divide_the_money_by_hand(edition: Edition) -> None:
    row = make_proposal(edition)
    back(row, people(3, "government", "EGY") + people(1, "civil", "FRA"))
    found = ballots.ballots_of([row])
    of = {
        name: sorted(
            {
                round(float(share), 4)
                for share in money_of_voters(4, found.groupings(name))
            }
        )
        for name in ("voter", "group", "region", "mixed")
    }
    # Three of one group and region, one of another: a sixth and a half; mixed by half:
    # (1/4 + 1/6) / 2 and (1/4 + 1/2) / 2.
    assert of == {
        "voter": [0.25],
        "group": [0.1667, 0.5],
        "region": [0.1667, 0.5],
        "mixed": [0.2083, 0.375],
    }


def test_the_endowment_decides_who_has_the_second_place(edition: Edition) -> None:
    first, second, third = two_sides(edition)
    # Per voter twelve of eighteen own 4/3 of two places, and six 2/3: nobody can pay
    # for a second one until money is raised by half; then all three are affordable,
    # which is too much, and the most support fills the second place.
    per_voter = choose(edition, endowment="voter", seed=1)
    assert set(chosen(per_voter)) == {first.reference, second.reference}
    # Per group each side owns one place.
    per_group = choose(edition, endowment="group", seed=1)
    assert third.reference in chosen(per_group)
    told = per_group.result["told"][third.reference]
    assert (told["kind"], told["n_payers"], told["parts"]) == (
        "paid",
        6,
        [["civil", 1.0]],
    )
    assert choosing_words.shares_reason(third, "en", per_group) == (
        "Paid for by 6 supporters: 100% Civil society; 0.1667 each."
    )


def test_small_groups_are_not_to_be_read_anywhere(edition: Edition) -> None:
    row = make_proposal(edition)
    back(row, people(6, "government") + people(3, "civil") + people(2, "academia"))
    assert ballots.supporters_by_group(ballots.ballots_of([row]).ballots) == {
        row.reference: {"government": 6, OTHERS: 5}
    }
    run = choose(edition, n_places=1, endowment="voter")
    (bought,) = run.result["chosen"]
    # Six and five of eleven who paid the same.
    assert bought["paid_by"] == {
        "government": pytest.approx(6 / 11),
        OTHERS: pytest.approx(5 / 11),
    }
    kept = json.dumps(run.result)
    assert ("civil" in kept, "academia" in kept, "v0000" in kept) == (False,) * 3
    rows = list(ballots.ballot_rows(ballots.ballots_of([row]).ballots))
    assert {group for _voter, group, *_rest in rows[1:]} == {"government", OTHERS}


def test_a_group_that_is_the_difference_is_pooled_with_the_next(
    edition: Edition,
) -> None:
    row = make_proposal(edition)
    back(row, people(7, "government") + people(6, "civil") + people(2, "academia"))
    assert ballots.supporters_by_group(ballots.ballots_of([row]).ballots) == {
        row.reference: {"government": 7, OTHERS: 8}
    }


def test_decided_proposals_and_those_by_right_are_not_in_the_choice(
    edition: Edition,
) -> None:
    right = PlaceByRight.objects.create(
        edition=edition, holder="host", name=text("Host")
    )
    supporters = people(5)
    open_one = make_proposal(edition)
    for values in ({"by_right": right}, {"state": "accepted"}, {"state": "withdrawn"}):
        back(make_proposal(edition, **values), supporters)
    back(open_one, supporters)
    assert chosen(choose(edition, n_places=5)) == [open_one.reference]
    assert choosing.n_places_left(edition, 5) == 4


def test_a_floor_brings_in_what_the_rules_demand_and_says_what_it_cost(
    edition: Edition,
) -> None:
    first, second, third = two_sides(edition)
    organisation = make_organisation("Delta", stakeholder_group_id="civil")
    ProposalOrganiser.objects.create(
        proposal=third, organisation=organisation, asked_at=NOW, accepted_at=NOW
    )
    floors = [
        {"axis": "group", "value": "civil", "least": 1},
        {"axis": "line", "value": "C2", "least": 1},
    ]
    run = choose(edition, endowment="voter", floors=floors)
    found = run.result["floors"]
    assert found["gained"] == [third.reference]
    assert len(found["lost"]) == 1
    assert found["lost"][0] in (first.reference, second.reference)
    assert found["unmet"] == {"line:C2": 1}
    said = choosing_words.floors_in_words(run.result, "en")
    assert said[0] == "At least 1 place for: Civil society."
    assert said[1].endswith("1 place could not be filled.")
    assert choosing_words.shares_reason(third, "en", run) == (
        "The rules keep places for this: Civil society."
    )


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"endowment": "planet"}, EndowmentUnknown),
        ({"n_places": -1}, ChoiceOutOfBounds),
        ({"n_places": 2_001}, ChoiceOutOfBounds),
        ({"mix": float("nan")}, ChoiceOutOfBounds),
        ({"seed": -1}, ChoiceOutOfBounds),
    ],
)
def test_a_choice_that_cannot_be_asked_is_refused(
    edition: Edition, asked: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        choose(edition, **asked)
    assert not SharesRun.objects.exists()


def test_nothing_to_choose_among_is_an_empty_choice(edition: Edition) -> None:
    run = choose(edition)
    assert (run.result["chosen"], run.result["n_voters"]) == ([], 0)
    row = make_proposal(edition)
    run = choose(edition)
    assert choosing_words.shares_reason(row, "en", run) == "Nobody supports it."


def test_the_side_by_side_names_who_comes_in_and_goes_out(edition: Edition) -> None:
    first, second, third = two_sides(edition)
    asked = choosing_results.Asked(n_places=2, seed=1)
    found = {one.endowment: one for one in choosing.supposed(edition, "voter", asked)}
    assert list(found) == ["voter", "group", "region", "mixed"]
    assert found["group"].gained == (third.reference,)
    assert found["group"].lost[0] in (first.reference, second.reference)
    by_group = {share.group: share.places for share in found["group"].shares}
    assert by_group == {"government": 1.0, "civil": 1.0}


def test_titles_in_arabic_do_not_change_a_choice(edition: Edition) -> None:
    row = make_proposal(edition, title=LocalizedText.of("ar", "شبكات الواحات"))
    back(row, people(1))
    assert chosen(choose(edition, n_places=1)) == [row.reference]
