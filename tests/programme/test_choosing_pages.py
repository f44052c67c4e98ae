"""The pages of choosing: who sees what, what is sent, and how many queries it costs."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from montada.edition.models import Edition
from montada.framework.models import ActionLine
from montada.participation.models import Person
from montada.programme import operations
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import PlaceByRight, Proposal, Score, SharesRun
from montada.programme.queries import scores
from tests.factories.edition import text
from tests.factories.participation import make_person
from tests.factories.programme import make_proposal
from tests.programme.choosing_asked import back, choose, people, two_sides

pytestmark = pytest.mark.django_db

OF = "/en/programme/2027/"


@pytest.fixture
def secretariat(client: Client, salma: Person) -> Client:
    client.force_login(salma)
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(OF + address)
    assert answer.status_code == status
    return answer.content.decode()


def send(client: Client, address: str, **values: Any) -> str:
    """Send a form; return the page to which it leads."""
    answer = client.post(OF + address, values, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def n_queries(client: Client, address: str) -> int:
    page(client, address)
    with CaptureQueriesContext(connection) as captured:
        page(client, address)
    return len(captured)


def fill(edition: Edition) -> None:
    """A proposal with points, supporters, a panel and an organiser."""
    row = make_proposal(edition, f"Subject {Proposal.objects.count()}")
    row.action_lines.set(ActionLine.objects.filter(code="C2"))
    back(row, people(2, "civil", "TUN"))
    operations.give_scores(
        proposal=row,
        reviewer="Rana",
        points={"outcome": Decimal(4)},
        given_by=None,
        at=timezone.now(),
    )
    for name in ("Amal", "Samir"):
        facts = SpeakerFacts(name=f"{name} {row.pk}", gender="woman")
        operations.seat_speaker(
            proposal=row, facts=facts, seated_by=None, at=timezone.now()
        )


def test_the_committees_page_costs_the_same_with_one_row_and_with_three(
    edition: Edition, secretariat: Client
) -> None:
    operations.open_criteria(edition=edition, opened_by=None, at=timezone.now())
    fill(edition)
    choose(edition)
    one = n_queries(secretariat, "choosing/")
    fill(edition)
    fill(edition)
    choose(edition)
    assert n_queries(secretariat, "choosing/") == one <= 30
    assert n_queries(secretariat, "choosing/?sort=score") == one + 2


def test_what_if_and_a_kept_choice_cost_the_same_with_one_row_and_with_three(
    edition: Edition, secretariat: Client
) -> None:
    make_proposal(edition)
    run = choose(edition)
    addresses = ("choosing/what-if/", f"choosing/runs/{run.pk}/")
    ones = [n_queries(secretariat, address) for address in addresses]
    for proposal in two_sides(edition):
        assert proposal.pk
    run.result = choose(edition).result
    SharesRun.objects.exclude(pk=run.pk).delete()
    run.save()
    assert [n_queries(secretariat, address) for address in addresses] == ones
    assert max(ones) <= 28


def test_the_committee_sees_all_that_speaks_for_a_proposal(
    edition: Edition, secretariat: Client
) -> None:
    operations.open_criteria(edition=edition, opened_by=None, at=timezone.now())
    fill(edition)
    choose(edition, n_places=1)
    shown = page(secretariat, "choosing/")
    for words in (
        "mark 80 of 100",
        "1 reviewer",
        "2 would come",
        "chosen, place 1",
        "Paid for by 2 supporters",
        "All 2 people who told are of one gender.",
    ):
        assert words in shown
    # The reviewer is named on the page of points alone.
    assert "Rana" not in shown
    reference = Proposal.objects.get().reference
    assert "Rana" in page(secretariat, f"proposals/{reference}/scores/")
    assert "Rana" not in page(secretariat, f"proposals/{reference}/")


@pytest.mark.parametrize(
    "address",
    [
        "choosing/",
        "choosing/what-if/",
        "choosing/scores/",
        "choosing/ballots.csv",
        "criteria/new/",
        "proposals/P-2027-0001/decide/",
        "proposals/P-2027-0001/scores/",
    ],
)
def test_nobody_but_the_secretariat_chooses(
    edition: Edition, client: Client, address: str
) -> None:
    make_proposal(edition)
    assert client.get(OF + address).status_code == 302
    client.force_login(make_person("Eve"))
    page(client, address, 403)


def test_a_choice_is_put_before_the_committee_accepted_and_then_told_to_all(
    edition: Edition, secretariat: Client, salma: Person
) -> None:
    _first, _second, third = two_sides(edition)
    shown = page(secretariat, "choosing/what-if/?n_places=2&mix=0.5&seed=1")
    assert "This field is required." in shown
    asked = "n_places=2&mix=0.5&seed=1&endowment=voter"
    shown = page(secretariat, f"choosing/what-if/?{asked}")
    assert "Paid for by 6 supporters: 100% Civil society; 0.1667 each." in shown
    values = {"n_places": "2", "mix": "0.5", "seed": "1", "endowment": "group"}
    shown = send(secretariat, "choosing/what-if/", keep="committee", **values)
    assert "The choice is kept, with its ledger." in shown
    run = SharesRun.objects.get()
    assert (run.is_simulation, run.made_by) == (False, salma)
    stranger = Client()
    page(stranger, f"choosing/runs/{run.pk}/", 404)
    page(stranger, f"choosing/runs/{run.pk}/ledger.json", 404)

    shown = send(secretariat, f"choosing/runs/{run.pk}/accept/")

    assert "2 proposals are decided, and their authors are told." in shown
    (unpaid,) = Proposal.objects.filter(state="received")
    shown = page(secretariat, f"proposals/{unpaid.reference}/decide/")
    assert 'value="declined:unpaid" selected' in shown
    head, _sep, others = page(stranger, f"choosing/runs/{run.pk}/").partition(
        "More supported than some chosen, but not paid for"
    )
    assert (unpaid.reference in head, unpaid.reference in others) == (False, True)
    assert "Paid for by 6 supporters" in page(stranger, f"proposals/{third.reference}/")
    assert third.reference in page(stranger, f"choosing/runs/{run.pk}/")
    ledger = stranger.get(f"{OF}choosing/runs/{run.pk}/ledger.json").json()
    assert [one["round"] for one in ledger["ledger"]["rounds"]] == [1, 2]
    arabic = stranger.get(f"/ar/programme/2027/proposals/{third.reference}/")
    assert arabic.status_code == 200


def test_a_proposal_is_decided_on_its_page_and_several_on_the_committees(
    edition: Edition, secretariat: Client
) -> None:
    rows = [make_proposal(edition, f"Oases {n}") for n in range(3)]
    address = f"proposals/{rows[0].reference}/decide/"
    answer = secretariat.post(
        OF + address, {"decision": "declined:no_place", "words": ""}
    )
    assert (
        answer.status_code,
        "Give a reason from the list" in str(answer.content),
    ) == (
        409,
        True,
    )
    send(secretariat, address, decision="declined:no_place", words="Full <b>.")
    shown = page(Client(), f"proposals/{rows[0].reference}/")
    assert "Full &lt;b&gt;." in shown
    assert "Its authors can appeal until" in shown
    nothing = send(secretariat, "choosing/together/", decision="accepted:merit")
    assert "Tick proposals, and choose a decision." in nothing
    shown = send(
        secretariat,
        "choosing/together/",
        pick=[row.reference for row in rows],
        decision="declined:covered",
        words="In the high-level track.",
    )
    assert "2 proposals are decided" in shown
    assert f"{rows[0].reference}: This does not follow" in shown


def test_a_place_by_right_is_given_on_the_page(
    edition: Edition, secretariat: Client
) -> None:
    right = PlaceByRight.objects.create(
        edition=edition, holder="host", name=text("Host"), n_places=1
    )
    first, second = make_proposal(edition), make_proposal(edition)
    shown = send(secretariat, f"proposals/{first.reference}/place/", right=right.pk)
    assert "The place by right is set." in shown
    shown = send(secretariat, f"proposals/{second.reference}/place/", right=right.pk)
    assert "All of these places are given." in shown
    answer = secretariat.post(
        f"{OF}proposals/{second.reference}/place/", {"right": "9" * 30}
    )
    assert answer.status_code == 404


def test_authors_appeal_by_a_form_and_the_committee_reads_it(
    edition: Edition, client: Client, salma: Person
) -> None:
    fatou = make_person("Fatou")
    row = make_proposal(edition, submitted_by=fatou)
    operations.decline_proposal(
        proposal=row,
        reason="no_place",
        words="Full.",
        decided_by=salma,
        at=timezone.now(),
    )
    client.force_login(fatou)
    address = f"proposals/{row.reference}/appeal/"
    assert address in page(client, f"proposals/{row.reference}/")
    shown = send(client, address, words="Ours is the only one from the Sahel.")
    assert "The appeal waits for an answer." in shown
    page(Client(), address, 302)
    client.force_login(make_person("Eve"))
    page(client, address, 404)
    client.force_login(salma)
    assert "Ours is the only one from the Sahel." in page(client, "choosing/")


def test_the_rubric_is_public_and_set_by_the_secretariat(
    edition: Edition, secretariat: Client
) -> None:
    stranger = Client()
    assert "No criteria are published yet." in page(stranger, "criteria/")
    assert "Concrete outcome" in send(secretariat, "criteria/open/")
    shown = send(
        secretariat, "criteria/outcome/", name_en="Outcome", weight="4", most="10"
    )
    assert "The criterion is published." in shown
    assert "Outcome" in page(stranger, "criteria/")
    assert "The criterion is taken out." in send(
        secretariat, "criteria/text/", remove="yes"
    )
    page(secretariat, "criteria/beauty/", 404)


def test_points_are_entered_by_a_form_and_taken_in_from_a_file(
    edition: Edition, secretariat: Client
) -> None:
    operations.open_criteria(edition=edition, opened_by=None, at=timezone.now())
    row = make_proposal(edition)
    address = f"proposals/{row.reference}/scores/"
    send(secretariat, address, reviewer="رنا", **{"points-outcome": "4"})
    answer = secretariat.post(
        OF + address, {"reviewer": "رنا", "points-outcome": "5.5"}
    )
    assert "less than or equal to 5" in answer.content.decode()

    def upload(words: str, **values: str) -> tuple[int, str]:
        file = SimpleUploadedFile("scores.csv", words.encode())
        answer = secretariat.post(OF + "choosing/scores/", {"file": file, **values})
        return answer.status_code, answer.content.decode()

    head = "reference,reviewer,outcome\n"
    good = f"{head}{row.reference},Samir,2\n"
    status, shown = upload(good, is_dry_run="on")
    assert (status, "This would happen" in shown) == (200, True)
    assert Score.objects.count() == 1
    status, shown = upload(f"{head}{row.reference},Samir,<b>6\n")
    assert (status, "“&lt;b&gt;6” is no number" in shown) == (422, True)
    status, shown = upload("\x00,\x01\n")
    assert status == 409
    upload(good)
    assert scores.scores_of(edition)[row.pk].mean == 60


def test_ballots_are_downloaded_without_names(
    edition: Edition, secretariat: Client
) -> None:
    two_sides(edition)
    answer = secretariat.get(f"{OF}choosing/ballots.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert (len(rows), rows[0]) == (31, ["voter", "group", "proposal", "utility"])
    assert len({row[0] for row in rows[1:]}) == 18
    assert "example.org" not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "choosing/?state=%00&sort=score",
        "choosing/?sort=beauty",
        "choosing/?page=999999999999999",
        "choosing/runs/999999999/",
    ],
)
def test_addresses_that_ask_for_nothing_find_nothing(
    edition: Edition, secretariat: Client, address: str
) -> None:
    page(secretariat, address, 404)


@pytest.mark.parametrize("number", ["-1", "1e99", "NaN", "٣", "", "\x00"])
def test_odd_numbers_in_what_if_are_answered(
    edition: Edition, secretariat: Client, number: str
) -> None:
    make_proposal(edition)
    asked = {"n_places": number, "mix": number, "seed": number, "endowment": "group"}
    answer = secretariat.get(f"{OF}choosing/what-if/", asked)
    assert answer.status_code == 200
