"""Old pages of settings: what a colleague changed meanwhile is not undone unsaid."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.programme import operations, queries
from montada.programme.models import Criterion, PlaceByRight, Series, SessionKind
from tests.factories.edition import make_edition, make_secretary
from tests.factories.programme import make_kind, make_planned, make_proposal

pytestmark = pytest.mark.django_db

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
OF = "/en/programme/2027/"
TOLD = "Somebody has changed this meanwhile."


@pytest.fixture
def edition() -> Edition:
    made = make_edition()
    make_kind(made, lengths=[45, 60])
    return made


@pytest.fixture
def salma(client: Client) -> Client:
    """The secretariat's browser."""
    client.force_login(make_secretary())
    return client


def text(response: Any) -> str:
    words: str = response.content.decode()
    return words


def seen_on(page: str) -> str:
    """Return the number that the forms of a page agree on."""
    (number,) = set(re.findall(r'name="seen" value="(\d+)"', page))
    return str(number)


def kind(edition: Edition) -> tuple[str, dict[str, Any], dict[str, Any]]:
    sent = {"name_en": "Workshop", "minutes": "60", "lengths": "", "audience": "0"}
    return "kinds/workshop/", sent | {"audience": "80"}, sent | {"minutes": "45"}


def series(edition: Edition) -> tuple[str, dict[str, Any], dict[str, Any]]:
    sessions = [
        make_planned(edition, words, proposal=make_proposal(edition, words))
        for words in ("One", "Two", "Three")
    ]
    row = operations.set_series(
        edition=edition,
        title=LocalizedText.of("en", "Oases"),
        is_in_order=True,
        sessions=sessions[:2],
        set_by=None,
        at=AT,
    )
    names = [f"{one.proposal}" for one in sessions]
    sent = {"title_en": "Oases", "is_in_order": "on", "sessions": "\n".join(names[:2])}
    return (
        f"series/{row.pk}/",
        sent | {"sessions": "\n".join(names)},
        sent | {"title_en": "Wells"},
    )


def right(edition: Edition) -> tuple[str, dict[str, Any], dict[str, Any]]:
    row = PlaceByRight.objects.create(
        edition=edition, holder="host", name=LocalizedText.of("en", "Opening")
    )
    sent = {"holder": "host", "name_en": "Opening", "n_places": "1"}
    return f"rights/{row.pk}/", sent | {"n_places": "7"}, sent | {"name_en": "Gala"}


def stored() -> list[Any]:
    return [
        list(SessionKind.objects.values("name", "minutes", "audience")),
        [(one.title, one.sessions.count()) for one in Series.objects.all()],
        list(PlaceByRight.objects.values("name", "n_places")),
        list(Criterion.objects.values("name", "weight")),
    ]


@pytest.mark.parametrize("one", [kind, series, right])
def test_an_old_page_does_not_undo_what_a_colleague_saved(
    one: Any, edition: Edition, salma: Client
) -> None:
    part, theirs, mine = one(edition)
    address = f"{OF}settings/{part}"
    old = seen_on(text(salma.get(address)))
    assert salma.post(address, theirs | {"seen": old}).status_code == 302
    after_theirs = stored()

    refused = salma.post(address, mine | {"seen": old})

    assert refused.status_code == 409
    assert TOLD in text(refused)
    assert stored() == after_theirs
    # Whoever was told, and presses once more, means it.
    again = mine | {"seen": seen_on(text(refused))}
    assert salma.post(address, again).status_code == 302
    assert stored() != after_theirs


def test_an_old_page_with_a_mistake_in_it_stays_an_old_page(
    edition: Edition, salma: Client
) -> None:
    part, theirs, mine = kind(edition)
    address = f"{OF}settings/{part}"
    old = seen_on(text(salma.get(address)))
    salma.post(address, theirs | {"seen": old})

    wrong = salma.post(address, mine | {"seen": old, "minutes": "soon"})

    assert seen_on(text(wrong)) == old
    assert salma.post(address, mine | {"seen": old}).status_code == 409


@pytest.mark.parametrize("one", [series, right])
def test_an_old_page_does_not_remove_what_a_colleague_saved(
    one: Any, edition: Edition, salma: Client
) -> None:
    part, theirs, _mine = one(edition)
    address = f"{OF}settings/{part}"
    old = seen_on(text(salma.get(address)))
    salma.post(address, theirs | {"seen": old})
    before = stored()

    refused = salma.post(address, {"remove": "yes", "seen": old}, follow=True)

    assert TOLD in text(refused)
    assert stored() == before
    new = seen_on(text(refused))
    assert salma.post(address, {"remove": "yes", "seen": new}).status_code == 302
    assert stored() != before


def test_a_criterion_is_not_changed_back_either(
    edition: Edition, salma: Client
) -> None:
    operations.open_criteria(edition=edition, opened_by=None, at=AT)
    first, second, *_rest = Criterion.objects.all()
    address = f"{OF}criteria/{first.key}/"
    old = seen_on(text(salma.get(address)))
    other = f"{OF}criteria/{second.key}/"
    sent = {"name_en": "Reach", "weight": "2", "most": "5", "seen": old}
    # Another line of the rubric is in nobody's way.
    assert salma.post(other, sent).status_code == 302
    assert salma.post(address, sent).status_code == 302

    refused = salma.post(address, sent | {"weight": "9"})

    assert refused.status_code == 409
    assert TOLD in text(refused)
    salma.post(address, {"remove": "yes", "seen": old})
    assert Criterion.objects.get(pk=first.pk).weight == 2


CHOOSING = {
    "part": "choosing",
    "choosing-n_places": "120",
    "choosing-endowment": "mixed",
    "choosing-appeal_days": "10",
}
HOURS = {
    "part": "hours",
    "hours-opens": "09:00",
    "hours-closes": "18:00",
    "hours-unit_minutes": "15",
}


def test_a_part_of_the_rules_is_not_set_back_and_the_others_are_free(
    edition: Edition, salma: Client
) -> None:
    address = f"{OF}settings/"
    old = seen_on(text(salma.get(address)))
    assert salma.post(address, CHOOSING | {"seen": old}).status_code == 302
    # What a colleague set in another part is in nobody's way.
    assert salma.post(address, HOURS | {"seen": old}).status_code == 302

    mine = CHOOSING | {"choosing-n_places": "90"}
    refused = salma.post(address, mine | {"seen": old})

    assert refused.status_code == 409
    assert TOLD in text(refused)
    assert queries.rules_of(edition).n_places == 120
    assert 'value="90"' in text(refused)
    again = salma.post(address, mine | {"seen": seen_on(text(refused))})
    assert again.status_code == 302
    assert queries.rules_of(edition).n_places == 90


def test_an_old_part_of_the_rules_with_a_mistake_in_it_stays_old(
    edition: Edition, salma: Client
) -> None:
    address = f"{OF}settings/"
    old = seen_on(text(salma.get(address)))
    salma.post(address, CHOOSING | {"seen": old})

    wrong = salma.post(address, CHOOSING | {"choosing-n_places": "-1", "seen": old})

    numbers = re.findall(r'name="seen" value="(\d+)"', text(wrong))
    assert numbers[0] == old
    assert {*numbers[1:]} != {old}


def test_what_asks_for_no_number_sets_as_before(edition: Edition) -> None:
    for n_places in (10, 20):
        operations.set_rules(
            edition=edition,
            values={"n_places": n_places},
            set_by=None,
            at=AT,
        )
    assert queries.rules_of(edition).n_places == 20
