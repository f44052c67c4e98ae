"""The trail's page: for those who answer for decisions."""

from __future__ import annotations

import ast
import fnmatch
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import montada
from montada.audit import operations as audit
from montada.audit.web.words import ACTIONS, details_shown
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from tests.factories.participation import make_administrator, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Person:
    person = make_administrator()
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return person


def decide(about: Person, now: datetime, **values: Any) -> None:
    usual: dict[str, Any] = {"action": "person.changed", "actor": about}
    audit.record(**usual | values, subject=about, at=now)


def test_the_newest_decision_comes_first_with_its_reason(
    client: Client, admin: Person, now: datetime
) -> None:
    decide(admin, now, reason="The first.")
    decide(admin, now, reason="The second.")

    words = client.get("/en/trail/").content.decode()

    assert 0 < words.index("The second.") < words.index("The first.")
    assert "Details of a person changed" in words
    assert "by Salma" in words


def test_the_trail_is_narrowed_by_record_kind_of_record_and_decision(
    client: Client, admin: Person, now: datetime
) -> None:
    eve = make_person("Eve")
    decide(admin, now, reason="About Salma.")
    decide(eve, now, reason="About Eve.", action="person.joined")

    def reasons(**asked: str) -> list[bool]:
        words = client.get("/en/trail/", asked).content.decode()
        return ["About Salma." in words, "About Eve." in words]

    assert reasons() == [True, True]
    assert reasons(subject=f"participation.person:{eve.pk}") == [False, True]
    assert reasons(subject="participation.person") == [True, True]
    assert reasons(subject="participation.per") == [False, False]
    assert reasons(action="person.changed") == [True, False]
    assert reasons(action="nothing.known") == [False, False]


def test_somebody_who_was_erased_is_not_named(
    client: Client, admin: Person, now: datetime
) -> None:
    eve = make_person("Eve")
    decide(eve, now)
    eve.erased_at = now
    eve.save()

    assert "by somebody who was erased" in client.get("/en/trail/").content.decode()


def test_outsiders_do_not_read_the_trail(client: Client, now: datetime) -> None:
    eve = make_person("Eve")
    decide(eve, now)
    client.force_login(eve, "allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/en/trail/").status_code == 403


def test_a_page_that_does_not_exist_is_a_404(client: Client, admin: Person) -> None:
    assert client.get("/ar/trail/?page=" + "9" * 30).status_code == 404


def test_details_are_lines_a_person_reads() -> None:
    name = LocalizedText.of("ar", "منتدى", en="Forum").as_json()

    shown = details_shown(
        {"name": name, "rows": ["a", {"b": True}], "nothing": None, "n_rows": 3}, "en"
    )

    assert shown == [("name", ["Forum"]), ("rows", ["a", "b: yes"]), ("n rows", ["3"])]


def test_words_for_decisions_are_feature_and_participle() -> None:
    assert [code for code in ACTIONS if code.count(".") != 1] == []


def recorded_in(source: str) -> Iterator[str]:
    """Yield the actions that code records, with a * for what it fills in."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        named = getattr(call.func, "attr", "") or getattr(call.func, "id", "")
        told = [one.value for one in call.keywords if one.arg == "action"]
        told += call.args[:1] if named.startswith("record_") else []
        for value in told:
            if isinstance(value, ast.Constant):
                yield str(value.value)
            elif isinstance(value, ast.JoinedStr):
                yield "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "*"
                    for part in value.values
                )


def test_every_decision_has_words() -> None:
    features = Path(montada.__file__).parent
    recorded = {
        action
        for file in features.glob("*/operations/**/*.py")
        for action in recorded_in(file.read_text(encoding="utf-8"))
    }

    assert len(recorded) > 100
    assert [one for one in sorted(recorded) if not fnmatch.filter(ACTIONS, one)] == []


def test_the_list_asks_as_often_for_three_decisions_as_for_one(
    client: Client, admin: Person, now: datetime
) -> None:
    def n_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/trail/")
        return len(queries)

    decide(admin, now)
    one = n_queries()
    decide(make_person("Eve"), now)
    decide(make_person("Boris"), now)

    assert n_queries() == one
    assert one <= 10
