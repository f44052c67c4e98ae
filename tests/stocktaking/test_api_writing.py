"""Programs write drafts: the same steps as on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from montada.language.engine.text import TextState
from montada.stocktaking.models import Project, ProjectVersion
from tests.factories.entries import a_draft
from tests.factories.participation import make_person
from tests.stocktaking.programs import LIST, Program, a_whole, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def diego() -> Program:
    return Program(make_person("Diego"))


def test_a_project_is_begun_labelled_and_sent(diego: Program) -> None:
    begun = diego("post", LIST, a_whole())
    address = begun.headers["Location"]
    early = diego("post", f"{address}/submit")
    labels = {"labels": [{"axis": "action_line", "code": "C2"}]}
    diego("put", f"{address}/labels", labels)
    sent = diego("post", f"{address}/submit")

    assert (begun.status_code, begun.json()["state"]) == (201, "draft")
    assert [early.status_code, early.json()["code"]] == [409, "stocktaking.not_ready"]
    assert early.json()["errors"] == [
        {
            "in": "record",
            "field": "action_lines",
            "message": "This is needed before you can send the entry.",
        }
    ]
    version = ProjectVersion.objects.get()
    assert sent.json()["receipt"] == version.receipt
    assert sent.json()["labels"][0]["source"] == "author"
    assert (version.state, version.written_by) == ("secretariat", diego.person)


def test_the_second_of_two_savings_sees_both(diego: Program) -> None:
    address = diego("post", LIST, a_whole()).json()["url"]
    first = diego("put", address, a_whole(revision=0))
    second = diego("put", address, a_whole(revision=0, organisation="Another"))

    assert first.json()["revision"] == 1
    assert (second.status_code, second.json()["code"]) == (
        409,
        "stocktaking.saved_meanwhile",
    )
    assert ProjectVersion.objects.get().organisation_name == "Oasis Union"


def test_what_was_read_can_be_sent_back(diego: Program) -> None:
    record = {
        "title": text("Wells"),
        "money": {"budget": "12.50", "currency": "EGP", "donors": ["A", "B"]},
        "places": [{"name": "Siwa", "country_id": "EGY", "latitude": 29.2}],
        "evidence": [{"indicator": "Wells", "value": "3", "measured_on": "2026-01-05"}],
        "beneficiaries": ["women"],
    }
    read = diego("post", LIST, a_whole(record=record)).json()

    kept = ("record", "organisation", "country", "stakeholder_group", "revision")
    saved = diego("put", read["url"], {name: read[name] for name in kept})

    assert (saved.status_code, saved.json()["record"]) == (200, read["record"])


def test_a_translation_is_approved_only_by_who_approved_it(diego: Program) -> None:
    draft = a_draft(diego.person, at=timezone.now())
    title = draft.record.title.with_wording("ar", "آبار بالهاتف", TextState.DRAFT)
    draft.record = draft.record.with_texts({"title": title.approved("ar", by=7)})
    draft.save()
    address = f"{LIST}/drafts/{draft.pk}"
    read = diego("get", address).json()

    def saved(words: str, revision: int) -> Any:
        record = read["record"]
        record["title"]["wordings"]["en"]["text"] = words
        diego("put", address, a_whole(record=record, revision=revision))
        draft.refresh_from_db()
        return draft.record.title.wordings["ar"]

    same, other = saved("Wells by telephone", 0), saved("Wells", 1)
    assert (same.state, same.approved_by) == (TextState.APPROVED, 7)
    assert (other.state, other.approved_by) == (TextState.DRAFT, None)


def test_my_drafts_are_mine(diego: Program) -> None:
    mine = a_draft(diego.person, at=timezone.now())
    theirs = a_draft(make_person("Chen"), at=timezone.now())
    address = f"{LIST}/drafts/{theirs.pk}"

    found = diego("get", f"{LIST}/drafts").json()
    tries = [
        diego("get", address),
        diego("put", address, a_whole(revision=0)),
        diego("put", f"{address}/labels", {"labels": []}),
        diego("post", f"{address}/submit"),
        diego("delete", address),
    ]

    assert [row["id"] for row in found["results"]] == [mine.pk]
    assert [answer.status_code for answer in tries] == [404] * 5
    assert ProjectVersion.objects.get(pk=theirs.pk).revision == 0


def test_a_draft_is_thrown_away_with_its_project(diego: Program) -> None:
    address = diego("post", LIST, a_whole()).json()["url"]

    assert diego("delete", address).status_code == 204
    assert Project.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"record": {"titel": text("x")}}, "record.titel"),
        ({"record": {"title": "x"}}, "record.title"),
        ({"record": {"title": {"wordings": {"de": {"text": "x"}}}}}, None),
        ({"record": {"title": text("x" * 20_001)}}, "record.title.wordings.en.text"),
        ({"record": {"title": text("\ud800")}}, "record.title.wordings.en.text"),
        ({"record": {"website": "https://a\x00b"}}, "record.website"),
        ({"record": {"partners": [{"name": "\u202egnorW"}]}}, "record.partners.0.name"),
        ({"record": {"money": {"budget": "1e999"}}}, "record.money.budget"),
        ({"record": {"money": {"budget": "NaN"}}}, "record.money.budget"),
        ({"record": {"money": {"budget": -1}}}, "record.money.budget"),
        ({"record": {"starts_on": "0000-01-01"}}, "record.starts_on"),
        ({"record": {"places": [{"latitude": 90.1}]}}, "record.places.0.latitude"),
        ({"record": {"places": [{"country_id": "XYZ"}]}}, "record.places.0.country_id"),
        (
            {"record": {"evidence": [{"indicator": "x", "file_id": 1}]}},
            "record.evidence.0.file_id",
        ),
        ({"country": "XYZ"}, "country"),
        ({"stakeholder_group": "kings"}, "stakeholder_group"),
        ({"organisation": "x" * 301}, "organisation"),
        ({"more": 1}, "more"),
    ],
)
def test_broken_input_names_its_field_and_writes_nothing(
    diego: Program, change: dict[str, Any], field: str | None
) -> None:
    answer = diego("post", LIST, a_whole(**change))

    fields = {error["field"] for error in answer.json()["errors"]}
    assert answer.status_code == 422
    assert field is None or field in {name[: len(field)] for name in fields}
    assert Project.objects.count() == 0


@pytest.mark.parametrize(
    "label",
    [
        {"axis": "action_line", "code": "C99"},
        {"axis": "goal", "code": "18"},
        {"axis": "goal", "code": "four"},
        {"axis": "target", "code": "99.9"},
        {"axis": "objective", "code": "0"},
        {"axis": "mood", "code": "1"},
    ],
)
def test_a_label_that_nobody_knows_is_named(diego: Program, label: Any) -> None:
    draft = a_draft(diego.person, at=timezone.now())

    answer = diego("put", f"{LIST}/drafts/{draft.pk}/labels", {"labels": [label]})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"][:9] == "labels.0."
    draft.refresh_from_db()
    assert [one.code for one in draft.labels] == ["C2"]


def test_words_that_mislead_lose_their_signs(diego: Program) -> None:
    told = diego("post", LIST, a_whole(record={"title": text("a\x00b\u202ec 🎉")}))

    assert told.json()["title"]["wordings"]["en"]["text"] == "abc 🎉"


@pytest.mark.parametrize("body", ["{", "", "[]", "null", '"x"', "1" * 5000, "\x00"])
def test_what_is_no_json_is_no_crash(diego: Program, body: str) -> None:
    assert diego("post", LIST, body).status_code in {400, 422}


def test_too_much_at_once_is_said_to_be(diego: Program) -> None:
    answer = diego("post", LIST, "x" * 3_000_000)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
