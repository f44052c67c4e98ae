"""Languages by address, answers from memory while nothing changed, a strict policy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, RequestFactory

from montada.audit import operations as audit
from montada.consultation import operations as consultation
from montada.framework import queries as framework
from montada.site.queries import stamp
from montada.site.web.errors import server_error
from tests.factories.consultation import an_open_edition, call_of
from tests.factories.edition import make_edition, make_phase

pytestmark = pytest.mark.django_db

MEMORY = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    for name in ("default", "pages")
}


def test_the_root_is_arabic_until_somebody_chooses(client: Client) -> None:
    assert client.get("/")["Location"] == "/ar/"

    chosen = client.get("/language/fr/?next=/ar/matrix/")

    assert chosen["Location"] == "/fr/matrix/"
    assert client.get("/")["Location"] == "/fr/"


def test_what_the_browser_wishes_is_not_asked(client: Client) -> None:
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/ar/"


def test_a_choice_leads_nowhere_else(client: Client) -> None:
    answer = client.get("/language/en/?next=https://elsewhere.example/")

    assert answer["Location"] == "/en/"


@pytest.mark.parametrize("path", ["/xx/", "/language/xx/", "/ar/nothing-here/"])
def test_what_does_not_exist_is_a_clear_page(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "لا توجد هذه الصفحة" in answer.content.decode()


def test_every_answer_carries_the_policy(client: Client) -> None:
    policy = client.get("/ar/matrix/")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_an_unchanged_page_costs_no_bytes(client: Client) -> None:
    first = client.get("/ar/matrix/")

    again = client.get("/ar/matrix/", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_decision_makes_every_page_new(client: Client, now: datetime) -> None:
    first = client.get("/ar/matrix/")
    line = framework.action_line("C2")
    assert line
    audit.record(action="a.b", actor=None, subject=line, at=now)

    again = client.get("/ar/matrix/", headers={"if-none-match": first["ETag"]})

    assert again.status_code == 200


def test_pages_are_answered_from_memory(
    client: Client, settings: object, django_assert_num_queries: object
) -> None:
    settings.CACHES = MEMORY  # type: ignore[attr-defined]
    caches["pages"].clear()
    first = client.get("/ar/matrix/")

    # The newest decision, phases and calls that opened: what the stamp is made of.
    with django_assert_num_queries(2):  # type: ignore[operator]
        again = client.get("/ar/matrix/")

    assert again.content == first.content
    caches["pages"].clear()


def test_another_language_is_another_page(client: Client) -> None:
    arabic, english = client.get("/ar/matrix/"), client.get("/en/matrix/")

    assert arabic["ETag"] != english["ETag"]
    assert (arabic["Content-Language"], english["Content-Language"]) == ("ar", "en")


def test_another_address_is_another_page(client: Client) -> None:
    # Pages, calendars and tables name themselves by the address they were asked at.
    one, other, again = (
        client.get("/ar/matrix/", headers={"Host": host})["ETag"]
        for host in ("testserver", "testserver:6666", "testserver")
    )

    assert one == again != other


@pytest.mark.django_db
def test_a_form_of_another_site_is_refused_in_the_language_of_the_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/ar/account/logout/")

    assert answer.status_code == 403
    assert '<html lang="ar" dir="rtl"' in answer.content.decode()
    assert "هذه الاستمارة قديمة" in answer.content.decode()


def test_the_stamp_changes_when_it_is_midnight_in_geneva() -> None:
    # 22:00 UTC in summer: from then on pages say one day less.
    assert stamp(datetime(2027, 7, 1, 21, 59, tzinfo=UTC)) != stamp(
        datetime(2027, 7, 1, 22, tzinfo=UTC)
    )


def test_a_form_with_somebodys_token_is_never_kept_for_others(
    client: Client, settings: object
) -> None:
    settings.CACHES = MEMORY  # type: ignore[attr-defined]
    caches["pages"].clear()
    client.get("/ar/setup/")

    again = client.get("/ar/setup/")

    assert "csrfmiddlewaretoken" in again.content.decode()
    assert "ETag" not in again.headers


def test_a_message_that_waits_is_not_lost_behind_a_kept_page(
    client: Client, settings: object
) -> None:
    settings.CACHES = MEMORY  # type: ignore[attr-defined]
    caches["pages"].clear()
    client.get("/ar/matrix/")
    waiting = HttpResponse()
    request = RequestFactory().get("/")
    storage = CookieStorage(request)
    storage.add(messages.SUCCESS, "You signed out.")
    storage.update(waiting)
    client.cookies["messages"] = waiting.cookies["messages"].value

    answer = client.get("/ar/matrix/")

    assert "You signed out." in answer.content.decode()
    caches["pages"].clear()


class TestTheStampWithinAnHour:
    OPENS = datetime(2027, 3, 1, 9, 10, tzinfo=UTC)
    CLOSES = OPENS + timedelta(minutes=20)

    def stamps(self) -> list[str]:
        minutes = (-5, 0, 19, 20, 25)
        return [stamp(self.OPENS + timedelta(minutes=passed)) for passed in minutes]

    def test_it_changes_when_a_phase_opens_and_closes(self) -> None:
        make_phase(make_edition(), self.OPENS, self.CLOSES)

        before, opened, still_open, closed, after = self.stamps()

        assert before != opened == still_open != closed == after

    def test_it_changes_when_a_call_opens_and_closes(self) -> None:
        call = call_of(an_open_edition(self.OPENS - timedelta(days=9)))
        consultation.set_call(
            call=call,
            opens_at=self.OPENS,
            closes_at=self.CLOSES,
            intro=call.intro,
            set_by=None,
            at=self.OPENS,
        )

        before, opened, still_open, closed, after = self.stamps()

        assert before != opened == still_open != closed == after


def test_the_stamp_changes_with_the_day() -> None:
    assert stamp(datetime(2027, 3, 1, 23, 59, tzinfo=UTC)) != stamp(
        datetime(2027, 3, 2, tzinfo=UTC)
    )


def test_the_page_of_last_resort_leans_on_nothing(settings: object) -> None:
    # No assets were collected: every {% static %} would raise on this page too.
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        }
    }
    answer = server_error(RequestFactory().get("/en/"))

    assert answer.status_code == 500
    assert '<html lang="en" dir="ltr">' in answer.content.decode()
    assert "Something went wrong here" in answer.content.decode()
