"""The settings of a programme: rules, kinds, places by right and series."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from montada.edition.models import Edition
from montada.programme import queries
from montada.programme.models import Series
from tests.factories.edition import make_edition, make_secretary
from tests.factories.participation import make_person
from tests.factories.programme import (
    make_kind,
    make_planned,
    make_proposal,
)

pytestmark = pytest.mark.django_db

OF = "/en/programme/2027/"


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


def page(client: Client, address: str) -> str:
    answer = client.get(OF + address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_settings_are_saved_part_by_part(edition: Edition, salma: Client) -> None:
    address = f"{OF}settings/"
    parts: list[dict[str, Any]] = [
        {
            "part": "choosing",
            "choosing-n_places": "120",
            "choosing-endowment": "mixed",
            "choosing-appeal_days": "10",
        },
        {"part": "floors", "floors-side-0": "group:civil", "floors-least-0": "5"},
        {
            "part": "hours",
            "hours-opens": "09:00",
            "hours-closes": "18:00",
            "hours-unit_minutes": "15",
            "hours-break-0-from": "13:00",
            "hours-break-0-to": "14:30",
            "hours-2027-07-05-from": "10:00",
            "hours-2027-07-05-to": "17:00",
            "hours-2027-07-09-closed": "on",
        },
        {"part": "levels"}
        | {f"levels-{rule}": usual for rule, usual in queries.LEVELS.items()}
        | {"levels-order": "warning"},
        {"part": "weights"}
        | {
            f"weights-{label}": str(weight)
            for label, weight in queries.weights_of(queries.rules_of(edition)).items()
        }
        | {"weights-wrong_day": "7.5"},
    ]
    for part in parts:
        assert salma.post(address, part).status_code == 302

    rules = queries.rules_of(edition)
    assert (rules.n_places, rules.endowment, rules.appeal_days) == (120, "mixed", 10)
    assert rules.floors == [{"axis": "group", "value": "civil", "least": 5}]
    assert rules.breaks == [["13:00", "14:30"]]
    assert rules.hours == {"2027-07-05": ["10:00", "17:00"], "2027-07-09": []}
    assert rules.levels == {"order": "warning"}
    assert rules.weights["wrong_day"] == 7.5
    assert 'value="13:00"' in page(salma, "settings/")


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ({"part": "choosing", "choosing-n_places": "-1"}, 422),
        ({"part": "choosing", "choosing-n_places": "9" * 40}, 422),
        (
            {
                "part": "hours",
                "hours-opens": "18:00",
                "hours-closes": "09:00",
                "hours-unit_minutes": "15",
            },
            409,
        ),
        ({"part": "floors", "floors-side-0": "group:nobody"}, 422),
        ({"part": "nothing"}, 404),
    ],
)
def test_settings_that_cannot_be_are_told_in_words(
    part: dict[str, str], status: int, edition: Edition, salma: Client
) -> None:
    assert salma.post(f"{OF}settings/", part).status_code == status
    assert queries.rules_of(edition).pk is None


def test_kinds_rights_and_series_are_set_by_small_forms(
    edition: Edition, salma: Client
) -> None:
    salma.post(f"{OF}settings/", {"part": "kinds"})
    salma.post(
        f"{OF}settings/kinds/talk/",
        {"name_en": "Talk", "minutes": "20", "lengths": "20, 30", "audience": "50"},
    )
    kind = queries.kind_of(edition, "talk")
    assert kind is not None
    assert (kind.minutes, kind.lengths, str(kind.name)) == (20, [20, 30], "Talk")
    # A place for each action line, and the five other holders of the data file.
    rights = queries.rights_of(edition)
    assert len(rights) == 18 + 5
    salma.post(
        f"{OF}settings/rights/new/",
        {"holder": "host", "name_en": "Opening", "n_places": "1"},
    )
    assert len(queries.rights_of(edition)) == 24
    one = rights[0].right.pk
    salma.post(f"{OF}settings/rights/{one}/", {"remove": "yes"})
    assert len(queries.rights_of(edition)) == 23
    for words in ("Part one", "Part two"):
        make_planned(edition, words, proposal=make_proposal(edition, words))
    salma.post(
        f"{OF}settings/series/new/",
        {"title_en": "Oases", "sessions": "P-2027-0002\nP-2027-0001"},
    )
    series = Series.objects.get()
    assert [s.part for s in series.sessions.order_by("pk")] == [2, 1]
    # The form names them with their titles, and can be sent as it is.
    shown = salma.get(f"{OF}settings/series/{series.pk}/").content.decode()
    (sent,) = re.findall(r"<textarea[^>]*name=.sessions.[^>]*>([^<]+)", shown)
    assert [line.split()[0] for line in sent.split("\n") if line.strip()] == [
        "P-2027-0002",
        "P-2027-0001",
    ]
    assert "Part two" in sent
    salma.post(
        f"{OF}settings/series/{series.pk}/",
        {"title_en": "Oases", "sessions": html.unescape(sent)},
    )
    assert [s.part for s in series.sessions.order_by("pk")] == [2, 1]
    wrong = salma.post(
        f"{OF}settings/series/new/", {"title_en": "Oases", "sessions": "P-1999-1"}
    )
    assert "P-1999-1" in wrong.content.decode()


def test_only_the_secretariat_comes_to_the_settings(
    edition: Edition, client: Client
) -> None:
    client.force_login(make_person("Nadia"))

    for address in ("settings/", "proposals/new/", "proposals/alike/"):
        assert client.get(OF + address).status_code == 403
