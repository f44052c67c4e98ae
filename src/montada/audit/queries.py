"""Everything that is read from the audit tables, and in what shape."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models

from montada import __version__
from montada.audit.models import Entry
from montada.djangokit.reads import Moment

P = ParamSpec("P")
R = TypeVar("R")


def name_of(subject: models.Model) -> str:
    """Return how the trail names a row: `app.model:pk`."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def entries() -> models.QuerySet[Entry]:
    """Return the whole trail, newest first."""
    return Entry.objects.select_related("actor")


def entries_about(subject: models.Model) -> models.QuerySet[Entry]:
    """Return what was decided about one row, newest first."""
    return entries().filter(subject=name_of(subject))


def last_entry_about(subject: models.Model) -> int:
    """Return the number of the last decision about one row; 0 for none."""
    last = entries_about(subject).values_list("pk", flat=True).first()
    return last or 0


def entries_matching(*, subject: str = "", action: str = "") -> models.QuerySet[Entry]:
    """
    Return decisions about a row, or about every row of a kind ("edition.edition"), and
    of one action; what nobody decided finds nothing. Newest first.
    """
    found = entries()
    if subject and ":" in subject:
        found = found.filter(subject=subject)
    elif subject:
        found = found.filter(subject__startswith=f"{subject}:")
    return found.filter(action=action) if action else found


def entries_since(
    moment: datetime, *, actor: models.Model, actions: Collection[str]
) -> models.QuerySet[Entry]:
    """Return what one person did of some actions after a moment, newest first."""
    return entries().filter(actor=actor.pk, action__in=actions, happened_at__gt=moment)


def actions() -> list[str]:
    """Return what has been done so far, each once. One query."""
    return list(
        Entry.objects.order_by("action").values_list("action", flat=True).distinct()
    )


def entry(pk: int) -> Entry | None:
    return Entry.objects.filter(pk=pk).first()


def last_entry_id() -> int:
    """
    Return the number of the newest decision, 0 before the first.

    One query; within `one_moment` one for all who ask.
    """
    moment = None if connection.in_atomic_block else _moment.get()
    if moment is None:
        return _last_entry_id()
    if not moment:
        moment.append(_last_entry_id())
    return moment[0]


def moment(now: datetime) -> Moment:
    """
    Return what an answer to a program is of. One query.

    Changes with every decision, every version of the software, and every hour: some
    answers tell how old something is.
    """
    rows = Entry.objects.order_by("-pk").values_list("pk", "happened_at")
    pk, happened_at = rows.first() or (0, None)
    return Moment(f"{__version__} {pk} {now:%Y%m%d%H}", happened_at)


def _last_entry_id() -> int:
    # In SQL: every request asks, and Django needs ten times as long to put it together.
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM audit_entry")
        return cursor.fetchone()[0] or 0


_moment: ContextVar[list[int] | None] = ContextVar("moment", default=None)
"""The newest decision, if it was read already; None outside a page."""


@contextmanager
def one_moment() -> Iterator[None]:
    """Read the newest decision once: what one page shows is of one moment."""
    token = _moment.set([])
    try:
        yield
    finally:
        _moment.reset(token)


def moment_has_passed() -> None:
    """Forget what was read: something has just been decided."""
    if (moment := _moment.get()) is not None:
        moment.clear()


KEPT_AT_MOST = 256
"""Answers of one query; strangers may ask for groups that do not exist."""

MOST_NEW = 1_000
"""Decisions looked through; after more, everything counts as changed."""

_memories: list[dict[Any, Any]] = []


@dataclass(slots=True)
class _Seen:
    """Up to where this process has looked through the trail."""

    newest: int = 0
    since: int = 0
    """The first moment; before it nothing is known of any part."""
    actions: dict[str, int] = field(default_factory=dict)
    """Newest decision of each action since then."""


_seen = _Seen()


def forget() -> None:
    """Empty what `remembered` keeps in this process: a fresh start, for measuring."""
    for kept in _memories:
        kept.clear()
    _see(_Seen())


def remembered(*about: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """
    Keep what a query returned, in this process, until a decision that may change it.

    `about` is how the actions of such decisions begin: "framework." is any in the
    framework. For reference data that every page reads and hardly anybody changes. What
    it returns is shared: callers must not change it. Inside a transaction nothing is
    kept, since a decision that is taken back gives its number to the next one.
    """

    def keeping(read: Callable[P, R]) -> Callable[P, R]:
        kept: dict[object, tuple[int, R]] = {}
        _memories.append(kept)

        @wraps(read)
        def reading(*args: P.args, **kwargs: P.kwargs) -> R:
            if connection.in_atomic_block:
                return read(*args, **kwargs)
            asked, newest = (args, tuple(kwargs.items())), _newest_of(about)
            held = kept.get(asked)
            if held is None or held[0] != newest:
                if len(kept) >= KEPT_AT_MOST:
                    kept.clear()
                held = kept[asked] = (newest, read(*args, **kwargs))
            return held[1]

        return reading

    return keeping


def _newest_of(about: tuple[str, ...]) -> int:
    newest = last_entry_id()
    if newest != _seen.newest:
        _see(_looked_through(newest))
    # Where a backup was restored everything may be otherwise.
    about = (*about, "site.restored")
    found = (pk for action, pk in _seen.actions.items() if action.startswith(about))
    return max(found, default=_seen.since)


def _looked_through(newest: int) -> _Seen:
    """Return what is known now that there are decisions up to `newest`."""
    if not 0 < newest - _seen.newest <= MOST_NEW or not _seen.newest:
        return _Seen(newest, newest)
    new = Entry.objects.filter(pk__gt=_seen.newest, pk__lte=newest).order_by("pk")
    actions = dict(_seen.actions) | {
        action: pk for pk, action in new.values_list("pk", "action")
    }
    return _Seen(newest, _seen.since, actions)


def _see(seen: _Seen) -> None:
    """Take over what was looked through, all at once: threads read it meanwhile."""
    global _seen  # noqa: PLW0603 - one memory for the process, as above
    _seen = seen
