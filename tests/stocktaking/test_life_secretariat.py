"""The secretariat: publishes, returns, takes from the register and puts back."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from montada.participation.models import Message, Person
from montada.stocktaking import operations, queries
from montada.stocktaking.models import ProjectVersion
from tests.factories.entries import a_published, a_record, an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _people(owner: Person, focal_point: Person, secretary: Person) -> None:
    """All three are there in every story: who is told depends on who there is."""


@pytest.fixture
def entry(owner: Person, now: datetime) -> ProjectVersion:
    """Sent on 1 March 2027, 10:00 in Geneva: the focal point has until 15 March."""
    return an_entry(owner, at=now)


def read() -> list[tuple[str, str]]:
    """Return and empty the outbox: to whom, and the subject."""
    rows = list(Message.objects.order_by("pk").values_list("to_email", "subject"))
    Message.objects.all().delete()
    return sorted((email.partition("@")[0], subject) for email, subject in rows)


def now_of(entry: ProjectVersion) -> tuple[str, date | None]:
    entry.refresh_from_db()
    return entry.state, entry.due_on


def test_the_secretariat_publishes_what_waits_for_it(
    owner: Person, secretary: Person, now: datetime
) -> None:
    entry = an_entry(owner, at=now, group="civil")
    read()

    version = operations.publish_entry(version=entry, published_by=secretary, at=now)

    assert (version.state, version.project.visibility) == ("published", "published")
    assert read() == [
        ("amina", "In the register: Wells by telephone"),
        ("omar", "In the register: Wells by telephone"),
    ]


def test_what_waits_for_the_focal_point_is_not_published_yet(
    entry: ProjectVersion, secretary: Person, now: datetime
) -> None:
    with pytest.raises(operations.EntryMovedOn) as refused:
        operations.publish_entry(version=entry, published_by=secretary, at=now)

    assert str(refused.value.details["state"]) == "With the national focal point"


def test_the_secretariat_returns_an_entry_with_a_reason(
    owner: Person, secretary: Person, now: datetime
) -> None:
    entry = an_entry(owner, at=now, group="civil")
    read()

    operations.return_version(
        version=entry, text="Which oases?", returned_by=secretary, at=now
    )

    assert now_of(entry)[0] == "change_asked"
    assert read() == [
        ("amina", "A change is asked for: Wells by telephone"),
        ("omar", "A change is asked for: Wells by telephone"),
    ]


def test_an_endorsement_ends_when_the_entry_is_returned(
    entry: ProjectVersion,
    owner: Person,
    focal_point: Person,
    secretary: Person,
    now: datetime,
) -> None:
    operations.endorse(version=entry, endorsed_by=focal_point, at=now)
    operations.return_version(
        version=entry, text="Which oases?", returned_by=secretary, at=now
    )
    entry.refresh_from_db()
    operations.save_draft(
        version=entry,
        record=a_record("Quite another title"),
        revision=entry.revision,
        organisation_name="Ministry of Water",
        country_id="EGY",
        stakeholder_group_id="government",
        saved_by=owner,
        at=now,
    )

    again = operations.submit_version(version=entry, submitted_by=owner, at=now)

    assert (again.state, again.remarks.filter(kind="endorsement").count()) == (
        "focal_point",
        0,
    )
    history = queries.history_of(again.project, is_inside=False, at=now)
    assert [one.said for one in history.happenings] == [
        "Endorsement ended: the words may change",
        "Endorsed by the country",
    ]
    operations.endorse(version=again, endorsed_by=focal_point, at=now)
    assert now_of(again)[0] == "secretariat"


def test_what_was_just_returned_cannot_be_published(
    owner: Person, secretary: Person, now: datetime
) -> None:
    entry = an_entry(owner, at=now, group="civil")
    seen_before = ProjectVersion.objects.get(pk=entry.pk)
    operations.return_version(
        version=entry, text="Which oases?", returned_by=secretary, at=now
    )

    with pytest.raises(operations.EntryMovedOn):
        operations.publish_entry(version=seen_before, published_by=secretary, at=now)
    with pytest.raises(operations.EntryMovedOn):
        operations.return_version(
            version=seen_before, text="Again", returned_by=secretary, at=now
        )


def test_an_entry_that_its_author_took_back_is_gone(
    owner: Person, secretary: Person, now: datetime
) -> None:
    entry = an_entry(owner, at=now, group="civil")
    seen_before = ProjectVersion.objects.get(pk=entry.pk)
    entry.delete()

    with pytest.raises(operations.EntryGone):
        operations.publish_entry(version=seen_before, published_by=secretary, at=now)


def test_nobody_else_publishes_or_returns(
    owner: Person, focal_point: Person, now: datetime
) -> None:
    entry = an_entry(owner, at=now, group="civil")

    for somebody in (owner, focal_point):
        with pytest.raises(operations.NotYoursToDecide):
            operations.publish_entry(version=entry, published_by=somebody, at=now)
        with pytest.raises(operations.NotYoursToDecide):
            operations.return_version(
                version=entry, text="No", returned_by=somebody, at=now
            )


def test_a_project_is_taken_from_the_register_and_put_back(
    owner: Person, secretary: Person, now: datetime
) -> None:
    project = a_published(owner, secretary, at=now)
    read()

    operations.unpublish(
        project=project, reason="It was withdrawn.", unpublished_by=secretary, at=now
    )
    project.refresh_from_db()
    assert (project.visibility, project.visibility_reason, project.is_public) == (
        "unpublished",
        "It was withdrawn.",
        False,
    )
    assert queries.project(project.slug) is None
    with pytest.raises(operations.EntryMovedOn):
        operations.unpublish(
            project=project, reason="Again", unpublished_by=secretary, at=now
        )
    operations.republish(project=project, republished_by=secretary, at=now)

    assert queries.project(project.slug) == project
    assert read() == [
        ("amina", "Back in the register: Wells by telephone"),
        ("amina", "Taken from the register: Wells by telephone"),
        ("omar", "Back in the register: Wells by telephone"),
        ("omar", "Taken from the register: Wells by telephone"),
    ]
