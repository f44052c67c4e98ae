"""The register stays true: the yearly call, confirming, the archive, twins, people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from montada.participation import operations as participation
from montada.participation.models import Message, Person
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.freshness import freshness_bounds, months_before
from montada.stocktaking.models import Project, ProjectMember
from montada.stocktaking.operations.members import MOST_INVITED, MOST_MEMBERS
from montada.stocktaking.tasks import keep_register
from tests.factories.edition import make_edition
from tests.factories.entries import a_draft, a_focal_point, a_published
from tests.factories.participation import make_person
from tests.factories.stocktaking import a_project

SEPTEMBER = datetime(2027, 9, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def project(owner: Person, secretary: Person, now: datetime) -> Project:
    """Published on 1 March 2027."""
    return a_published(owner, secretary, at=now)


def read() -> list[tuple[str, str]]:
    """Return and empty the outbox: to whom, and the template's own name."""
    rows = list(Message.objects.order_by("pk").values_list("to_email", "template"))
    Message.objects.all().delete()
    return sorted(
        (email.partition("@")[0], name.removeprefix("stocktaking_"))
        for email, name in rows
    )


# Freshness


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2027, 3, 1), 12, date(2026, 3, 1)),
        (date(2027, 3, 31), 1, date(2027, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 15), 1, date(2026, 12, 15)),
        (date(2027, 1, 15), 0, date(2027, 1, 15)),
        (date(2027, 1, 15), 60_000, date(1, 1, 1)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@given(st.dates(), st.integers(0, 400), st.integers(0, 400))
def test_more_months_never_lead_to_a_later_day(day: date, few: int, more: int) -> None:
    assert months_before(day, few + more) <= months_before(day, few) <= day


@pytest.mark.parametrize(
    ("current_on", "light"),
    [
        (date(2027, 3, 1), "fresh"),
        (date(2026, 3, 1), "fresh"),
        (date(2026, 2, 28), "ageing"),
        (date(2025, 3, 1), "ageing"),
        (date(2025, 2, 28), "stale"),
        (None, "unknown"),
    ],
)
def test_a_word_ages_by_the_editions_months(
    current_on: date | None, light: str
) -> None:
    bounds = freshness_bounds(date(2027, 3, 1), fresh_months=12, ageing_months=24)

    assert bounds.freshness_of(current_on) == light


# The yearly call


@pytest.mark.django_db
def test_owners_are_asked_once_a_year_with_one_letter_each(
    project: Project, owner: Person, secretary: Person, now: datetime
) -> None:
    make_edition()
    second = a_published(owner, secretary, at=now, title="Dates by telephone")
    a_draft(owner, at=now, title="A draft of nobody's concern")
    read()

    assert operations.call_for_updates(at=SEPTEMBER - timedelta(days=30)) == 0
    assert operations.call_for_updates(at=SEPTEMBER) == 1
    assert operations.call_for_updates(at=SEPTEMBER + timedelta(hours=1)) == 0

    (letter,) = Message.objects.all()
    listed = [p.slug for p in (project, second) if f"/{p.slug}/" in letter.body]
    assert (listed, read()) == (
        [project.slug, second.slug],
        [("omar", "update_call")],
    )
    assert operations.call_for_updates(at=SEPTEMBER + timedelta(days=366)) == 1


@pytest.mark.django_db
def test_a_called_owner_has_it_among_what_waits_until_they_confirm(
    project: Project, owner: Person
) -> None:
    make_edition()
    assert queries.waiting_for(owner) == []

    operations.call_for_updates(at=SEPTEMBER)
    assert [(w.kind, w.url_args, w.since) for w in queries.waiting_for(owner)] == [
        ("confirm", (project.slug,), SEPTEMBER)
    ]
    operations.confirm_current(project=project, confirmed_by=owner, at=SEPTEMBER)

    assert queries.waiting_for(owner) == []
    project.refresh_from_db()
    assert project.current_on == date(2027, 9, 10)


@pytest.mark.django_db
def test_without_an_edition_nobody_calls(project: Project) -> None:
    assert operations.call_for_updates(at=SEPTEMBER) == 0


@pytest.mark.django_db
def test_only_who_looks_after_a_project_says_that_it_is_true(
    project: Project, secretary: Person, now: datetime
) -> None:
    with pytest.raises(operations.NotYoursToDecide):
        operations.confirm_current(project=project, confirmed_by=secretary, at=now)


# The archive


@pytest.mark.django_db
def test_what_nobody_confirms_is_archived_stays_readable_and_comes_back(
    project: Project, owner: Person
) -> None:
    a_project("Named by a source, never current", at=SEPTEMBER)
    read()
    # Published on 1 March 2027; 48 months later it is 1 March 2031.
    last_day = datetime(2031, 3, 1, 12, 0, tzinfo=UTC)

    assert operations.archive_stale(at=last_day) == 0
    assert operations.archive_stale(at=last_day + timedelta(days=1)) == 1
    assert operations.archive_stale(at=last_day + timedelta(days=1)) == 0

    project.refresh_from_db()
    assert (project.visibility, queries.project(project.slug)) == ("archived", project)
    operations.confirm_current(project=project, confirmed_by=owner, at=last_day)
    project.refresh_from_db()
    assert (project.visibility, read()) == ("published", [("omar", "archived")])


@pytest.mark.django_db
def test_the_secretariat_hears_of_an_archived_project_whose_people_left(
    project: Project, owner: Person, now: datetime
) -> None:
    Project.objects.filter(pk=a_project(at=now).pk).update(current_on=now.date())
    participation.erase_person(person=owner, erased_by=owner, at=now)
    read()

    assert operations.archive_stale(at=datetime(2031, 3, 2, 12, tzinfo=UTC)) == 2

    # Not of the record that a source wrote: nobody has ever looked after it.
    assert read() == [("salma", "archived")]


@pytest.mark.django_db
def test_the_calendar_is_kept_by_a_task_that_comes_back(project: Project) -> None:
    DBTaskResult.objects.all().delete()

    keep_register.call()

    again = DBTaskResult.objects.get(task_path=keep_register.module_path)
    assert again.run_after > datetime.now(UTC) + timedelta(minutes=59)


# Twins


@pytest.mark.django_db
def test_twins_stay_and_lead_to_each_other(
    project: Project, owner: Person, secretary: Person, now: datetime
) -> None:
    second = a_published(owner, secretary, at=now, title="Dates by telephone")
    third = a_published(owner, secretary, at=now, title="Oases online")
    operations.link_twins(project=second, twin=project, linked_by=secretary, at=now)
    operations.link_twins(project=project, twin=third, linked_by=secretary, at=now)

    def families() -> list[set[int]]:
        rows = [Project.objects.get(pk=p.pk) for p in (project, second, third)]
        return [{twin.pk for twin in queries.twins_of(row)} for row in rows]

    one, two, three = project.pk, second.pk, third.pk
    assert families() == [{two, three}, {one, three}, {one, two}]
    with pytest.raises(operations.TwinsAlready):
        operations.link_twins(project=second, twin=third, linked_by=secretary, at=now)
    with pytest.raises(operations.TwinOfItself):
        operations.link_twins(project=third, twin=third, linked_by=secretary, at=now)

    operations.unlink_twin(project=third, unlinked_by=secretary, at=now)
    assert families() == [{two}, {one}, set()]
    operations.unlink_twin(project=project, unlinked_by=secretary, at=now)
    assert families() == [set(), set(), set()]
    with pytest.raises(operations.NotTwins):
        operations.unlink_twin(project=project, unlinked_by=secretary, at=now)


# People


def members(project: Project) -> list[tuple[str, str]]:
    rows = ProjectMember.objects.filter(project=project).select_related("person")
    return sorted((row.person.email.partition("@")[0], row.role) for row in rows)


@pytest.mark.django_db
def test_an_owner_adds_a_co_editor_who_had_no_account(
    project: Project, owner: Person, now: datetime
) -> None:
    read()

    operations.add_editor(
        project=project, email=" Zeinab@Example.org ", added_by=owner, at=now
    )

    assert members(project) == [("omar", "owner"), ("zeinab", "editor")]
    assert read() == [("zeinab", "editor_added")]
    with pytest.raises(operations.MemberAlready):
        operations.add_editor(
            project=project, email="zeinab@example.org", added_by=owner, at=now
        )


@pytest.mark.django_db
def test_one_person_invites_only_so_many_a_day(
    project: Project, owner: Person, secretary: Person, now: datetime
) -> None:
    def add(name: str, by: Person, at: datetime) -> None:
        operations.add_editor(
            project=project, email=f"{name}@example.org", added_by=by, at=at
        )

    for n in range(MOST_INVITED):
        add(f"guest{n}", owner, now)
    n_people = Person.objects.count()
    read()

    with pytest.raises(operations.TooManyInvited):
        add("one-more", owner, now + timedelta(hours=23))
    with pytest.raises(operations.TooManyInvited):
        operations.hand_over(
            project=project,
            email="heir@example.org",
            keeps_editing=True,
            handed_over_by=owner,
            at=now,
        )
    assert (Person.objects.count(), read()) == (n_people, [])

    add("by-the-secretariat", secretary, now)
    add("a-day-later", owner, now + timedelta(days=1))
    assert len(members(project)) == MOST_INVITED + 3


@pytest.mark.django_db
def test_a_project_is_looked_after_by_only_so_many(
    project: Project, secretary: Person, now: datetime
) -> None:
    def add(n: int) -> None:
        email = f"guest{n}@example.org"
        operations.add_editor(project=project, email=email, added_by=secretary, at=now)

    for n in range(MOST_MEMBERS - 1):
        add(n)

    with pytest.raises(operations.TooManyMembers):
        add(MOST_MEMBERS)
    assert len(members(project)) == MOST_MEMBERS


@pytest.mark.django_db
def test_a_co_editor_may_leave_and_add_nobody(
    project: Project, owner: Person, now: datetime
) -> None:
    editor = make_person("Zeinab")
    operations.add_editor(project=project, email=editor.email, added_by=owner, at=now)

    with pytest.raises(operations.NotYoursToDecide):
        operations.add_editor(
            project=project, email="eve@example.org", added_by=editor, at=now
        )
    with pytest.raises(operations.NotYoursToDecide):
        operations.remove_member(
            project=project, person=owner, removed_by=editor, at=now
        )
    operations.remove_member(project=project, person=editor, removed_by=editor, at=now)

    assert members(project) == [("omar", "owner")]


@pytest.mark.django_db
def test_the_last_owner_hands_over_before_leaving(
    project: Project, owner: Person, now: datetime
) -> None:
    with pytest.raises(operations.LastOwner):
        operations.remove_member(
            project=project, person=owner, removed_by=owner, at=now
        )
    read()

    operations.hand_over(
        project=project,
        email="zeinab@example.org",
        keeps_editing=True,
        handed_over_by=owner,
        at=now,
    )
    assert members(project) == [("omar", "editor"), ("zeinab", "owner")]
    assert read() == [("zeinab", "owner_made")]

    with pytest.raises(operations.NotYoursToDecide):
        operations.hand_over(
            project=project,
            email="eve@example.org",
            keeps_editing=False,
            handed_over_by=owner,
            at=now,
        )


@pytest.mark.django_db
def test_the_secretariat_gives_an_owner_to_what_a_source_brought(
    secretary: Person, now: datetime
) -> None:
    project = a_project("Named by a source", at=now)

    operations.hand_over(
        project=project,
        email="zeinab@example.org",
        keeps_editing=False,
        handed_over_by=secretary,
        at=now,
    )

    assert members(project) == [("zeinab", "owner")]


@pytest.mark.django_db
def test_what_waits_is_told_to_each_by_their_part(
    owner: Person, secretary: Person, now: datetime
) -> None:
    focal_point = a_focal_point("EGY")
    company = a_draft(owner, at=now, group="private", title="Of a company")
    ministry = a_draft(owner, at=now, title="Of a ministry")
    for draft in (company, ministry):
        operations.submit_version(version=draft, submitted_by=owner, at=now)

    def waits(person: Person) -> list[tuple[str, str, date | None]]:
        return [(w.kind, str(w.title), w.due_on) for w in queries.waiting_for(person)]

    assert waits(focal_point) == [("endorse", "Of a ministry", date(2027, 3, 15))]
    assert waits(secretary) == [("publish", "Of a company", None)]
    assert waits(owner) == []

    operations.ask_for_change(
        version=ministry, text="Name the oases.", asked_by=focal_point, at=now
    )
    assert (waits(focal_point), waits(owner)) == (
        [],
        [("change", "Of a ministry", None)],
    )
