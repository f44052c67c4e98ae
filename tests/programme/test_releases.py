"""Releases: what changes for readers, who is told, and that old ones stay."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Message
from montada.programme import operations, queries
from montada.programme.engine.releases import changes_between
from montada.programme.models import (
    Bookmark,
    Placement,
    Plan,
    Release,
    Seat,
    Session,
    Speaker,
)
from montada.programme.operations.plans import PlanGone
from montada.programme.operations.releases import (
    NothingToRelease,
    NotReleasable,
    PlanNotCurrent,
)
from montada.programme.operations.words import WordsTooMany
from montada.programme.tasks import tell_of_releases
from tests.factories.edition import make_outsider, make_room
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_plan, make_planned, make_proposal

NOW = datetime(2027, 5, 1, 9, tzinfo=UTC)
NINE = datetime(2027, 7, 5, 7, tzinfo=UTC)
"""In Geneva."""
ELEVEN = datetime(2027, 7, 5, 9, tzinfo=UTC)


def _place(room: int = 1, starts: str = "2027-07-05T09:00", title: str = "A") -> Any:
    return {
        "title": LocalizedText.of("en", title).as_json(),
        "room": room,
        "room_name": LocalizedText.of("en", "Popov").as_json(),
        "starts": starts,
        "ends": starts.replace(":00", ":50"),
    }


def test_what_is_new_moved_renamed_and_gone_is_told_apart() -> None:
    before = {"a": _place(), "b": _place(), "c": _place(), "d": _place()}
    after = {
        "a": _place(),
        "b": _place(room=2, title="B"),
        "c": _place(title="C"),
        "e": _place(starts="2027-07-04T09:00"),
    }
    assert [
        (change.session, change.kind) for change in changes_between(before, after)
    ] == [
        ("e", "added"),
        ("b", "moved"),
        ("c", "renamed"),
        ("d", "removed"),
    ]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (
            _place() | {"ends": "2027-07-05T09:30"},
            "A, Mon 5 Jul, 09:00, now ends at 09:30; it ended at 09:50.",
        ),
        (
            _place(starts="2027-07-06T10:00"),
            "A moves to Tue 6 Jul, 10:00, Popov; it was on Mon 5 Jul, 09:00, Popov.",
        ),
        (
            _place(room=2) | {"ends": "2027-07-05T10:30"},
            "A moves to Mon 5 Jul, 09:00, until 10:30, Popov; "
            "it was on Mon 5 Jul, 09:00, until 09:50, Popov.",
        ),
    ],
)
def test_another_length_is_told_and_alone_is_no_move(after: Any, told: str) -> None:
    (change,) = changes_between({"a": _place()}, {"a": after})
    sentence = queries.sentence_of_change(change)
    assert sentence.translate({0x2068: None, 0x2069: None}) == told


def test_an_end_is_told_by_the_clock_of_its_reader() -> None:
    (change,) = changes_between(
        {"a": _place()}, {"a": _place() | {"ends": "2027-07-05T09:30"}}
    )
    forum, cairo = ZoneInfo("Europe/Zurich"), ZoneInfo("Africa/Cairo")
    sentence = queries.sentence_of_change(change, forum=forum, reader=cairo)
    assert "10:00, now ends at 10:30; it ended at 10:50." in sentence


@pytest.fixture
def plan(edition: Edition) -> Plan:
    return make_plan(edition)


def _placed(plan: Plan, words: str, starts_at: datetime, room: Any) -> Session:
    session = make_planned(plan.edition, words)
    Placement.objects.create(plan=plan, session=session, room=room, starts_at=starts_at)
    return session


def _speaker(session: Session, email: str, **facts: Any) -> Speaker:
    speaker = Speaker.objects.create(
        slug=email.partition("@")[0], name=email, email=email, **facts
    )
    Seat.objects.create(session=session, speaker=speaker, state="confirmed")
    return speaker


def _release(plan: Plan, note: str = "") -> Any:
    release = operations.release_plan(plan=plan, note=note, released_by=None, at=NOW)
    operations.tell_of_release(release=release, at=NOW)
    return release


def test_a_release_lets_everybody_read_the_sessions_of_its_plan(plan: Plan) -> None:
    session = _placed(plan, "Oases", NINE, make_room(plan.edition, "Popov"))
    assert list(queries.sessions_of(edition=plan.edition)) == []
    assert _release(plan).number == 1
    (shown,) = queries.sessions_of(edition=plan.edition)
    assert (shown.pk, shown.starts_at, shown.ends_at, shown.place) == (
        session.pk,
        time(9),
        time(10),
        "Popov",
    )


def test_only_those_whose_session_changed_are_told_in_their_language_and_time(
    plan: Plan,
) -> None:
    popov = make_room(plan.edition, "Popov")
    moving = _placed(plan, "Oases", NINE, popov)
    staying = _placed(plan, "Deserts", ELEVEN, popov)
    amina = make_person(email="amina@example.org", language="ar")
    _speaker(moving, "amina@example.org", person=amina, timezone="Africa/Cairo")
    _speaker(staying, "boris@example.org")
    cannot = _speaker(moving, "cannot@example.org")
    Seat.objects.filter(speaker=cannot).update(state="declined")
    Bookmark.objects.create(person=make_outsider(), session=moving, made_at=NOW)
    _release(plan)
    Message.objects.all().delete()
    Placement.objects.filter(session=moving).update(room=make_room(plan.edition, "K"))
    _release(plan)
    told = {message.to_email: message for message in Message.objects.all()}
    assert set(told) == {"amina@example.org", make_outsider_email()}
    assert told["amina@example.org"].language == "ar"
    # 9:00 in Geneva is 10:00 in Cairo: both have summer time in July.
    assert "10:00" in told["amina@example.org"].body
    assert "09:00" in told[make_outsider_email()].body


def test_everybody_whose_session_it_is_is_told_once(plan: Plan) -> None:
    of_net, of_rivers = make_organisation("Net"), make_organisation("Rivers")
    amina = make_person(email="amina@example.org", organisation=of_net)
    make_person(email="boris@example.org", organisation=of_net)
    make_person(email="asked@example.org", organisation=of_rivers)
    chen = make_person(email="chen@example.org")
    whole = make_proposal(plan.edition, submitted_by=amina)
    make_proposal(plan.edition, submitted_by=chen, merged_into=whole, state="merged")
    for organisation, accepted_at in ((of_net, NOW), (of_rivers, None)):
        whole.organisers.create(
            organisation=organisation,
            asked_at=NOW,
            accepted_at=accepted_at,
        )
    session = _placed(plan, "Oases", NINE, make_room(plan.edition))
    Session.objects.filter(pk=session.pk).update(proposal=whole)
    _release(plan)
    told = sorted(message.to_email for message in Message.objects.all())
    assert told == ["amina@example.org", "boris@example.org", "chen@example.org"]


def make_outsider_email() -> str:
    return "eve@example.org"


def test_letters_about_a_release_are_written_once(plan: Plan) -> None:
    session = _placed(plan, "Oases", NINE, make_room(plan.edition))
    _speaker(session, "boris@example.org")
    release = _release(plan)
    assert operations.tell_of_release(release=release, at=NOW) == 0
    assert Message.objects.count() == 1


def test_a_release_that_cannot_be_told_silences_no_other(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, releases = make_room(plan.edition), []
    for words, starts in (("Oases", NINE), ("Deserts", ELEVEN)):
        _speaker(_placed(plan, words, starts, room), f"{words}@example.org".casefold())
        releases.append(operations.release_plan(plan=plan, released_by=None, at=NOW))
    tell = operations.tell_of_release

    def tell_but_the_first(*, release: Release, at: datetime) -> int:
        if release == releases[0]:
            raise ValueError("broken")
        return tell(release=release, at=at)

    monkeypatch.setattr(operations, "tell_of_release", tell_but_the_first)
    with pytest.raises(ExceptionGroup, match="1 failed") as raised:
        tell_of_releases.func()

    assert [str(one) for one in raised.value.exceptions] == ["broken"]
    assert [letter.to_email for letter in Message.objects.all()] == [
        "deserts@example.org"
    ]
    assert queries.untold_releases() == [releases[0]]


def test_releasing_what_nobody_changed_is_refused(plan: Plan) -> None:
    _placed(plan, "Oases", NINE, make_room(plan.edition))
    _release(plan)
    with pytest.raises(NothingToRelease):
        _release(plan)


def test_only_the_plan_that_is_worked_on_is_released(plan: Plan) -> None:
    edition = plan.edition
    copy = operations.begin_plan(
        edition=edition, name="B", copy_of=plan, made_by=None, at=NOW
    )
    _placed(copy, "Oases", NINE, make_room(edition))

    with pytest.raises(PlanNotCurrent):
        _release(copy)
    operations.make_current(plan=copy, made_by=None, at=NOW)
    with pytest.raises(PlanNotCurrent):
        _release(plan)
    assert queries.releases_of(edition) == []
    assert _release(copy).number == 1


def test_a_plan_that_was_removed_meanwhile_is_not_released(plan: Plan) -> None:
    gone = operations.begin_plan(edition=plan.edition, name="B", made_by=None, at=NOW)
    seen = Plan.objects.get(pk=gone.pk)
    operations.remove_plan(plan=gone, removed_by=None, at=NOW)

    with pytest.raises(PlanGone):
        _release(seen)


def test_a_plan_with_two_sessions_in_one_room_at_once_is_not_released(
    plan: Plan,
) -> None:
    room = make_room(plan.edition)
    _placed(plan, "Oases", NINE, room)
    _placed(plan, "Deserts", NINE, room)
    with pytest.raises(NotReleasable):
        _release(plan)
    assert queries.releases_of(plan.edition) == []


def test_old_releases_stay_readable_as_they_were(plan: Plan) -> None:
    session = _placed(plan, "Oases", NINE, make_room(plan.edition, "Popov"))
    first = _release(plan)
    Placement.objects.filter(session=session).update(starts_at=ELEVEN)
    second = _release(plan, note="An hour later")
    ((_day, (was,)),) = queries.released_days(first)
    ((_same, (now,)),) = queries.released_days(second)
    assert (was.starts.hour, was.change) == (9, "")
    assert (now.starts.hour, now.change) == (11, "moved")


def test_a_note_turns_no_words_around_and_is_no_book(plan: Plan) -> None:
    _placed(plan, "Oases", NINE, make_room(plan.edition))
    with pytest.raises(WordsTooMany):
        _release(plan, note="a" * 100_000)
    assert "\u202e" not in _release(plan, note="\u202eAn hour later").note


def test_a_session_that_left_the_plan_keeps_its_page_without_a_place(
    plan: Plan,
) -> None:
    room = make_room(plan.edition)
    session = _placed(plan, "Oases", NINE, room)
    _placed(plan, "Deserts", ELEVEN, room)
    _release(plan)
    Placement.objects.filter(session=session).delete()
    release = _release(plan)
    session.refresh_from_db()
    assert (session.is_public, session.held_on, session.place) == (True, None, "")
    assert [change.kind for change in queries.changes_of(release)] == ["removed"]


@pytest.mark.parametrize("n_sessions", [1, 3])
@pytest.mark.parametrize("name", ["releases/", "releases/1/"])
def test_release_pages_ask_as_much_for_three_sessions_as_for_one(
    plan: Plan,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    n_sessions: int,
    name: str,
) -> None:
    room = make_room(plan.edition)
    for n in range(n_sessions):
        _placed(plan, f"Oases {n}", NINE.replace(hour=7 + n), room)
    _release(plan)
    with django_assert_max_num_queries(8):
        response = client.get(f"/ar/programme/{plan.edition.slug}/{name}")
    assert response.status_code == 200


def test_there_is_no_page_of_a_release_that_never_was(
    edition: Edition, client: Client
) -> None:
    response = client.get(f"/en/programme/{edition.slug}/releases/7/")
    assert response.status_code == 404


@pytest.mark.parametrize("page", ["releases/", "releases/1/", "speakers/amina/"])
def test_hours_say_by_whose_clock_they_are(
    client: Client, plan: Plan, page: str
) -> None:
    _speaker(_placed(plan, "Oases", NINE, make_room(plan.edition, "P")), "amina@x.org")
    _release(plan)

    shown = client.get(f"/en/programme/{plan.edition.slug}/{page}").content.decode()

    assert "Times of " in shown
    assert "(UTC+2)" in shown


@pytest.mark.parametrize(
    ("page", "is_known"),
    [("releases/", False), ("releases/1/", True), ("speakers/amina/", False)],
)
def test_where_no_day_is_known_hours_do_not_say_how_far_from_utc(
    client: Client, plan: Plan, page: str, is_known: bool
) -> None:
    _speaker(_placed(plan, "Oases", NINE, make_room(plan.edition, "P")), "amina@x.org")
    _release(plan)
    Edition.objects.update(starts_on=None, ends_on=None)

    shown = client.get(f"/en/programme/{plan.edition.slug}/{page}").content.decode()

    assert "Times of " in shown
    # A release knows the days of its own sessions.
    assert ("(UTC+2)" in shown) == is_known
