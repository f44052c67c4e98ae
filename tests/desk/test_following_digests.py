"""Mail about what is new: in whose language, how often, and never twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from montada.desk import operations, queries, tasks
from montada.desk.choices import DigestRhythm
from montada.djangokit.signals import worker_started
from montada.participation import queries as participation
from montada.participation.models import Person
from tests.factories.participation import make_person
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def make_reader(
    name: str, at: datetime, rhythm: str = "daily", **values: Any
) -> Person:
    """Somebody who follows Egypt."""
    reader = make_person(name, **values)
    operations.follow(person=reader, kind="country", key="EGY", at=at)
    operations.choose_rhythm(person=reader, rhythm=DigestRhythm(rhythm), at=at)
    return reader


def subjects() -> list[tuple[str, str]]:
    return [(m.to_email, m.subject) for m in participation.messages().order_by("pk")]


def test_a_digest_is_written_once_in_the_language_of_its_reader(now: datetime) -> None:
    make_reader("Eve", now)
    make_reader("Mona", now, language="ar")
    project = a_project("Village telecentres", at=now + HOUR)

    first = operations.send_digests(at=now + DAY)
    again = operations.send_digests(at=now + DAY + HOUR)

    assert (first, again) == (operations.Digests(2, 0), operations.Digests(0, 0))
    english, arabic = participation.messages().order_by("pk")
    assert english.subject == "1 thing is new among what you follow"
    assert f"/en/projects/{project.slug}/" in english.body
    assert "Village telecentres\nNew in the register – 1 March 2027\n" in english.body
    assert "/en/following/" in english.body
    assert arabic.language == "ar"
    assert f"/ar/projects/{project.slug}/" in arabic.body


def test_nothing_is_written_where_nothing_is_new(now: datetime) -> None:
    make_reader("Eve", now)

    assert operations.send_digests(at=now + DAY) == operations.Digests(0, 1)
    assert subjects() == []


def test_what_was_mailed_is_not_mailed_again_and_nothing_falls_between(
    now: datetime,
) -> None:
    make_reader("Eve", now)
    a_project("First", at=now + HOUR)
    # Still settling when the first mail is written: it goes with the second.
    a_project("Second", at=now + DAY - timedelta(minutes=5))

    operations.send_digests(at=now + DAY)
    operations.send_digests(at=now + 2 * DAY)

    bodies = [message.body for message in participation.messages().order_by("pk")]
    assert [("First" in body, "Second" in body) for body in bodies] == [
        (True, False),
        (False, True),
    ]


def test_each_rhythm_has_its_days(now: datetime) -> None:
    for rhythm in DigestRhythm:
        make_reader(rhythm.value, now, rhythm=rhythm)
    for day in range(1, 9):
        a_project(f"Project {day}", at=now + day * DAY - HOUR)
        operations.send_digests(at=now + day * DAY)

    assert sorted(address for address, _subject in subjects()) == [
        *["daily@example.org"] * 8,
        "weekly@example.org",
    ]


def test_mail_waits_for_the_morning_where_its_reader_lives(now: datetime) -> None:
    make_reader("Kiri", now, timezone="Pacific/Auckland")
    a_project("Village telecentres", at=now + HOUR)
    # 9:00 in Greenwich is 22:00 in Auckland (UTC+13); it is 7:00 there at 18:00.
    evening = datetime(2027, 3, 1, 17, 59, tzinfo=UTC)

    assert operations.send_digests(at=evening) == operations.Digests(0, 0)
    assert operations.send_digests(at=evening + timedelta(minutes=1)).n_sent == 1


def test_choosing_mail_again_does_not_bring_what_is_old(now: datetime) -> None:
    eve = make_reader("Eve", now, rhythm="never")
    a_project("Old", at=now + HOUR)
    operations.choose_rhythm(person=eve, rhythm=DigestRhythm.DAILY, at=now + 2 * HOUR)

    assert operations.send_digests(at=now + DAY) == operations.Digests(0, 1)


def test_nobody_is_written_to_who_left(now: datetime) -> None:
    eve = make_reader("Eve", now)
    Person.objects.filter(pk=eve.pk).update(is_active=False)
    a_project("New", at=now + HOUR)

    assert operations.send_digests(at=now + DAY) == operations.Digests(0, 0)


def test_a_long_digest_says_how_much_more_there_is(now: datetime) -> None:
    eve = make_reader("Eve", now)
    for n in range(23):
        a_project(f"Project {n}", at=now + HOUR)

    operations.send_digests(at=now + DAY)

    (message,) = participation.messages()
    assert message.subject == "23 things are new among what you follow"
    assert "3 more are on your page." in message.body
    assert queries.what_is_new(eve, at=now + DAY).news.n_items == 23


def test_a_worker_sends_digests_from_now_on_in_one_chain_alone() -> None:
    for _start in range(2):
        worker_started.send(sender=None)
    waiting = DBTaskResult.objects.filter(task_path=tasks.send_digests.module_path)
    assert waiting.count() == 1

    tasks.send_digests.call()

    assert waiting.count() == 1
