"""Errors for programs are problems, wherever they come from."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def problem(client: Client, address: str, **headers: Any) -> dict[str, Any]:
    answer = client.get(address, headers=headers)
    told: dict[str, Any] = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert told["status"] == answer.status_code
    return told


def test_an_address_that_is_none_is_a_problem_in_the_language_asked_for(
    client: Client,
) -> None:
    english = problem(client, "/api/v1/nothing", **{"Accept-Language": "en"})

    assert english == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "code": "not_found",
        "detail": "There is nothing at this address.",
    }
    assert client.get("/api/v1/").status_code == 404


@pytest.mark.django_db
def test_what_can_be_read_can_be_asked_about(client: Client) -> None:
    answer = client.head("/api/v1/framework/goals")

    assert (answer.status_code, answer.content) == (200, b"")


def test_a_method_that_is_none_says_which_are(client: Client) -> None:
    answer = client.post("/api/v1/framework/goals", headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET"
    assert answer.json()["detail"] == "This address knows only GET."


def test_broken_input_names_its_field(client: Client) -> None:
    told = problem(client, "/api/v1/framework/matrix?version=0")

    assert (told["status"], told["code"]) == (422, "broken_input")
    assert told["errors"] == [
        {
            "in": "query",
            "field": "version",
            "message": "Input should be greater than or equal to 1",
        }
    ]


def test_a_server_that_may_not_be_named_is_a_problem(
    client: Client, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["forum.example.org"]

    told = problem(client, "/api/v1/framework/goals", Host="elsewhere.example.org")

    assert (told["status"], told["code"]) == (400, "unreadable")


def test_what_breaks_here_is_a_problem_without_a_word_of_the_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("montada.framework.queries.goals", broken)
    client.raise_request_exception = False
    told = problem(client, "/api/v1/framework/goals", **{"Accept-Language": "en"})

    assert (told["status"], told["code"]) == (500, "server_error")
    assert "secret" not in str(told)


def test_what_nobody_changed_is_not_sent_again(client: Client) -> None:
    address = "/api/v1/framework/goals"
    first = client.get(address, headers={"Accept-Language": "en"})
    etag = first.headers["ETag"]

    def again(**headers: str) -> tuple[int, int]:
        answer = client.get(address, headers=headers)
        return answer.status_code, len(answer.content)

    same = {"If-None-Match": etag, "Accept-Language": "en"}
    assert again(**same) == (304, 0)
    assert again(**same | {"Accept-Language": "fr"})[0] == 200
    assert again(**same | {"If-None-Match": 'W/"x"'})[0] == 200
    assert "Accept-Language" in first.headers["Vary"]


def test_an_error_has_no_validator(client: Client) -> None:
    answer = client.get("/api/v1/framework/matrix?version=999")

    assert (answer.status_code, "ETag" in answer.headers) == (404, False)
