"""Pages of an entry's life: the entry, the country's view, history, people, keeping."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from montada.participation.models import Person
from montada.stocktaking import operations
from montada.stocktaking.models import ProjectContact, ProjectVersion
from tests.factories.entries import (
    a_draft,
    a_focal_point,
    a_published,
    an_entry,
)
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db

EGYPT = "/en/projects/country/EGY/"


@pytest.fixture
def focal_point() -> Person:
    return a_focal_point("EGY", "Amina", timezone="Asia/Dubai")


@pytest.fixture
def entry(owner: Person, focal_point: Person, now: datetime) -> ProjectVersion:
    return an_entry(owner, at=now)


def sign_in(client: Client, person: Person) -> Client:
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def words(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return words(answer.content.decode())


def of_entry(entry: ProjectVersion, step: str = "") -> str:
    return f"/en/projects/versions/{entry.pk}/{step}"


def sent_by_button(client: Client, entry: ProjectVersion, step: str) -> dict[str, str]:
    """Return what a browser sends when the button of the entry's page is pressed."""
    found: Any = html.fromstring(client.get(of_entry(entry)).content.decode())
    form = next(one for one in found.forms if one.action == of_entry(entry, f"{step}/"))
    return dict(form.form_values())


# The entry


def test_a_stranger_is_led_to_the_sign_in_page(
    client: Client, entry: ProjectVersion
) -> None:
    answers = [client.get(of_entry(entry)), client.post(of_entry(entry, "endorse/"))]

    assert [a.headers["Location"].split("?")[0] for a in answers] == [
        "/en/account/login/"
    ] * 2


def test_only_those_inside_read_an_entry_and_only_its_author_a_draft(
    client: Client,
    entry: ProjectVersion,
    owner: Person,
    focal_point: Person,
    secretary: Person,
    now: datetime,
) -> None:
    draft = a_draft(owner, at=now, title="Not sent")
    everybody = (
        owner,
        focal_point,
        secretary,
        a_focal_point("TUN", "Basma"),
        make_person("Eve"),
    )

    def statuses(version: ProjectVersion) -> list[int]:
        address = of_entry(version)
        return [sign_in(client, p).get(address).status_code for p in everybody]

    assert statuses(entry) == [200, 200, 200, 403, 403]
    assert statuses(draft) == [200, 404, 404, 403, 403]


def test_a_focal_point_endorses_with_one_click_and_takes_it_back(
    client: Client, entry: ProjectVersion, focal_point: Person
) -> None:
    sign_in(client, focal_point)
    before = page(client, of_entry(entry))
    assert "until 15 March 2027, 23:59, Geneva time" in before
    assert "(16 March 2027, 02:59 by your own clock)" in before

    answer = client.post(of_entry(entry, "endorse/"), {"back": EGYPT}, follow=True)
    assert answer.redirect_chain == [(EGYPT, 302)]
    assert "Your country has endorsed the entry." in words(answer.content.decode())

    again = client.post(of_entry(entry, "endorse/"), {"back": "https://evil.example/"})
    assert again.headers["Location"] == of_entry(entry)
    assert "Your country has endorsed this version already." in page(
        client, of_entry(entry)
    )
    client.post(of_entry(entry, "take-back/"))
    assert entry.remarks.count() == 0


def test_a_refused_request_keeps_its_words(
    client: Client, entry: ProjectVersion, focal_point: Person, secretary: Person
) -> None:
    sign_in(client, focal_point)
    operations.endorse(version=entry, endorsed_by=focal_point, at=entry.written_at)

    answer = client.post(of_entry(entry), {"kind": "change", "text": "Name the oases."})

    assert (answer.status_code, "Name the oases." in answer.content.decode()) == (
        409,
        True,
    )


@pytest.mark.parametrize(
    ("kind", "text", "status"),
    [
        ("change", "", 409),
        ("change", "\x00", 200),
        ("change", "ا" * 100_000, 409),
        ("return", "Not yours", 409),
        ("endorse", "No such button", 200),
        ("comment", "🌴 <script>alert(1)</script>", 302),
    ],
)
def test_bad_words_are_a_clear_answer_and_nothing_half_done(
    client: Client,
    entry: ProjectVersion,
    focal_point: Person,
    kind: str,
    text: str,
    status: int,
) -> None:
    sign_in(client, focal_point)

    answer = client.post(of_entry(entry), {"kind": kind, "text": text})

    assert (answer.status_code, entry.remarks.count()) == (status, status == 302)
    entry.refresh_from_db()
    assert entry.state == "focal_point"
    assert "<script>alert" not in client.get(of_entry(entry)).content.decode()


def test_the_secretariat_sees_what_is_missing_and_publishes(
    client: Client, owner: Person, secretary: Person, now: datetime
) -> None:
    entry = an_entry(owner, at=now, group="civil")
    sign_in(client, secretary)
    assert "Wells by telephone" in page(client, "/en/projects/waiting/")
    shown = page(client, of_entry(entry))
    assert "To compete for a prize: 6 of 15" in shown

    client.post(of_entry(entry, "publish/"))

    assert "Nothing waits for the secretariat." in page(client, "/en/projects/waiting/")
    entry.refresh_from_db()
    assert (entry.state, entry.project.visibility) == ("published", "published")


@pytest.mark.parametrize("step", ["publish", "endorse"])
def test_nobody_decides_about_words_that_they_have_not_read(
    client: Client,
    owner: Person,
    focal_point: Person,
    secretary: Person,
    now: datetime,
    step: str,
) -> None:
    is_for_secretariat = step == "publish"
    group = "civil" if is_for_secretariat else "government"
    entry = an_entry(owner, at=now, group=group)
    state = entry.state
    sign_in(client, secretary if is_for_secretariat else focal_point)
    opened = sent_by_button(client, entry, step)
    operations.return_version(
        version=entry, text="Which oases?", returned_by=secretary, at=now
    )
    later = now + timedelta(hours=1)
    entry.refresh_from_db()
    operations.submit_version(version=entry, submitted_by=owner, at=later)

    answer = client.post(of_entry(entry, f"{step}/"), opened, follow=True)

    assert "The author has sent this entry again" in words(answer.content.decode())
    entry.refresh_from_db()
    assert (entry.state, entry.submitted_at) == (state, later)
    client.post(of_entry(entry, f"{step}/"), sent_by_button(client, entry, step))
    entry.refresh_from_db()
    assert entry.state != state


def test_contacts_are_shown_to_those_inside_alone(
    client: Client, owner: Person, secretary: Person, focal_point: Person, now: datetime
) -> None:
    project = a_published(owner, secretary, at=now)
    ProjectContact.objects.create(project=project, name="Hoda Salem")
    address = f"/en/projects/{project.slug}/people/"

    inside = [
        "Hoda Salem" in page(sign_in(client, p), address) for p in (owner, focal_point)
    ]
    sign_in(client, make_person("Eve"))

    assert (inside, client.get(address).status_code) == ([True, True], 403)
    assert "Hoda Salem" not in page(client, f"/en/projects/{project.slug}/history/")


# The country


def test_a_focal_point_sees_everything_that_was_sent_and_no_draft(
    client: Client,
    entry: ProjectVersion,
    owner: Person,
    focal_point: Person,
    secretary: Person,
    now: datetime,
) -> None:
    a_published(owner, secretary, at=now, title="In the register")
    a_draft(owner, at=now, title="Only begun")
    an_entry(owner, at=now, title="Tunisian", country_id="TUN")
    sign_in(client, focal_point)

    shown = page(client, EGYPT)
    narrowed = page(client, EGYPT + "?state=published")

    titles = ("Wells by telephone", "In the register", "Only begun", "Tunisian")
    assert [title in shown for title in titles] == [True, True, False, False]
    assert [title in narrowed for title in titles] == [False, True, False, False]
    assert "9 parts are missing" in shown
    assert client.get(EGYPT + "?state=draft").status_code == 404


def test_a_button_says_what_it_endorses_in_the_language_of_the_title(
    client: Client, entry: ProjectVersion, focal_point: Person
) -> None:
    shown = sign_in(client, focal_point).get(EGYPT.replace("en", "ar", 1))

    title = f'<bdi lang="en" dir="ltr">{entry.record.title}</bdi>'
    hidden = f'<span class="visually-hidden">: {title}</span>'
    assert hidden in shown.content.decode()


def test_a_countrys_view_is_for_those_who_speak_for_it(
    client: Client, focal_point: Person, secretary: Person
) -> None:
    everybody = (
        focal_point,
        secretary,
        a_focal_point("TUN", "Basma"),
        make_person("Eve"),
    )
    statuses = [sign_in(client, p).get(EGYPT).status_code for p in everybody]

    assert statuses == [200, 200, 403, 403]
    assert (
        sign_in(client, secretary).get("/en/projects/country/XXX/").status_code == 404
    )


def test_the_view_is_taken_home_as_a_table_without_formulas(
    client: Client, owner: Person, focal_point: Person, now: datetime
) -> None:
    entry = an_entry(owner, at=now, title="=HYPERLINK(1)")
    sign_in(client, focal_point)

    answer: Any = client.get(EGYPT + "entries.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert rows[0][:4] == ["Receipt", "Title", "Organisation", "Stands"]
    assert rows[1][:7] == [
        entry.receipt,
        "'=HYPERLINK(1)",
        "Ministry of Water",
        "With the national focal point",
        "2027-03-01",
        "2027-03-15 23:59",
        "no",
    ]


@pytest.mark.parametrize("address", [EGYPT, "/en/projects/waiting/"])
def test_lists_ask_as_often_for_three_rows_as_for_one(
    client: Client,
    owner: Person,
    focal_point: Person,
    secretary: Person,
    now: datetime,
    address: str,
) -> None:
    sign_in(client, secretary)

    def n_queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client, address)
        return len(asked)

    an_entry(owner, at=now, group="civil")
    n_queries()
    one = n_queries()
    an_entry(owner, at=now, group="civil", title="Second")
    an_entry(owner, at=now, group="civil", title="Third")

    assert n_queries() == one
