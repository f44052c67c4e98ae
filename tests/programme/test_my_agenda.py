"""My agenda: keeping sessions, clashes, a plan by interests, an address for it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.test import Client

from montada.edition.models import Edition
from montada.framework.models import ActionLine, Goal
from montada.participation import operations as participation
from montada.programme import operations, queries
from montada.programme.models import Bookmark, Release, Session
from montada.programme.operations import NotToBeMarked, TooManyMarks
from tests.factories.edition import make_edition
from tests.factories.participation import make_person
from tests.factories.programme import make_planned, make_released

NOW = datetime(2027, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def edition(db: None) -> Edition:
    edition = make_edition()
    Release.objects.create(edition=edition, number=1, released_at=NOW)
    return edition


def released(
    edition: Edition,
    words: str,
    start: float,
    end: float,
    line: str = "",
    goal: int = 0,
) -> Session:
    """From and to hours of the first day."""
    hours: list[Any] = [time(int(h), round(h % 1 * 60)) for h in (start, end)]
    session = make_released(edition, words, starts_at=hours[0], ends_at=hours[1])
    session.action_lines.set(ActionLine.objects.filter(code=line))
    session.goals.set(Goal.objects.filter(number=goal))
    return session


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/en/programme/2027/mine/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_sessions_are_kept_once_and_let_go(edition: Edition) -> None:
    me, session = make_person(), released(edition, "Oases", 9, 10)
    for n_new in (1, 0):
        n = operations.mark_sessions(slugs=[session.slug], marked_by=me, at=NOW)
        assert n == n_new
    assert queries.marked_sessions(me, edition) == {session.pk}
    operations.unmark_session(slug=session.slug, unmarked_by=me)
    assert queries.marked_sessions(me, edition) == frozenset()


def test_only_what_is_published_and_takes_place_can_be_kept(edition: Edition) -> None:
    me, fine = make_person(), released(edition, "Fine", 9, 10)
    secret = make_planned(edition, "Secret")
    gone = make_released(edition, "Gone", is_cancelled=True)
    for slugs in ([secret.slug], [gone.slug], ["nowhere"], [], [fine.slug, "nowhere"]):
        with pytest.raises(NotToBeMarked):
            operations.mark_sessions(slugs=slugs, marked_by=me, at=NOW)
    many = [f"{n}" for n in range(301)]
    with pytest.raises(TooManyMarks):
        operations.mark_sessions(slugs=many, marked_by=me, at=NOW)
    assert Bookmark.objects.count() == 0


def test_buttons_keep_and_let_go_without_a_script(
    client: Client, edition: Edition
) -> None:
    session = released(edition, "Oases", 9, 10)
    client.force_login(make_person())
    address = f"/en/sessions/{session.slug}/"
    assert "Into my agenda" in client.get(address).content.decode()
    sent = {"s": session.slug, "back": "session"}
    response = client.post("/en/programme/2027/mine/mark/", sent, follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert "1 session is now in your agenda." in response.content.decode()
    assert "Oases" in page(client)
    assert "My agenda · 1 session" in client.get("/en/programme/2027/").content.decode()
    let_go = {"s": session.slug, "action": "unmark"}
    response = client.post("/en/programme/2027/mine/mark/", let_go, follow=True)
    assert "It is no longer in your agenda." in response.content.decode()
    assert "Nothing is in it yet." in page(client)


def test_a_refusal_is_said_and_nothing_is_kept(
    client: Client, edition: Edition
) -> None:
    client.force_login(make_person())
    response = client.post("/en/programme/2027/mine/mark/", {"s": "\x00"}, follow=True)
    assert "Only sessions that are published" in response.content.decode()
    assert Bookmark.objects.count() == 0


def test_who_is_not_signed_in_is_asked_to(client: Client, edition: Edition) -> None:
    response = client.post("/en/programme/2027/mine/mark/", {"s": "x"})
    assert response.headers["Location"].startswith("/en/account/login/")


def test_clashes_are_told(client: Client, edition: Edition) -> None:
    one = released(edition, "Oases", 9, 10)
    other = released(edition, "Deserts", 9.5, 10.5)
    after = released(edition, "Rivers", 10.5, 11)
    english = page(client, f"?s={one.slug}&s={other.slug}&s={after.slug}")
    assert english.count("you cannot be at all of both") == 1


def test_a_plan_holds_most_of_what_interests_and_says_why(edition: Edition) -> None:
    long = released(edition, "Long", 9, 10.5, line="C2")
    early = released(edition, "Early", 9, 9.75, line="C2", goal=4)
    late = released(edition, "Late", 9.75, 10.5, goal=4)
    released(edition, "Other", 11, 12, line="C9")
    agenda = queries.agenda_of(edition)
    interests = {"line": ["C2"], "goal": ["4"]}
    plan = queries.personal_plan(agenda, interests=interests)
    # 45 minutes × 2 interests + 45 × 1 = 135, more than 90 × 1.
    assert [(row.session.pk, row.interests) for row in plan] == [
        (early.pk, (("line", "C2"), ("goal", "4"))),
        (late.pk, (("goal", "4"),)),
    ]
    assert [[s.pk for s in row.instead_of] for row in plan] == [[long.pk], [long.pk]]
    # A mark weighs ten interests: 90 × (1 + 10) = 990.
    marked = queries.personal_plan(agenda, interests=interests, marked={long.pk})
    assert [(row.session.pk, row.is_marked) for row in marked] == [(long.pk, True)]


def test_a_plan_is_kept_with_one_button(client: Client, edition: Edition) -> None:
    first = released(edition, "First", 9, 10, line="C2")
    second = released(edition, "Second", 10, 11, line="C2")
    client.force_login(make_person())
    english = page(client, "?line=C2")
    assert "2 sessions, never two at once." in english
    assert "Chosen because:" in english
    assert "C2 – " in english
    client.post("/en/programme/2027/mine/mark/", {"s": [first.slug, second.slug]})
    assert Bookmark.objects.count() == 2


def test_a_plan_is_an_address_that_anybody_can_read(
    client: Client, edition: Edition
) -> None:
    session = released(edition, "First", 9, 10, line="C2")
    english = page(client, "?line=C2&zone=Asia/Tokyo")
    assert f'href="?s={session.slug}&amp;zone=Asia%2FTokyo"' in english
    handed_on = page(client, f"?s={session.slug}&zone=Asia/Tokyo")
    assert "First</a>" in handed_on
    assert "16:00" in handed_on


@pytest.mark.parametrize(
    "query", ["?s=%00&s=nowhere", "?line=C99", "?goal=%F0%9F%98%80"]
)
def test_what_does_not_exist_is_an_empty_plan(
    client: Client, edition: Edition, query: str
) -> None:
    released(edition, "First", 9, 10, line="C2")
    assert "First</a>" not in page(client, query)


def test_who_is_erased_keeps_no_agenda(edition: Edition) -> None:
    me, session = make_person(), released(edition, "Oases", 9, 10)
    operations.mark_sessions(slugs=[session.slug], marked_by=me, at=NOW)
    participation.erase_person(person=me, erased_by=me, at=NOW, reason="x")
    assert Bookmark.objects.count() == 0


@pytest.mark.parametrize("slug", ["", "a/b", "x y"])
def test_a_name_that_is_none_leads_to_the_agenda(
    client: Client, edition: Edition, slug: str
) -> None:
    client.force_login(make_person())
    sent = {"s": slug, "back": "session"}
    response = client.post("/en/programme/2027/mine/mark/", sent)
    assert response.headers["Location"] == "/en/programme/2027/mine/"


def test_what_was_cancelled_since_does_not_keep_the_rest_from_being_kept(
    client: Client, edition: Edition
) -> None:
    held = released(edition, "Held", 9, 10)
    gone = make_released(edition, "Gone", is_cancelled=True)
    client.force_login(make_person())
    form = page(client, f"?s={held.slug}&s={gone.slug}").split("mine/mark/")[1]
    sent = form.partition("</form>")[0]
    assert f'name="s" value="{held.slug}"' in sent
    assert gone.slug not in sent


def test_another_clock_keeps_the_whole_address_of_an_agenda(
    client: Client, edition: Edition
) -> None:
    slugs = [released(edition, f"At {hour}", hour, hour + 1).slug for hour in (9, 10)]
    query = "&".join(f"s={slug}" for slug in slugs)
    link = f"/en/programme/2027/clock/?page=mine&{query}"
    assert f'href="{link.replace("&", "&amp;")}"' in page(client, f"?{query}")
    form = client.get(link).content.decode()
    assert 'action="/en/programme/2027/clock/chosen/"' in form
    assert '<input type="hidden" name="page" value="mine">' in form
    assert all(f'name="s" value="{slug}"' in form for slug in slugs)
