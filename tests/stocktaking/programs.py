"""Programs of others, with the key of a person, as our server sees them."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from montada.participation import operations as participation
from tests.factories.entries import SUMMARY

LIST = "/api/v1/projects"
ENGLISH = {"Accept-Language": "en"}
WRITE, IMPORT = "projects:write", "projects:import"


class Program:
    """A program with a key, as its server's client sees ours."""

    def __init__(self, person: Any, *scopes: str) -> None:
        self.person = person
        self.made = participation.make_token(
            person=person,
            name="Ours",
            scopes=scopes or [WRITE],
            lasts_days=30,
            at=timezone.now(),
        )
        self.key = self.made.key
        self.client = Client()

    def __call__(self, method: str, address: str, sent: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.key}", **ENGLISH}
        send = getattr(self.client, method)
        if method == "get":
            return send(address, headers=headers)
        return send(address, sent, "application/json", headers=headers)


def text(words: str, language: str = "en") -> dict[str, Any]:
    return {"written_in": language, "wordings": {language: {"text": words}}}


def a_whole(**more: Any) -> dict[str, Any]:
    record = {
        "title": text("Wells by telephone"),
        "summary": text(SUMMARY),
        "entry_type": "project",
    }
    usual = {
        "record": record,
        "organisation": "Oasis Union",
        "country": "EGY",
        "stakeholder_group": "civil",
    }
    return usual | more
