"""Series: of sessions from a file, and with a part that was cancelled since."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from montada.edition.models import Edition
from montada.programme import operations, queries
from montada.programme.models import Series, Session
from montada.programme.operations.series import SeriesPartsWrong
from tests.factories.edition import make_secretary, text
from tests.factories.programme import make_planned, make_proposal, make_session

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
OF = "/en/programme/2027/settings/series/"


def put(edition: Edition, *sessions: Session, series: Series | None = None) -> Series:
    return operations.set_series(
        edition=edition,
        series=series,
        title=text("Oases"),
        is_in_order=True,
        sessions=sessions,
        set_by=None,
        at=NOW,
    )


def cancel(session: Session) -> None:
    operations.cancel_session(
        session=session, reason="A strike", cancelled_by=None, at=NOW
    )
    session.refresh_from_db()


def parts() -> list[tuple[bool, int | None]]:
    rows = Session.objects.order_by("pk")
    return [(row.series_id is not None, row.part) for row in rows]


def as_drawn(client: Client, series: Series) -> dict[str, Any]:
    shown = client.get(f"{OF}{series.pk}/").content.decode()
    (lines,) = re.findall(r"<textarea[^>]*name=.sessions.[^>]*>([^<]+)", shown)
    return {
        "title_en": "Oases",
        "is_in_order": "on",
        "sessions": html.unescape(lines).strip(),
    }


def test_sessions_that_a_file_brought_can_be_a_series(
    edition: Edition, client: Client
) -> None:
    client.force_login(make_secretary())
    first, second = (make_planned(edition, words) for words in ("One", "Two"))
    former = make_session("Former", edition=edition)

    sent = {"title_en": "Oases", "sessions": f"{second.slug} Two\n{first.slug}"}
    assert client.post(f"{OF}new/", sent).status_code == 302

    assert parts() == [(True, 2), (True, 1), (False, None)]
    drawn = as_drawn(client, Series.objects.get())
    assert drawn["sessions"].split()[0] == second.slug
    assert not queries.sessions_named(edition, [former.slug])


@pytest.mark.parametrize("is_from_a_file", [True, False])
def test_a_series_with_a_cancelled_part_is_saved_as_it_is_drawn(
    is_from_a_file: bool, edition: Edition, client: Client
) -> None:
    client.force_login(make_secretary())
    rows = []
    for name in ("One", "Two", "Three"):
        more = {} if is_from_a_file else {"proposal": make_proposal(edition, name)}
        rows.append(make_planned(edition, name, **more))
    series = put(edition, *rows)
    cancel(rows[1])

    sent = as_drawn(client, series)
    assert client.post(f"{OF}{series.pk}/", sent).status_code == 302
    assert parts() == [(True, 1), (True, 2), (True, 3)]

    first, _second, third = sent["sessions"].splitlines()
    less = sent | {"sessions": f"{first}\n{third}"}
    assert client.post(f"{OF}{series.pk}/", less).status_code == 302
    assert parts() == [(True, 1), (False, None), (True, 2)]
    sent = as_drawn(client, series)
    assert client.post(f"{OF}{series.pk}/", sent).status_code == 302


def test_a_cancelled_session_becomes_no_part_and_leaves_with_its_series(
    edition: Edition,
) -> None:
    rows = [make_planned(edition, name) for name in ("One", "Two", "Three")]
    series = put(edition, *rows[:2])
    cancel(rows[1])
    cancel(rows[2])

    for of in (None, series):
        with pytest.raises(SeriesPartsWrong):
            put(edition, rows[0], rows[2], series=of)
    operations.remove_series(series=series, removed_by=None, at=NOW)

    assert parts() == [(False, None)] * 3
