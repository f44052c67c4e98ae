"""An entry's life: sent, endorsed or asked to change, passed on by the calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from montada.audit import queries as trail
from montada.participation.models import Message, Person
from montada.stocktaking import operations
from montada.stocktaking.models import ProjectVersion
from tests.factories.edition import make_edition
from tests.factories.entries import a_focal_point, an_entry
from tests.factories.participation import make_person

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


def actions(entry: ProjectVersion) -> list[str]:
    """Return what was decided after the entry was sent, oldest first."""
    about = trail.entries_about(entry.project)
    names = [one.action.removeprefix("stocktaking.") for one in about][::-1]
    return names[names.index("version_submitted") + 1 :]


# The focal point


def test_an_entry_of_a_government_waits_and_everybody_is_told(
    entry: ProjectVersion,
) -> None:
    assert now_of(entry) == ("focal_point", date(2027, 3, 15))
    assert read() == [
        ("amina", "Waiting for your word: Wells by telephone"),
        ("omar", f"Received under number {entry.receipt}: Wells by telephone"),
    ]


@pytest.mark.parametrize("group", ["private", "civil", "academia"])
def test_an_entry_of_anybody_else_goes_straight_to_the_secretariat(
    owner: Person, now: datetime, group: str
) -> None:
    entry = an_entry(owner, at=now, group=group)

    assert now_of(entry) == ("secretariat", None)
    assert read() == [
        ("amina", "New entry of your country: Wells by telephone"),
        ("omar", f"Received under number {entry.receipt}: Wells by telephone"),
        ("salma", "Waiting for the secretariat: Wells by telephone"),
    ]


def test_a_deadline_is_said_in_the_readers_time_and_genevas(
    owner: Person, focal_point: Person, now: datetime
) -> None:
    make_edition()
    focal_point.timezone = "Asia/Dubai"
    focal_point.save()

    an_entry(owner, at=now)

    letter = Message.objects.get(template="stocktaking_to_endorse")
    # 23:59 in Geneva (UTC+1 in March) is 02:59 of the next day in Dubai (UTC+4).
    assert (
        "The focal point may speak until 15 March 2027, 23:59, Geneva time. By your "
        "own clock that is 16 March 2027, 02:59."
    ) in letter.body


def test_letters_are_in_the_readers_language(
    owner: Person, focal_point: Person, now: datetime
) -> None:
    focal_point.language = "fr"
    focal_point.save()

    an_entry(owner, at=now)

    letter = Message.objects.get(template="stocktaking_to_endorse")
    assert (letter.language, "/fr/projects/versions/" in letter.body) == ("fr", True)


def test_an_endorsement_passes_the_entry_on_and_tells_author_and_secretariat(
    entry: ProjectVersion, focal_point: Person, now: datetime
) -> None:
    read()

    remark = operations.endorse(version=entry, endorsed_by=focal_point, at=now)

    assert (remark.kind, remark.country_id, remark.text) == ("endorsement", "EGY", "")
    assert now_of(entry) == ("secretariat", None)
    assert actions(entry) == ["version_endorsed"]
    assert read() == [
        ("omar", "Endorsed: Wells by telephone"),
        ("salma", "Waiting for the secretariat: Wells by telephone"),
    ]


def test_a_country_endorses_a_version_once(
    entry: ProjectVersion, focal_point: Person, now: datetime
) -> None:
    colleague = a_focal_point("EGY", "Basma")
    operations.endorse(version=entry, endorsed_by=focal_point, at=now)

    with pytest.raises(operations.EndorsedAlready):
        operations.endorse(version=entry, endorsed_by=colleague, at=now)

    assert entry.remarks.count() == 1


def test_an_endorsement_is_taken_back_until_the_version_is_published(
    entry: ProjectVersion, focal_point: Person, secretary: Person, now: datetime
) -> None:
    operations.endorse(version=entry, endorsed_by=focal_point, at=now)
    operations.take_back_endorsement(version=entry, taken_back_by=focal_point, at=now)
    assert (entry.remarks.count(), now_of(entry)[0]) == (0, "secretariat")

    operations.endorse(version=entry, endorsed_by=focal_point, at=now)
    operations.publish_entry(version=entry, published_by=secretary, at=now)

    with pytest.raises(operations.EntryMovedOn):
        operations.take_back_endorsement(
            version=entry, taken_back_by=focal_point, at=now
        )


def test_what_was_not_endorsed_cannot_be_taken_back(
    entry: ProjectVersion, focal_point: Person, now: datetime
) -> None:
    with pytest.raises(operations.NotEndorsed):
        operations.take_back_endorsement(
            version=entry, taken_back_by=focal_point, at=now
        )


def test_a_change_asked_of_a_government_gives_the_entry_back_to_its_author(
    entry: ProjectVersion, focal_point: Person, owner: Person, now: datetime
) -> None:
    read()

    operations.ask_for_change(
        version=entry, text="Name the oases.", asked_by=focal_point, at=now
    )

    assert now_of(entry) == ("change_asked", None)
    assert read() == [
        ("omar", "A change is asked for: Wells by telephone"),
        ("salma", "A change is asked for: Wells by telephone"),
    ]
    operations.submit_version(version=entry, submitted_by=owner, at=now)
    assert now_of(entry) == ("focal_point", date(2027, 3, 15))


def test_a_change_asked_of_a_company_is_advice(
    owner: Person, focal_point: Person, now: datetime
) -> None:
    entry = an_entry(owner, at=now, group="private")
    read()

    operations.ask_for_change(
        version=entry, text="Name the oases.", asked_by=focal_point, at=now
    )

    assert (now_of(entry)[0], actions(entry)) == ("secretariat", ["change_advised"])
    assert read() == [
        ("omar", "Advice on an entry: Wells by telephone"),
        ("salma", "Advice on an entry: Wells by telephone"),
    ]


def test_a_comment_moves_nothing(
    entry: ProjectVersion, focal_point: Person, secretary: Person, now: datetime
) -> None:
    read()

    of_country = operations.comment(
        version=entry, text="Well done.", made_by=focal_point, at=now
    )
    of_secretariat = operations.comment(
        version=entry, text="Which oases?", made_by=secretary, at=now
    )

    assert (of_country.country_id, of_secretariat.country_id) == ("EGY", None)
    assert now_of(entry)[0] == "focal_point"
    subject = "Comment on an entry: Wells by telephone"
    assert read() == [
        ("amina", subject),
        ("omar", subject),
        ("omar", subject),
        ("salma", subject),
    ]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", operations.WordsMissing),
        (" \n\t", operations.WordsMissing),
        ("\x00\ud800\u202e", operations.WordsMissing),
        ("س" * 100_000, operations.WordsTooMany),
    ],
)
def test_a_request_needs_words_that_can_be_read(
    entry: ProjectVersion,
    focal_point: Person,
    now: datetime,
    text: str,
    refusal: Any,
) -> None:
    with pytest.raises(refusal):
        operations.ask_for_change(
            version=entry, text=text, asked_by=focal_point, at=now
        )

    assert (now_of(entry)[0], entry.remarks.count()) == ("focal_point", 0)


def test_words_keep_their_signs_and_lose_what_misleads(
    entry: ProjectVersion, focal_point: Person, now: datetime
) -> None:
    remark = operations.comment(
        version=entry,
        text=" <b>5 < 6</b> \u202eabc\x00 🌴 ",
        made_by=focal_point,
        at=now,
    )

    assert remark.text == "<b>5 < 6</b> abc 🌴"


def test_only_the_countrys_own_focal_point_speaks_for_it(
    entry: ProjectVersion, owner: Person, secretary: Person, now: datetime
) -> None:
    tunisian = a_focal_point("TUN", "Basma")

    for somebody in (tunisian, owner, secretary, make_person("Eve")):
        with pytest.raises(operations.NotYoursToDecide):
            operations.endorse(version=entry, endorsed_by=somebody, at=now)
        with pytest.raises(operations.NotYoursToDecide):
            operations.ask_for_change(
                version=entry, text="Change.", asked_by=somebody, at=now
            )


def test_nobody_speaks_of_a_draft(
    entry: ProjectVersion, focal_point: Person, now: datetime
) -> None:
    ProjectVersion.objects.update(state="draft")

    with pytest.raises(operations.EntryMovedOn):
        operations.endorse(version=entry, endorsed_by=focal_point, at=now)
    with pytest.raises(operations.EntryMovedOn):
        operations.comment(version=entry, text="A", made_by=focal_point, at=now)


# Time


def test_an_entry_goes_on_by_itself_when_its_day_is_over_in_geneva(
    entry: ProjectVersion, now: datetime
) -> None:
    read()
    # 15 March, 23:30 in Geneva; the worker's clock says 22:30.
    last_hour = datetime.fromisoformat("2027-03-15T22:30:00+00:00")

    assert operations.pass_overdue(at=last_hour) == 0
    assert now_of(entry)[0] == "focal_point"

    assert operations.pass_overdue(at=last_hour + timedelta(hours=1)) == 1
    assert operations.pass_overdue(at=last_hour + timedelta(hours=1)) == 0
    assert (now_of(entry), actions(entry)) == (
        ("secretariat", None),
        ["version_passed_on"],
    )
    assert read() == [
        ("amina", "Passed on to the secretariat: Wells by telephone"),
        ("omar", "Passed on to the secretariat: Wells by telephone"),
        ("salma", "Waiting for the secretariat: Wells by telephone"),
    ]


def test_after_its_time_a_request_of_the_focal_point_is_advice(
    entry: ProjectVersion, focal_point: Person, now: datetime
) -> None:
    later = now + timedelta(days=15)
    operations.pass_overdue(at=later)

    operations.ask_for_change(
        version=entry, text="Name the oases.", asked_by=focal_point, at=later
    )

    assert now_of(entry)[0] == "secretariat"
