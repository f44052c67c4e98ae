"""Half a span, or a floor without its group, is told; nothing else is kept."""

from __future__ import annotations

import pytest
from django.test import Client

from montada.edition.models import Edition
from montada.programme import queries
from montada.programme.models import Seat, Speaker
from tests.factories.edition import make_edition, make_secretary
from tests.factories.participation import make_person
from tests.factories.programme import make_kind, make_proposal

pytestmark = pytest.mark.django_db

OF = "/en/programme/2027/"
HOURS = {
    "part": "hours",
    "hours-opens": "09:00",
    "hours-closes": "18:00",
    "hours-unit_minutes": "15",
}
SPAN = "Say both, from when and until when."
OPENS = "Say both, when it opens and when it closes."
FLOOR = "Say both, for whom and how many at least."


@pytest.fixture
def edition() -> Edition:
    made = make_edition()
    make_kind(made)
    return made


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (HOURS | {"hours-break-0-from": "13:17"}, SPAN),
        (HOURS | {"hours-break-0-to": "13:17"}, SPAN),
        (HOURS | {"hours-2027-07-05-from": "13:17"}, OPENS),
        (HOURS | {"hours-2027-07-05-to": "13:17"}, OPENS),
        ({"part": "floors", "floors-least-0": "1317"}, FLOOR),
        ({"part": "floors", "floors-side-0": "group:civil"}, FLOOR),
    ],
)
def test_half_of_a_setting_is_told_and_stays_in_the_form(
    sent: dict[str, str], told: str, edition: Edition, client: Client
) -> None:
    client.force_login(make_secretary())

    answer = client.post(f"{OF}settings/", sent)

    assert answer.status_code == 422
    assert queries.rules_of(edition).pk is None
    shown = answer.content.decode()
    assert told in shown
    assert any(f'value="{n}"' in shown for n in ("13:17", "1317", "group:civil"))


def test_a_day_that_is_closed_needs_no_hours(edition: Edition, client: Client) -> None:
    client.force_login(make_secretary())
    day = {"hours-2027-07-05-from": "10:00", "hours-2027-07-05-closed": "on"}

    assert client.post(f"{OF}settings/", HOURS | day).status_code == 302
    assert queries.rules_of(edition).hours == {"2027-07-05": []}


@pytest.mark.parametrize("half", ["from", "to"])
def test_who_says_half_of_their_hours_is_asked_for_the_other_half(
    half: str, edition: Edition, client: Client
) -> None:
    nadia = make_person("Nadia")
    speaker = Speaker.objects.create(name="Nadia", slug="nadia", person=nadia)
    Seat.objects.create(proposal=make_proposal(edition), speaker=speaker)
    client.force_login(nadia)

    answer = client.post(
        f"{OF}speakers/me/", {"part": "times", f"times-2027-07-05-{half}": "13:17"}
    )

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert SPAN in shown
    assert 'value="13:17"' in shown
    assert not queries.availability_of(edition, speaker)
