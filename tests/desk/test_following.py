"""Following things, and what is new of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from montada.audit.models import Entry
from montada.desk import operations, queries
from montada.desk.models import Follow, Reading
from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.stocktaking import operations as stocktaking
from montada.stocktaking.models import Project
from montada.stocktaking.operations.showing import publish_version
from tests.desk.following import make_organisation, make_version, told
from tests.factories.participation import make_administrator, make_person, make_role
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_a_new_project_is_told_to_who_follows_its_country_group_line_or_organisation(
    now: datetime,
) -> None:
    ministry = make_organisation("ministry", name=LocalizedText.of("en", "Ministry"))
    keys = {
        "country": "EGY",
        "group": "las",
        "line": "C2",
        "organisation": "ministry",
    }
    people = {kind: make_person(kind) for kind in keys}
    for kind, key in keys.items():
        operations.follow(person=people[kind], kind=kind, key=key, at=now)
    stranger = make_person("stranger")
    operations.follow(person=stranger, kind="country", key="FRA", at=now)

    a_project("Village telecentres", at=now + HOUR, organisation=ministry)

    expected = [("New in the register", "Village telecentres")]
    later = now + 2 * HOUR
    assert {
        kind: told(person, later) for kind, person in people.items()
    } == dict.fromkeys(keys, expected)
    assert told(stranger, later) == []


def test_what_was_there_before_the_first_follow_is_not_new(now: datetime) -> None:
    eve = make_person()
    a_project("Old", at=now - HOUR)
    operations.follow(person=eve, kind="country", key="EGY", at=now)
    a_project("New", at=now + HOUR)

    assert told(eve, now + 2 * HOUR) == [("New in the register", "New")]


def test_whatever_happens_to_a_followed_project_is_told_newest_first(
    now: datetime,
) -> None:
    eve, omar = make_person(), make_person("Omar")
    make_role(omar, "focal_point", country_id="EGY")
    project = a_project("Village telecentres", at=now - HOUR)
    operations.follow(person=eve, kind="project", key=project.slug, at=now)

    second = make_version(project, 2, now + HOUR)
    stocktaking.endorse(version=second, endorsed_by=omar, at=now + 2 * HOUR)
    stocktaking.note_distinction(
        project=project, kind="winner", year=2027, at=now + 3 * HOUR
    )

    title = "Village telecentres"
    assert told(eve, now + 4 * HOUR) == [
        ("Winning project, 2027", title),
        ("Endorsed by the focal point of its country", title),
        ("A new version was published", title),
    ]
    assert queries.what_is_new(eve, at=now + 4 * HOUR).news.said_counts == [
        "1 new version",
        "1 endorsement",
        "1 nomination or prize",
    ]


def test_what_is_not_published_is_not_told(now: datetime) -> None:
    eve, omar = make_person(), make_person("Omar")
    make_role(omar, "focal_point", country_id="EGY")
    project = a_project("Village telecentres", at=now - HOUR)
    for kind, key in (("project", project.slug), ("country", "EGY")):
        operations.follow(person=eve, kind=kind, key=key, at=now)
    hidden = a_project("Hidden", at=now + HOUR)
    Project.objects.filter(pk=hidden.pk).update(visibility="unseen")
    in_work = make_version(project, 2, None)
    stocktaking.endorse(version=in_work, endorsed_by=omar, at=now + HOUR)

    assert told(eve, now + 2 * HOUR) == []

    in_work.refresh_from_db()
    publish_version(version=in_work, published_by=None, at=now + 3 * HOUR)

    # The endorsement is told from the moment at which readers see what it speaks of.
    assert sorted(said for said, _title in told(eve, now + 4 * HOUR)) == [
        "A new version was published",
        "Endorsed by the focal point of its country",
    ]


def test_of_a_project_taken_from_the_register_only_that_is_told(now: datetime) -> None:
    eve, salma = make_person(), make_administrator()
    project = a_project("Village telecentres", at=now - HOUR)
    operations.follow(person=eve, kind="project", key=project.slug, at=now)
    make_version(project, 2, now + HOUR)
    stocktaking.note_distinction(
        project=project, kind="winner", year=2027, at=now + HOUR
    )
    stocktaking.unpublish(
        project=project, reason="A test", unpublished_by=salma, at=now + HOUR
    )

    assert told(eve, now + 2 * HOUR) == [("Taken from the register", "")]
    ((_kind, (followed,)),) = queries.follows_of(eve)
    assert (followed.subject, followed.name) == (None, None)

    stocktaking.republish(project=project, republished_by=salma, at=now + 3 * HOUR)

    assert {said for said, _title in told(eve, now + 4 * HOUR)} == {
        "In the register again",
        "Winning project, 2027",
        "A new version was published",
    }


def test_marking_as_read_leaves_what_came_after_the_page(now: datetime) -> None:
    eve = make_person()
    operations.follow(person=eve, kind="country", key="EGY", at=now)
    a_project("Seen", at=now + HOUR)
    shown = queries.what_is_new(eve, at=now + 2 * HOUR)
    a_project("Later", at=now + 3 * HOUR)

    operations.mark_read(person=eve, until=shown.until, at=now + 4 * HOUR)

    assert told(eve, now + 4 * HOUR) == [("New in the register", "Later")]


def test_marking_as_read_goes_neither_backwards_nor_into_the_future(
    now: datetime,
) -> None:
    eve = make_person()
    operations.follow(person=eve, kind="country", key="EGY", at=now)

    early = operations.mark_read(person=eve, until=now - HOUR, at=now + HOUR)
    late = operations.mark_read(person=eve, until=now + 99 * HOUR, at=now + HOUR)

    assert (early.seen_at, late.seen_at) == (now, now + HOUR)


def test_following_twice_is_following_once_and_leaves_no_entry(now: datetime) -> None:
    eve = make_person()
    n_entries = Entry.objects.count()
    for _again in range(2):
        operations.follow(person=eve, kind="line", key="C2", at=now)

    assert Follow.objects.count() == 1
    assert operations.unfollow(person=eve, kind="line", key="C2") is True
    assert operations.unfollow(person=eve, kind="line", key="C2") is False
    assert Entry.objects.count() == n_entries


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("country", "XXX"),
        ("country", ""),
        ("planet", "EGY"),
        ("", ""),
        ("line", "C2\x00"),
        ("project", "🛰" * 200_000),
        ("organisation", "\u202eyrtsinim"),
        ("group", "'; drop table"),
    ],
)
def test_what_is_not_there_cannot_be_followed(
    kind: str, key: str, now: datetime
) -> None:
    eve = make_person()

    with pytest.raises(operations.NothingToFollow):
        operations.follow(person=eve, kind=kind, key=key, at=now)

    assert Reading.objects.count() == 0


def test_a_project_that_nobody_may_read_cannot_be_followed(now: datetime) -> None:
    project = a_project("Hidden", at=now)
    Project.objects.filter(pk=project.pk).update(visibility="unseen")

    with pytest.raises(operations.NothingToFollow):
        operations.follow(
            person=make_person(), kind="project", key=project.slug, at=now
        )


def test_nobody_follows_more_than_one_query_can_read(now: datetime) -> None:
    eve = make_person()
    Follow.objects.bulk_create(
        Follow(person=eve, kind="project", key=f"p-{n}", since=now)
        for n in range(queries.MOST_FOLLOWS)
    )

    with pytest.raises(operations.TooMuchFollowed):
        operations.follow(person=eve, kind="line", key="C2", at=now)


def test_a_merged_organisation_is_followed_as_what_it_is_now(now: datetime) -> None:
    eve, before = make_person(), make_person("Before")
    new = make_organisation("new", name=LocalizedText.of("en", "New"))
    old = make_organisation("old", name=LocalizedText.of("en", "Old"))
    operations.follow(person=before, kind="organisation", key="old", at=now)
    old.merged_into = new
    old.save()

    followed = operations.follow(person=eve, kind="organisation", key="old", at=now)
    a_project("Theirs", at=now + HOUR, organisation=new)

    assert followed.key == "new"
    assert told(eve, now + HOUR) == told(before, now + HOUR)
    assert told(eve, now + HOUR) == [("New in the register", "Theirs")]


def test_who_followed_a_merged_organisation_follows_the_kept_one_once(
    now: datetime,
) -> None:
    old, new = make_organisation("old"), make_organisation("new")
    eve, boris = make_person("Eve"), make_person("Boris")
    operations.follow(person=eve, kind="organisation", key="old", at=now)
    for key in ("old", "new"):
        operations.follow(person=boris, kind="organisation", key=key, at=now)
    # A project at the same address is none of theirs.
    Follow.objects.create(person=eve, kind="project", key="old", since=now)

    participation.merge_organisations(
        kept_id=new.pk, merged_id=old.pk, merged_by=None, at=now
    )

    kept = Follow.objects.filter(kind="organisation")
    assert [(row.person, row.key) for row in kept.order_by("person")] == [
        (eve, "new"),
        (boris, "new"),
    ]
    assert Follow.objects.filter(kind="project", key="old").exists()
    assert operations.unfollow(person=eve, kind="organisation", key="new")


def test_who_is_erased_follows_nothing(now: datetime) -> None:
    eve, salma = make_person(), make_administrator()
    operations.follow(person=eve, kind="line", key="C2", at=now)

    participation.erase_person(person=eve, erased_by=salma, at=now)

    assert (Follow.objects.count(), Reading.objects.count()) == (0, 0)


def test_news_cost_the_same_however_much_is_followed(now: datetime) -> None:
    few, many = make_person("Few"), make_person("Many")
    projects = [a_project(f"Project {n}", at=now - HOUR) for n in range(20)]
    operations.follow(person=few, kind="project", key=projects[0].slug, at=now)
    for project in projects:
        operations.follow(person=many, kind="project", key=project.slug, at=now)
        make_version(project, 2, now + HOUR)

    def cost(person: object) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert told(person, now + 2 * HOUR)  # type: ignore[arg-type]
        return len(seen)

    # Follows, reading; versions counted and shown; endorsements; projects, the trail.
    assert (cost(few), cost(many)) == (7, 7)
