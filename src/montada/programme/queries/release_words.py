"""What happened to sessions between two releases, in the language that is active."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import page_language
from montada.language.engine.text import LocalizedText
from montada.programme.engine.releases import Change, Place
from montada.programme.queries.plan_words import hour_words, isolated, moment_words

_SENTENCES: Mapping[str, str | Promise] = {
    "added": _("%(title)s is new: %(when)s, %(room)s."),
    "moved": _(
        "%(title)s moves to %(when)s, %(room)s; it was on %(was_when)s, %(was_room)s."
    ),
    "moved_with_length": _(
        "%(title)s moves to %(when)s, until %(ends)s, %(room)s; it was on "
        "%(was_when)s, until %(was_ends)s, %(was_room)s."
    ),
    "length": _("%(title)s, %(when)s, now ends at %(ends)s; it ended at %(was_ends)s."),
    "renamed": _("%(was_title)s is now called %(title)s: %(when)s, %(room)s."),
    "removed": _("%(was_title)s has left the programme; it was on %(was_when)s."),
    "cancelled": _(
        "%(was_title)s is cancelled; it was on %(was_when)s. The reason: %(why)s"
    ),
}


def sentence_of_change(
    change: Change, *, forum: tzinfo | None = None, reader: tzinfo | None = None
) -> str:
    """
    Return what happened to a session; moments by the forum's clock.

    With `forum` and `reader` by the reader's instead.
    """
    words = {}
    for name, place in (("", change.after), ("was_", change.before)):
        if place is not None:
            words[f"{name}title"] = _shown(place, "title")
            words[f"{name}room"] = _shown(place, "room_name")
            starts, ends = _moments(place, forum, reader)
            words[f"{name}when"] = moment_words(starts)
            words[f"{name}ends"] = hour_words(ends)
    if change.why:
        words["why"] = _in_words(change.why)
    return str(_SENTENCES[_sentence(change)]) % words


def told_kind(change: Change) -> str:
    """Return the kind of a change; "length" for a move of nothing but the end."""
    was, now = change.before, change.after
    if change.kind != "moved" or was is None or now is None:
        return change.kind
    is_there = (was["room"], was["starts"]) == (now["room"], now["starts"])
    return "length" if is_there else "moved"


def _sentence(change: Change) -> str:
    """Return which sentence tells a change."""
    was, now, kind = change.before, change.after, told_kind(change)
    if change.why:
        return "cancelled"
    if kind != "moved" or was is None or now is None:
        return kind
    lengths = {ends - starts for starts, ends in map(_moments, (was, now))}
    return "moved" if len(lengths) == 1 else "moved_with_length"


def _moments(
    place: Place, forum: tzinfo | None = None, reader: tzinfo | None = None
) -> tuple[datetime, datetime]:
    """Return when a session begins and ends, as `sentence_of_change` tells it."""
    starts, ends = (datetime.fromisoformat(place[name]) for name in ("starts", "ends"))
    if forum is None or reader is None:
        return starts, ends
    starts, ends = (one.replace(tzinfo=forum) for one in (starts, ends))
    return starts.astimezone(reader), ends.astimezone(reader)


def _shown(place: Place, name: str) -> str:
    return _in_words(place[name])


def _in_words(stored: Mapping[str, Any]) -> str:
    text = LocalizedText.from_json(stored)
    return isolated(" ".join(text.shown_to(page_language()).text.split()))
