"""My tasks: what waits for somebody, over all features."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from montada.desk import queries
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from montada.stocktaking import operations as stocktaking
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.models import ProjectVersion
from tests.desk.following import make_version
from tests.factories.edition import make_edition
from tests.factories.participation import make_administrator, make_person, make_role
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def make_focal_point(**values: str) -> Person:
    person = make_person("Amina", **values)
    make_role(person, "focal_point", country_id="EGY")
    return person


def wait_until(due_on: date, title: str, now: datetime) -> ProjectVersion:
    """An entry of Egypt that waits for its focal point."""
    version = make_version(a_project(title, at=now - DAY), 2, None)
    version.state, version.due_on = "focal_point", due_on
    version.record = ProjectRecord(title=LocalizedText.of("en", title))
    version.save()
    return version


def test_what_has_a_deadline_comes_first_and_the_nearest_before_the_others(
    now: datetime,
) -> None:
    amina = make_focal_point()
    wait_until(date(2027, 3, 20), "Later", now)
    wait_until(date(2027, 3, 2), "Sooner", now)
    draft = stocktaking.begin_project(
        record=ProjectRecord(title=LocalizedText.of("en", "Mine")),
        country_id="EGY",
        begun_by=amina,
        at=now,
    )

    tasks = queries.tasks_of(amina, at=now)

    assert [(task.said, str(task.title)) for task in tasks] == [
        ("Endorse an entry of your country, or ask for a change", "Sooner"),
        ("Endorse an entry of your country, or ask for a change", "Later"),
        ("Your draft is not sent yet", "Mine"),
    ]
    assert tasks[2].url == f"/en/projects/drafts/{draft.pk}/"


def test_a_deadline_is_told_by_both_clocks_and_overdue_in_words(
    client: Client,
) -> None:
    make_edition(city=LocalizedText.of("en", "Geneva"))
    amina = make_focal_point(timezone="Asia/Tokyo")
    today = datetime.now(UTC).date()
    wait_until(today + 3 * DAY, "Ahead", datetime.now(UTC))
    wait_until(today - 3 * DAY, "Behind", datetime.now(UTC))
    client.force_login(amina)

    shown = client.get("/en/tasks/").content.decode()

    assert "3 days left" in shown
    assert "3 days overdue" in shown
    assert shown.count("23:59 in Geneva") == 2
    # Tokyo knows no summer time: 7 or 8 hours ahead, 6:59 or 7:59 of the next day.
    assert shown.count("59 by your clock") == 2


def test_nobody_is_asked_for_what_is_not_theirs(now: datetime) -> None:
    wait_until(date(2027, 3, 2), "Egypt's", now)
    jordan = make_person("Omar")
    make_role(jordan, "focal_point", country_id="JOR")

    assert queries.tasks_of(jordan, at=now) == []
    assert queries.tasks_of(make_administrator(), at=now) == []


def test_a_translator_is_told_what_waits_in_their_language(now: datetime) -> None:
    nour = make_person("Nour", language="ar")
    make_role(nour, "translator")
    a_project("Village telecentres", at=now)

    assert [(task.said, task.url) for task in queries.tasks_of(nour, at=now)] == [
        ("1 project waits for your translation", "/en/projects/translations/ar/")
    ]


def test_a_page_without_tasks_says_so_and_leads_on(client: Client) -> None:
    client.force_login(make_person())

    shown = client.get("/en/tasks/").content.decode()

    assert "Nothing waits for you." in shown
    assert '<a href="/en/tasks/">My tasks</a>' in shown
    assert '<a href="/en/following/">' in shown


def test_tasks_and_follows_are_for_who_is_signed_in(client: Client) -> None:
    for page in ("tasks", "following"):
        answer = client.get(f"/en/{page}/")
        assert answer["Location"] == f"/en/account/login/?next=/en/{page}/"


def test_who_is_not_signed_in_sees_no_link_to_tasks(client: Client) -> None:
    assert "/en/tasks/" not in client.get("/en/countries/").content.decode()
