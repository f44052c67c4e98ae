"""Saving a draft's form, as browsers and bad input send it."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import (
    Evidence,
    Place,
)
from montada.stocktaking.models import ProjectVersion
from montada.stocktaking.web.record_fields import NumberField
from tests.factories.entries import SUMMARY, a_draft
from tests.stocktaking.drafting import address, kept, post, rows, shown
from tests.stocktaking.uploading import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def omar(client: Client, owner: Person) -> Client:
    client.force_login(owner)
    return client


class TestSaving:
    def test_it_is_kept_and_shown_again(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        answer = post(
            omar,
            draft,
            language="ar",
            title="آبار بالهاتف",
            summary="وصف قصير",
            goals=["6", "9"],
            targets="6.1, 9.C",
            objectives=["1"],
            **rows("contacts", {"name": "Nadia", "email": "nadia@example.org"}),
        )

        assert answer.headers["Location"] == address(draft)
        assert kept(draft).title == LocalizedText.of("ar", "آبار بالهاتف")
        assert queries.chosen_labels(draft) == {
            "action_lines": ["C2"],
            "goals": ["6", "9"],
            "targets": ["6.1", "9.c"],
            "objectives": ["1"],
        }
        said = shown(omar, draft)
        assert 'value="آبار بالهاتف"' in said
        assert "The draft was saved." in said
        assert "nadia@example.org" in said

    @pytest.mark.parametrize(
        ("written", "amount"),
        [
            ("12500.75", "12500.75"),
            ("12,500.75", "12500.75"),
            ("12 500,75", "12500.75"),
            ("12\u202f500", "12500"),
            ("1,234,567", "1234567"),
            ("1,5", "1.5"),
            ("١٢٬٥٠٠٫٧٥", "12500.75"),
            ("١٢٥٠٠", "12500"),
            ("١٢،٥", "12.5"),
        ],
    )
    def test_numbers_are_read_as_people_write_them(
        self, written: str, amount: str
    ) -> None:
        assert NumberField("Budget").clean(written) == Decimal(amount)

    def test_amounts_in_arabic_digits_are_kept(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        told = rows("evidence", {"indicator": "Wells", "value": "٣٫٥"})
        post(omar, draft, budget="١٢٬٥٠٠", currency="egp", **told)

        money = kept(draft).money
        assert (money.budget, money.currency) == (Decimal(12500), "EGP")
        assert draft.record.evidence == (Evidence("Wells", value=Decimal("3.5")),)

    def test_a_row_is_added_and_what_was_typed_stays(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        answer = post(
            omar,
            draft,
            action="add:evidence",
            **rows("evidence", {"indicator": "Wells", "value": "many"}),
        )

        said = answer.content.decode()
        assert answer.status_code == 200
        assert 'name="evidence-1-indicator"' in said
        assert 'value="Wells"' in said
        assert 'value="many"' in said
        assert kept(draft).evidence == (Evidence("Wells"),)

    def test_emptied_rows_are_gone(
        self, omar: Client, owner: Person, now: datetime
    ) -> None:
        draft = a_draft(owner, at=now, evidence=(Evidence("A"), Evidence("B")))

        post(omar, draft, **rows("evidence", {"indicator": ""}, {"indicator": "B"}))

        assert kept(draft).evidence == (Evidence("B"),)

    def test_lists_that_were_not_sent_stay(
        self, omar: Client, owner: Person, now: datetime
    ) -> None:
        draft = a_draft(owner, at=now, evidence=(Evidence("A"),), places=(Place("B"),))
        contact = {"name": "Nadia", "email": "", "phone": "", "position": ""}
        operations.set_contacts(version=draft, contacts=[contact], set_by=owner)

        for broken in ({}, {"evidence-TOTAL_FORMS": "many"}):
            post(omar, draft, revision=f"{draft.revision}", **broken)
            assert kept(draft).evidence == (Evidence("A"),)
            assert draft.record.places == (Place("B"),)
        assert queries.rows_of(draft, "contacts") == [contact]

    def test_no_more_rows_than_a_form_has(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        told = rows("evidence", {"indicator": "Wells"}, total=10**12)
        answer = post(omar, draft, **told)

        said = answer.content.decode()
        assert answer.status_code == 422
        assert "at most 30 forms" in said
        assert said.count('name="evidence-29-indicator"') == 1
        assert kept(draft).evidence == (Evidence("Wells"),)

    def test_evidence_leads_to_a_file_of_the_project(
        self, omar: Client, draft: ProjectVersion, now: datetime, owner: Person
    ) -> None:
        assert 'name="evidence-0-file_id"' not in shown(omar, draft)
        file = operations.add_file(
            project=draft.project,
            file=ContentFile(PDF, "report.pdf"),
            description="",
            added_by=owner,
            at=now,
        )

        assert f'<option value="{file.pk}">report.pdf</option>' in shown(omar, draft)
        told = {"indicator": "Wells", "file_id": f"{file.pk}"}
        post(omar, draft, **rows("evidence", told))
        assert kept(draft).evidence == (Evidence("Wells", file_id=file.pk),)
        others = {"indicator": "Wells", "file_id": f"{file.pk + 1}"}
        answer = post(omar, draft, revision="1", **rows("evidence", others))
        assert answer.status_code == 422


class TestBrokenInput:
    @pytest.mark.parametrize(
        "told",
        [
            {
                "title": ("Wells\x00", "Null characters are not allowed."),
                "organisation_name": ("x" * 301, "at most 300 characters"),
                "entry_type": ("castle", "castle is not one of the available"),
                "country_id": ("XXX", "XXX is not one of the available choices"),
                "action_lines": (["C99"], "C99 is not one of the available choices"),
                "goals": (["18"], "18 is not one of the available choices"),
                "targets": ("99.9, 6.1", "There is no target 99.9."),
                "starts_on": ("31.02.2026", "Enter a valid date."),
                "budget": ("much", "Enter a number."),
                "funded": ("1e400", "no more than 18 digits"),
                "own_share": ("12.500,75", "Enter a number."),
                "currency": ("E$", "A currency has three letters"),
                "website": ("x" * 501, "at most 500 characters"),
            },
            {
                "title": ("x" * 401, "at most 400 characters"),
                "summary": ("\x00", "Null characters are not allowed."),
                "language": ("xx", "xx is not one of the available choices"),
                "goals": (["\x00"], "is not one of the available choices"),
                "targets": ("\x00", "Null characters are not allowed."),
                "budget": ("NaN", "Enter a number."),
                "currency": ("جنيه", "at most 3 characters"),
            },
        ],
        ids=["many", "others"],
    )
    def test_what_cannot_be_stored_is_told_and_the_rest_is_saved(
        self, omar: Client, draft: ProjectVersion, told: dict[str, tuple[Any, str]]
    ) -> None:
        before = queries.chosen_labels(draft)
        values = {name: value for name, (value, _said) in told.items()}

        answer = post(omar, draft, status="ongoing", **values)

        assert answer.status_code == 422
        errors = answer.context["form"].errors
        assert errors.keys() == told.keys()
        for name, (_value, words) in told.items():
            assert words in errors[name][0]
        assert kept(draft).status == "ongoing"
        # What was broken stays as it was: nothing is lost by a slip.
        draft.project.refresh_from_db()
        assert draft.project.country_id == "EGY"
        assert draft.organisation_name == "Ministry of Water"
        assert str(draft.record.title) == "Wells by telephone"
        assert str(draft.record.summary) == SUMMARY
        assert draft.record.entry_type == "project"
        assert queries.chosen_labels(draft) == before

    @pytest.mark.parametrize(
        ("parts", "told"),
        [
            (
                {
                    "summary": "ب " * 50_000,
                    "aims": "الآبار في الواحات",
                    "ends_on": "1815-06-18",
                    "budget": "5",
                    "website": "javascript:alert(1)",
                    **rows("evidence", {"indicator": "Wells"}),
                    **rows("places", {"name": "Siwa", "latitude": "29.2"}),
                },
                [
                    "This text has 99999 characters; there is room for 20000.",
                    "These words do not look like English.",
                    "The year 1815 cannot be meant.",
                    "Write the whole address as a browser shows it;",
                    "“Wells” needs a value, or a baseline.",
                    "Say in which currency the amounts are.",
                    "“Siwa” has only one of its two coordinates:",
                ],
            ),
            (
                {
                    "starts_on": "2026-02-01",
                    "ends_on": "2026-01-01",
                    "budget": "-5",
                    "currency": "EGP",
                    **rows("evidence", {"value": "3"}),
                    **rows("places", {"name": "X", "latitude": "99", "longitude": "1"}),
                },
                [
                    "The last day lies before the first.",
                    "Say what was measured.",
                    "Amounts are neither negative nor above 10¹⁵.",
                    "“X” is not on Earth:",
                ],
            ),
        ],
        ids=["many", "others"],
    )
    def test_a_broken_rule_is_saved_and_told_beside_its_field(
        self,
        omar: Client,
        draft: ProjectVersion,
        parts: dict[str, str],
        told: list[str],
    ) -> None:
        answer = post(omar, draft, **parts)

        assert answer.status_code == 302
        said = re.findall(r'<p class="error"[^>]*>([^<]*)</p>', shown(omar, draft))
        assert [
            one[: len(words)] for one, words in zip(said, told, strict=True)
        ] == told

    def test_a_broken_row_keeps_what_is_not_broken(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        answer = post(
            omar,
            draft,
            **rows("evidence", {"indicator": "Wells", "value": "many", "unit": "m"}),
            **rows("contacts", {"name": "Nadia", "email": "nobody"}),
            **rows("places", {"name": "Siwa", "country_id": "XXX", "latitude": "x"}),
        )

        said = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="many"' in said
        assert kept(draft).evidence == (Evidence("Wells", unit="m"),)
        assert draft.record.places == (Place("Siwa"),)
        assert queries.rows_of(draft, "contacts")[0]["name"] == "Nadia"

    @pytest.mark.parametrize(
        "revision", ["", "-1", "1", "²", "x", "\x00", "9" * 40, "0 "]
    )
    def test_a_revision_that_nobody_saw_saves_nothing(
        self, omar: Client, draft: ProjectVersion, revision: str
    ) -> None:
        typing = {"HX-Request": "true"}
        answer = post(omar, draft, title="Other", revision=revision, headers=typing)

        assert "Omar saved this draft while" in answer.content.decode()
        assert str(kept(draft).title) == "Wells by telephone"

    def test_actions_that_nobody_offered_do_nothing(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        statuses = {
            "accept:goal/3": 302,
            "accept:goal/99": 302,
            "refuse:action_line/\x00": 302,
            "accept:castle/3": 404,
            "accept": 404,
            "add:castle": 302,
            "dance": 302,
            "": 302,
        }

        found = {
            action: post(omar, draft, action=action, revision=f"{n}").status_code
            for n, action in enumerate(statuses)
        }

        assert found == statuses
        draft.refresh_from_db()
        assert queries.chosen_labels(draft)["goals"] == []

    def test_nothing_at_all_is_a_draft_too(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        answer = omar.post(address(draft), {"revision": "0"})

        assert answer.status_code == 422
        assert "This field is required." in answer.content.decode()
