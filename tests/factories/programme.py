"""Unsurprising sessions, proposals and plans."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.programme.models import Plan, Proposal, Release, Session, SessionKind
from tests.factories.edition import make_edition

SUBMITTED = datetime(2027, 2, 1, 9, tzinfo=UTC)


def make_session(words: str = "Opening", **values: Any) -> Session:
    """Save a session; its address is counted up from those that are there."""
    n = Session.objects.count() + 1
    facts: dict[str, Any] = {
        "slug": f"2025-{n}",
        "year": 2025,
        "title": LocalizedText.of("en", words),
        "sort_key": words.casefold(),
        "source_url": "https://example.org/sessions",
    }
    return Session.objects.create(**(facts | values))


def make_kind(edition: Edition, code: str = "workshop", **values: Any) -> SessionKind:
    """A workshop of an hour."""
    usual: dict[str, Any] = {"name": LocalizedText.of("en", code.capitalize())}
    return SessionKind.objects.create(edition=edition, code=code, **(usual | values))


def make_proposal(
    edition: Edition, words: str = "Networks of oases", **values: Any
) -> Proposal:
    """A received proposal of an hour; its reference is counted up."""
    n = Proposal.objects.count() + 1
    kind = values.pop("kind", None) or (
        edition.session_kinds.first() or make_kind(edition)
    )
    usual: dict[str, Any] = {
        "reference": f"P-{edition.year}-{n:04}",
        "title": LocalizedText.of("en", words),
        "kind": kind,
        "minutes": kind.minutes,
        "submitted_at": SUBMITTED,
    }
    return Proposal.objects.create(edition=edition, **(usual | values))


def make_planned(
    edition: Edition, words: str = "Networks of oases", **values: Any
) -> Session:
    """A session of an edition that nobody has released yet."""
    kind = values.pop("kind", None) or (
        edition.session_kinds.first() or make_kind(edition)
    )
    usual: dict[str, Any] = {
        "slug": f"{edition.slug}-s{Session.objects.count() + 1}",
        "edition": edition,
        "year": edition.year,
        "is_public": False,
        "kind": kind,
        "minutes": kind.minutes,
        "source_url": "",
    }
    return make_session(words, **(usual | values))


def make_released_edition() -> Edition:
    """An edition whose programme was released once, still without a session."""
    edition = make_edition()
    at = datetime(2027, 5, 1, 9, tzinfo=UTC)
    Release.objects.create(edition=edition, number=1, released_at=at)
    return edition


def make_released(
    edition: Edition, words: str = "Networks of oases", **values: Any
) -> Session:
    """A session that stands in the released programme: the first day, 9 to 10."""
    usual: dict[str, Any] = {
        "is_public": True,
        "held_on": edition.starts_on,
        "starts_at": time(9),
        "ends_at": time(10),
    }
    return make_planned(edition, words, **(usual | values))


def make_plan(edition: Edition, name: str = "First plan", **values: Any) -> Plan:
    usual: dict[str, Any] = {"is_current": True, "made_at": SUBMITTED}
    return Plan.objects.create(edition=edition, name=name, **(usual | values))
