"""Which editions there are, which one is meant, and what it calls things."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime

from django.db.models import QuerySet

from montada.audit import queries as audit
from montada.edition.choices import TermKey
from montada.edition.models import Edition, Room, Term
from montada.language.engine.text import NO_TEXT, LocalizedText


def editions() -> QuerySet[Edition]:
    """Return all editions, newest first."""
    return Edition.objects.select_related("country")


def edition(slug: str) -> Edition | None:
    """Return the edition at this address."""
    return editions().filter(slug=slug).first()


def locked_edition(pk: int) -> Edition | None:
    """Return the edition for a decision about it; others wait until it is taken."""
    return Edition.objects.select_for_update().filter(pk=pk).first()


def edition_of_year(year: int) -> Edition | None:
    """Return the real edition of a year. Demonstrations are never meant by a year."""
    return Edition.objects.filter(year=year, is_made_up=False).first()


def current_edition(moment: datetime) -> Edition | None:
    """
    Return the edition that runs or comes next, else the latest. One query at most.

    Among those to come a real edition goes before a made-up one.
    """
    rows, today = _editions_kept(), moment.date()
    coming = [one for one in rows if one.ends_on and one.ends_on >= today]
    found = min(coming, key=_how_near, default=rows[0] if rows else None)
    # What is kept is shared; who asks may write on theirs.
    return copy(found)


def _how_near(coming: Edition) -> tuple[bool, date | None]:
    return coming.is_made_up, coming.ends_on


@audit.remembered("edition.", "framework.")
def _editions_kept() -> list[Edition]:
    return list(editions())


def rooms_of(edition: Edition) -> QuerySet[Room]:
    """Return an edition's rooms and links, in its order."""
    return edition.rooms.all()


def terms_of(edition: Edition) -> dict[str, LocalizedText]:
    """Return what an edition calls things, by `choices.TermKey` value. One query."""
    return dict(Term.objects.filter(edition=edition).values_list("key", "label"))


def term(edition: Edition, key: str) -> LocalizedText:
    """Return what an edition calls something; an empty text for the usual word."""
    return terms_of(edition).get(key, NO_TEXT)


def named_terms_of(edition: Edition) -> list[tuple[str, str, LocalizedText]]:
    """Return for everything that may have a word of its own: key, usual word, word."""
    own = terms_of(edition)
    return [(key, str(usual), own.get(key, NO_TEXT)) for key, usual in TermKey.choices]
