"""The pages of a draft: who comes in, what is shown, where they lead."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from montada.language.engine.text import LocalizedText, TextState, Wording
from montada.participation.models import Person
from montada.stocktaking import operations
from montada.stocktaking.engine.record import (
    Evidence,
    Money,
    Partner,
    Place,
    ProjectRecord,
    Replication,
)
from montada.stocktaking.models import Project, ProjectVersion
from montada.stocktaking.operations.showing import publish_version
from tests.factories.entries import a_draft, a_record, an_entry
from tests.factories.labels import suggest
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.stocktaking.drafting import address, filled_in, kept, post, sent, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def omar(client: Client, owner: Person) -> Client:
    client.force_login(owner)
    return client


class TestDoors:
    def test_visitors_sign_in_first(
        self, client: Client, draft: ProjectVersion
    ) -> None:
        for page in ("", "read/", "files/", "discard/", "receipt/"):
            for answer in (
                client.get(address(draft) + page),
                client.post(address(draft) + page),
            ):
                assert (page, answer.status_code) == (page, 302)
                assert "/account/login/" in answer.headers["Location"]
        assert client.get("/en/projects/new/").status_code == 302
        assert client.post("/en/projects/new/").status_code == 302
        assert client.get("/en/projects/mine/").status_code == 302

    def test_others_do_not_learn_which_drafts_there_are(
        self, client: Client, draft: ProjectVersion
    ) -> None:
        client.force_login(make_person("Eve"))

        for pk in (draft.pk, draft.pk + 1000):
            for page in ("", "read/", "files/", "discard/", "receipt/"):
                url = f"/en/projects/drafts/{pk}/{page}"
                assert client.get(url).status_code == 404
                assert client.post(url, sent()).status_code == 404
        url = f"/en/projects/{draft.project.slug}/edit/"
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 404
        assert str(kept(draft).title) == "Wells by telephone"


class TestBeginning:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_reading_the_page_begins_nothing_and_a_press_does(
        self, omar: Client, language: str
    ) -> None:
        page = f"/{language}/projects/new/"

        assert omar.get(page).status_code == 200
        assert Project.objects.count() == 0
        answer = omar.post(page)

        version = ProjectVersion.objects.get()
        assert answer.headers["Location"] == address(version, language)
        assert f'lang="{language}"' in shown(omar, version, language)

    def test_it_begins_with_what_is_known_of_its_owner(
        self, omar: Client, owner: Person
    ) -> None:
        owner.organisation = make_organisation(
            "Oasis Union", country_id="EGY", stakeholder_group_id="civil"
        )
        owner.save()

        omar.post("/en/projects/new/")

        version = ProjectVersion.objects.get()
        assert version.organisation_name == "Oasis Union"
        assert version.project.country_id == "EGY"
        assert version.project.stakeholder_group_id == "civil"

    def test_my_projects_lead_on(
        self, omar: Client, owner: Person, draft: ProjectVersion, now: datetime
    ) -> None:
        entry = an_entry(owner, at=now, title="Sent")
        done = an_entry(owner, at=now, title="Public", group="civil")
        publish_version(version=done, published_by=None, at=now)
        done.project.refresh_from_db()

        said = omar.get("/en/projects/mine/").content.decode()

        assert f'<a href="{address(draft)}">Go on writing</a>' in said
        assert f'<a href="{address(entry)}">Receipt</a>' in said
        edit = f"/en/projects/{done.project.slug}/edit/"
        assert f'<a href="{edit}">Write a new version</a>' in said
        assert omar.get(edit).status_code == 200
        assert done.project.versions.count() == 1
        answer = omar.post(edit)
        second = done.project.versions.get(number=2)
        assert answer.headers["Location"] == address(second)
        assert omar.get(edit).headers["Location"] == address(second)
        assert "Write a new version</h1>" in shown(omar, second)


class TestReading:
    @pytest.mark.parametrize("n", [1, 3])
    def test_statements_do_not_grow_with_rows(
        self, omar: Client, owner: Person, now: datetime, n: int
    ) -> None:
        draft = a_draft(
            owner,
            at=now,
            evidence=tuple(Evidence(f"Wells {i}") for i in range(n)),
            partners=tuple(Partner(f"Partner {i}") for i in range(n)),
            places=tuple(Place(f"Place {i}", "EGY") for i in range(n)),
        )
        suggest(draft, *[f"{i + 1}" for i in range(n)], at=now)

        with CaptureQueriesContext(connection) as captured:
            said = shown(omar, draft)

        # Six cells of each row and of an empty one, four numbers of the list.
        assert said.count('name="evidence-') == 6 * (n + 1) + 4
        # Seven of them read the framework and the edition: remembered elsewhere.
        assert len(captured) == 29

    def test_everything_that_is_stored_can_be_sent_back_unchanged(
        self, omar: Client, owner: Person, now: datetime
    ) -> None:
        record = a_record(
            aims=LocalizedText(
                "en",
                {
                    "en": Wording("One\nTwo"),
                    "ar": Wording("واحد", TextState.APPROVED, owner.pk),
                },
            ),
            results=LocalizedText.of("fr", "Des puits"),
            starts_on=date(2026, 1, 5),
            beneficiaries=("women", "rural"),
            website="https://example.org/",
            money=Money(Decimal("12500.75"), "EGP", Decimal(5), donors=("A", "B")),
            replication=Replication(skills="None"),
            evidence=(
                Evidence("Wells", Decimal("0.5"), Decimal(3), "m", date(2026, 2, 1)),
            ),
            partners=(Partner("ITU", "Advice", "CHE"),),
            places=(Place("Siwa", "EGY", 29.203166666666668, 25.519545),),
        )
        parts = {name: getattr(record, name) for name in record.__slots__}
        parts.pop("title")
        draft = a_draft(owner, at=now, **parts)

        for language in ("fr", "ar"):
            draft.refresh_from_db()
            page = omar.get(address(draft, language))
            answer = omar.post(address(draft, language), filled_in(page))
            assert answer.status_code == 302
            assert kept(draft) == record

    def test_words_of_people_are_words(
        self, omar: Client, draft: ProjectVersion, now: datetime
    ) -> None:
        tricky = '"><script>alert(1)</script>'
        suggest(draft, "3", at=now)
        post(omar, draft, title=tricky, organisation_name=tricky)

        for page in (address(draft), address(draft) + "discard/", "/en/projects/mine/"):
            said = omar.get(page).content.decode()
            assert (page, "<script>alert" in said) == (page, False)
        assert "&lt;script&gt;alert" in shown(omar, draft)

    def test_a_title_in_an_unknown_language_is_written_in_the_readers(
        self, omar: Client, owner: Person, now: datetime
    ) -> None:
        title = LocalizedText.of("und", "Puits")
        draft = operations.begin_project(
            record=ProjectRecord(title=title), begun_by=owner, at=now
        )

        assert '<option value="fr" selected>' in shown(omar, draft, "fr")


class TestSending:
    def test_what_is_missing_is_told_beside_the_fields_and_words_stay(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        answer = post(omar, draft, action="send", summary="Two words", action_lines=[])

        said = answer.content.decode()
        assert answer.status_code == 422
        assert "The entry cannot be sent yet" in said
        assert re.findall(r'<p class="error">([^<]*)</p>', said) == [
            "Write at least 20 words; there are 2 so far.",
            "This is needed before you can send the entry.",
        ]
        assert ">Two words</textarea>" in said.replace("\n", "")
        draft.refresh_from_db()
        assert draft.state == "draft"

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_a_whole_entry_gets_its_receipt(
        self, omar: Client, draft: ProjectVersion, language: str
    ) -> None:
        answer = post(omar, draft, action="send", page=language)

        receipt = f"{address(draft, language)}receipt/"
        assert answer.headers["Location"] == receipt
        draft.refresh_from_db()
        said = omar.get(receipt).content.decode()
        assert draft.receipt in said
        # The form leads there from now on, and changes nothing.
        assert omar.get(address(draft, language)).headers["Location"] == receipt
        again = post(omar, draft, action="send", page=language)
        assert again.headers["Location"] == receipt
        assert post(omar, draft, title="Other", revision="1").status_code == 409
        assert str(kept(draft).title) == "Wells by telephone"

    def test_a_draft_has_no_receipt_yet(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        answer = omar.get(address(draft) + "receipt/")

        assert answer.headers["Location"] == address(draft)


class TestDiscarding:
    def test_it_is_asked_first(self, omar: Client, draft: ProjectVersion) -> None:
        page = address(draft) + "discard/"

        assert "everything you wrote will be gone" in omar.get(page).content.decode()
        assert ProjectVersion.objects.count() == 1
        assert omar.post(page).headers["Location"] == "/en/projects/mine/"
        assert Project.objects.count() == 0

    def test_what_was_sent_stays(
        self, omar: Client, owner: Person, now: datetime
    ) -> None:
        entry = an_entry(owner, at=now)

        omar.post(address(entry) + "discard/")

        said = omar.get("/en/projects/mine/").content.decode()
        assert "This version was sent" in said
        assert ProjectVersion.objects.count() == 1
