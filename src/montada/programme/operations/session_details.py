"""What the page of a session says beside its title: who holds it tells, too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.language.engine.text import LANGUAGES
from montada.programme import queries
from montada.programme.choices import Feature, SessionMode
from montada.programme.operations.kinds import (
    MOST_AUDIENCE,
    AudienceOutOfRange,
    check_minutes,
)
from montada.programme.operations.meanwhile import check_seen
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.sessions import (
    SessionCancelled,
    held_session,
    store_changes,
)
from montada.programme.operations.words import (
    LONGEST_LINE,
    LONGEST_TEXT,
    kept_line,
    kept_text,
)
from montada.stocktaking.engine.values import is_public_address

if TYPE_CHECKING:
    from montada.participation.models import Person
    from montada.programme.models import Session

TOLD = frozenset(
    {
        "agenda",
        "languages",
        "remote_minutes",
        "hashtag",
        "links",
        "documents",
        "register_url",
        "stream_url",
        "recording_url",
    }
)
"""Columns that whoever holds a session tells; the secretariat does, too."""
PLANNED = frozenset({"title", "description", "minutes", "mode", "needs", "audience"})
"""Columns that the secretariat alone sets; the words of a session that was proposed
come from its proposal."""
ADDRESSES = ("register_url", "stream_url", "recording_url")
MOST_LINKS = 20
HASHTAG = re.compile(r"#?\w{1,59}")


class SessionUntitled(Refusal):
    code = "programme.session_untitled"
    message = _("A session has a title.")


class LinkWrong(Refusal):
    code = "programme.link_wrong"
    message = _(
        "“%(address)s” is no address that readers can follow: write the whole of it, "
        "as a browser shows it; it begins with https://."
    )


class LinksTooMany(Refusal):
    code = "programme.links_too_many"
    message = _("A session has at most %(most)s links, and as many documents.")


class HashtagWrong(Refusal):
    code = "programme.hashtag_wrong"
    message = _("A hashtag is one word of letters, digits and “_”, with # before it.")


class RemoteMinutesWrong(Refusal):
    code = "programme.remote_minutes_wrong"
    message = _("For questions from afar no more is kept than the session takes.")


class SessionChoiceUnknown(Refusal):
    code = "programme.session_choice_unknown"
    message = _(
        "Choose languages, the mode and what the room must have from the lists."
    )


@transaction.atomic
def describe_session(
    *,
    session: Session,
    values: Mapping[str, Any],
    seen: int | None = None,
    described_by: Person | None,
    at: datetime,
) -> Session:
    """
    Set what a session's page says of it; what `values` does not name stays.

    Parameters
    ----------
    values : any of `TOLD`, for the secretariat of `PLANNED` too; "links" and
        "documents" are pairs of a title, which may be empty, and an address
    seen : see `check_seen`

    Raises
    ------
    NotTheSecretariat, SessionCancelled, SettingChangedMeanwhile, LinkWrong,
    LinksTooMany, HashtagWrong, RemoteMinutesWrong, SessionChoiceUnknown,
    AudienceOutOfRange, MinutesOutOfRange, SessionUntitled, WordsTooMany
    """
    row = held_session(session)
    holds = described_by is not None and queries.holds_session(described_by, row)
    if not (holds and TOLD.issuperset(values)):
        check_secretariat(described_by, row.edition)
    if row.is_cancelled:
        raise SessionCancelled
    check_seen(row, seen)
    unknown = set(values) - TOLD - PLANNED
    if unknown:
        raise TypeError(f"not told here: {sorted(unknown)}")
    kept = _kept(row, values)
    return store_changes(row=row, values=kept, changed_by=described_by, at=at)


def _kept(row: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    kept = dict(values)
    for name in ("links", "documents"):
        if name in kept:
            kept[name] = _links(kept[name])
    for name in ADDRESSES:
        kept |= {name: _address(kept[name])} if kept.get(name) else {}
    for name in {"title", "description", "agenda"} & set(kept):
        longest = LONGEST_LINE if name == "title" else LONGEST_TEXT
        kept[name] = kept_text(kept[name], longest=longest)
    if not kept.get("title", row.title):
        raise SessionUntitled
    if kept.get("hashtag"):
        kept["hashtag"] = _hashtag(kept["hashtag"])
    _check_choices(row, kept)
    _check_numbers(row, kept)
    return kept


def _links(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    if len(pairs) > MOST_LINKS:
        raise LinksTooMany(most=MOST_LINKS)
    return [
        {"title": kept_line(title, longest=LONGEST_LINE), "url": _address(address)}
        for title, address in pairs
    ]


def _address(address: str) -> str:
    if not is_public_address(address):
        raise LinkWrong(address=address[:60])
    return address


def _hashtag(words: str) -> str:
    said = words.strip()
    if not HASHTAG.fullmatch(said):
        raise HashtagWrong
    return f"#{said.removeprefix('#')}"


def _check_choices(row: Session, kept: Mapping[str, Any]) -> None:
    # A table that was taken in may name languages that the form does not offer.
    languages = {*LANGUAGES, *row.languages}
    if not (
        languages.issuperset(kept.get("languages", ()))
        and set(Feature.values).issuperset(kept.get("needs", ()))
        and kept.get("mode", "") in {"", *SessionMode.values}
    ):
        raise SessionChoiceUnknown


def _check_numbers(row: Session, kept: Mapping[str, Any]) -> None:
    minutes = kept.get("minutes", row.minutes)
    if "minutes" in kept:
        check_minutes(minutes or 0)
    if not 0 <= kept.get("audience", 0) <= MOST_AUDIENCE:
        raise AudienceOutOfRange
    remote = kept.get("remote_minutes", row.remote_minutes) or 0
    if not 0 <= remote <= (minutes or remote):
        raise RemoteMinutesWrong
